// SPDX-License-Identifier: GPL-2.0-only
/*
 * How does a disk's memory come into being, and how does all of it go again?
 */
#include <linux/err.h>
#include <linux/sched.h>
#include <linux/zcomp.h>
#include <linux/zsmalloc.h>

#include "content.h"
#include "store.h"

/**
 * zram_store_init() - make an empty store
 * @store: where; one that was destroyed may be made again
 * @nr_pages: pages of the disk
 * @name: name of the pool, for debugfs
 * @algorithm: what compresses
 * @params: how it is tuned
 *
 * Context: sleeps.
 * Return: 0; -ENOMEM; or what zcomp_create() says. After an error there is
 *	   nothing to destroy.
 */
int zram_store_init(struct zram_store *store, unsigned long nr_pages, const char *name,
		    const char *algorithm, const struct zcomp_params *params)
{
	struct zs_pool *pool;
	struct zcomp *comp;

	pool = zs_create_pool(name);
	if (!pool)
		return -ENOMEM;
	comp = zcomp_create(algorithm, params);
	if (IS_ERR(comp)) {
		zs_destroy_pool(pool);
		return PTR_ERR(comp);
	}

	zram_table_init(&store->table, nr_pages);
	zram_stats_clear(&store->stats);
	store->pool = pool;
	store->comp = comp;
	store->huge_size = zs_huge_class_size(pool);
	return 0;
}

static void drop_contents(struct zram_store *store)
{
	struct zram_content content;
	struct zram_slot *slot;
	unsigned long index;

	for (index = 0; (slot = zram_table_next(&store->table, &index, ULONG_MAX)); index++) {
		/* No lock: see zram_store_destroy(). */
		content.value = slot->value;
		content.bits = atomic_read(&slot->state) & ZRAM_CONTENT_MASK;
		zram_content_release(store, &content);
		if (index % ZRAM_SLOTS_PER_LEAF == 0)
			cond_resched();
	}
}

/**
 * zram_store_destroy() - free a store and everything in it
 * @store: a store that nobody uses any more; none of its slots is locked
 *
 * Context: sleeps.
 */
void zram_store_destroy(struct zram_store *store)
{
	/* Objects before the pool they are in, slots after the objects they name. */
	drop_contents(store);
	zram_table_destroy(&store->table);
	zcomp_destroy(store->comp);
	zs_destroy_pool(store->pool);

	/* A store that is used all the same must fail here, not in freed memory. */
	store->comp = NULL;
	store->pool = NULL;
	zram_stats_clear(&store->stats);
}
