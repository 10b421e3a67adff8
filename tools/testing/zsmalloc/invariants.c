// SPDX-License-Identifier: GPL-2.0-only
/*
 * zs_check() is believed everywhere else, so here it proves that it sees: things
 * are broken by hand one by one, each time exactly that must be reported, and
 * nothing any more once it is mended.
 */
#include "test.h"

/* Slots of two classes: chains of several pages, and two of which fill a page. */
#define SIZE	(PAGE_SIZE / 8 * 3 - 64)
#define OTHER	(PAGE_SIZE / 2)
#define NR	60

/* Invariants that were seen broken, by their number. */
static bool seen[ZS_INVARIANTS + 1];

static struct zs_pool *pool;
static struct zs_class *class;
static struct zs_zspage *zspage;	/* of @class: has free slots and can grow */
static struct zs_zspage *stranger;	/* of another class */
static unsigned int slot, slots;	/* the last one in use in @zspage, of so many */
static unsigned long *used;
static u32 *back;
static struct zs_leaf *leaf;		/* with the entry of @slot */
static atomic64_t *entry;		/* of @slot */

static void set_up(void)
{
	unsigned long handles[NR];
	struct object object;
	int n;

	pool = test_pool();
	for (n = 0; n < NR; n++)
		handles[n] = test_malloc(pool, SIZE);
	stranger = test_find(pool, test_malloc(pool, OTHER)).zspage;

	zspage = test_find(pool, handles[--n]).zspage;
	class = zspage->class;
	slots = class->geo->slots;
	used = zs_zspage_used(zspage);
	back = zs_zspage_back(zspage);
	while (zspage->nr_pages == class->geo->pages ||
	       zspage->objects == zspage->capacity)
		zs_free(pool, handles[n--]);

	slot = find_last_bit(used, slots);
	object = test_find(pool, handles[n]);
	leaf = xa_load(&pool->handles.leaves, object.index >> ZS_LEAF_SHIFT);
	entry = zs_leaf_entry(leaf, back[slot] & (ZS_LEAF_ENTRIES - 1));
	expect(object.zspage == zspage && slot < slots - 1);
	expect_ok(pool);
}

/* Something was broken. */
static void reports(enum zs_invariant bad, const char *how)
{
	enum zs_invariant said = zs_check(pool);

	if (said != bad)
		fail("%s: zs_check() says %d, not %d", how, said, bad);
	seen[bad] = true;
}

/* It was mended. */
static void fine(const char *how)
{
	enum zs_invariant said = zs_check(pool);

	if (said)
		fail("%s was mended: zs_check() says %d", how, said);
}

/* Another value for a time: be told of it, and restore the first. */
#define replace(var, val, bad, how)			\
	do {						\
		__auto_type __at = &(var);		\
		__auto_type __was = *__at;		\
		const char *__how = how;		\
							\
		*__at = (val);				\
		reports(bad, __how);			\
		*__at = __was;				\
		fine(__how);				\
	} while (0)

static void objects_of_a_zspage(void)
{
	unsigned long saved[BITS_TO_LONGS(ZS_MAX_SLOTS)];
	unsigned int objects;

	set_up();
	replace(zspage->objects, zspage->objects + 1, ZS_BAD_COUNT, "an object too many");
	replace(zspage->objects, zspage->objects - 1, ZS_BAD_COUNT, "an object too few");
	replace(used[BIT_WORD(slot)], used[BIT_WORD(slot)] ^ BIT_MASK(slot), ZS_BAD_COUNT,
		"a bit lost");

	objects = zspage->objects;
	memcpy(saved, used, BITS_TO_LONGS(slots) * sizeof(long));
	bitmap_zero(used, slots);
	zspage->objects = 0;
	reports(ZS_BAD_EMPTY, "an empty zspage that stays");
	memcpy(used, saved, BITS_TO_LONGS(slots) * sizeof(long));
	zspage->objects = objects;
	fine("an empty zspage that stays");

	zs_destroy_pool(pool);
}

