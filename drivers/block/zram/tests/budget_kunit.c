// SPDX-License-Identifier: GPL-2.0-only
/*
 * What was written is what the budget has lost, and it never wraps.
 */
#include <kunit/test.h>
#include <linux/limits.h>

#include "../budget.h"

#define COST	ZRAM_UNITS_PER_PAGE

static void without_a_limit_nothing_counts(struct kunit *test)
{
	struct zram_budget_share share;
	struct zram_budget budget;

	zram_budget_init(&budget);
	KUNIT_EXPECT_FALSE(test, zram_budget_limited(&budget));
	KUNIT_EXPECT_FALSE(test, zram_budget_spent(&budget));
	KUNIT_EXPECT_EQ(test, zram_budget_take(&budget, &share), 0);
	KUNIT_EXPECT_EQ(test, zram_budget_left(&budget), 0ULL);
	/* Nothing was taken: nothing comes back, even if there is a limit by now. */
	zram_budget_enable(&budget, true);
	zram_budget_return(&budget, &share);
	KUNIT_EXPECT_EQ(test, zram_budget_left(&budget), 0ULL);
}

static void pages_are_paid_for_until_it_is_spent(struct kunit *test)
{
	struct zram_budget_share share;
	struct zram_budget budget;
	unsigned int i;

	zram_budget_init(&budget);
	zram_budget_enable(&budget, true);
	KUNIT_EXPECT_TRUE(test, zram_budget_spent(&budget));
	/* A unit less than the fourth page costs, where a page is more than one. */
	zram_budget_set(&budget, 4 * COST - 1);
	for (i = 0; i < 3; i++) {
		KUNIT_EXPECT_FALSE(test, zram_budget_spent(&budget));
		KUNIT_EXPECT_EQ(test, zram_budget_take(&budget, &share), 0);
	}
	KUNIT_EXPECT_EQ(test, zram_budget_left(&budget), (u64)COST - 1);
	KUNIT_EXPECT_TRUE(test, zram_budget_spent(&budget));
	KUNIT_EXPECT_EQ(test, zram_budget_take(&budget, &share), -EIO);
	KUNIT_EXPECT_EQ(test, zram_budget_left(&budget), (u64)COST - 1);
	zram_budget_return(&budget, &share);
	KUNIT_EXPECT_EQ(test, zram_budget_left(&budget), (u64)COST - 1);
}

static void what_was_not_written_comes_back(struct kunit *test)
{
	struct zram_budget_share share;
	struct zram_budget budget;

	zram_budget_init(&budget);
	zram_budget_enable(&budget, true);
	zram_budget_set(&budget, U64_MAX);
	KUNIT_EXPECT_EQ(test, zram_budget_take(&budget, &share), 0);
	KUNIT_EXPECT_EQ(test, zram_budget_left(&budget), U64_MAX - COST);
	zram_budget_return(&budget, &share);
	KUNIT_EXPECT_EQ(test, zram_budget_left(&budget), U64_MAX);
}

static void budget_set_meanwhile_is_what_was_set(struct kunit *test)
{
	struct zram_budget_share share;
	struct zram_budget budget;

	zram_budget_init(&budget);
	zram_budget_enable(&budget, true);
	zram_budget_set(&budget, 10 * COST);
	KUNIT_EXPECT_EQ(test, zram_budget_take(&budget, &share), 0);
	zram_budget_set(&budget, U64_MAX);
	zram_budget_return(&budget, &share);
	KUNIT_EXPECT_EQ(test, zram_budget_left(&budget), U64_MAX);

	/* Switching it off and on sets nothing. */
	zram_budget_set(&budget, 10 * COST);
	KUNIT_EXPECT_EQ(test, zram_budget_take(&budget, &share), 0);
	zram_budget_enable(&budget, false);
	zram_budget_enable(&budget, true);
	zram_budget_return(&budget, &share);
	KUNIT_EXPECT_EQ(test, zram_budget_left(&budget), 10ULL * COST);
	zram_budget_clear(&budget);
	KUNIT_EXPECT_EQ(test, zram_budget_left(&budget), 0ULL);
	KUNIT_EXPECT_FALSE(test, zram_budget_limited(&budget));
}

static struct kunit_case budget_cases[] = {
	KUNIT_CASE(without_a_limit_nothing_counts),
	KUNIT_CASE(pages_are_paid_for_until_it_is_spent),
	KUNIT_CASE(what_was_not_written_comes_back),
	KUNIT_CASE(budget_set_meanwhile_is_what_was_set),
	{ }
};

static struct kunit_suite budget_suite = {
	.name = "zram_budget",
	.test_cases = budget_cases,
};

kunit_test_suite(budget_suite);
