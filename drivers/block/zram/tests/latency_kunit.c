// SPDX-License-Identifier: GPL-2.0-only
/*
 * Times are counted once, where they belong, and only when somebody asked for it.
 */
#include <linux/limits.h>

#include "fixture.h"
#include "../latency.h"

static void times_go_by_powers_of_two(struct kunit *test)
{
	struct zram_latency latency = { };
	unsigned int i;

	KUNIT_ASSERT_EQ(test, zram_latency_switch(&latency, true), 0);
	zram_latency_add(&latency, true, 0);
	for (i = 0; i < 64; i++) {
		zram_latency_add(&latency, true, BIT_ULL(i));
		zram_latency_add(&latency, true, BIT_ULL(i) | (BIT_ULL(i) - 1));
	}
	KUNIT_EXPECT_EQ(test, zram_latency_read(&latency, true, 0), 1ULL);
	for (i = 1; i < ZRAM_NR_LATENCIES - 1; i++)
		KUNIT_EXPECT_EQ(test, zram_latency_read(&latency, true, i), 2ULL);
	KUNIT_EXPECT_EQ(test, zram_latency_read(&latency, true, ZRAM_NR_LATENCIES - 1),
			2ULL * (64 - (ZRAM_NR_LATENCIES - 2)));
	for (i = 0; i < ZRAM_NR_LATENCIES; i++)
		KUNIT_EXPECT_EQ(test, zram_latency_read(&latency, false, i), 0ULL);

	zram_latency_clear(&latency);
	for (i = 0; i < ZRAM_NR_LATENCIES; i++)
		KUNIT_EXPECT_EQ(test, zram_latency_read(&latency, true, i), 0ULL);
	zram_latency_destroy(&latency);
}

static void only_those_switched_on_are_timed(struct kunit *test)
{
	struct zram_latency one = { }, two = { };
	u64 start;

	KUNIT_EXPECT_EQ(test, zram_latency_start(&one), 0ULL);
	KUNIT_ASSERT_EQ(test, zram_latency_switch(&one, true), 0);
	KUNIT_EXPECT_EQ(test, zram_latency_start(&two), 0ULL);
	start = zram_latency_start(&one);
	KUNIT_EXPECT_NE(test, start, 0ULL);
	zram_latency_end(&one, false, start);
	zram_latency_end(&two, false, 0);
	KUNIT_EXPECT_EQ(test, zram_latency_read(&two, false, 0), 0ULL);

	/* Twice is once, and off is off for the other as well when it was the last. */
	KUNIT_ASSERT_EQ(test, zram_latency_switch(&one, true), 0);
	KUNIT_ASSERT_EQ(test, zram_latency_switch(&one, false), 0);
	KUNIT_EXPECT_EQ(test, zram_latency_start(&one), 0ULL);
	zram_latency_destroy(&one);
	zram_latency_destroy(&two);
	KUNIT_EXPECT_FALSE(test, static_key_enabled(&zram_latency_key));
}

static void destroying_switches_off(struct kunit *test)
{
	struct zram_latency latency = { };

	KUNIT_ASSERT_EQ(test, zram_latency_switch(&latency, true), 0);
	KUNIT_EXPECT_TRUE(test, static_key_enabled(&zram_latency_key));
	zram_latency_destroy(&latency);
	KUNIT_EXPECT_FALSE(test, static_key_enabled(&zram_latency_key));
}

static struct kunit_case latency_cases[] = {
	KUNIT_CASE(times_go_by_powers_of_two),
	KUNIT_CASE(only_those_switched_on_are_timed),
	KUNIT_CASE(destroying_switches_off),
	{ }
};

static struct kunit_suite latency_suite = {
	.name = "zram_latency",
	.test_cases = latency_cases,
};

kunit_test_suite(latency_suite);
