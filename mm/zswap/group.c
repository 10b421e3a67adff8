// SPDX-License-Identifier: GPL-2.0-only
/*
 * Whom are pages charged to, and whose turn is it to give some up?
 */
#include <linux/hashtable.h>
#include <linux/memcontrol.h>
#include <linux/slab.h>
#include <linux/zswap.h>

#include "group.h"

/*
 * Groups by their obj_cgroup, and all of them in the order in which they are to
 * give up pages. Written under groups_lock; the table is read under RCU.
 */
static DEFINE_HASHTABLE(table, 8);
static LIST_HEAD(groups);
static DEFINE_SPINLOCK(groups_lock);

/* Immutable after initialisation. Always there, and not counted who uses it. */
static struct zswap_group *root;

#ifdef CONFIG_MEMCG_KMEM
/* Has the cgroup that an obj_cgroup was made for gone? Caller holds RCU. */
static bool inherited(struct obj_cgroup *objcg)
{
	return rcu_access_pointer(obj_cgroup_memcg(objcg)->objcg) != objcg;
}

static bool below(struct obj_cgroup *objcg, struct mem_cgroup *memcg)
{
	return objcg && mem_cgroup_is_descendant(obj_cgroup_memcg(objcg), memcg);
}

static struct obj_cgroup *objcg_of(struct mem_cgroup *memcg)
{
	return rcu_dereference(memcg->objcg);
}

static void objcg_hold(struct obj_cgroup *objcg)
{
	obj_cgroup_get(objcg);
}
#else
static bool inherited(struct obj_cgroup *objcg)
{
	return true;
}

static bool below(struct obj_cgroup *objcg, struct mem_cgroup *memcg)
{
	return false;
}

static struct obj_cgroup *objcg_of(struct mem_cgroup *memcg)
{
	return NULL;
}

static void objcg_hold(struct obj_cgroup *objcg)
{
}
#endif

static struct zswap_group *group_alloc(struct obj_cgroup *objcg, gfp_t gfp)
{
	struct zswap_group *group = kzalloc(struct_size(group, lru, nr_node_ids), gfp);
	int nid;

	if (!group)
		return NULL;
	for (nid = 0; nid < nr_node_ids; nid++)
		zswap_lru_init(&group->lru[nid], !objcg);
	refcount_set(&group->refs, 1);
	group->objcg = objcg;
	return group;
}

/**
 * zswap_group_root_create() - make the group of pages that are charged to nobody
 *
 * Context: once, at initialisation.
 * Return: 0 or -ENOMEM.
 */
int zswap_group_root_create(void)
{
	root = group_alloc(NULL, GFP_KERNEL);
	if (!root)
		return -ENOMEM;
	list_add(&root->list, &groups);
	return 0;
}

/* False for a group that nobody holds: it is on its way out. */
static bool hold(struct zswap_group *group)
{
	return group == root || refcount_inc_not_zero(&group->refs);
}

/* Caller holds RCU, or groups_lock. */
static struct zswap_group *lookup(struct obj_cgroup *objcg)
{
	struct zswap_group *group;

	hash_for_each_possible_rcu(table, group, hash, (unsigned long)objcg,
				   lockdep_is_held(&groups_lock))
		/* Behind one that is on its way out there may be another. */
		if (group->objcg == objcg && hold(group))
			return group;
	return NULL;
}

static void make_common(struct zswap_group *group)
{
	int nid;

	lockdep_assert_held(&groups_lock);
	for (nid = 0; nid < nr_node_ids; nid++)
		zswap_lru_make_common(&group->lru[nid], nid);
}

/* Unless somebody else was faster, @group is the one for its obj_cgroup now. */
static struct zswap_group *publish(struct zswap_group *group)
{
	struct zswap_group *other;

	spin_lock(&groups_lock);
	other = lookup(group->objcg);
	if (!other) {
		objcg_hold(group->objcg);
		hash_add_rcu(table, &group->hash, (unsigned long)group->objcg);
		list_add_tail(&group->list, &groups);
		/*
		 * The cgroup goes first, and then zswap_memcg_offline() takes the
		 * lock: one of the two notices.
		 */
		rcu_read_lock();
		if (inherited(group->objcg))
			make_common(group);
		rcu_read_unlock();
	}
	spin_unlock(&groups_lock);
	if (!other)
		return group;
	kfree(group);
	return other;
}

