// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which pages leave, so that a younger one can be stored?
 */
#include <linux/nodemask.h>

#include "evict.h"
#include "writeback.h"

/* Groups that are asked in turn: the first may have nothing but entries that cannot go. */
#define GROUPS	4

static unsigned long from_node(enum zswap_whose whose, struct mem_cgroup *memcg, int nid,
			       unsigned long nr, struct zswap_leave *leave)
{
	unsigned long written = 0;
	int i;

	for (i = 0; i < GROUPS && !written; i++) {
		struct zswap_group *group = zswap_group_next(whose, memcg, nid);

		if (!group)
			break;
		written = zswap_writeback_some(&group->lru[nid], nr, leave);
		zswap_group_put(group);
	}
	return written;
}

/**
 * zswap_evict() - write some of the oldest pages back, as part of a store
 * @whose: of which groups
 * @memcg: for ZSWAP_BELOW
 * @nid: node of the page that wants in: each node's pages make room for its own, and
 *	those of another, which may have gone by now, only where it has none that can go
 * @nr: entries of a group to look at
 * @leave: a store's. A disk that does not keep up is waited for that long, as the block layer
 *	has those wait who send it more than it takes. No filesystem is entered: one may
 *	have asked for the store
 *
 * Context: Process context, as part of the store of a page; sleeps, writes to swap devices.
 * Return: pages that are on their way.
 */
unsigned long zswap_evict(enum zswap_whose whose, struct mem_cgroup *memcg, int nid,
			  unsigned long nr, struct zswap_leave *leave)
{
	unsigned long written = 0;
	unsigned int nodes;

	for (nodes = num_possible_nodes(); nodes && !written; nodes--) {
		written = from_node(whose, memcg, nid, nr, leave);
		nid = next_node_in(nid, node_possible_map);
	}
	return written;
}
