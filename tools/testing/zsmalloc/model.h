/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A pool and the naive model of it: an array of (handle, length, seed).
 */
#ifndef _MODEL_H
#define _MODEL_H

#include "test.h"

/* So many pages can be isolated at a time. */
#define MODEL_ISOLATED	8

/**
 * struct blob - what the model knows of an object
 * @handle: 0 where there is none
 * @len: bytes that were asked for
 * @head: bytes at the start that are of @head_seed
 * @head_seed: for bytes below @head
 * @seed: for the rest
 */
struct blob {
	unsigned long handle;
	u32 len;
	u32 head;
	u32 head_seed;
	u32 seed;
};

/**
 * struct model - a pool and what should be in it
 * @pool: the pool
 * @blobs: the objects, @nr of them
 * @nr: how many there may be at a time
 * @live: how many there are
 * @size: draws a length
 * @trash: content is not looked at
 * @rnd: where randomness comes from
 * @ops: calls of the allocator so far
 * @readers: reads that are not ended
 * @compacted: pages that zs_compact() said it gave back
 * @moved: pages that the memory manager moved
 * @isolated: pages that it has isolated, @nr_isolated of them
 * @nr_isolated: how many
 */
struct model {
	struct zs_pool *pool;
	struct blob *blobs;
	unsigned int nr;
	unsigned int live;
	u32 (*size)(struct rnd *rnd);
	bool trash;
	struct rnd rnd;
	unsigned long ops;
	unsigned int readers;
	unsigned long compacted;
	unsigned long moved;
	struct page *isolated[MODEL_ISOLATED];
	unsigned int nr_isolated;
	u8 want[PAGE_SIZE];
	u8 buf[PAGE_SIZE];
};

struct model *model_new(u32 (*size)(struct rnd *rnd));
void model_end(struct model *m);

/* One random operation; @appetite of 8 draws allocate, the others free. */
void model_step(struct model *m, unsigned int appetite);
void model_compact(struct model *m);
void model_background(struct model *m);
void model_check(struct model *m);

/* The memory manager isolates, migrates or puts back a page, or has done with all of them. */
void model_migrate(struct model *m);
void model_migrate_end(struct model *m);
unsigned int model_orphans(struct model *m);

u32 model_any_size(struct rnd *rnd);
u32 model_page_size(struct rnd *rnd);
u32 model_tiny_size(struct rnd *rnd);
u32 model_huge_size(struct rnd *rnd);
u32 model_one_size(struct rnd *rnd);

#endif /* _MODEL_H */
