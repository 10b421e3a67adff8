// SPDX-License-Identifier: GPL-2.0-only
/*
 * How does a disk's memory come into being, and how does all of it go again?
 */
#include <linux/err.h>
#include <linux/printk.h>
#include <linux/zcomp.h>
#include <linux/zsmalloc.h>

#include "backing.h"
#include "store.h"

static void destroy_comps(struct zram_store *store)
{
	unsigned int i;

	for (i = 0; i < ZRAM_MAX_COMPS; i++) {
		if (store->comps[i])
			zcomp_destroy(store->comps[i]);
		/* A store that is used all the same must fail, not use freed memory. */
		store->comps[i] = NULL;
	}
}

static int create_comps(struct zram_store *store, const struct zram_setup *setup)
{
	struct zcomp *comp;
	unsigned int i;

	memset(store->comps, 0, sizeof(store->comps));
	for (i = 0; i < ZRAM_MAX_COMPS; i++) {
		if (!setup->algorithm[i])
			continue;
		comp = zcomp_create(setup->algorithm[i], &setup->params[i]);
		if (IS_ERR(comp)) {
			destroy_comps(store);
			return PTR_ERR(comp);
		}
		store->comps[i] = comp;
	}
	return 0;
}

/**
 * zram_store_init() - make an empty store
 * @store: where; one that was destroyed may be made again
 * @nr_pages: pages of the disk
 * @name: of the disk, and of the pool in debugfs; must outlive @store
 * @setup: what compresses, and how it is tuned; its dictionaries must outlive @store
 *
 * Context: sleeps.
 * Return: 0; -ENOMEM; or what zcomp_create() says. After an error there is
 *	   nothing to destroy.
 */
int zram_store_init(struct zram_store *store, unsigned long nr_pages, const char *name,
		    const struct zram_setup *setup)
{
	struct zs_pool *pool;
	int err;

	pool = zs_create_pool(name);
	if (!pool)
		return -ENOMEM;
	err = create_comps(store, setup);
	if (err) {
		zs_destroy_pool(pool);
		return err;
	}

	zram_table_init(&store->table, nr_pages);
	zram_stats_clear(&store->stats);
	store->name = name;
	mutex_init(&store->pp_lock);
	store->pool = pool;
	store->integrity = setup->integrity;
	store->huge_size = zs_huge_class_size(pool);
	return 0;
}

/* Objects in memory that slots name. */
static u64 objects(struct zram_store *store)
{
	return zram_stats_read(&store->stats, ZRAM_PAGES_STORED) -
	       zram_stats_read(&store->stats, ZRAM_SAME_PAGES) -
	       zram_stats_read(&store->stats, ZRAM_BD_COUNT);
}

/* The same for blocks of the backing device. */
static void drop_blocks(struct zram_store *store)
{
	u64 named = zram_stats_read(&store->stats, ZRAM_BD_COUNT);
	unsigned long freed = zram_backing_drop(store->backing);

	if (freed != named)
		pr_warn("zram: %s: %lu blocks were in use, %llu had a page\n", store->name,
			freed, named);
}

/**
 * zram_store_destroy() - free a store and everything in it
 * @store: a store that nobody uses any more; none of its slots is locked
 *
 * Context: sleeps.
 */
void zram_store_destroy(struct zram_store *store)
{
	u64 named = objects(store);
	unsigned long freed;

	/* All objects and all slots go: nobody needs to know which belonged to which. */
	zram_table_destroy(&store->table);
	destroy_comps(store);
	freed = zs_drop_pool(store->pool);
	if (freed != named)
		pr_warn("zram: %s: %lu objects were in memory, %llu in use\n", store->name,
			freed, named);
	drop_blocks(store);

	store->pool = NULL;
	zram_stats_clear(&store->stats);
}