static void pages_of_a_zspage(void)
{
	set_up();
	__set_bit(slots - 1, used);
	zspage->objects++;
	reports(ZS_BAD_BEYOND, "a slot in use behind the last page");
	__clear_bit(slots - 1, used);
	zspage->objects--;
	fine("a slot in use behind the last page");

	spin_lock(&class->lock);
	zs_zspage_grow(pool, zspage, zs_page_alloc(GFP_NOWAIT));
	spin_unlock(&class->lock);
	reports(ZS_BAD_TAIL, "a last page that holds nothing");
	spin_lock(&class->lock);
	zs_zspage_trim(pool, zspage);
	spin_unlock(&class->lock);
	fine("a last page that holds nothing");

	replace(zspage->pages[0], NULL, ZS_BAD_CHAIN, "a page missing");
	replace(zspage->pages[zspage->nr_pages], zspage->pages[0], ZS_BAD_CHAIN,
		"a page behind the end");
	replace(zspage->pages[0]->index, zspage->pages[0]->index ^ 1, ZS_BAD_PAGE,
		"a page that names another place");
	replace(zspage->pages[0]->private, zspage->pages[0]->private ^ 8, ZS_BAD_PAGE,
		"a page that names another owner");
	zs_destroy_pool(pool);
}

static void slots_and_their_entries(void)
{
	set_up();
	replace(back[slot], 0, ZS_BAD_BACK, "a used slot without back pointer");
	replace(back[slots - 1], back[slot], ZS_BAD_BACK, "a free slot with a back pointer");
	replace(back[slot], back[slot] ^ 1, ZS_BAD_ENTRY, "a back pointer to another entry");
	replace(back[slot], back[slot] ^ 0x80000000, ZS_BAD_ENTRY, "a back pointer to nowhere");
	replace(back[slot], leaf->number << ZS_LEAF_SHIFT | 1, ZS_BAD_ENTRY,
		"a back pointer into the header of a leaf");
	replace(entry->counter, entry->counter ^ 1ULL << ZS_ENTRY_SLOT_SHIFT, ZS_BAD_ENTRY,
		"an entry that names another slot");
	replace(entry->counter, entry->counter ^ 1ULL << ZS_ENTRY_ZSPAGE_SHIFT, ZS_BAD_ENTRY,
		"an entry that names another zspage");
	replace(entry->counter, entry->counter ^ ZS_ENTRY_LIVE, ZS_BAD_ENTRY,
		"an object whose entry is free");
	zs_destroy_pool(pool);
}

static void lists_of_a_class(void)
{
	set_up();
	replace(zspage->index, zspage->index ^ 1, ZS_BAD_INDEX,
		"a zspage with another one's index");
	replace(zspage->index, zspage->index ^ 0x40000000, ZS_BAD_INDEX,
		"a zspage with nobody's index");

	list_move(&zspage->node, &class->full);
	reports(ZS_BAD_LIST, "a zspage with room on the full list");
	list_move(&zspage->node, &class->tight);
	reports(ZS_BAD_LIST, "a zspage with room on the tight list");
	list_move(&zspage->node, &class->partial);
	fine("a zspage with room on another list");

	list_move(&stranger->node, &class->full);
	reports(ZS_BAD_LIST, "a zspage on the list of another class");
	spin_lock(&stranger->class->lock);
	stranger->list = ZS_FULL;
	zs_zspage_refile(stranger);
	spin_unlock(&stranger->class->lock);
	fine("a zspage on the list of another class");

	list_del(&zspage->node);
	reports(ZS_BAD_CLASS, "a zspage on no list");
	list_add(&zspage->node, &class->partial);
	fine("a zspage on no list");
	zs_destroy_pool(pool);
}

static void sums_of_classes_and_pool(void)
{
	struct zs_zspage *orphan;

	set_up();
	replace(class->zspages, class->zspages + 1, ZS_BAD_CLASS, "a zspage too many");
	replace(class->zspages, class->zspages - 1, ZS_BAD_CLASS, "a zspage too few");
	replace(class->pages, class->pages + 1, ZS_BAD_CLASS, "a page too many");
	replace(class->objects, class->objects - 1, ZS_BAD_CLASS, "an object of a class too few");
	replace(class->recoverable, class->recoverable + 1, ZS_BAD_RECOVERABLE,
		"a class that has more to give than there is");
	replace(pool->recoverable.counter, pool->recoverable.counter - 1, ZS_BAD_RECOVERABLE,
		"a pool that has less to give than its classes");
	replace(pool->demand.wanted[class->nr].counter,
		pool->demand.wanted[class->nr].counter + 1, ZS_BAD_DEMAND,
		"an object too many that is wanted");
	replace(class->victim, stranger, ZS_BAD_VICTIM, "a victim of another class");
	replace(class->victim, (void *)0x5a5a5a5aUL, ZS_BAD_VICTIM, "a victim that is no zspage");
	replace(pool->pages.counter, pool->pages.counter + 1, ZS_BAD_POOL,
		"a page of the pool too many");

	orphan = zs_zspage_alloc(pool, class, GFP_KERNEL);
	expect(orphan);
	reports(ZS_BAD_ORPHAN, "a zspage that never joined");
	zs_zspage_discard(pool, orphan);
	fine("a zspage that never joined");
	zs_destroy_pool(pool);
}

