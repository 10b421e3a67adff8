// SPDX-License-Identifier: GPL-2.0-only
/*
 * May another page be written to the backing device?
 */
#include <linux/errno.h>
#include <linux/spinlock.h>

#include "budget.h"

/**
 * zram_budget_init() - no limit, and nothing left if there comes one
 * @budget: where
 */
void zram_budget_init(struct zram_budget *budget)
{
	spin_lock_init(&budget->lock);
	budget->limited = false;
	budget->left = 0;
	budget->generation = 0;
}

/**
 * zram_budget_clear() - as it was at the beginning
 * @budget: the budget
 */
void zram_budget_clear(struct zram_budget *budget)
{
	zram_budget_set(budget, 0);
	zram_budget_enable(budget, false);
}

/**
 * zram_budget_set() - say how much is left
 * @budget: the budget
 * @units: of 4 KiB
 *
 * Context: may be called while pages are being written. What they took is gone.
 */
void zram_budget_set(struct zram_budget *budget, u64 units)
{
	spin_lock(&budget->lock);
	budget->left = units;
	budget->generation++;
	spin_unlock(&budget->lock);
}

/**
 * zram_budget_enable() - say whether the budget counts
 * @budget: the budget
 * @limited: true if it does
 */
void zram_budget_enable(struct zram_budget *budget, bool limited)
{
	spin_lock(&budget->lock);
	WRITE_ONCE(budget->limited, limited);
	spin_unlock(&budget->lock);
}

/**
 * zram_budget_left() - how much is left
 * @budget: the budget
 *
 * Return: units of 4 KiB.
 */
u64 zram_budget_left(struct zram_budget *budget)
{
	u64 left;

	/* 64 bits are two loads on some machines. */
	spin_lock(&budget->lock);
	left = budget->left;
	spin_unlock(&budget->lock);
	return left;
}

/**
 * zram_budget_limited() - whether the budget counts
 * @budget: the budget
 *
 * Return: true if it does.
 */
bool zram_budget_limited(struct zram_budget *budget)
{
	return READ_ONCE(budget->limited);
}

/**
 * zram_budget_spent() - whether no page can be written any more
 * @budget: the budget
 *
 * Return: true if zram_budget_take() would refuse.
 */
bool zram_budget_spent(struct zram_budget *budget)
{
	bool spent;

	spin_lock(&budget->lock);
	spent = budget->limited && budget->left < ZRAM_UNITS_PER_PAGE;
	spin_unlock(&budget->lock);
	return spent;
}

/**
 * zram_budget_take() - take what a page costs
 * @budget: the budget
 * @share: what was taken, to be returned if the page was not written after all
 *
 * Context: any but interrupts; never sleeps.
 * Return: 0, or -EIO if less is left than a page costs; then nothing is taken.
 */
int zram_budget_take(struct zram_budget *budget, struct zram_budget_share *share)
{
	int err = 0;

	*share = (struct zram_budget_share){ };
	spin_lock(&budget->lock);
	if (budget->limited && budget->left < ZRAM_UNITS_PER_PAGE) {
		err = -EIO;
	} else if (budget->limited) {
		share->units = ZRAM_UNITS_PER_PAGE;
		share->generation = budget->generation;
		budget->left -= share->units;
	}
	spin_unlock(&budget->lock);
	return err;
}

/**
 * zram_budget_return() - the page was not written
 * @budget: the budget
 * @share: from zram_budget_take()
 *
 * Nothing comes back to a budget that was set meanwhile: the user counted from
 * there.
 *
 * Context: any but interrupts; never sleeps.
 */
void zram_budget_return(struct zram_budget *budget, const struct zram_budget_share *share)
{
	spin_lock(&budget->lock);
	if (share->generation == budget->generation)
		budget->left += share->units;
	spin_unlock(&budget->lock);
}
