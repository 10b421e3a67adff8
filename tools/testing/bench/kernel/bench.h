/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The benchmark of zsmalloc as a module. It knows the allocator by its public
 * header only, and the machine by what any kernel counts, so that the same source
 * measures every allocator that has this interface.
 */
#ifndef _ZS_BENCH_H
#define _ZS_BENCH_H

#include <linux/types.h>
#include <linux/zsmalloc.h>

#define BENCH_GFP	(GFP_KERNEL | __GFP_NOWARN | __GFP_HIGHMEM | __GFP_MOVABLE)

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

/**
 * struct objects - a set of objects in one pool
 * @pool: theirs
 * @rnd: decides their sizes and what happens to them
 * @handle: of each; room for @max
 * @size: of each, in bytes
 * @max: room in the arrays
 * @nr: objects that there are
 * @payload: the sum of their sizes
 */
struct objects {
	struct zs_pool *pool;
	struct rnd rnd;
	unsigned long *handle;
	u16 *size;
	u32 max;
	u32 nr;
	u64 payload;
};

/**
 * struct corpus - the sizes objects are drawn from, each as likely as any other
 * @size: in bytes, 1 to PAGE_SIZE
 * @nr: how many
 */
struct corpus {
	u16 *size;
	u32 nr;
};

/* objects.c; what may fail returns 0 or a negative error */
extern struct corpus bench_corpus;
int corpus_read(const char *path);
void corpus_free(void);
int objects_init(struct objects *o, u32 max);
void objects_exit(struct objects *o);
int objects_pool(struct objects *o, u64 seed);
void objects_draw(struct objects *o, u32 nr);
void objects_shuffle(struct objects *o);
void objects_reverse(struct objects *o);
int objects_malloc(struct objects *o);
int objects_fill(struct objects *o, u64 payload);
int objects_replace(struct objects *o, u32 times);
int objects_write(struct objects *o);
void objects_free(struct objects *o, u32 nr);
void objects_end(struct objects *o);

/* machine.c */
long machine_free_pages(void);
void machine_quiesce(unsigned int ms);
u64 machine_cpu_ns(void);
u64 machine_others_ns(unsigned int ms);
u64 machine_idle(void);
void machine_touch_memory(void);

/* A figure of this round: all of them are printed at the end, a line for each name. */
void figure(const char *name, u64 dividend, u64 divisor);

int bench_density(unsigned int megabytes, unsigned int settle_ms, u64 seed);
int bench_cost(u32 nr, unsigned int rounds, unsigned int settle_ms, u64 seed);

#endif /* _ZS_BENCH_H */
