// SPDX-License-Identifier: GPL-2.0-only
/* What can be set in a running pool, and that a text takes effect wholly or not at all. */
#include "../tunables.h"
#include "testing.h"

static int set(struct zs_pool *pool, const char *text)
{
	char copy[ZS_TUNABLES_TEXT + 1];

	strscpy(copy, text, sizeof(copy));
	return zs_tunables_set(pool, copy, strlen(copy));
}

static int defaults_init(struct kunit *test)
{
	test->priv = zs_create_pool("kunit-tunables");
	if (!test->priv)
		return -ENOMEM;
	zs_red_off(test->priv);
	return 0;
}

static void a_bad_text_changes_nothing(struct kunit *test)
{
	static const char *const bad[] = {
		"", "\n ", "demand_start", "demand_start=", "=1", "nothing=1",
		"background_permille=1001", "background_permille=-1", "background_permille=+1",
		"background_permille=0x1", "background_permille=1k", "background_permille=1,",
		"background_permille=1 burst_delay_ms=60001",
		"background_permille=1 quiet_delay_ms=4294967296",
		"background_permille=1 quiet_delay_ms=99999999999999999999",
		"background_permille=1 demand_start=16777217",
		"background_permille=1 demand_start=0",
		"background_permille=1 demand_stop=16777216",
		"background_permille=1 burst_delay_ms=1 trailing",
		"background_permille=1\x01",
	};
	unsigned int before[ZS_NR_TUNABLES], n, k;

	for (k = 0; k < ZS_NR_TUNABLES; k++)
		before[k] = zs_tunable_get(test->priv, k);
	for (n = 0; n < ARRAY_SIZE(bad); n++) {
		KUNIT_EXPECT_EQ_MSG(test, set(test->priv, bad[n]), -EINVAL, "'%s'", bad[n]);
		for (k = 0; k < ZS_NR_TUNABLES; k++)
			KUNIT_EXPECT_EQ_MSG(test, zs_tunable_get(test->priv, k), before[k],
					    "'%s'", bad[n]);
	}
}

static void a_good_text_takes_effect(struct kunit *test)
{
	struct zs_pool *pool = test->priv;

	KUNIT_EXPECT_EQ(test, set(pool, "demand_stop=0\tdemand_start=0\n"), 0);
	KUNIT_EXPECT_EQ(test, pool->demand.start, 0U);
	KUNIT_EXPECT_EQ(test, pool->demand.stop, 0U);
	KUNIT_EXPECT_EQ(test, set(pool, "demand_start=16777216 demand_stop=16777216"), 0);
	KUNIT_EXPECT_EQ(test, pool->demand.stop, 16777216U);
	KUNIT_EXPECT_EQ(test, set(pool, "\nbackground_permille=1000\n\n burst_delay_ms=0"), 0);
	KUNIT_EXPECT_EQ(test, pool->background.permille, 1000U);
	KUNIT_EXPECT_EQ(test, pool->background.burst_ms, 0U);
	KUNIT_EXPECT_EQ(test, set(pool, "quiet_delay_ms=60000"), 0);
	KUNIT_EXPECT_EQ(test, pool->background.quiet_ms, 60000U);
}

static void demand_follows_limits_that_change_in_use(struct kunit *test)
{
	struct zs_pool *pool = test->priv;
	unsigned int own = zs_class_of(1000);
	unsigned long handles[80];
	struct zs_place place;
	int n;

	/* a class of its own from the first object on, or not for eighty */
	KUNIT_ASSERT_EQ(test, set(pool, "demand_start=0 demand_stop=0"), 0);
	handles[0] = zs_test_malloc(test, 1000);
	KUNIT_EXPECT_EQ(test, zs_test_locate(test, handles[0], &place)->class->nr, own);
	zs_free(pool, handles[0]);
	clear_bit(own, pool->demand.used);
	KUNIT_ASSERT_EQ(test, set(pool, "demand_start=16777216"), 0);
	for (n = 0; n < 80; n++) {
		handles[n] = zs_test_malloc(test, 1000);
		KUNIT_EXPECT_GT(test, zs_test_locate(test, handles[n], &place)->class->nr, own);
	}
	KUNIT_EXPECT_EQ(test, zs_check(pool), ZS_OK);
	KUNIT_ASSERT_EQ(test, set(pool, "demand_start=3072 demand_stop=768"), 0);
	for (n = 0; n < 80; n++)
		zs_free(pool, handles[n]);
}

static struct kunit_case tunables_cases[] = {
	KUNIT_CASE(a_bad_text_changes_nothing),
	KUNIT_CASE(a_good_text_takes_effect),
	KUNIT_CASE(demand_follows_limits_that_change_in_use),
	{}
};

static struct kunit_suite tunables_suite = {
	.name = "zsmalloc_tunables",
	.init = defaults_init,
	.exit = zs_test_exit,
	.test_cases = tunables_cases,
};

kunit_test_suite(tunables_suite);
