// SPDX-License-Identifier: GPL-2.0-only
/*
 * Parameters in any order, at boot and later; compressors that come and go.
 */
#include <linux/delay.h>
#include <linux/swap.h>

#include "../pool.h"
#include "../setup.h"
#include "../store.h"
#include "../tree.h"
#include "fixture.h"

static void boot_line_is_noted_down(struct kunit *test)
{
	struct zswap_setup setup = { .wanted = "lzo" };
	char name[ZCOMP_NAME_MAX + 1];

	/* Nothing is known yet of what there is going to be. */
	KUNIT_EXPECT_EQ(test, zswap_setup_compressor(&setup, "no-such-compressor"), 0);
	KUNIT_EXPECT_STREQ(test, setup.wanted, "no-such-compressor");
	KUNIT_EXPECT_EQ(test, zswap_setup_enable(&setup), 0);
	KUNIT_EXPECT_EQ(test, setup.phase, ZSWAP_BOOTING);

	memset(name, 'x', ZCOMP_NAME_MAX);
	name[ZCOMP_NAME_MAX] = 0;
	KUNIT_EXPECT_EQ(test, zswap_setup_compressor(&setup, name), -ENOENT);
	KUNIT_EXPECT_STREQ(test, setup.wanted, "no-such-compressor");
	name[ZCOMP_NAME_MAX - 1] = 0;
	KUNIT_EXPECT_EQ(test, zswap_setup_compressor(&setup, name), 0);
}

static void failed_initialisation_refuses_everything(struct kunit *test)
{
	struct zswap_setup setup = { .wanted = "lzo" };

	KUNIT_EXPECT_EQ(test, zswap_setup_start(&setup, -ENOMEM, true), -ENOMEM);
	KUNIT_EXPECT_EQ(test, setup.phase, ZSWAP_FAILED);
	KUNIT_EXPECT_EQ(test, zswap_setup_enable(&setup), -ENODEV);
	KUNIT_EXPECT_EQ(test, zswap_setup_compressor(&setup, "lzo"), -ENODEV);
	KUNIT_EXPECT_FALSE(test, zswap_setup_retry(&setup));
}

static void idle_knows_what_there_is(struct kunit *test)
{
	struct zswap_setup setup = { .wanted = "lzo" };

	KUNIT_EXPECT_EQ(test, zswap_setup_start(&setup, 0, false), 0);
	KUNIT_EXPECT_EQ(test, setup.phase, ZSWAP_IDLE);
	KUNIT_EXPECT_EQ(test, zswap_setup_compressor(&setup, "no-such-compressor"), -ENOENT);
	KUNIT_EXPECT_STREQ(test, setup.wanted, "lzo");
	KUNIT_EXPECT_EQ(test, zswap_setup_compressor(&setup, "lzo-rle"), 0);
	KUNIT_EXPECT_EQ(test, zswap_setup_enable(&setup), 0);
	KUNIT_EXPECT_EQ(test, setup.phase, ZSWAP_RUNNING);
	KUNIT_EXPECT_STREQ(test, zswap_setup_shows(&setup), "lzo-rle");
	KUNIT_EXPECT_EQ(test, zswap_setup_enable(&setup), 0);
	KUNIT_EXPECT_EQ(test, zswap_setup_compressor(&setup, "no-such-compressor"), -ENOENT);
	KUNIT_EXPECT_STREQ(test, zswap_setup_shows(&setup), "lzo-rle");
	KUNIT_EXPECT_EQ(test, zswap_setup_compressor(&setup, "lzo"), 0);
	KUNIT_EXPECT_STREQ(test, zswap_setup_shows(&setup), "lzo");
}