static void free_entries_of_a_leaf(void)
{
	atomic64_t *first;

	set_up();
	replace(leaf->nr_free, leaf->nr_free + 1, ZS_BAD_LEAF, "a free entry too many");
	replace(leaf->first_free, 0, ZS_BAD_LEAF, "free entries lost");
	replace(leaf->first_free, 1, ZS_BAD_LEAF, "the header on the free list");
	replace(leaf->first_free, ZS_LEAF_ENTRIES, ZS_BAD_LEAF, "a free list that leaves the leaf");
	replace(leaf->first_free, back[slot] & (ZS_LEAF_ENTRIES - 1), ZS_BAD_LEAF,
		"a live entry on the free list");
	first = zs_leaf_entry(leaf, leaf->first_free);
	replace(first->counter, (s64)leaf->first_free << ZS_ENTRY_NEXT_SHIFT, ZS_BAD_LEAF,
		"a free list that bites its tail");

	list_del_init(&leaf->node);
	reports(ZS_BAD_PARTIAL, "a leaf with free entries not to be found");
	list_add(&leaf->node, &pool->handles.shards[leaf->shard].partial);
	fine("a leaf with free entries not to be found");
	replace(leaf->shard, ZS_SHARDS, ZS_BAD_PARTIAL, "a leaf of no shard");
	replace(leaf->shard, leaf->shard + 1, ZS_BAD_PARTIAL, "a leaf of another shard");
	zs_destroy_pool(pool);
}

static void sums_of_the_handle_table(void)
{
	struct zs_leaf *spare[2];
	atomic64_t *lost;
	int n;

	set_up();
	replace(pool->handles.nr_leaves.counter, pool->handles.nr_leaves.counter + 1,
		ZS_BAD_LIVE, "a leaf too many");

	/* an entry nobody freed and nobody has */
	lost = zs_handle_reserve(&pool->handles);
	expect(lost);
	reports(ZS_BAD_LEAF, "an entry in nobody's hands");
	zs_handle_publish(&pool->handles, lost, (struct zs_place){ .zspage = 0, .slot = 0 });
	reports(ZS_BAD_LIVE, "a live entry without an object");
	atomic64_set(lost, atomic64_read(lost) & ~ZS_ENTRY_LIVE);
	zs_handle_release(&pool->handles, lost);
	fine("a live entry without an object");

	/* each joins a shard that has no free entry, as far as can be seen */
	for (n = 0; n < 2; n++) {
		spare[n] = zs_leaf_alloc(&pool->handles, GFP_KERNEL);
		list_del_init(n ? &spare[0]->node : &leaf->node);
		zs_leaf_join(&pool->handles, spare[n]);
	}
	list_add(&spare[0]->node, &spare[1]->node);
	list_add(&leaf->node, &spare[1]->node);
	reports(ZS_BAD_SPARE, "two leaves without a live entry");
	/* who frees the last entry of a leaf gives it back: use one of them once */
	list_move_tail(&leaf->node, &pool->handles.shards[leaf->shard].partial);
	zs_free(pool, test_malloc(pool, OTHER));
	fine("two leaves without a live entry");
	zs_destroy_pool(pool);
}

/* ZS_INVARIANTS is counted in the source, so that a new one cannot go unproved. */
static void every_invariant_was_broken(void)
{
	int bad;

	for (bad = ZS_OK + 1; bad <= ZS_INVARIANTS; bad++)
		expect(seen[bad], "nothing above breaks invariant %d", bad);
}

static const struct test_case invariants_cases[] = {
	{ "objects_of_a_zspage", objects_of_a_zspage },
	{ "pages_of_a_zspage", pages_of_a_zspage },
	{ "slots_and_their_entries", slots_and_their_entries },
	{ "lists_of_a_class", lists_of_a_class },
	{ "sums_of_classes_and_pool", sums_of_classes_and_pool },
	{ "free_entries_of_a_leaf", free_entries_of_a_leaf },
	{ "sums_of_the_handle_table", sums_of_the_handle_table },
	{ "every_invariant_was_broken", every_invariant_was_broken },
	{ }
};

const struct test_suite invariants_suite = { "invariants", invariants_cases };