/**
 * zswap_group_of() - the group that pages of somebody are charged to
 * @objcg: whom they belong to; NULL for nobody
 *
 * Context: Any but interrupts; never sleeps.
 * Return: the group, with a reference, or NULL if there are no such pages.
 */
struct zswap_group *zswap_group_of(struct obj_cgroup *objcg)
{
	struct zswap_group *group;

	if (!objcg)
		return root;
	rcu_read_lock();
	group = lookup(objcg);
	rcu_read_unlock();
	return group;
}

/**
 * zswap_group_get() - the group to charge a page to
 * @objcg: whom the page belongs to; NULL for nobody
 *
 * Context: Process context; never sleeps.
 * Return: the group, with a reference, or NULL for no memory.
 */
struct zswap_group *zswap_group_get(struct obj_cgroup *objcg)
{
	struct zswap_group *group = zswap_group_of(objcg);

	if (group)
		return group;
	group = group_alloc(objcg, GFP_NOWAIT | __GFP_NOWARN);
	return group ? publish(group) : NULL;
}

/**
 * zswap_group_find() - the group of a cgroup itself
 * @memcg: the cgroup
 *
 * Context: Any but interrupts.
 * Return: the group, with a reference, or NULL if nothing is charged to it.
 */
struct zswap_group *zswap_group_find(struct mem_cgroup *memcg)
{
	struct zswap_group *group = NULL;
	struct obj_cgroup *objcg;

	rcu_read_lock();
	objcg = objcg_of(memcg);
	if (objcg)
		group = lookup(objcg);
	rcu_read_unlock();
	return group;
}

/**
 * zswap_group_put() - let go of a group
 * @group: the caller's reference to it
 *
 * Context: Any but interrupts; never sleeps.
 */
void zswap_group_put(struct zswap_group *group)
{
	bool last;

	if (group == root || refcount_dec_not_one(&group->refs))
		return;
	/* zswap_group_get() may still have found it. */
	spin_lock(&groups_lock);
	last = refcount_dec_and_test(&group->refs);
	if (last) {
		hash_del_rcu(&group->hash);
		list_del(&group->list);
	}
	spin_unlock(&groups_lock);
	if (!last)
		return;
	obj_cgroup_put(group->objcg);
	kfree_rcu(group, rcu);
}

static bool asked_for(struct zswap_group *group, enum zswap_whose whose, struct mem_cgroup *memcg,
		      int nid)
{
	const struct zswap_lru *lru = &group->lru[nid];

	if (!zswap_lru_nr(lru))
		return false;
	switch (whose) {
	case ZSWAP_COMMON:
		/* Never becomes false again; a group that is just going may be missed. */
		return data_race(lru->common);
	case ZSWAP_BELOW:
		return below(group->objcg, memcg);
	default:
		return true;
	}
}

/**
 * zswap_group_next() - whose turn is it to give up pages?
 * @whose: which groups to look at
 * @memcg: for ZSWAP_BELOW
 * @nid: the node pages are wanted of
 *
 * Context: Any but interrupts; never sleeps. Steps over groups without such pages.
 * Return: a group that has pages on @nid, with a reference, which is last in turn
 * now; NULL if there is none.
 */
struct zswap_group *zswap_group_next(enum zswap_whose whose, struct mem_cgroup *memcg, int nid)
{
	struct zswap_group *group, *found = NULL;

	rcu_read_lock();
	spin_lock(&groups_lock);
	list_for_each_entry(group, &groups, list) {
		if (asked_for(group, whose, memcg, nid) && hold(group)) {
			list_move_tail(&group->list, &groups);
			found = group;
			break;
		}
	}
	spin_unlock(&groups_lock);
	rcu_read_unlock();
	return found;
}

/**
 * zswap_memcg_offline() - a cgroup has gone, its charges are its parent's now
 * @memcg: the cgroup
 *
 * Memory reclaim does not ask the shrinker for it any more. The pages that are
 * left are taken with those of the machine.
 *
 * Context: Process context, after the cgroup's obj_cgroup was handed on.
 */
void zswap_memcg_offline(struct mem_cgroup *memcg)
{
	struct zswap_group *group;

	spin_lock(&groups_lock);
	rcu_read_lock();
	list_for_each_entry(group, &groups, list)
		if (!group->lru[0].common && inherited(group->objcg))
			make_common(group);
	rcu_read_unlock();
	spin_unlock(&groups_lock);
}
