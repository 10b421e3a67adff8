// SPDX-License-Identifier: GPL-2.0-only
/*
 * How does an entry come to be, and what is undone when it goes?
 */
#include <linux/memcontrol.h>
#include <linux/slab.h>
#include <linux/swap.h>

#include "entry.h"
#include "group.h"
#include "object.h"
#include "pool.h"
#include "stats.h"

static struct kmem_cache *cache;

/**
 * zswap_entry_cache_create() - set up where entries come from
 *
 * Context: once, at initialisation.
 * Return: 0 or -ENOMEM.
 */
int zswap_entry_cache_create(void)
{
	cache = KMEM_CACHE(zswap_entry, 0);
	return cache ? 0 : -ENOMEM;
}

/**
 * zswap_entry_create() - an entry for a page that is about to be stored
 * @swp: its place in swap
 * @nid: the node the page is on
 *
 * The caller fills in the object and, with a reference each, @pool and @group; what is
 * not filled in zswap_entry_put() leaves alone.
 *
 * Context: Never sleeps.
 * Return: an entry with one reference, or NULL.
 */
struct zswap_entry *zswap_entry_create(swp_entry_t swp, int nid)
{
	struct zswap_entry *entry = kmem_cache_zalloc(cache, GFP_NOWAIT | __GFP_NOWARN);

	if (!entry)
		return NULL;
	entry->swp = swp;
	entry->nid = nid;
	INIT_LIST_HEAD(&entry->lru);
	refcount_set(&entry->refs, 1);
	return entry;
}

static void uncharge(struct zswap_entry *entry)
{
	struct obj_cgroup *objcg = entry->group->objcg;

	if (objcg)
		obj_cgroup_uncharge_zswap(objcg, entry->object.length);
	zswap_group_put(entry->group);
}

/**
 * zswap_entry_put() - let go of an entry
 * @entry: the caller's reference to it; the last one frees it
 *
 * Context: Any but interrupts; never sleeps. The swap code frees slots with
 * swap_info_struct.lock held.
 */
void zswap_entry_put(struct zswap_entry *entry)
{
	if (!refcount_dec_and_test(&entry->refs))
		return;
	WARN_ON_ONCE(!list_empty(&entry->lru));
	zswap_object_release(&entry->object);
	if (entry->pool)
		zswap_pool_put(entry->pool);
	if (entry->group)
		uncharge(entry);
	kmem_cache_free(cache, entry);
	zswap_stats_update_size();
}
