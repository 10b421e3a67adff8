/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How much may still be written to the backing device: flash wears out.
 */
#ifndef _ZRAM_BUDGET_H
#define _ZRAM_BUDGET_H

#include <linux/mm.h>
#include <linux/spinlock_types.h>
#include <linux/types.h>

/* Budgets and bd_stat count in 4 KiB, whatever a page is. */
#define ZRAM_UNITS_PER_PAGE	(PAGE_SIZE / 4096)

/**
 * struct zram_budget - what is left of it
 * @lock: the rest; innermost, never taken from interrupts
 * @limited: if not, nothing counts. @lock
 * @left: in units of 4 KiB. @lock
 * @generation: one more each time somebody sets @left. @lock
 */
struct zram_budget {
	spinlock_t lock;	/* the rest; innermost */
	bool limited;
	u64 left;
	u32 generation;
};

/**
 * struct zram_budget_share - what was taken for one page
 * @units: 0 if nothing counted
 * @generation: of the budget it came from
 *
 * Belongs to one task: no lock.
 */
struct zram_budget_share {
	unsigned int units;
	u32 generation;
};

void zram_budget_init(struct zram_budget *budget);
void zram_budget_clear(struct zram_budget *budget);
void zram_budget_set(struct zram_budget *budget, u64 units);
void zram_budget_enable(struct zram_budget *budget, bool limited);
u64 zram_budget_left(struct zram_budget *budget);
bool zram_budget_limited(struct zram_budget *budget);
bool zram_budget_spent(struct zram_budget *budget);
int zram_budget_take(struct zram_budget *budget, struct zram_budget_share *share);
void zram_budget_return(struct zram_budget *budget, const struct zram_budget_share *share);

#endif /* _ZRAM_BUDGET_H */
