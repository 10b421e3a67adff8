// SPDX-License-Identifier: GPL-2.0-only
/*
 * How does zswap start, and what does the swap code call?
 */
#include <linux/frontswap.h>
#include <linux/init.h>
#include <linux/swap.h>
#include <linux/workqueue.h>

#include "debug.h"
#include "entry.h"
#include "group.h"
#include "inflight.h"
#include "limit.h"
#include "lru.h"
#include "params.h"
#include "shrinker.h"
#include "stats.h"
#include "store.h"
#include "tree.h"

/*
 * One for every swap area that there may be. They are always there, so that it does
 * not matter whether an area was switched on before or after zswap.
 */
static struct zswap_tree trees[MAX_SWAPFILES];

/**
 * zswap_tree() - the tree of a swap area
 * @type: number of the area
 *
 * Return: the tree.
 */
struct zswap_tree *zswap_tree(unsigned int type)
{
	return &trees[type];
}

static void retry(struct work_struct *work)
{
	zswap_params_retry();
}

static DECLARE_WORK(retry_work, retry);

/*
 * Where there is a swap area, there is a root filesystem, and modules in it. Not here and
 * now: the swap code holds a mutex that a program which loads a module may want.
 */
static void area_on(unsigned int type)
{
	schedule_work(&retry_work);
}

static void invalidate_page(unsigned int type, pgoff_t offset)
{
	zswap_tree_drop(zswap_tree(type), offset);
}

static void invalidate_area(unsigned int type)
{
	zswap_tree_clear(zswap_tree(type));
}

static const struct frontswap_ops ops = {
	.init			= area_on,
	.store			= zswap_store,
	.load			= zswap_load,
	.invalidate_page	= invalidate_page,
	.invalidate_area	= invalidate_area,
};

static int __init start(void)
{
	int err, i;

	for (i = 0; i < ARRAY_SIZE(trees); i++)
		zswap_tree_init(&trees[i]);
	err = zswap_entry_cache_create();
	if (!err)
		err = zswap_lru_counts_create();
	if (!err)
		err = zswap_group_root_create();
	if (!err)
		err = zswap_limit_start();
	if (!err)
		err = zswap_inflight_start();
	if (!err)
		err = zswap_shrinker_start();
	if (!err)
		err = frontswap_register_ops(&ops);
	return err;
}

static int __init zswap_init(void)
{
	int err = start();

	zswap_params_start(err);
	if (!err)
		zswap_debug_show(zswap_stats_show());
	return 0;
}

/* Compressors that are built in have been set up by then. */
late_initcall(zswap_init);
