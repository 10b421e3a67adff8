// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which pages may be compressed without a copy?
 */
#include <linux/mm.h>
#include <linux/pagemap.h>

#include "test.h"

static void only_what_nobody_else_can_reach(struct kunit *test)
{
	struct page *page = alloc_page(GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, page);
	SetPageSwapBacked(page);
	lock_page(page);
	KUNIT_EXPECT_FALSE(test, zcomp_page_is_stable(page));
	SetPageSwapCache(page);
	KUNIT_EXPECT_TRUE(test, zcomp_page_is_stable(page));

	/* The swap cache's reference. */
	get_page(page);
	KUNIT_EXPECT_TRUE(test, zcomp_page_is_stable(page));
	/* A device's. */
	get_page(page);
	KUNIT_EXPECT_FALSE(test, zcomp_page_is_stable(page));
	put_page(page);
	KUNIT_EXPECT_TRUE(test, zcomp_page_is_stable(page));
	put_page(page);

	/* Who waits for the lock to map it has it now. */
	unlock_page(page);
	KUNIT_EXPECT_FALSE(test, zcomp_page_is_stable(page));
	ClearPageSwapCache(page);
	ClearPageSwapBacked(page);
	put_page(page);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(only_what_nobody_else_can_reach),
	{ }
};

static struct kunit_suite suite = {
	.name = "zcomp_stable",
	.test_cases = cases,
};

kunit_test_suite(suite);
