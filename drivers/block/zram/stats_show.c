// SPDX-License-Identifier: GPL-2.0-only
/*
 * How do the counters of a disk look to a user?
 *
 * Order, padding and line ends are an interface: zramctl and scripts cut these
 * lines into columns.
 */
#include <linux/mm.h>
#include <linux/sysfs.h>

#include "budget.h"
#include "stats.h"

/* Of the text of debug_stat. */
#define DEBUG_STAT_VERSION	1

/**
 * zram_stats_show_io() - the text of io_stat
 * @stats: the counters
 * @buf: page of a sysfs read
 *
 * Return: bytes written to @buf.
 */
ssize_t zram_stats_show_io(struct zram_stats *stats, char *buf)
{
	return sysfs_emit(buf, "%8llu %8llu %8llu %8llu\n",
			  zram_stats_read(stats, ZRAM_FAILED_READS),
			  zram_stats_read(stats, ZRAM_FAILED_WRITES),
			  zram_stats_read(stats, ZRAM_INVALID_IO),
			  zram_stats_read(stats, ZRAM_NOTIFY_FREE));
}

/**
 * zram_stats_show_mm() - the text of mm_stat
 * @stats: the counters
 * @memory: what the allocator holds
 * @buf: page of a sysfs read
 *
 * Return: bytes written to @buf.
 */
ssize_t zram_stats_show_mm(struct zram_stats *stats, const struct zram_memory *memory, char *buf)
{
	u64 max_used = atomic_long_read(&stats->max_used_pages);

	return sysfs_emit(buf, "%8llu %8llu %8llu %8llu %8llu %8llu %8lu %8llu %8llu\n",
			  zram_stats_read(stats, ZRAM_PAGES_STORED) << PAGE_SHIFT,
			  zram_stats_read(stats, ZRAM_COMPR_BYTES),
			  (u64)memory->used_pages << PAGE_SHIFT,
			  (u64)memory->limit_pages << PAGE_SHIFT,
			  max_used << PAGE_SHIFT,
			  zram_stats_read(stats, ZRAM_SAME_PAGES),
			  memory->compacted_pages,
			  zram_stats_read(stats, ZRAM_HUGE_PAGES),
			  zram_stats_read(stats, ZRAM_HUGE_SINCE));
}

/**
 * zram_stats_show_bd() - the text of bd_stat
 * @stats: the counters
 * @buf: page of a sysfs read
 *
 * Return: bytes written to @buf.
 */
ssize_t zram_stats_show_bd(struct zram_stats *stats, char *buf)
{
	return sysfs_emit(buf, "%8llu %8llu %8llu\n",
			  zram_stats_read(stats, ZRAM_BD_COUNT) * ZRAM_UNITS_PER_PAGE,
			  zram_stats_read(stats, ZRAM_BD_READS) * ZRAM_UNITS_PER_PAGE,
			  zram_stats_read(stats, ZRAM_BD_WRITES) * ZRAM_UNITS_PER_PAGE);
}

/**
 * zram_stats_show_debug() - the text of debug_stat
 * @stats: the counters
 * @buf: page of a sysfs read
 *
 * Return: bytes written to @buf.
 */
ssize_t zram_stats_show_debug(struct zram_stats *stats, char *buf)
{
	return sysfs_emit(buf, "version: %d\n%8llu %8llu\n", DEBUG_STAT_VERSION,
			  zram_stats_read(stats, ZRAM_WRITESTALL),
			  zram_stats_read(stats, ZRAM_MISS_FREE));
}
