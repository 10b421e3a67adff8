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

#include "measure.h"

#define BENCH_GFP	(GFP_KERNEL | __GFP_NOWARN | __GFP_HIGHMEM | __GFP_MOVABLE)

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

int bench_density(unsigned int megabytes, unsigned int settle_ms, u64 seed);
int bench_cost(u32 nr, unsigned int rounds, unsigned int settle_ms, u64 seed);

#endif /* _ZS_BENCH_H */
