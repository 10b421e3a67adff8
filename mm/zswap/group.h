/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Whom are pages charged to?
 *
 * A group stands for one struct obj_cgroup: for one cgroup as long as that lives, for
 * the cgroup above it from then on. So nothing moves when a cgroup goes: its
 * entries stay in the lists they are in, until they leave for a reason of their own.
 * Pages that are charged to nobody are in the root group, which is always there.
 */
#ifndef _ZSWAP_GROUP_H
#define _ZSWAP_GROUP_H

#include <linux/rcupdate.h>
#include <linux/refcount.h>

#include "lru.h"

struct mem_cgroup;
struct obj_cgroup;

/**
 * struct zswap_group - pages charged together
 * @objcg: whom to, with a reference; NULL for the root group; immutable after creation
 * @refs: one for each entry, and one for each user; not of the root group
 * @hash: in the table of groups; groups_lock, read under RCU
 * @list: in the list of all groups; groups_lock
 * @rcu: to free it
 * @lru: for each node
 */
struct zswap_group {
	struct obj_cgroup *objcg;
	refcount_t refs;
	struct hlist_node hash;
	struct list_head list;
	struct rcu_head rcu;
	struct zswap_lru lru[];
};

int zswap_group_root_create(void);
struct zswap_group *zswap_group_get(struct obj_cgroup *objcg);
struct zswap_group *zswap_group_of(struct obj_cgroup *objcg);
struct zswap_group *zswap_group_find(struct mem_cgroup *memcg);
void zswap_group_put(struct zswap_group *group);

/**
 * enum zswap_whose - which groups to look at
 * @ZSWAP_ALL: every group
 * @ZSWAP_COMMON: groups whose cgroup is gone, and the root group
 * @ZSWAP_BELOW: groups of a cgroup and of those below it
 */
enum zswap_whose {
	ZSWAP_ALL,
	ZSWAP_COMMON,
	ZSWAP_BELOW
};

struct zswap_group *zswap_group_next(enum zswap_whose whose, struct mem_cgroup *memcg, int nid);

#endif /* _ZSWAP_GROUP_H */
