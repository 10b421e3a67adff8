/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What every benchmark needs: random numbers, the machine's clock and memory, and
 * a place for its figures.
 */
#ifndef _BENCH_MEASURE_H
#define _BENCH_MEASURE_H

#include <linux/types.h>

/* Random numbers; the same seed gives the same ones on every kernel. */
struct rnd {
	u64 state;
};

static inline u32 rnd_next(struct rnd *rnd)
{
	u64 z = rnd->state += 0x9e3779b97f4a7c15ULL;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ z >> 27) * 0x94d049bb133111ebULL;
	return (z ^ z >> 31) >> 16;
}

/* 0 to limit - 1 */
static inline u32 rnd_below(struct rnd *rnd, u32 limit)
{
	return (u64)rnd_next(rnd) * limit >> 32;
}

/* machine.c */
long machine_free_pages(void);
void machine_quiesce(unsigned int ms);
u64 machine_cpu_ns(void);
u64 machine_others_ns(unsigned int ms);
u64 machine_idle(void);
void machine_touch_memory(void);

/* figure.c */
int figures_init(void);
void figures_print(void);
void figures_free(void);
/* A figure of this round: all of them are printed at the end, a line for each name. */
void figure(const char *name, u64 dividend, u64 divisor);

#endif /* _BENCH_MEASURE_H */
