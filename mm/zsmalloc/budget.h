/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How much compaction does before it drops the lock.
 */
#ifndef _ZS_BUDGET_H
#define _ZS_BUDGET_H

#include <linux/sizes.h>

#include "pool.h"

/*
 * Work under one hold of zs_class.lock, at most: bytes copied (or one page, where that
 * is more) and slots visited. A zspage or a class that is looked at counts as a slot.
 */
#define ZS_COMPACT_BYTES	max_t(int, SZ_16K, PAGE_SIZE)
#define ZS_COMPACT_SLOTS	256

/* Slots that one move visits: two zspages looked at for a place, one more to grow, itself. */
#define ZS_MOVE_SLOTS		4

/**
 * struct zs_budget - what may still be done before the lock is dropped
 * @bytes: bytes that may be copied
 * @slots: slots that may be visited
 * @moved: objects that were moved
 */
struct zs_budget {
	int bytes;
	int slots;
	unsigned int moved;
};

/* All that one hold of the lock may do. */
#define ZS_BUDGET	{ .bytes = ZS_COMPACT_BYTES, .slots = ZS_COMPACT_SLOTS }

/* One more slot, zspage or class is looked at; false if that would be one too many. */
static inline bool zs_budget_look(struct zs_budget *budget)
{
	if (budget->slots <= 0)
		return false;
	budget->slots--;
	return true;
}

/* Is there enough left to find a place for an object and move it? */
static inline bool zs_budget_allows(const struct zs_budget *budget, u32 size)
{
	return budget->slots >= ZS_MOVE_SLOTS && budget->bytes >= (int)size;
}

void zs_budget_account(struct zs_pool *pool, const struct zs_class *class,
		       const struct zs_budget *left, long freed);

#endif /* _ZS_BUDGET_H */
