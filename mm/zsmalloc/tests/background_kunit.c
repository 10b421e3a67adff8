// SPDX-License-Identifier: GPL-2.0-only
/* Compaction that nobody asked for, and objects that share or change classes. */
#include <linux/delay.h>

#include "../background.h"
#include "../compact.h"
#include "testing.h"

#define NR	4000

/* A pool with its defaults. */
static int default_init(struct kunit *test)
{
	test->priv = zs_create_pool("kunit-default");
	return test->priv ? 0 : -ENOMEM;
}

static size_t size_of(int n)
{
	return 600 + n * 37 % 1400;
}

static unsigned long *fill(struct kunit *test)
{
	unsigned long *handles = kunit_kcalloc(test, NR, sizeof(long), GFP_KERNEL);
	int n;

	KUNIT_ASSERT_NOT_NULL(test, handles);
	for (n = 0; n < NR; n++) {
		handles[n] = zs_test_malloc(test, size_of(n));
		zs_test_fill(test, handles[n], size_of(n), n);
	}
	return handles;
}

static void free_half(struct kunit *test, unsigned long *handles)
{
	int n;

	for (n = 0; n < NR; n += 2) {
		zs_free(test->priv, handles[n]);
		handles[n] = 0;
	}
}

static void verify_and_free(struct kunit *test, unsigned long *handles)
{
	int n;

	for (n = 0; n < NR; n++) {
		if (!handles[n])
			continue;
		zs_test_verify(test, handles[n], size_of(n), n);
		zs_free(test->priv, handles[n]);
	}
	KUNIT_EXPECT_EQ(test, zs_get_total_pages(test->priv), 0UL);
}

static long recoverable(struct kunit *test)
{
	struct zs_pool *pool = test->priv;

	return atomic_long_read(&pool->recoverable);
}

static void the_worker_gives_back_what_a_burst_of_frees_left(struct kunit *test)
{
	unsigned long *handles = fill(test), before;
	struct zs_pool *pool = test->priv;
	int tenths;

	before = zs_get_total_pages(pool);
	free_half(test, handles);
	/* 20 ms and then a second of quiet by design; ten times that for a busy machine */
	for (tenths = 0; tenths < 120 && recoverable(test); tenths++)
		msleep(100);

	KUNIT_EXPECT_EQ(test, recoverable(test), 0L);
	KUNIT_EXPECT_LT(test, zs_get_total_pages(pool), before * 6 / 10);
	KUNIT_EXPECT_EQ(test, zs_check(pool), ZS_OK);
	verify_and_free(test, handles);
}

static void memory_pressure_gets_what_it_asks_for(struct kunit *test)
{
	struct shrink_control sc = { .gfp_mask = GFP_KERNEL, .nr_to_scan = 10 };
	struct zs_pool *pool = test->priv;
	struct shrinker *shrinker = &pool->shrinker;
	unsigned long *handles, before, count;

	pool->background.permille = 1000;
	KUNIT_EXPECT_EQ(test, shrinker->count_objects(shrinker, &sc), SHRINK_EMPTY);

	handles = fill(test);
	free_half(test, handles);
	before = zs_get_total_pages(pool);
	count = shrinker->count_objects(shrinker, &sc);
	KUNIT_EXPECT_GT(test, count, before / 4);
	KUNIT_EXPECT_LE(test, count, before);

	KUNIT_EXPECT_GE(test, shrinker->scan_objects(shrinker, &sc), 10UL);
	sc.nr_to_scan = 2 * count;
	KUNIT_EXPECT_GT(test, shrinker->scan_objects(shrinker, &sc), 0UL);
	KUNIT_EXPECT_EQ(test, shrinker->count_objects(shrinker, &sc), SHRINK_EMPTY);
	KUNIT_EXPECT_EQ(test, shrinker->scan_objects(shrinker, &sc), SHRINK_STOP);
	KUNIT_EXPECT_LE(test, zs_get_total_pages(pool), before - count);
	verify_and_free(test, handles);
}

static void full_compaction_moves_left_overs_into_larger_slots(struct kunit *test)
{
	struct zs_pool *pool = test->priv;
	unsigned long *handles, packed, full;

	pool->background.permille = 1000;
	pool->demand.start = 0;
	pool->demand.stop = 0;
	handles = fill(test);
	free_half(test, handles);

	mutex_lock(&pool->compact_lock);
	while (recoverable(test))
		KUNIT_ASSERT_GT(test, zs_compact_down_to(pool, 0), 0UL);
	mutex_unlock(&pool->compact_lock);
	packed = zs_get_total_pages(pool);

	full = zs_compact(pool);
	/* how many depends on which objects were last; without moves between classes none */
	KUNIT_EXPECT_GT(test, full, 3UL);
	KUNIT_EXPECT_EQ(test, zs_get_total_pages(pool), packed - full);
	KUNIT_EXPECT_EQ(test, zs_check(pool), ZS_OK);
	verify_and_free(test, handles);
}

static void a_small_pool_shares_classes(struct kunit *test)
{
	unsigned long handles[20], pages;
	int n;

	/* twenty sizes, each with a class of its own, in the pages of a few */
	for (n = 0; n < 20; n++)
		handles[n] = zs_test_malloc(test, 1000 + 24 * n);
	pages = zs_get_total_pages(test->priv);
	KUNIT_EXPECT_LT(test, pages, 12UL);
	KUNIT_EXPECT_EQ(test, zs_check(test->priv), ZS_OK);
	for (n = 0; n < 20; n++)
		zs_free(test->priv, handles[n]);
	KUNIT_EXPECT_EQ(test, zs_get_total_pages(test->priv), 0UL);
}

static struct kunit_case background_cases[] = {
	KUNIT_CASE(the_worker_gives_back_what_a_burst_of_frees_left),
	KUNIT_CASE(memory_pressure_gets_what_it_asks_for),
	KUNIT_CASE(full_compaction_moves_left_overs_into_larger_slots),
	KUNIT_CASE(a_small_pool_shares_classes),
	{}
};

static struct kunit_suite background_suite = {
	.name = "zsmalloc_background",
	.init = default_init,
	.exit = zs_test_exit,
	.test_cases = background_cases,
};

kunit_test_suite(background_suite);
