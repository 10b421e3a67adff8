/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which size classes are worth having at the moment?
 *
 * A class of its own saves an object the way up to the next larger one, and costs
 * the pool a zspage that is partly empty. In a small pool most classes have no more
 * than a few objects; they share the slots of the next larger class that is in use.
 */
#ifndef _ZS_DEMAND_H
#define _ZS_DEMAND_H

#include <linux/atomic.h>
#include <linux/bitmap.h>

#include "size_class.h"

/*
 * Bytes saved from which on a class is used, and below which it is given up again.
 * Source: a simulation over sizes of real pages, best of 0 to 8192 in a pool of 2 MB
 * (18 % better than 0), indifferent in a pool of 200 MB. Not less than a page saved
 * would be a class that pays for the page it may waste.
 */
#define ZS_DEMAND_START		(PAGE_SIZE / 4 * 3)
#define ZS_DEMAND_STOP		(ZS_DEMAND_START / 4)

/*
 * Classes at multiples of this many bytes are always in use: what the very first
 * objects of a pool share. With the largest class alone each of them would take a page.
 */
#define ZS_DEMAND_GRID		(PAGE_SIZE / 8)

/**
 * struct zs_demand - what is asked for, and what is in use, in one pool
 * @start: bytes saved from which on a class is used; 0 uses every class. Set under a
 *	lock of tunables.c, READ_ONCE()
 * @stop: bytes saved below which it is given up; as @start
 * @used: classes that take new objects, always those of the grid; atomic bit operations
 * @grid: those that always do; immutable after zs_demand_init()
 * @wanted: for every class the live objects whose size asks for it, wherever they are
 */
struct zs_demand {
	unsigned int start;
	unsigned int stop;
	DECLARE_BITMAP(used, ZS_CLASS_MAX);
	DECLARE_BITMAP(grid, ZS_CLASS_MAX);
	atomic_t *wanted;
};

int zs_demand_init(struct zs_demand *demand);
void zs_demand_destroy(struct zs_demand *demand);
unsigned int zs_demand_enter(struct zs_demand *demand, unsigned int class);
void zs_demand_leave(struct zs_demand *demand, unsigned int class);

#endif /* _ZS_DEMAND_H */
