/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How long reading and writing a page of a zram disk takes.
 *
 * Off until somebody asks for it, and then a jump over nothing: the clock is read
 * for disks that are switched on, as long as there is one.
 */
#ifndef _ZRAM_LATENCY_H
#define _ZRAM_LATENCY_H

#include <linux/jump_label.h>
#include <linux/ktime.h>
#include <linux/percpu.h>
#include <linux/types.h>
#include <asm/local64.h>

/* By powers of two of nanoseconds, the last for a second and everything longer. */
#define ZRAM_NR_LATENCIES	32

/**
 * struct zram_latency_cpu - what was measured on one CPU
 * @count: [0] reads, [1] writes, by the number of bits of the time in nanoseconds;
 *	   changed on its own CPU, read on any
 */
struct zram_latency_cpu {
	local64_t count[2][ZRAM_NR_LATENCIES];
};

/**
 * struct zram_latency - what was measured
 * @cpu: the counts; made when first switched on, there before @on is set, and as long
 *	 as the disk. The caller's lock
 * @on: times are taken. Changed under the caller's lock, read at any time
 */
struct zram_latency {
	struct zram_latency_cpu __percpu *cpu;
	bool on;
};

#ifdef CONFIG_DEBUG_FS
DECLARE_STATIC_KEY_FALSE(zram_latency_key);

int zram_latency_switch(struct zram_latency *latency, bool on);
void zram_latency_clear(struct zram_latency *latency);
void zram_latency_destroy(struct zram_latency *latency);
u64 zram_latency_read(struct zram_latency *latency, bool write, unsigned int bucket);
void zram_latency_add(struct zram_latency *latency, bool write, u64 ns);

/* Before a page is read or written. Returns 0 if nobody wants to know. */
static inline u64 zram_latency_start(struct zram_latency *latency)
{
	/* Pairs with the release in zram_latency_switch(). */
	if (static_branch_unlikely(&zram_latency_key) && smp_load_acquire(&latency->on))
		return ktime_get_ns();
	return 0;
}

/* After it. */
static inline void zram_latency_end(struct zram_latency *latency, bool write, u64 start)
{
	if (static_branch_unlikely(&zram_latency_key) && start)
		zram_latency_add(latency, write, ktime_get_ns() - start);
}
#else
static inline void zram_latency_destroy(struct zram_latency *latency) { }
static inline u64 zram_latency_start(struct zram_latency *latency) { return 0; }
static inline void zram_latency_end(struct zram_latency *latency, bool write, u64 start) { }
#endif

#endif /* _ZRAM_LATENCY_H */
