// SPDX-License-Identifier: GPL-2.0-only
/*
 * What does zswap tell of itself?
 */
#include <linux/debugfs.h>
#include <linux/mm.h>
#include <linux/swap.h>

#include "entry.h"
#include "object.h"
#include "stats.h"

/* For fs/proc/meminfo.c: bytes of the pool, when it was last looked at. */
u64 zswap_pool_total_size;

/* For fs/proc/meminfo.c: live entries. */
atomic_t zswap_stored_pages = ATOMIC_INIT(0);

static const char * const names[] = {
	[ZSWAP_POOL_LIMIT_HIT]		= "pool_limit_hit",
	[ZSWAP_REJECT_RECLAIM_FAIL]	= "reject_reclaim_fail",
	[ZSWAP_REJECT_ALLOC_FAIL]	= "reject_alloc_fail",
	[ZSWAP_REJECT_KMEMCACHE_FAIL]	= "reject_kmemcache_fail",
	[ZSWAP_REJECT_COMPRESS_POOR]	= "reject_compress_poor",
	[ZSWAP_REJECT_COMPRESS_FAIL]	= "reject_compress_fail",
	[ZSWAP_REJECT_THP]		= "reject_thp",
	[ZSWAP_DECOMPRESS_FAIL]		= "decompress_fail",
	[ZSWAP_WRITTEN_BACK_PAGES]	= "written_back_pages",
	[ZSWAP_DUPLICATE_ENTRY]		= "duplicate_entry",
	[ZSWAP_SAME_FILLED_PAGES]	= "same_filled_pages",
};

static_assert(ARRAY_SIZE(names) == ZSWAP_NR_STATS);

static atomic_long_t counts[ZSWAP_NR_STATS];

/**
 * zswap_count_by() - something has happened
 * @stat: what
 * @by: how often
 *
 * Context: Any.
 */
void zswap_count_by(enum zswap_stat stat, long by)
{
	atomic_long_add(by, &counts[stat]);
}

/**
 * zswap_stat() - how often has it happened?
 * @stat: what
 *
 * Context: Any.
 * Return: the count.
 */
unsigned long zswap_stat(enum zswap_stat stat)
{
	return atomic_long_read(&counts[stat]);
}

/**
 * zswap_stats_stored() - an entry goes live or ceases to be
 * @entry: the entry
 * @by: 1 or -1
 *
 * Context: With the lock of the entry's tree.
 */
void zswap_stats_stored(const struct zswap_entry *entry, int by)
{
	atomic_add(by, &zswap_stored_pages);
	if (!entry->object.length)
		zswap_count_by(ZSWAP_SAME_FILLED_PAGES, by);
}

/**
 * zswap_stats_update_size() - look how large the pool is
 *
 * Context: Any, after every change of the pool.
 */
void zswap_stats_update_size(void)
{
	u64 size = (u64)zswap_object_pages() << PAGE_SHIFT;

	/* Most changes do not add a page, and then this line stays with all CPUs. */
	if (READ_ONCE(zswap_pool_total_size) != size)
		WRITE_ONCE(zswap_pool_total_size, size);
}

static int count_get(void *data, u64 *val)
{
	*val = zswap_stat((unsigned long)data);
	return 0;
}
DEFINE_DEBUGFS_ATTRIBUTE(count_fops, count_get, NULL, "%llu\n");

static int total_size_get(void *data, u64 *val)
{
	zswap_stats_update_size();
	*val = (u64)zswap_object_pages() << PAGE_SHIFT;
	return 0;
}
DEFINE_DEBUGFS_ATTRIBUTE(total_size_fops, total_size_get, NULL, "%llu\n");

/**
 * zswap_stats_show() - make the files in debugfs
 *
 * Context: once, at initialisation.
 * Return: the directory, or an error pointer that debugfs takes for one.
 */
struct dentry *zswap_stats_show(void)
{
	struct dentry *dir = debugfs_create_dir("zswap", NULL);
	unsigned long i;

	for (i = 0; i < ZSWAP_NR_STATS; i++)
		debugfs_create_file_unsafe(names[i], 0444, dir, (void *)i, &count_fops);
	debugfs_create_file_unsafe("pool_total_size", 0444, dir, NULL, &total_size_fops);
	debugfs_create_atomic_t("stored_pages", 0444, dir, &zswap_stored_pages);
	return dir;
}
