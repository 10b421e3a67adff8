// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is the count, when every CPU counts for itself?
 */
#include <linux/errno.h>
#include <linux/mm.h>

#include "stats.h"

/**
 * zram_stats_init() - make counters, all of them 0
 * @stats: where
 *
 * They live as long as the disk and longer than what is counted: a request that
 * comes when there is no store any more is counted as well.
 *
 * Context: sleeps.
 * Return: 0 or -ENOMEM.
 */
int zram_stats_init(struct zram_stats *stats)
{
	stats->cpu = alloc_percpu(struct zram_stats_cpu);
	if (!stats->cpu)
		return -ENOMEM;
	atomic_long_set(&stats->max_used_pages, 0);
	stats->latency = (struct zram_latency){ };
	return 0;
}

/**
 * zram_stats_destroy() - free counters
 * @stats: counters that nobody uses any more
 *
 * Context: sleeps.
 */
void zram_stats_destroy(struct zram_stats *stats)
{
	zram_latency_destroy(&stats->latency);
	free_percpu(stats->cpu);
	stats->cpu = NULL;
}

/**
 * zram_stats_clear() - start counting from zero
 * @stats: counters that nobody changes meanwhile
 */
void zram_stats_clear(struct zram_stats *stats)
{
	int cpu;

	for_each_possible_cpu(cpu)
		memset(per_cpu_ptr(stats->cpu, cpu), 0, sizeof(struct zram_stats_cpu));
	atomic_long_set(&stats->max_used_pages, 0);
}

/*
 * The sum over all CPUs of one of their counters, which is at @offset. Counting goes
 * on meanwhile: what was seen of a page's coming and going may be its going alone.
 */
static u64 sum_of(struct zram_stats *stats, size_t offset)
{
	s64 sum = 0;
	int cpu;

	for_each_possible_cpu(cpu)
		sum += local64_read((local64_t *)((void *)per_cpu_ptr(stats->cpu, cpu) + offset));
	return max_t(s64, sum, 0);
}

/**
 * zram_stats_read() - a counter
 * @stats: the counters
 * @which: which of them
 *
 * Context: any.
 * Return: its value; exact if nobody counts just now, never negative.
 */
u64 zram_stats_read(struct zram_stats *stats, enum zram_stat which)
{
	return sum_of(stats, offsetof(struct zram_stats_cpu, count[which]));
}

/**
 * zram_stats_pages() - pages that an algorithm has compressed
 * @stats: the counters
 * @priority: which of the disk's algorithms
 *
 * Return: objects in memory, those of pages as they are not among them.
 */
u64 zram_stats_pages(struct zram_stats *stats, unsigned int priority)
{
	return sum_of(stats, offsetof(struct zram_stats_cpu, pages[priority]));
}

/**
 * zram_stats_bytes() - bytes that an algorithm has made
 * @stats: the counters
 * @priority: which of the disk's algorithms
 *
 * Return: bytes of the objects that zram_stats_pages() counts.
 */
u64 zram_stats_bytes(struct zram_stats *stats, unsigned int priority)
{
	return sum_of(stats, offsetof(struct zram_stats_cpu, bytes[priority]));
}

/**
 * zram_stats_sizes() - objects of about a size
 * @stats: the counters
 * @bucket: below ZRAM_NR_SIZES; sizes above @bucket and up to @bucket + 1 times
 *	    ZRAM_SIZE_STEP bytes
 *
 * Return: objects in memory.
 */
u64 zram_stats_sizes(struct zram_stats *stats, unsigned int bucket)
{
	return sum_of(stats, offsetof(struct zram_stats_cpu, sizes[bucket]));
}

/**
 * zram_stats_object() - an object comes or goes
 * @stats: the counters
 * @priority: of the algorithm that made it
 * @size: its bytes, 1 to PAGE_SIZE
 * @huge: it is a page as it is
 * @by: 1 or -1
 *
 * Context: any.
 */
void zram_stats_object(struct zram_stats *stats, unsigned int priority, unsigned int size,
		       bool huge, int by)
{
	struct zram_stats_cpu *cpu = get_cpu_ptr(stats->cpu);
	s64 bytes = (s64)size * by;

	local64_add(by, &cpu->count[ZRAM_PAGES_STORED]);
	local64_add(bytes, &cpu->count[ZRAM_COMPR_BYTES]);
	local64_add(by, &cpu->sizes[(size - 1) / ZRAM_SIZE_STEP]);
	if (huge) {
		local64_add(by, &cpu->count[ZRAM_HUGE_PAGES]);
	} else {
		local64_add(by, &cpu->pages[priority]);
		local64_add(bytes, &cpu->bytes[priority]);
	}
	put_cpu_ptr(stats->cpu);
}

/**
 * zram_stats_raise_max() - let the high-water mark see a value
 * @stats: the counters
 * @used_pages: pages the allocator holds
 *
 * Context: any.
 */
void zram_stats_raise_max(struct zram_stats *stats, unsigned long used_pages)
{
	long max = atomic_long_read(&stats->max_used_pages);

	while (used_pages > max)
		if (atomic_long_try_cmpxchg(&stats->max_used_pages, &max, used_pages))
			break;
}
