// SPDX-License-Identifier: GPL-2.0-only
/*
 * What zswap's other files are to those that are explored: one compressor, one group,
 * parameters, counters, and objects that are pieces of memory of their own, so that
 * AddressSanitizer sees who uses one that was freed.
 */
#include "shrinker.h"
#include "scene.h"

/**
 * struct blob - an object
 * @content: of the page
 * @damaged: it was
 */
struct blob {
	u64 content;
	bool damaged;
};

struct zswap_params zswap_params;
atomic_t zswap_stored_pages;

static struct zswap_tree trees[MAX_SWAPFILES];
static struct zswap_pool pool;
static struct zswap_group *root;
static long counts[ZSWAP_NR_STATS];
static unsigned int objects;

struct zswap_tree *zswap_tree(unsigned int type)
{
	return &trees[type];
}

struct zswap_lru *scene_lru(void)
{
	return &root->lru[0];
}

/* -------------------------------------------------------------------- objects */

unsigned long zswap_object_pages(void)
{
	shim_step(&objects, SHIM_READ);
	return objects;
}

unsigned long zswap_object_compact(void)
{
	return 0;
}

int zswap_object_create(struct zcomp *comp, const struct zswap_form *form, struct page *page,
			struct zswap_object *object)
{
	u64 content = page_content(page);
	struct blob *blob;

	expect(content, "half a page is stored");
	if (content >= SAME) {
		*object = (struct zswap_object){ .word = content };
		return 0;
	}
	blob = kmalloc(sizeof(*blob), GFP_NOWAIT);
	*blob = (struct blob){ .content = content };
	object->handle = (unsigned long)blob;
	object->length = PAGE_SIZE / 2;
	shim_step(&objects, SHIM_WRITE);
	objects++;
	return 0;
}

/* What the page has after an error is undefined. */
int zswap_object_read(struct zcomp *comp, const struct zswap_object *object, struct page *page)
{
	const struct blob *blob = (const struct blob *)object->handle;

	expect(PageLocked(page));
	if (!object->length) {
		page_fill(page, object->word);
		return 0;
	}
	shim_step(blob, SHIM_READ);
	if (blob->damaged) {
		page_fill(page, JUNK);
		return -EBADMSG;
	}
	page_fill(page, blob->content);
	shim_step(blob, SHIM_READ);
	expect(blob->content, "an object is freed while it is read");
	return 0;
}

void zswap_object_release(const struct zswap_object *object)
{
	if (!object->length)
		return;
	kfree((void *)object->handle);
	shim_step(&objects, SHIM_WRITE);
	objects--;
}

void stand_in_damage(swp_entry_t swp)
{
	struct zswap_entry *entry = zswap_tree_get(zswap_tree(swp_type(swp)), swp_offset(swp));

	expect(entry && entry->object.length);
	((struct blob *)entry->object.handle)->damaged = true;
	zswap_entry_put(entry);
}

/* Of the one group that there is. */
void zswap_shrinker_missed(struct page *page)
{
	zswap_lru_missed(scene_lru());
}

/* ------------------------------------------------------------ pools and groups */

struct zswap_pool *zswap_pool_get(void)
{
	percpu_ref_get(&pool.users);
	return &pool;
}

struct zswap_group *zswap_group_get(struct obj_cgroup *objcg)
{
	refcount_inc(&root->refs);
	return root;
}

void zswap_group_put(struct zswap_group *group)
{
	expect(!refcount_dec_and_test(&group->refs), "the group is gone");
}

struct zswap_group *zswap_group_next(enum zswap_whose whose, struct mem_cgroup *memcg, int nid)
{
	return zswap_lru_nr(scene_lru()) ? zswap_group_get(NULL) : NULL;
}

/* -------------------------------------------------------------------- counters */

void zswap_count_by(enum zswap_stat stat, long by)
{
	counts[stat] += by;
}

unsigned long zswap_stat(enum zswap_stat stat)
{
	return counts[stat];
}

void zswap_stats_stored(const struct zswap_entry *entry, int by)
{
	lockdep_assert_held(&zswap_tree(swp_type(entry->swp))->entries.xa_lock);
	zswap_stored_pages.counter += by;
	if (!entry->object.length)
		counts[ZSWAP_SAME_FILLED_PAGES] += by;
}

void zswap_stats_update_size(void)
{
}

/* ------------------------------------------------------------------- the scene */

void stand_in_boot(void)
{
	root = calloc(1, sizeof(*root) + sizeof(root->lru[0]));
	expect(!zswap_entry_cache_create() && !zswap_lru_counts_create());
	expect(!zswap_inflight_start() && !zswap_limit_start());
}

void stand_in_begin(void)
{
	zswap_params = (struct zswap_params){
		.enabled = true, .same_filled = true, .non_same_filled = true, .checksum = true,
		.max_pool_percent = 100, .accept_threshold_percent = 100,
		.max_compression_ratio = 100,
	};
	memset(counts, 0, sizeof(counts));
	atomic_set(&pool.users.count, 1);
	refcount_set(&root->refs, 1);
	zswap_lru_init(scene_lru(), true);
	zswap_tree_init(zswap_tree(SHIM_SWAP_TYPE));
	/* it was full, maybe, in the scene before */
	expect(zswap_limit_admit(0));
}

static void verify_entry(struct zswap_entry *entry, pgoff_t offset)
{
	struct slot *slot = &swap_area.slots[offset];
	bool damaged = entry->object.length && ((struct blob *)entry->object.handle)->damaged;
	bool listed = !list_empty(&entry->lru);

	expect(swp_offset(entry->swp) == offset);
	expect(slot->count || slot->cache, "an entry for a slot that nobody has");
	expect(slot->front, "an entry that frontswap does not know of");
	expect(atomic_read(&entry->refs.refs) == 1, "%d references to an entry at rest",
	       atomic_read(&entry->refs.refs));
	expect(listed == !!entry->object.length || (damaged && !listed),
	       "a live entry that is in no list, or in one without an object");
}

/* At rest: what is in the lists is live, and what is live in them. */
void stand_in_verify(void)
{
	struct zswap_tree *tree = zswap_tree(SHIM_SWAP_TYPE);
	unsigned long offset, live = 0, listed = 0;
	struct zswap_entry *entry;

	xa_for_each(&tree->entries, offset, entry) {
		verify_entry(entry, offset);
		live++;
	}
	list_for_each_entry(entry, &scene_lru()->list, lru) {
		expect(xa_load(&tree->entries, swp_offset(entry->swp)) == entry,
		       "an entry in a list that is not live");
		listed++;
	}
	expect(listed == zswap_lru_nr(scene_lru()) && listed == zswap_lru_common(0),
	       "%lu entries in the list, which counts %lu, and %lu in common", listed,
	       zswap_lru_nr(scene_lru()), zswap_lru_common(0));
	expect(live == (unsigned long)zswap_stored_pages.counter);
	expect(pool.users.count.counter == (int)live + 1, "%d references to the compressor",
	       pool.users.count.counter);
	expect(root->refs.refs.counter == (int)live + 1, "%d references to the group",
	       root->refs.refs.counter);
	expect(live || !objects, "%u objects without an entry", objects);
}

void stand_in_end(void)
{
	expect(!zswap_stored_pages.counter, "%d entries are left", zswap_stored_pages.counter);
	xa_destroy(&zswap_tree(SHIM_SWAP_TYPE)->entries);
}
