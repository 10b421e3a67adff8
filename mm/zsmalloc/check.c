// SPDX-License-Identifier: GPL-2.0-only
/*
 * The invariants of a pool, evaluated. Nothing here trusts what it checks: an
 * index is looked up before it is used, a list is walked no further than its
 * length can be.
 */
#include "check.h"
#include "page.h"
#include "zspage.h"

/* Is (@place) what the handle table's entry @index says, as a live entry? */
static bool entry_names(struct zs_handles *handles, u32 index, struct zs_place place)
{
	struct zs_leaf *leaf = xa_load(&handles->leaves, index >> ZS_LEAF_SHIFT);
	unsigned int pos = index & (ZS_LEAF_ENTRIES - 1);
	struct zs_place named;
	u64 entry;

	if (!leaf || pos < ZS_LEAF_FIRST)
		return false;
	entry = atomic64_read(zs_leaf_entry(leaf, pos));
	named = zs_entry_place(entry);
	return entry & ZS_ENTRY_LIVE && named.zspage == place.zspage &&
	       named.slot == place.slot;
}

static enum zs_invariant check_pages(const struct zs_zspage *zspage)
{
	unsigned int nr;

	if (zspage->capacity != zs_class_capacity(zspage->class->geo, zspage->nr_pages))
		return ZS_BAD_CHAIN;
	for (nr = 0; nr < zspage->class->geo->pages; nr++) {
		bool chained = nr < zspage->nr_pages;

		if (chained != !!zspage->pages[nr])
			return ZS_BAD_CHAIN;
		if (chained && !zs_page_belongs(zspage->pages[nr], zspage, nr))
			return ZS_BAD_PAGE;
	}
	return ZS_OK;
}

static enum zs_invariant check_slots(struct zs_pool *pool, const struct zs_zspage *zspage)
{
	const unsigned long *used = zs_zspage_used(zspage);
	unsigned int slots = zspage->class->geo->slots;
	struct zs_place place = { .zspage = zspage->index };

	for (place.slot = 0; place.slot < slots; place.slot++) {
		u32 back = zs_zspage_back(zspage)[place.slot];

		if (!!back != test_bit(place.slot, used))
			return ZS_BAD_BACK;
		if (back && !entry_names(&pool->handles, back, place))
			return ZS_BAD_ENTRY;
	}
	return ZS_OK;
}

static enum zs_invariant check_zspage(struct zs_pool *pool, const struct zs_zspage *zspage)
{
	unsigned int slots = zspage->class->geo->slots;
	unsigned int last = find_last_bit(zs_zspage_used(zspage), slots);
	enum zs_invariant bad;

	if (xa_load(&pool->zspages, zspage->index) != zspage)
		return ZS_BAD_INDEX;
	if (bitmap_weight(zs_zspage_used(zspage), slots) != zspage->objects)
		return ZS_BAD_COUNT;
	if (!zspage->objects)
		return ZS_BAD_EMPTY;
	if (last >= zspage->capacity)
		return ZS_BAD_BEYOND;
	if (zs_zspage_span(zspage, last + 1) != zspage->nr_pages)
		return ZS_BAD_TAIL;

	bad = check_pages(zspage);
	return bad ?: check_slots(pool, zspage);
}

/* Is a zspage where it belongs, and does it say so? */
static bool listed(const struct zs_zspage *zspage, enum zs_list list)
{
	return zspage->list == list && zs_zspage_list(zspage) == list;
}

static enum zs_invariant check_class(struct zs_pool *pool, struct zs_class *class)
{
	struct list_head *lists[] = {
		[ZS_PARTIAL] = &class->partial,
		[ZS_TIGHT] = &class->tight,
		[ZS_FULL] = &class->full,
	};
	unsigned long zspages = 0, pages = 0, objects = 0;
	bool victim = !class->victim;
	unsigned int n;

	for (n = 0; n < ARRAY_SIZE(lists); n++) {
		struct zs_zspage *zspage;

		list_for_each_entry(zspage, lists[n], node) {
			enum zs_invariant bad = check_zspage(pool, zspage);

			if (bad)
				return bad;
			if (zspage->class != class || !listed(zspage, n))
				return ZS_BAD_LIST;
			victim |= class->victim == zspage;
			pages += zspage->nr_pages;
			objects += zspage->objects;
			if (++zspages > class->zspages)
				return ZS_BAD_CLASS;
		}
	}
	if (zspages != class->zspages || pages != class->pages || objects != class->objects)
		return ZS_BAD_CLASS;
	if (class->recoverable != pages - zs_class_packed(class->geo, objects))
		return ZS_BAD_RECOVERABLE;
	return victim ? ZS_OK : ZS_BAD_VICTIM;
}

