/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A small pool in a certain state, two operations on it, and what must be true of it
 * when both are through.
 */
#ifndef _EXPLORE_SCENE_H
#define _EXPLORE_SCENE_H

#include <stdio.h>
#include <stdlib.h>
#include <linux/zsmalloc.h>

#include "background.h"
#include "check.h"
#include "compact.h"
#include "move.h"
#include "page.h"
#include "zspage.h"
#include "shim.h"
#include "engine.h"

#define GFP_TEST	(GFP_KERNEL | __GFP_HIGHMEM | __GFP_MOVABLE)
#define MAX_THINGS	64
#define MAX_SEEDS	4

#define expect(cond, ...)							\
	do {									\
		if (!(cond))							\
			fail_at(__FILE__, __LINE__, #cond, " " __VA_ARGS__);	\
	} while (0)

/* Eight of SIZE fill three pages, the third and the sixth cross a border. */
#define SIZE		(PAGE_SIZE / 8 * 3)
/* The next classes above, into which objects of SIZE may spill. */
#define LARGER		(PAGE_SIZE / 16 * 7)
/* Two of them fill a page. */
#define HALF		(PAGE_SIZE / 2)

/**
 * struct thing - an object
 * @handle: 0 where there is none
 * @len: bytes
 * @seeds: whose content its bytes may have
 * @nr_seeds: how many; 0 for any content
 */
struct thing {
	unsigned long handle;
	u32 len;
	u32 seeds[MAX_SEEDS];
	unsigned int nr_seeds;
};

/**
 * struct scene - what both tasks work on
 * @pool: the pool
 * @other: another pool that one of them may destroy
 * @things: its objects, also those that the tasks allocate
 * @nr: how many
 * @target: of each task
 * @stale: a handle that was freed before
 * @size: what is allocated
 * @page: of the first target
 * @reserved: entries that are taken so that a leaf is full
 * @nr_reserved: how many
 * @pretended: leaves that are counted and not there
 * @refused: how many handles are to be refused, at least and at most
 * @pins: readers that lost their object, whose pins stay
 */
struct scene {
	struct zs_pool *pool;
	struct zs_pool *other;
	struct thing things[MAX_THINGS];
	unsigned int nr;
	unsigned int target[2];
	unsigned long stale;
	u32 size;
	struct page *page;
	atomic64_t **reserved;
	unsigned int nr_reserved;
	long pretended;
	unsigned int refused[2];
	bool pins;
};

extern struct scene scene;

/**
 * enum traits - what an operation does to its target
 * @USES: it must stay allocated
 * @FREES: frees it
 * @WRITES: writes to it
 * @REUSES: has others take its place
 * @TABLE: has to do with the handle table
 * @CARRIES: moves the one object of a pool, with no other who moves or frees
 */
enum traits { USES = 1, FREES = 2, WRITES = 4, REUSES = 8, TABLE = 16, CARRIES = 32 };

#define TARGETS		(USES | FREES)

struct operation {
	const char *name;
	unsigned int traits;
	void (*run)(unsigned int task, struct thing *target);
};

/**
 * struct state - how the pool is when the tasks begin
 * @name: for the name of the scenario
 * @same: both tasks have the same target
 * @table: only of interest to operations that have to do with the handle table
 * @abused: one frees what the other one uses, which is a bug of theirs; the pages
 *	stay, as there are others in them
 * @build: makes it
 */
struct state {
	const char *name;
	bool same;
	bool table;
	bool abused;
	void (*build)(void);
};

extern const struct operation operations[];
extern const struct state states[];

struct thing *scene_malloc(u32 size);
void scene_free(unsigned int nr);
void scene_begin(const struct state *state, const struct operation *const *ops, bool swapped);
void scene_end(const struct operation *const *ops);
bool scene_quiet(const void *addr);

/* Bytes of a seed; and are these bytes each of one of the thing's seeds? */
void content_fill(u8 *to, u32 seed, size_t len);
void content_verify(const struct thing *thing, const u8 *mem, const char *who);

#endif /* _EXPLORE_SCENE_H */
