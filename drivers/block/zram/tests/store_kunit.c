// SPDX-License-Identifier: GPL-2.0-only
/*
 * A store comes into being whole or not at all, and goes with everything in it.
 */
#include "fixture.h"
#include "../page_io.h"

static void unknown_algorithm_leaves_nothing_behind(struct kunit *test)
{
	struct zcomp_params params = ZCOMP_PARAMS_DEFAULT;
	static const struct zram_store untouched;
	struct zram_store *store = kunit_kzalloc(test, sizeof(*store), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, store);
	KUNIT_EXPECT_EQ(test, zram_store_init(store, 16, "kunit", "no-such-thing", &params),
			-EINVAL);
	KUNIT_EXPECT_EQ(test, memcmp(store, &untouched, sizeof(untouched)), 0);
	/* What has no pages has none to read or free either. */
	zram_page_free_atomic(store, 0);

	KUNIT_EXPECT_EQ(test, zram_store_init(store, 16, "kunit", "lzo", &params), 0);
	zram_store_destroy(store);
}

static void contents_go_with_the_store(struct kunit *test)
{
	struct zcomp_params params = ZCOMP_PARAMS_DEFAULT;
	struct zram_store *store = make_store(test, ULONG_MAX, "lzo-rle");
	struct page *page = alloc_page(GFP_KERNEL);
	struct rnd_state rnd;
	unsigned long i;

	KUNIT_ASSERT_NOT_NULL(test, page);
	prandom_seed_state(&rnd, 1);
	for (i = 0; i < 64; i++) {
		fill_page(page_address(page), i % NR_FILLS, &rnd);
		/* Near the beginning, and one to a leaf. */
		KUNIT_EXPECT_EQ(test, 0, zram_page_write(store, i % 2 ? i :
							 i * 1000 * ZRAM_SLOTS_PER_LEAF, page));
	}
	EXPECT_STAT(test, store, ZRAM_PAGES_STORED, 64);
	KUNIT_EXPECT_EQ(test, atomic_long_read(&store->table.nr_leaves), 32L);
	KUNIT_EXPECT_GT(test, zs_get_total_pages(store->pool), 16UL);
	store->limit_pages = 1000;

	zram_store_destroy(store);
	KUNIT_EXPECT_PTR_EQ(test, store->pool, NULL);
	KUNIT_EXPECT_PTR_EQ(test, store->comp, NULL);
	KUNIT_EXPECT_EQ(test, atomic_long_read(&store->table.nr_leaves), 0L);
	EXPECT_STAT(test, store, ZRAM_PAGES_STORED, 0);
	KUNIT_EXPECT_EQ(test, store->limit_pages, 1000UL);

	/* Made again, it is empty. */
	KUNIT_ASSERT_EQ(test, zram_store_init(store, 16, "kunit", "lzo-rle", &params), 0);
	KUNIT_EXPECT_EQ(test, zs_get_total_pages(store->pool), 0UL);
	memset(page_address(page), 0xee, PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, zram_page_read(store, 1, page), 0);
	KUNIT_EXPECT_PTR_EQ(test, memchr_inv(page_address(page), 0, PAGE_SIZE), NULL);
	KUNIT_EXPECT_EQ(test, store->limit_pages, 1000UL);
	zram_store_destroy(store);
	__free_page(page);
}

static void two_stores_share_nothing(struct kunit *test)
{
	struct zram_store *one = make_store(test, 16, "lz4");
	struct zram_store *other = make_store(test, 16, "lz4");
	struct page *page = alloc_page(GFP_KERNEL);
	struct page *back = alloc_page(GFP_KERNEL);
	struct rnd_state rnd;

	KUNIT_ASSERT_NOT_NULL(test, page);
	KUNIT_ASSERT_NOT_NULL(test, back);
	prandom_seed_state(&rnd, 2);
	fill_page(page_address(page), FILL_TEXT, &rnd);
	KUNIT_EXPECT_EQ(test, zram_page_write(other, 3, page), 0);
	EXPECT_STAT(test, one, ZRAM_PAGES_STORED, 0);
	KUNIT_EXPECT_EQ(test, zram_page_read(one, 3, back), 0);
	KUNIT_EXPECT_PTR_EQ(test, memchr_inv(page_address(back), 0, PAGE_SIZE), NULL);

	/* The algorithm they have in common outlives the first of them. */
	zram_store_destroy(one);
	KUNIT_EXPECT_EQ(test, zram_page_read(other, 3, back), 0);
	KUNIT_EXPECT_EQ(test, 0, memcmp(page_address(page), page_address(back), PAGE_SIZE));
	KUNIT_EXPECT_EQ(test, zram_page_write(other, 4, page), 0);
	EXPECT_STAT(test, other, ZRAM_PAGES_STORED, 2);
	zram_store_destroy(other);
	__free_page(back);
	__free_page(page);
}

static struct kunit_case store_cases[] = {
	KUNIT_CASE(unknown_algorithm_leaves_nothing_behind),
	KUNIT_CASE(contents_go_with_the_store),
	KUNIT_CASE(two_stores_share_nothing),
	{ }
};

static struct kunit_suite store_suite = {
	.name = "zram_store",
	.test_cases = store_cases,
};

kunit_test_suite(store_suite);
