// SPDX-License-Identifier: GPL-2.0-only
/*
 * What goes when memory is short, and when is it better that nothing goes?
 */
#include <linux/math.h>
#include <linux/memcontrol.h>
#include <linux/shrinker.h>
#include <linux/swap.h>

#include "group.h"
#include "object.h"
#include "params.h"
#include "shrinker.h"
#include "writeback.h"

/* Reclaim on behalf of the machine, not of one cgroup? */
static bool for_machine(struct shrink_control *sc)
{
	return !sc->memcg || mem_cgroup_is_root(sc->memcg);
}

/* The group to take pages from, with a reference. */
static struct zswap_group *group_for(struct shrink_control *sc)
{
	if (for_machine(sc))
		return zswap_group_next(ZSWAP_COMMON, NULL, sc->nid);
	return zswap_group_find(sc->memcg);
}

/* Those of @nr entries that may go. */
static unsigned long unwanted(const struct zswap_lru *lru, unsigned long nr)
{
	return nr - min(nr, zswap_lru_wanted(lru));
}

/* Entries that may go; *@any says whether there are entries at all. */
static unsigned long entries(struct shrink_control *sc, bool *any)
{
	struct zswap_group *group;
	const struct zswap_lru *lru;
	unsigned long nr;

	/* Whose pages are common has nobody's regret but that of the pages of nobody. */
	group = for_machine(sc) ? zswap_group_of(NULL) : zswap_group_find(sc->memcg);
	*any = group;
	if (!group)
		return 0;
	lru = &group->lru[sc->nid];
	nr = for_machine(sc) ? zswap_lru_common(sc->nid) : zswap_lru_nr(lru);
	*any = nr;
	nr = unwanted(lru, nr);
	zswap_group_put(group);
	return nr;
}

/*
 * Reclaim weighs this against pages that free a page each. An entry frees what it was
 * compressed to: the better that works, the less is there to be had.
 */
static unsigned long count_objects(struct shrinker *shrinker, struct shrink_control *sc)
{
	unsigned long nr, pages, stored;
	bool any;

	/* Not "empty": that would not be asked again before an empty list gets an entry. */
	if (!READ_ONCE(zswap_params.shrinker))
		return 0;
	nr = entries(sc, &any);
	if (!nr)
		return any || for_machine(sc) ? 0 : SHRINK_EMPTY;
	pages = zswap_object_pages();
	stored = max(atomic_read(&zswap_stored_pages), 1);
	return mult_frac(nr, min(pages, stored), stored);
}

static unsigned long scan_objects(struct shrinker *shrinker, struct shrink_control *sc)
{
	struct zswap_leave leave = { .fs = true };
	unsigned long written = 0, scanned = 0;
	struct zswap_group *group;

	/* Whoever holds a lock of a filesystem or of a device might wait for himself. */
	if ((sc->gfp_mask & (__GFP_IO | __GFP_FS)) != (__GFP_IO | __GFP_FS))
		return SHRINK_STOP;
	if (!READ_ONCE(zswap_params.shrinker))
		return SHRINK_STOP;
	group = group_for(sc);
	if (!group)
		return SHRINK_STOP;

	for (; scanned < sc->nr_to_scan; scanned++) {
		enum zswap_written result;

		result = zswap_writeback_oldest(&group->lru[sc->nid], &leave);
		if (result == ZSWAP_WROTE)
			written++;
		else if (result == ZSWAP_NONE || result == ZSWAP_BUSY)
			break;
	}
	zswap_group_put(group);
	sc->nr_scanned = scanned;
	return scanned ? written : SHRINK_STOP;
}

static struct shrinker zswap_shrinker = {
	.count_objects	= count_objects,
	.scan_objects	= scan_objects,
	/* It is written and, if it is wanted, read; a page of the page cache is only read. */
	.seeks		= 2 * DEFAULT_SEEKS,
	.flags		= SHRINKER_NUMA_AWARE | SHRINKER_MEMCG_AWARE,
};

/**
 * zswap_shrinker_start() - be asked when memory is short
 *
 * Context: once, at initialisation.
 * Return: 0 or -ENOMEM.
 */
int zswap_shrinker_start(void)
{
	return register_shrinker(&zswap_shrinker, "mm-zswap");
}

/**
 * zswap_shrinker_missed() - a page is read from the swap device
 * @page: the page, locked, and charged to who wants it
 *
 * If that is because it was written back, others like it had better stay.
 *
 * Context: Any but interrupts.
 */
void zswap_shrinker_missed(struct page *page)
{
	struct zswap_group *group;
	struct obj_cgroup *objcg;

	if (!READ_ONCE(zswap_params.shrinker))
		return;
	objcg = get_obj_cgroup_from_page(page);
	group = zswap_group_of(objcg);
	if (group) {
		zswap_lru_missed(&group->lru[page_to_nid(page)]);
		zswap_group_put(group);
	}
	if (objcg)
		obj_cgroup_put(objcg);
}

#ifdef CONFIG_MEMCG_KMEM
/**
 * zswap_shrinker_wake() - there is something to be had from a group again
 * @group: its list was empty until now
 * @nid: the node of the list
 *
 * Context: Any but interrupts; after the entry is in the list.
 */
void zswap_shrinker_wake(struct zswap_group *group, int nid)
{
	if (!group->objcg)
		return;
	rcu_read_lock();
	set_shrinker_bit(obj_cgroup_memcg(group->objcg), nid, zswap_shrinker.id);
	rcu_read_unlock();
}
#endif
