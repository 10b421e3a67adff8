// SPDX-License-Identifier: GPL-2.0-only
/*
 * A page comes back as it went in, or is known to be lost, or is not there.
 */
#include <linux/pagemap.h>
#include <linux/swap.h>
#include <linux/zcomp.h>

#include "../object.h"
#include "../params.h"
#include "../pool.h"
#include "../stats.h"
#include "../store.h"
#include "../tree.h"
#include "fixture.h"

static int store(struct kunit *test, pgoff_t at, enum zswap_test_content content, u32 seed)
{
	struct page *page = zswap_test_page(test);

	zswap_test_fill(page, content, seed);
	return zswap_store(TEST_AREA, at, page);
}

static void expect_back(struct kunit *test, pgoff_t at, enum zswap_test_content content, u32 seed)
{
	struct page *page = zswap_test_page(test);

	KUNIT_EXPECT_EQ(test, zswap_load(TEST_AREA, at, page), 0);
	KUNIT_EXPECT_TRUE(test, zswap_test_is(page, content, seed));
}

static void expect_absent(struct kunit *test, pgoff_t at)
{
	KUNIT_EXPECT_EQ(test, zswap_load(TEST_AREA, at, zswap_test_page(test)), -ENOENT);
}

static void page_comes_back(struct kunit *test)
{
	zswap_params.incompressible = true;
	KUNIT_EXPECT_EQ(test, store(test, 1, ZSWAP_TEST_TEXT, 11), 0);
	KUNIT_EXPECT_EQ(test, store(test, 2, ZSWAP_TEST_SAME, 12), 0);
	KUNIT_EXPECT_EQ(test, store(test, 3, ZSWAP_TEST_RANDOM, 13), 0);
	expect_back(test, 1, ZSWAP_TEST_TEXT, 11);
	expect_back(test, 2, ZSWAP_TEST_SAME, 12);
	expect_back(test, 3, ZSWAP_TEST_RANDOM, 13);
	/* A load takes nothing away: the fault may have to come again. */
	expect_back(test, 1, ZSWAP_TEST_TEXT, 11);
	expect_absent(test, 4);
	KUNIT_EXPECT_EQ(test, atomic_read(&zswap_stored_pages), 3);
}

static void incompressible_page_is_refused(struct kunit *test)
{
	unsigned long poor = zswap_stat(ZSWAP_REJECT_COMPRESS_POOR);

	KUNIT_EXPECT_NE(test, store(test, 1, ZSWAP_TEST_RANDOM, 1), 0);
	KUNIT_EXPECT_EQ(test, zswap_stat(ZSWAP_REJECT_COMPRESS_POOR), poor + 1);
	/* A limit of the ratio wins over keeping pages that have none. */
	zswap_params.incompressible = true;
	zswap_params.max_compression_ratio = 99;
	KUNIT_EXPECT_NE(test, store(test, 1, ZSWAP_TEST_RANDOM, 1), 0);
	KUNIT_EXPECT_EQ(test, store(test, 1, ZSWAP_TEST_TEXT, 1), 0);
	zswap_params.max_compression_ratio = 1;
	KUNIT_EXPECT_NE(test, store(test, 2, ZSWAP_TEST_TEXT, 1), 0);
	KUNIT_EXPECT_EQ(test, zswap_stat(ZSWAP_REJECT_COMPRESS_POOR), poor + 3);
}

static void forms_can_be_switched_off(struct kunit *test)
{
	zswap_params.same_filled = false;
	KUNIT_EXPECT_EQ(test, store(test, 1, ZSWAP_TEST_SAME, 7), 0);
	KUNIT_EXPECT_EQ(test, zswap_stat(ZSWAP_SAME_FILLED_PAGES), 0);
	expect_back(test, 1, ZSWAP_TEST_SAME, 7);
	zswap_params.same_filled = true;
	zswap_params.non_same_filled = false;
	KUNIT_EXPECT_EQ(test, store(test, 1, ZSWAP_TEST_SAME, 7), 0);
	KUNIT_EXPECT_EQ(test, zswap_stat(ZSWAP_SAME_FILLED_PAGES), 1);
	KUNIT_EXPECT_NE(test, store(test, 2, ZSWAP_TEST_TEXT, 7), 0);
}

