// SPDX-License-Identifier: GPL-2.0-only
/*
 * Whose reads and writes are timed, and how are the times kept?
 */
#include <linux/bitops.h>
#include <linux/errno.h>
#include <linux/minmax.h>
#include <linux/string.h>

#include "latency.h"

/* One more for every disk that is switched on. */
DEFINE_STATIC_KEY_FALSE(zram_latency_key);

/**
 * zram_latency_switch() - start or stop taking times
 * @latency: of one disk
 * @on: what to do; it may be so already
 *
 * What was counted stays.
 *
 * Context: sleeps; the caller's lock held.
 * Return: 0, or -ENOMEM, and then they are not taken.
 */
int zram_latency_switch(struct zram_latency *latency, bool on)
{
	if (latency->on == on)
		return 0;
	if (!latency->cpu)
		latency->cpu = alloc_percpu(struct zram_latency_cpu);
	if (!latency->cpu)
		return -ENOMEM;

	/* Whoever sees it sees the counts. */
	smp_store_release(&latency->on, on);
	if (on)
		static_branch_inc(&zram_latency_key);
	else
		static_branch_dec(&zram_latency_key);
	return 0;
}

/**
 * zram_latency_clear() - forget what was counted
 * @latency: of one disk; what ends just now may be counted or not
 *
 * Context: the caller's lock held.
 */
void zram_latency_clear(struct zram_latency *latency)
{
	unsigned int bucket;
	int cpu;

	if (!latency->cpu)
		return;
	for_each_possible_cpu(cpu) {
		struct zram_latency_cpu *counts = per_cpu_ptr(latency->cpu, cpu);

		for (bucket = 0; bucket < ZRAM_NR_LATENCIES; bucket++) {
			local64_set(&counts->count[0][bucket], 0);
			local64_set(&counts->count[1][bucket], 0);
		}
	}
}

/**
 * zram_latency_destroy() - take no times any more, free what was counted
 * @latency: of a disk that nobody uses any more
 *
 * Context: sleeps.
 */
void zram_latency_destroy(struct zram_latency *latency)
{
	/* Cannot fail: there is nothing to allocate. */
	zram_latency_switch(latency, false);
	free_percpu(latency->cpu);
	latency->cpu = NULL;
}

/**
 * zram_latency_read() - how many took about so long
 * @latency: of one disk
 * @write: writes, or reads
 * @bucket: below ZRAM_NR_LATENCIES: less than 2^@bucket ns and at least half that;
 *	    the last has no upper end
 *
 * Context: the caller's lock held.
 * Return: how many.
 */
u64 zram_latency_read(struct zram_latency *latency, bool write, unsigned int bucket)
{
	u64 sum = 0;
	int cpu;

	if (!latency->cpu)
		return 0;
	for_each_possible_cpu(cpu)
		sum += local64_read(&per_cpu_ptr(latency->cpu, cpu)->count[write][bucket]);
	return sum;
}

/**
 * zram_latency_add() - a page was read or written
 * @latency: of one disk, which was on when that began
 * @write: it was written
 * @ns: how long it took, in nanoseconds
 *
 * Context: any.
 */
void zram_latency_add(struct zram_latency *latency, bool write, u64 ns)
{
	unsigned int bucket = min(fls64(ns), ZRAM_NR_LATENCIES - 1);

	local64_inc(&get_cpu_ptr(latency->cpu)->count[write][bucket]);
	put_cpu_ptr(latency->cpu);
}
