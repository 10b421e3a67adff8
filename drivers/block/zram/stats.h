/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a zram disk counts, and how users read it.
 */
#ifndef _ZRAM_STATS_H
#define _ZRAM_STATS_H

#include <linux/atomic.h>
#include <linux/percpu.h>
#include <linux/types.h>
#include <asm/local64.h>

#include "latency.h"
#include "setup.h"

/**
 * enum zram_stat - counters of one disk
 * @ZRAM_PAGES_STORED: slots that hold something, repeated words and what lies on the
 *		       backing device included
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
 * @ZRAM_BD_COUNT: slots whose page lies on the backing device
 * @ZRAM_BD_READS: pages read from there
 * @ZRAM_BD_WRITES: pages written there
 * @ZRAM_CORRUPTED: how often an object was found to be damaged
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
	ZRAM_BD_COUNT,
	ZRAM_BD_READS,
	ZRAM_BD_WRITES,
	ZRAM_CORRUPTED,
	ZRAM_NR_STATS
};

/* Sizes of objects are told apart by 32nds of a page. */
#define ZRAM_SIZE_STEP		(PAGE_SIZE / 32)
#define ZRAM_NR_SIZES		32

/**
 * struct zram_stats_cpu - what was counted on one CPU
 * @count: by enum zram_stat
 * @pages: objects by priority of the algorithm that made them
 * @bytes: bytes of them
 * @sizes: objects of 1 to ZRAM_SIZE_STEP bytes, of up to twice that, and so on;
 *	   those of a page as it is are among the last
 *
 * A page may be counted on one CPU and uncounted on another: only sums mean
 * anything. All of it: changed on its own CPU, read on any.
 */
struct zram_stats_cpu {
	local64_t count[ZRAM_NR_STATS];
	local64_t pages[ZRAM_MAX_COMPS];
	local64_t bytes[ZRAM_MAX_COMPS];
	local64_t sizes[ZRAM_NR_SIZES];
};

/**
 * struct zram_stats - the counters and one high-water mark
 * @cpu: the counters, so that no two CPUs write to one cache line for them;
 *	 immutable while the disk lives
 * @max_used_pages: most pages the allocator has held; atomic
 * @latency: how long reads and writes took; rules there
 */
struct zram_stats {
	struct zram_stats_cpu __percpu *cpu;
	atomic_long_t max_used_pages;
	struct zram_latency latency;
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
	local64_add(by, &get_cpu_ptr(stats->cpu)->count[which]);
	put_cpu_ptr(stats->cpu);
}

static inline void zram_stats_inc(struct zram_stats *stats, enum zram_stat which)
{
	zram_stats_add(stats, which, 1);
}

int zram_stats_init(struct zram_stats *stats);
void zram_stats_destroy(struct zram_stats *stats);
void zram_stats_clear(struct zram_stats *stats);

void zram_stats_object(struct zram_stats *stats, unsigned int priority, unsigned int size,
		       bool huge, int by);
u64 zram_stats_read(struct zram_stats *stats, enum zram_stat which);
u64 zram_stats_pages(struct zram_stats *stats, unsigned int priority);
u64 zram_stats_bytes(struct zram_stats *stats, unsigned int priority);
u64 zram_stats_sizes(struct zram_stats *stats, unsigned int bucket);
void zram_stats_raise_max(struct zram_stats *stats, unsigned long used_pages);

ssize_t zram_stats_show_io(struct zram_stats *stats, char *buf);
ssize_t zram_stats_show_bd(struct zram_stats *stats, char *buf);
ssize_t zram_stats_show_mm(struct zram_stats *stats, const struct zram_memory *memory, char *buf);
ssize_t zram_stats_show_debug(struct zram_stats *stats, char *buf);

#endif /* _ZRAM_STATS_H */
