// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which pages leave, so that a younger one can be stored?
 */
#include <linux/nodemask.h>

#include "evict.h"
#include "writeback.h"

/* Groups that are asked in turn: the first may have nothing but entries that cannot go. */
#define GROUPS	4

/**
 * zswap_evict() - write some of the oldest pages back, as part of a store
 * @whose: of which groups
 * @memcg: for ZSWAP_BELOW
 * @nr: entries of a group to look at
 *
 * A disk that does not keep up is waited for a moment, as the block layer has those wait who
 * send it more than it takes. No filesystem is entered: one may have asked for the store.
 *
 * Context: Process context, as part of the store of a page; sleeps, writes to swap devices.
 * Return: pages that are on their way.
 */
unsigned long zswap_evict(enum zswap_whose whose, struct mem_cgroup *memcg, unsigned long nr)
{
	unsigned long written = 0;
	int nid, i;

	for_each_online_node(nid) {
		for (i = 0; i < GROUPS && !written; i++) {
			struct zswap_group *group = zswap_group_next(whose, memcg, nid);

			if (!group)
				break;
			written += zswap_writeback_some(&group->lru[nid], nr, ZSWAP_WB_PAUSE);
			zswap_group_put(group);
		}
	}
	return written;
}
