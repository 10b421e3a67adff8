/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a zram disk counts, and how users read it.
 */
#ifndef _ZRAM_STATS_H
#define _ZRAM_STATS_H

#include <linux/atomic.h>
#include <linux/types.h>

/**
 * enum zram_stat - counters of one disk
 * @ZRAM_PAGES_STORED: slots that hold something, repeated words included
 * @ZRAM_COMPR_BYTES: bytes of all objects
 * @ZRAM_SAME_PAGES: slots that hold a repeated word
 * @ZRAM_HUGE_PAGES: slots that hold a page as it is
 * @ZRAM_HUGE_SINCE: pages ever stored as they are
 * @ZRAM_FAILED_READS: reads that ended in an I/O error
 * @ZRAM_FAILED_WRITES: writes that ended in an I/O error
 * @ZRAM_INVALID_IO: requests off the logical block grid or off the disk
 * @ZRAM_NOTIFY_FREE: pages freed by discard, write-zeroes and swap
 * @ZRAM_WRITESTALL: objects that had to wait for memory
 * @ZRAM_MISS_FREE: frees from swap left to whoever held the slot
 * @ZRAM_NR_STATS: how many there are
 */
enum zram_stat {
	ZRAM_PAGES_STORED,
	ZRAM_COMPR_BYTES,
	ZRAM_SAME_PAGES,
	ZRAM_HUGE_PAGES,
	ZRAM_HUGE_SINCE,
	ZRAM_FAILED_READS,
	ZRAM_FAILED_WRITES,
	ZRAM_INVALID_IO,
	ZRAM_NOTIFY_FREE,
	ZRAM_WRITESTALL,
	ZRAM_MISS_FREE,
	ZRAM_NR_STATS
};

/**
 * struct zram_stats - the counters and one high-water mark
 * @count: by enum zram_stat; each atomic by itself
 * @max_used_pages: most pages the allocator has held; atomic
 */
struct zram_stats {
	atomic64_t count[ZRAM_NR_STATS];
	atomic_long_t max_used_pages;
};

/**
 * struct zram_memory - what the allocator says, for mm_stat
 * @used_pages: pages it holds now
 * @limit_pages: pages it may hold, 0 for no limit
 * @compacted_pages: pages that compaction has given back
 */
struct zram_memory {
	unsigned long used_pages;
	unsigned long limit_pages;
	unsigned long compacted_pages;
};

static inline void zram_stats_add(struct zram_stats *stats, enum zram_stat which, s64 by)
{
	atomic64_add(by, &stats->count[which]);
}

static inline void zram_stats_inc(struct zram_stats *stats, enum zram_stat which)
{
	atomic64_inc(&stats->count[which]);
}

static inline u64 zram_stats_read(struct zram_stats *stats, enum zram_stat which)
{
	return atomic64_read(&stats->count[which]);
}

void zram_stats_clear(struct zram_stats *stats);
void zram_stats_raise_max(struct zram_stats *stats, unsigned long used_pages);

ssize_t zram_stats_show_io(struct zram_stats *stats, char *buf);
ssize_t zram_stats_show_mm(struct zram_stats *stats, const struct zram_memory *memory, char *buf);
ssize_t zram_stats_show_debug(struct zram_stats *stats, char *buf);

#endif /* _ZRAM_STATS_H */
