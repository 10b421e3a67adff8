// SPDX-License-Identifier: GPL-2.0-only
/*
 * How a pool comes and goes, and its totals.
 */
#include <linux/export.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/zsmalloc.h>

#include "background.h"
#include "page.h"
#include "redzone.h"
#include "stats.h"
#include "zspage.h"

/**
 * zs_create_pool() - create a pool
 * @name: for messages and debugfs; copied
 *
 * Context: may sleep.
 * Return: the pool, or NULL when there is no memory for it.
 */
struct zs_pool *zs_create_pool(const char *name)
{
	struct zs_pool *pool;

	BUILD_BUG_ON(sizeof(*pool) + ZS_CLASS_MAX * sizeof(pool->classes[0]) >
		     2 * PAGE_SIZE);

	pool = kvzalloc(struct_size(pool, classes, zs_class_count()), GFP_KERNEL);
	if (!pool)
		return NULL;

	pool->name = kstrdup(name, GFP_KERNEL);
	if (!pool->name)
		goto free_pool;

	zs_red_init(pool);
	mutex_init(&pool->compact_lock);
	zs_page_reaper_init(pool);
	xa_init_flags(&pool->zspages, XA_FLAGS_ALLOC);
	if (zs_handles_init(&pool->handles))
		goto free_name;
	if (zs_demand_init(&pool->demand))
		goto free_handles;
	if (zs_background_start(pool))
		goto free_demand;

	zs_stats_add(pool);
	return pool;

free_demand:
	zs_demand_destroy(&pool->demand);
free_handles:
	zs_handles_destroy(&pool->handles);
free_name:
	kfree(pool->name);
free_pool:
	kvfree(pool);
	return NULL;
}
EXPORT_SYMBOL_GPL(zs_create_pool);

/* In a kernel with red zones nothing leaves without being looked at. */
static void check_live(struct zs_pool *pool, struct zs_zspage *zspage)
{
	unsigned int slot;

	if (!zs_red_bytes(pool))
		return;
	for_each_set_bit(slot, zs_zspage_used(zspage), zspage->class->geo->slots)
		zs_red_check_entry(pool, zspage, slot, zs_zspage_back(zspage)[slot], "destroy");
}

/* Everything a zspage holds, live objects too. */
static void destroy_zspages(struct zs_pool *pool)
{
	struct zs_zspage *zspage;
	unsigned long index;

	xa_for_each(&pool->zspages, index, zspage) {
		struct zs_class *class = zspage->class;

		spin_lock(&class->lock);
		check_live(pool, zspage);
		bitmap_zero(zs_zspage_used(zspage), class->geo->slots);
		zs_zspage_trim(pool, zspage);
		spin_unlock(&class->lock);
		cond_resched();
	}
	xa_destroy(&pool->zspages);
}

static void pool_free(struct zs_pool *pool)
{
	unsigned int nr;

	destroy_zspages(pool);
	/* who migrates a page looks at its class */
	zs_page_reaper_stop(pool);
	zs_handles_destroy(&pool->handles);
	zs_demand_destroy(&pool->demand);
	for (nr = 0; nr < zs_class_count(); nr++)
		kfree(pool->classes[nr]);
	kfree(pool->name);
	kvfree(pool);
}

/**
 * zs_drop_pool() - destroy a pool with all objects that are in it
 * @pool: the pool, which nobody uses any more, or NULL
 *
 * For who is done with all of its objects: takes time in proportion to the pages of the
 * pool, where freeing each object first takes several times that. What comes
 * back tells whether he has kept count.
 *
 * Context: may sleep.
 * Return: objects that were in it.
 */
unsigned long zs_drop_pool(struct zs_pool *pool)
{
	unsigned long live;

	if (!pool)
		return 0;

	/* first those who could still look at it, then what they would see */
	/* a tunable that is being written may wake the worker */
	zs_stats_remove(pool);
	zs_background_stop(pool);

	live = zs_handle_live(&pool->handles);
	pool_free(pool);
	return live;
}
EXPORT_SYMBOL_GPL(zs_drop_pool);

/**
 * zs_destroy_pool() - destroy a pool
 * @pool: the pool, which nobody uses any more, or NULL
 *
 * Objects that were not freed are freed with it, and a line in the log says how
 * many they were.
 *
 * Context: may sleep.
 */
void zs_destroy_pool(struct zs_pool *pool)
{
	unsigned long live = pool ? zs_handle_live(&pool->handles) : 0;

	if (live)
		pr_info("zsmalloc: pool %s: destroyed with %lu objects in it\n",
			pool->name, live);
	zs_drop_pool(pool);
}
EXPORT_SYMBOL_GPL(zs_destroy_pool);

/**
 * zs_get_total_pages() - pages that hold the objects of a pool
 * @pool: the pool
 *
 * Context: any.
 * Return: pages, not counting metadata.
 */
unsigned long zs_get_total_pages(struct zs_pool *pool)
{
	return atomic_long_read(&pool->pages);
}
EXPORT_SYMBOL_GPL(zs_get_total_pages);

/**
 * zs_pool_stats() - what has happened in a pool
 * @pool: the pool
 * @stats: filled in
 *
 * Context: any.
 */
void zs_pool_stats(struct zs_pool *pool, struct zs_pool_stats *stats)
{
	atomic_long_set(&stats->pages_compacted, zs_counted(pool, ZS_COUNT_FREED));
}
EXPORT_SYMBOL_GPL(zs_pool_stats);

/**
 * zs_huge_class_size() - from which size on storing compressed gains nothing
 * @pool: the pool
 *
 * Context: any.
 * Return: bytes; an object of this size or more costs a whole page, so that the
 * page itself may as well be stored.
 */
size_t zs_huge_class_size(struct zs_pool *pool)
{
	return zs_class_huge_size() - zs_red_bytes(pool);
}
EXPORT_SYMBOL_GPL(zs_huge_class_size);
