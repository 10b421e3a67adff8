// SPDX-License-Identifier: GPL-2.0-only
/*
 * Limits and the hysteresis between them.
 */
#include <kunit/test.h>
#include <linux/limits.h>

#include "../accept.h"

static void limits_are_shares_of_memory(struct kunit *test)
{
	static const struct {
		struct zswap_limits limits;
		unsigned long limit, resume;
	} table[] = {
		{ { 1000, 20, 90 }, 200, 180 },
		{ { 1000, 100, 100 }, 1000, 1000 },
		{ { 1000, 0, 90 }, 0, 0 },
		{ { 1000, 20, 0 }, 200, 0 },
		{ { 999, 50, 50 }, 499, 249 },
		{ { 99, 1, 90 }, 0, 0 },
		{ { 0, 20, 90 }, 0, 0 },
		/* No product of a page count may overflow. */
		{ { ULONG_MAX, 100, 100 }, ULONG_MAX, ULONG_MAX },
		{ { ULONG_MAX - 99, 50, 100 }, (ULONG_MAX - 99) / 2, (ULONG_MAX - 99) / 2 },
	};
	int i;

	for (i = 0; i < ARRAY_SIZE(table); i++) {
		KUNIT_EXPECT_EQ_MSG(test, zswap_limit_pages(&table[i].limits), table[i].limit,
				    "line %d", i);
		KUNIT_EXPECT_EQ_MSG(test, zswap_resume_pages(&table[i].limits), table[i].resume,
				    "line %d", i);
	}
}

static void full_pool_waits_for_the_threshold(struct kunit *test)
{
	static const struct zswap_limits limits = { 1000, 20, 90 };
	static const struct {
		unsigned long used;
		enum zswap_verdict verdict;
	} table[] = {
		{ 0, ZSWAP_TAKE },
		{ 199, ZSWAP_TAKE },		/* on the way up the threshold means nothing */
		{ 200, ZSWAP_LIMIT_HIT },
		{ 199, ZSWAP_STILL_FULL },
		{ 181, ZSWAP_STILL_FULL },
		{ 201, ZSWAP_LIMIT_HIT },
		{ 181, ZSWAP_STILL_FULL },
		{ 180, ZSWAP_TAKE },
		{ 181, ZSWAP_TAKE },
		{ 199, ZSWAP_TAKE },
		{ 200, ZSWAP_LIMIT_HIT },
		{ 0, ZSWAP_TAKE },
	};
	bool full = false;
	int i;

	for (i = 0; i < ARRAY_SIZE(table); i++)
		KUNIT_EXPECT_EQ_MSG(test, zswap_judge(&limits, table[i].used, &full),
				    table[i].verdict, "line %d", i);
}

static void limits_may_move_meanwhile(struct kunit *test)
{
	struct zswap_limits limits = { 1000, 20, 90 };
	bool full = false;

	KUNIT_EXPECT_EQ(test, zswap_judge(&limits, 200, &full), ZSWAP_LIMIT_HIT);
	limits.max_percent = 50;
	KUNIT_EXPECT_EQ(test, zswap_judge(&limits, 200, &full), ZSWAP_TAKE);
	limits.max_percent = 0;
	KUNIT_EXPECT_EQ(test, zswap_judge(&limits, 0, &full), ZSWAP_LIMIT_HIT);
	limits.max_percent = 20;
	limits.accept_percent = 0;
	KUNIT_EXPECT_EQ(test, zswap_judge(&limits, 1, &full), ZSWAP_STILL_FULL);
	KUNIT_EXPECT_EQ(test, zswap_judge(&limits, 0, &full), ZSWAP_TAKE);
	limits.accept_percent = 100;
	KUNIT_EXPECT_EQ(test, zswap_judge(&limits, 200, &full), ZSWAP_LIMIT_HIT);
	KUNIT_EXPECT_EQ(test, zswap_judge(&limits, 199, &full), ZSWAP_TAKE);
}

static void pool_somewhat_above_its_limit_exchanges(struct kunit *test)
{
	static const struct {
		struct zswap_limits limits;
		unsigned int cpus;
		unsigned long pages;
	} table[] = {
		{ { 1000, 64, 90 }, 1, 651 },		/* a 64th, and a page for each CPU */
		{ { 1000, 64, 0 }, 8, 658 },		/* whatever the threshold is */
		{ { 100, 1, 90 }, 4, 5 },
		{ { 1000, 0, 90 }, 4, 0 },		/* nothing is to be stored */
		{ { ULONG_MAX, 100, 90 }, 4, ULONG_MAX },
	};
	int i;

	for (i = 0; i < ARRAY_SIZE(table); i++)
		KUNIT_EXPECT_EQ_MSG(test, zswap_exchange_pages(&table[i].limits, table[i].cpus),
				    table[i].pages, "line %d", i);
}

static void length_is_a_share_of_a_page(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, zswap_limit_bytes(4096, 100), 4096);
	KUNIT_EXPECT_EQ(test, zswap_limit_bytes(4096, 50), 2048);
	KUNIT_EXPECT_EQ(test, zswap_limit_bytes(4096, 1), 40);
	KUNIT_EXPECT_EQ(test, zswap_limit_bytes(4096, 0), 0);
	KUNIT_EXPECT_EQ(test, zswap_limit_bytes(65536, 75), 49152);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(limits_are_shares_of_memory),
	KUNIT_CASE(full_pool_waits_for_the_threshold),
	KUNIT_CASE(limits_may_move_meanwhile),
	KUNIT_CASE(pool_somewhat_above_its_limit_exchanges),
	KUNIT_CASE(length_is_a_share_of_a_page),
	{ }
};

static struct kunit_suite suite = {
	.name = "zswap_accept",
	.test_cases = cases,
};

kunit_test_suite(suite);