/* Census rows 83 and 84: whatever refuses the newer copy, the older one must go. */
static void refused_store_drops_the_older_copy(struct kunit *test)
{
	static const enum refusal { OFF, POOR, FULL, FORM, NR } all[] = { OFF, POOR, FULL, FORM };
	int i;

	for (i = 0; i < NR; i++) {
		enum zswap_test_content content;

		content = all[i] == POOR ? ZSWAP_TEST_RANDOM : ZSWAP_TEST_TEXT;
		KUNIT_EXPECT_EQ(test, store(test, 1, ZSWAP_TEST_TEXT, 1), 0);
		zswap_params.enabled = all[i] != OFF;
		zswap_params.max_pool_percent = all[i] == FULL ? 0 : 50;
		zswap_params.non_same_filled = all[i] != FORM;
		KUNIT_EXPECT_NE_MSG(test, store(test, 1, content, 2), 0, "refusal %d", i);
		expect_absent(test, 1);
		KUNIT_EXPECT_EQ(test, atomic_read(&zswap_stored_pages), 0);
		zswap_params.enabled = true;
		zswap_params.max_pool_percent = 50;
		zswap_params.non_same_filled = true;
	}
}

static void newer_copy_replaces_the_older(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, store(test, 1, ZSWAP_TEST_TEXT, 1), 0);
	KUNIT_EXPECT_EQ(test, store(test, 1, ZSWAP_TEST_SAME, 2), 0);
	expect_back(test, 1, ZSWAP_TEST_SAME, 2);
	KUNIT_EXPECT_EQ(test, store(test, 1, ZSWAP_TEST_TEXT, 3), 0);
	expect_back(test, 1, ZSWAP_TEST_TEXT, 3);
	KUNIT_EXPECT_EQ(test, atomic_read(&zswap_stored_pages), 1);
}

static void stays_readable_when_off(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, store(test, 1, ZSWAP_TEST_TEXT, 1), 0);
	zswap_params.enabled = false;
	KUNIT_EXPECT_NE(test, store(test, 2, ZSWAP_TEST_TEXT, 2), 0);
	expect_back(test, 1, ZSWAP_TEST_TEXT, 1);
}

/* Rows G and H: every single bit of an object counts. */
static void damaged_page_is_lost_and_nothing_else(struct kunit *test)
{
	unsigned long fails = zswap_stat(ZSWAP_DECOMPRESS_FAIL);
	struct page *page = zswap_test_page(test);
	struct zswap_entry *entry;
	unsigned int bits, bit;

	KUNIT_EXPECT_EQ(test, store(test, 1, ZSWAP_TEST_TEXT, 1), 0);
	KUNIT_EXPECT_EQ(test, store(test, 2, ZSWAP_TEST_TEXT, 2), 0);
	entry = zswap_tree_get(zswap_tree(TEST_AREA), 1);
	KUNIT_ASSERT_NOT_NULL(test, entry);
	bits = entry->object.length * 8;
	for (bit = 0; bit < bits; bit++) {
		zswap_object_damage(&entry->object, bit);
		KUNIT_EXPECT_EQ(test, zswap_object_read(entry->pool->comp, &entry->object, page),
				-EBADMSG);
		zswap_object_damage(&entry->object, bit);
	}
	expect_back(test, 1, ZSWAP_TEST_TEXT, 1);

	zswap_object_damage(&entry->object, 5);
	KUNIT_EXPECT_EQ(test, zswap_load(TEST_AREA, 1, page), -EIO);
	/* Not absent, however often it is asked for: the disk has something else. */
	KUNIT_EXPECT_EQ(test, zswap_load(TEST_AREA, 1, page), -EIO);
	KUNIT_EXPECT_EQ(test, zswap_stat(ZSWAP_DECOMPRESS_FAIL), fails + 2);
	expect_back(test, 2, ZSWAP_TEST_TEXT, 2);
	zswap_entry_put(entry);
}

