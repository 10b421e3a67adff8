/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Two processes with a page each, a swap area of two slots, and zswap before it.
 */
#ifndef _EXPLORE_SCENE_H
#define _EXPLORE_SCENE_H

#include <stdlib.h>

#include "entry.h"
#include "group.h"
#include "inflight.h"
#include "limit.h"
#include "lru.h"
#include "object.h"
#include "params.h"
#include "pool.h"
#include "stats.h"
#include "store.h"
#include "tree.h"
#include "writeback.h"

#include "shim.h"
#include "engine.h"
#include "swap.h"

#define OWNERS	2

#define expect(cond, ...)							\
	do {									\
		if (!(cond))							\
			fail_at(__FILE__, __LINE__, #cond, " " __VA_ARGS__);	\
	} while (0)

/* Contents from here on are of one repeated word. */
#define SAME	0x1000

/**
 * enum residence - where a process has its page
 * @NOWHERE: it has none
 * @SWAPPED: in its slot
 * @MAPPED: in memory
 * @LOST: an error is what it gets
 */
enum residence { NOWHERE, SWAPPED, MAPPED, LOST };

/**
 * struct owner - a process that has one page
 * @ptl: protects what follows
 * @where: the page is
 * @swp: its slot, if @SWAPPED
 * @page: if @MAPPED, with a reference
 * @dirty: it was written to since it was mapped
 * @content: what the process wrote last
 * @may_lose: its object was damaged
 * @errors: it got instead of its page
 */
struct owner {
	spinlock_t ptl;		/* outside those of struct swap */
	enum residence where;
	swp_entry_t swp;
	struct page *page;
	bool dirty;
	u64 content;
	bool may_lose;
	unsigned int errors;
};

extern struct owner owners[OWNERS];

/* process.c, reclaim.c: what processes and the memory manager do to their pages. */
enum keep { FREE_SLOT, KEEP_SLOT };

void owner_begin(struct owner *owner, u64 content);
void owner_fork(struct owner *child, struct owner *parent);
void owner_read(struct owner *owner, enum keep keep);
void owner_write(struct owner *owner);
void owner_exit(struct owner *owner);
void owner_swap_out(struct owner *owner);
void owner_unuse(struct owner *owner);
void reclaim_slot(swp_entry_t entry);
void swap_cache_free(swp_entry_t entry);
void swap_off(void);

/* stand_in.c: what is behind zswap's own headers and not explored. */
struct zswap_lru *scene_lru(void);
void stand_in_boot(void);
void stand_in_begin(void);
void stand_in_verify(void);
void stand_in_damage(swp_entry_t entry);
void stand_in_end(void);

/**
 * struct operation - what a task does
 * @name: for the name of the scenario
 * @run: with the number of the task
 */
struct operation {
	const char *name;
	void (*run)(unsigned int task);
};

/**
 * struct state - how things are when the tasks begin
 * @name: for the name of the scenario
 * @build: makes it
 */
struct state {
	const char *name;
	void (*build)(void);
};

extern const struct operation operations[];
extern const struct state states[];

void scene_begin(const struct state *state);
void scene_end(void);
void scene_hold_writes(unsigned int left);
bool scene_quiet(const void *addr);

#endif /* _EXPLORE_SCENE_H */