static bool leaf_listed(struct zs_handles *handles, const struct zs_leaf *leaf)
{
	const struct zs_leaf *other;
	long n = atomic_long_read(&handles->nr_leaves);

	if (leaf->shard >= ZS_SHARDS)
		return false;
	list_for_each_entry(other, &handles->shards[leaf->shard].partial, node) {
		if (other == leaf)
			return true;
		if (--n < 0)
			break;
	}
	return false;
}

static enum zs_invariant check_leaf(struct zs_handles *handles, struct zs_leaf *leaf,
				    unsigned long *live)
{
	unsigned int pos, dead = 0, chained = 0;

	for (pos = ZS_LEAF_FIRST; pos < ZS_LEAF_ENTRIES; pos++)
		dead += !(atomic64_read(zs_leaf_entry(leaf, pos)) & ZS_ENTRY_LIVE);

	for (pos = leaf->first_free; pos; chained++) {
		u64 entry;

		if (pos < ZS_LEAF_FIRST || pos >= ZS_LEAF_ENTRIES || chained >= dead)
			return ZS_BAD_LEAF;
		entry = atomic64_read(zs_leaf_entry(leaf, pos));
		if (entry & ZS_ENTRY_LIVE)
			return ZS_BAD_LEAF;
		pos = zs_entry_next(entry);
	}
	if (chained != dead || dead != leaf->nr_free)
		return ZS_BAD_LEAF;

	*live += ZS_LEAF_USABLE - dead;
	return leaf_listed(handles, leaf) == !!dead ? ZS_OK : ZS_BAD_PARTIAL;
}

static enum zs_invariant check_handles(struct zs_handles *handles, unsigned long *live)
{
	unsigned int spare[ZS_SHARDS] = { };
	unsigned long number, leaves = 0;
	struct zs_leaf *leaf;

	xa_for_each(&handles->leaves, number, leaf) {
		enum zs_invariant bad;

		bad = check_leaf(handles, leaf, live);
		if (bad)
			return bad;
		leaves++;
		if (leaf->nr_free == ZS_LEAF_USABLE && spare[leaf->shard]++)
			return ZS_BAD_SPARE;
	}
	return leaves == atomic_long_read(&handles->nr_leaves) ? ZS_OK : ZS_BAD_LIVE;
}

static enum zs_invariant check_sums(struct zs_pool *pool, unsigned long live)
{
	unsigned long zspages = 0, pages = 0, objects = 0, joined = 0, index;
	long recoverable = 0, wanted = 0;
	struct zs_zspage *zspage;
	unsigned int nr;

	for (nr = 0; nr < zs_class_count(); nr++) {
		struct zs_class *class = pool->classes[nr];

		if (atomic_read(&pool->demand.wanted[nr]) < 0)
			return ZS_BAD_DEMAND;
		wanted += atomic_read(&pool->demand.wanted[nr]);
		if (!class)
			continue;
		recoverable += class->recoverable;
		zspages += class->zspages;
		pages += class->pages;
		objects += class->objects;
	}
	if (pages != atomic_long_read(&pool->pages))
		return ZS_BAD_POOL;
	if (recoverable != atomic_long_read(&pool->recoverable))
		return ZS_BAD_RECOVERABLE;
	if (objects != live)
		return ZS_BAD_LIVE;
	if (wanted != objects)
		return ZS_BAD_DEMAND;

	xa_for_each(&pool->zspages, index, zspage)
		joined++;
	return joined == zspages ? ZS_OK : ZS_BAD_ORPHAN;
}

/**
 * zs_check() - evaluate every invariant of a pool
 * @pool: the pool; nobody allocates from it or frees to it meanwhile
 *
 * Context: process context; sleeps until pages that have left are freed, and takes the
 * locks one by one.
 * Return: ZS_OK, or the first invariant found violated.
 */
enum zs_invariant zs_check(struct zs_pool *pool)
{
	enum zs_invariant bad = ZS_OK;
	unsigned long live = 0;
	unsigned int nr;

	flush_work(&pool->reaper);

	for (nr = 0; nr < zs_class_count() && !bad; nr++) {
		struct zs_class *class = pool->classes[nr];

		if (!class)
			continue;
		spin_lock(&class->lock);
		bad = check_class(pool, class);
		spin_unlock(&class->lock);
	}

	rcu_read_lock();
	bad = bad ?: check_handles(&pool->handles, &live);
	bad = bad ?: check_sums(pool, live);
	rcu_read_unlock();
	return bad;
}
