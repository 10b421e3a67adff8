// SPDX-License-Identifier: GPL-2.0-only
/*
 * May a cgroup have more in zswap, and what has to go for that?
 */
#include <linux/memcontrol.h>
#include <linux/nodemask.h>

#include "cgroup.h"
#include "evict.h"
#include "group.h"
#include "writeback.h"

/*
 * Entries that are looked at when a cgroup is at its limit. More than one: asking how much
 * a cgroup has is costly, and this is how many stores pass without.
 */
#define BATCH	32

/*
 * The cgroup whose limit is reached, @memcg or one above it; NULL if there is none, or
 * one of them wants nothing in zswap at all, and nothing evicted for it.
 */
static struct mem_cgroup *at_limit(struct mem_cgroup *memcg)
{
	struct mem_cgroup *found = NULL;

	for (; memcg && !mem_cgroup_is_root(memcg); memcg = parent_mem_cgroup(memcg)) {
		unsigned long max = READ_ONCE(memcg->zswap_max);

		if (!max)
			return NULL;
		if (!found && max != PAGE_COUNTER_MAX &&
		    memcg_page_state(memcg, MEMCG_ZSWAP_B) / PAGE_SIZE >= max)
			found = memcg;
	}
	return found;
}

/* Its own pages first, the storing cgroup's before those of others below the same limit. */
static unsigned long evict_own(struct obj_cgroup *objcg, struct zswap_leave *leave)
{
	struct zswap_group *group = zswap_group_get(objcg);
	unsigned long written = 0;
	int nid;

	if (!group)
		return 0;
	for_each_node(nid)
		written += zswap_writeback_some(&group->lru[nid], BATCH, leave);
	zswap_group_put(group);
	return written;
}

/**
 * zswap_cgroup_admit() - may a page of a cgroup be stored?
 * @objcg: whom the page belongs to
 * @nid: the node it is on
 *
 * At the limit of a cgroup, some of the oldest pages below that limit are written back
 * first. A limit of 0 means that nothing is stored, and nothing is written for that.
 *
 * Context: Process context, sleeps; writes to swap devices.
 * Return: whether it may.
 */
bool zswap_cgroup_admit(struct obj_cgroup *objcg, int nid)
{
	struct zswap_leave leave = ZSWAP_LEAVE_STORE;
	struct mem_cgroup *memcg, *limit;
	unsigned long written = 0;

	if (obj_cgroup_may_zswap(objcg))
		return true;
	memcg = get_mem_cgroup_from_objcg(objcg);
	limit = at_limit(memcg);
	if (limit) {
		written = evict_own(objcg, &leave);
		if (!written)
			written = zswap_evict(ZSWAP_BELOW, limit, nid, BATCH, &leave);
	}
	mem_cgroup_put(memcg);
	return written && obj_cgroup_may_zswap(objcg);
}