/*
 * Census row 94. The swap code frees the slots of smaller pages before a huge page gets them,
 * so this cannot be had from user space: parts that were stored before must not come back.
 */
static void huge_page_is_refused_with_its_parts(struct kunit *test)
{
	unsigned long refused = zswap_stat(ZSWAP_REJECT_THP);
	unsigned int order = 3, nr = 1 << order, i;
	struct page *huge;

	if (!IS_ENABLED(CONFIG_TRANSPARENT_HUGEPAGE))
		kunit_skip(test, "there are no huge pages");
	for (i = 0; i < nr + 2; i++)
		KUNIT_EXPECT_EQ(test, store(test, nr - 1 + i, ZSWAP_TEST_TEXT, i), 0);
	huge = alloc_pages(GFP_KERNEL | __GFP_COMP | __GFP_ZERO, order);
	KUNIT_ASSERT_NOT_NULL(test, huge);
	KUNIT_EXPECT_EQ(test, zswap_store(TEST_AREA, nr, huge), -EINVAL);
	__free_pages(huge, order);
	KUNIT_EXPECT_EQ(test, zswap_stat(ZSWAP_REJECT_THP), refused + 1);
	for (i = 0; i < nr; i++)
		expect_absent(test, nr + i);
	/* Its neighbours are none of its parts. */
	expect_back(test, nr - 1, ZSWAP_TEST_TEXT, 0);
	expect_back(test, 2 * nr, ZSWAP_TEST_TEXT, nr + 1);
	KUNIT_EXPECT_EQ(test, atomic_read(&zswap_stored_pages), 2);
	KUNIT_EXPECT_EQ(test, zswap_stat(ZSWAP_SAME_FILLED_PAGES), 0);
}

static void checksum_can_be_switched_off(struct kunit *test)
{
	struct zswap_entry *entry;

	zswap_params.checksum = false;
	KUNIT_EXPECT_EQ(test, store(test, 1, ZSWAP_TEST_TEXT, 1), 0);
	zswap_params.checksum = true;
	entry = zswap_tree_get(zswap_tree(TEST_AREA), 1);
	KUNIT_ASSERT_NOT_NULL(test, entry);
	KUNIT_EXPECT_FALSE(test, entry->object.summed);
	zswap_entry_put(entry);
	expect_back(test, 1, ZSWAP_TEST_TEXT, 1);
}

/* As reclaim hands it over: compressed without a copy. */
static void page_of_the_swap_cache_comes_back(struct kunit *test)
{
	static const enum zswap_test_content contents[] = { ZSWAP_TEST_TEXT, ZSWAP_TEST_RANDOM };
	struct page *page = zswap_test_page(test);
	unsigned int i;

	zswap_params.incompressible = true;
	SetPageSwapBacked(page);
	SetPageSwapCache(page);
	lock_page(page);
	for (i = 0; i < ARRAY_SIZE(contents); i++) {
		zswap_test_fill(page, contents[i], i);
		KUNIT_EXPECT_TRUE(test, zcomp_page_is_stable(page));
		KUNIT_EXPECT_EQ(test, zswap_store(TEST_AREA, i, page), 0);
	}
	unlock_page(page);
	ClearPageSwapCache(page);
	ClearPageSwapBacked(page);
	for (i = 0; i < ARRAY_SIZE(contents); i++)
		expect_back(test, i, contents[i], i);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(page_comes_back),
	KUNIT_CASE(page_of_the_swap_cache_comes_back),
	KUNIT_CASE(incompressible_page_is_refused),
	KUNIT_CASE(forms_can_be_switched_off),
	KUNIT_CASE(refused_store_drops_the_older_copy),
	KUNIT_CASE(newer_copy_replaces_the_older),
	KUNIT_CASE(stays_readable_when_off),
	KUNIT_CASE(damaged_page_is_lost_and_nothing_else),
	KUNIT_CASE(huge_page_is_refused_with_its_parts),
	KUNIT_CASE(checksum_can_be_switched_off),
	{ }
};

static struct kunit_suite suite = {
	.name = "zswap_store",
	.init = zswap_test_init,
	.exit = zswap_test_exit,
	.test_cases = cases,
};

kunit_test_suite(suite);
