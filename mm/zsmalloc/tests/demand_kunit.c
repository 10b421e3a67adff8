// SPDX-License-Identifier: GPL-2.0-only
/* Which classes are in use, as objects come and go. */
#include <kunit/test.h>

#include "../demand.h"

static int demand_init(struct kunit *test)
{
	struct zs_demand *demand = kunit_kzalloc(test, sizeof(*demand), GFP_KERNEL);

	if (!demand)
		return -ENOMEM;
	test->priv = demand;
	return zs_demand_init(demand);
}

static void demand_exit(struct kunit *test)
{
	zs_demand_destroy(test->priv);
}

/* Two classes of the grid, and one between them that is nearer to the lower one. */
#define LOWER	zs_class_of(PAGE_SIZE / 4)
#define UPPER	zs_class_of(PAGE_SIZE / 4 + ZS_DEMAND_GRID)

static unsigned int between(void)
{
	return LOWER + (UPPER - LOWER) / 3;
}

static u32 gap(unsigned int small, unsigned int large)
{
	return zs_class_geometry(large)->size - zs_class_geometry(small)->size;
}

static void the_first_objects_of_a_pool_share_the_grid(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, zs_demand_enter(test->priv, between()), UPPER);
	KUNIT_EXPECT_EQ(test, zs_demand_enter(test->priv, LOWER + 1), UPPER);
	KUNIT_EXPECT_EQ(test, zs_demand_enter(test->priv, LOWER), LOWER);
	KUNIT_EXPECT_EQ(test, zs_demand_enter(test->priv, zs_class_count() - 1),
			zs_class_count() - 1);
	zs_demand_leave(test->priv, LOWER);
	KUNIT_EXPECT_EQ(test, zs_demand_enter(test->priv, LOWER), LOWER);
}

static void a_class_is_used_once_it_saves_enough(struct kunit *test)
{
	struct zs_demand *demand = test->priv;
	unsigned int nr = between(), n;

	for (n = 1; n * gap(nr, UPPER) <= ZS_DEMAND_START; n++)
		KUNIT_EXPECT_EQ(test, zs_demand_enter(demand, nr), UPPER);
	KUNIT_EXPECT_EQ(test, zs_demand_enter(demand, nr), nr);

	/* from now on it serves the smaller ones too, until they are worth their own */
	for (n = 1; n * gap(nr - 1, nr) <= ZS_DEMAND_START; n++)
		KUNIT_ASSERT_EQ(test, zs_demand_enter(demand, nr - 1), nr);
	KUNIT_EXPECT_EQ(test, zs_demand_enter(demand, nr - 1), nr - 1);
}

static void it_is_given_up_later_than_it_was_taken_up(struct kunit *test)
{
	struct zs_demand *demand = test->priv;
	unsigned int nr = between(), n, left;

	for (n = 0; n < 100; n++)
		zs_demand_enter(demand, nr);
	KUNIT_EXPECT_TRUE(test, test_bit(nr, demand->used));

	for (left = 99; left * gap(nr, UPPER) >= ZS_DEMAND_STOP; left--) {
		zs_demand_leave(demand, nr);
		KUNIT_ASSERT_TRUE(test, test_bit(nr, demand->used));
	}
	zs_demand_leave(demand, nr);
	KUNIT_EXPECT_FALSE(test, test_bit(nr, demand->used));
	KUNIT_EXPECT_TRUE(test, test_bit(UPPER, demand->used));
}

static void without_a_threshold_every_class_is_used(struct kunit *test)
{
	struct zs_demand *demand = test->priv;
	unsigned int nr;

	demand->start = 0;
	demand->stop = 0;
	for (nr = 0; nr < zs_class_count(); nr++)
		KUNIT_ASSERT_EQ(test, zs_demand_enter(demand, nr), nr);
	for (nr = 0; nr < zs_class_count(); nr++)
		zs_demand_leave(demand, nr);
	KUNIT_EXPECT_EQ(test, zs_demand_enter(demand, 3), 3U);
}

static struct kunit_case demand_cases[] = {
	KUNIT_CASE(the_first_objects_of_a_pool_share_the_grid),
	KUNIT_CASE(a_class_is_used_once_it_saves_enough),
	KUNIT_CASE(it_is_given_up_later_than_it_was_taken_up),
	KUNIT_CASE(without_a_threshold_every_class_is_used),
	{}
};

static struct kunit_suite demand_suite = {
	.name = "zsmalloc_demand",
	.init = demand_init,
	.exit = demand_exit,
	.test_cases = demand_cases,
};

kunit_test_suite(demand_suite);