static void compressor_may_come_later(struct kunit *test)
{
	struct zswap_setup setup = { .wanted = "no-such-compressor" };

	KUNIT_EXPECT_EQ(test, zswap_setup_start(&setup, 0, true), 0);
	KUNIT_EXPECT_EQ(test, setup.phase, ZSWAP_RUNNING);
	KUNIT_EXPECT_TRUE(test, setup.pending);
	KUNIT_EXPECT_STREQ(test, zswap_setup_shows(&setup), CONFIG_ZSWAP_COMPRESSOR_DEFAULT);
	KUNIT_EXPECT_TRUE(test, zswap_setup_retry(&setup));
	KUNIT_EXPECT_TRUE(test, setup.pending);
	/* Now it is there. */
	strscpy(setup.wanted, "lzo-rle", sizeof(setup.wanted));
	KUNIT_EXPECT_TRUE(test, zswap_setup_retry(&setup));
	KUNIT_EXPECT_FALSE(test, zswap_setup_retry(&setup));
	KUNIT_EXPECT_STREQ(test, zswap_setup_shows(&setup), "lzo-rle");
}

static void later_choice_ends_the_wait(struct kunit *test)
{
	struct zswap_setup setup = { .wanted = "no-such-compressor" };

	KUNIT_EXPECT_EQ(test, zswap_setup_start(&setup, 0, true), 0);
	KUNIT_EXPECT_EQ(test, zswap_setup_compressor(&setup, "lzo"), 0);
	KUNIT_EXPECT_FALSE(test, setup.pending);
	KUNIT_EXPECT_FALSE(test, zswap_setup_retry(&setup));
}

static bool only_one_pool_is_left(void)
{
	int tries;

	for (tries = 0; zswap_pool_count() > 1 && tries < 250; tries++)
		msleep(20);
	return zswap_pool_count() == 1;
}

/* Rows D and 97: a compressor goes when its last page goes, and not before. */
static void old_compressor_lives_as_long_as_its_pages(struct kunit *test)
{
	struct page *page = zswap_test_page(test);
	int i;

	KUNIT_ASSERT_TRUE(test, only_one_pool_is_left());
	KUNIT_ASSERT_EQ(test, zswap_pool_use("lzo"), 0);
	zswap_test_fill(page, ZSWAP_TEST_TEXT, 1);
	KUNIT_EXPECT_EQ(test, zswap_store(TEST_AREA, 1, page), 0);
	/* What is in use already is no reason for another. */
	KUNIT_EXPECT_EQ(test, zswap_pool_use("lzo"), 0);
	KUNIT_EXPECT_EQ(test, zswap_pool_count(), 1);
	KUNIT_EXPECT_EQ(test, zswap_pool_use("lzo-rle"), 0);
	KUNIT_EXPECT_EQ(test, zswap_store(TEST_AREA, 2, page), 0);
	for (i = 0; i < 10; i++) {
		KUNIT_EXPECT_EQ(test, zswap_pool_use("lzo"), 0);
		KUNIT_EXPECT_EQ(test, zswap_pool_use("lzo-rle"), 0);
	}

	zswap_test_fill(page, ZSWAP_TEST_SAME, 0);
	KUNIT_EXPECT_EQ(test, zswap_load(TEST_AREA, 1, page), 0);
	KUNIT_EXPECT_TRUE(test, zswap_test_is(page, ZSWAP_TEST_TEXT, 1));
	KUNIT_EXPECT_GE(test, zswap_pool_count(), 3);
	zswap_tree_clear(zswap_tree(TEST_AREA));
	KUNIT_EXPECT_TRUE(test, only_one_pool_is_left());
}

static struct kunit_case cases[] = {
	KUNIT_CASE(boot_line_is_noted_down),
	KUNIT_CASE(failed_initialisation_refuses_everything),
	KUNIT_CASE(idle_knows_what_there_is),
	KUNIT_CASE(compressor_may_come_later),
	KUNIT_CASE(later_choice_ends_the_wait),
	KUNIT_CASE(old_compressor_lives_as_long_as_its_pages),
	{ }
};

static struct kunit_suite suite = {
	.name = "zswap_setup",
	.init = zswap_test_init,
	.exit = zswap_test_exit,
	.test_cases = cases,
};

kunit_test_suite(suite);
