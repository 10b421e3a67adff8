// SPDX-License-Identifier: GPL-2.0-only
/*
 * A store comes into being whole or not at all, and goes with everything in it.
 */
#include "fixture.h"
#include "../page_io.h"

static void unknown_algorithm_leaves_nothing_behind(struct kunit *test)
{
	struct zram_setup setup;
	struct zram_store *store = kunit_kzalloc(test, sizeof(*store), GFP_KERNEL);
	struct zram_store untouched;

	KUNIT_ASSERT_NOT_NULL(test, store);
	make_stats(test, &store->stats);
	memcpy(&untouched, store, sizeof(untouched));
	zram_setup_init(&setup);
	setup.algorithm[0] = "no-such-thing";
	KUNIT_EXPECT_EQ(test, zram_store_init(store, 16, "kunit", &setup), -EINVAL);
	KUNIT_EXPECT_EQ(test, memcmp(store, &untouched, sizeof(untouched)), 0);
	/* What has no pages has none to read or free either. */
	zram_page_free_atomic(store, 0);

	setup.algorithm[0] = "lzo";
	KUNIT_EXPECT_EQ(test, zram_store_init(store, 16, "kunit", &setup), 0);
	zram_store_destroy(store);
}

/* Rows 57 and 58: what was made before the failure goes, and only that. */
static void a_later_algorithm_that_fails_takes_the_others_along(struct kunit *test)
{
	struct zram_setup setup;
	struct zram_store *store = kunit_kzalloc(test, sizeof(*store), GFP_KERNEL);
	unsigned int i, priority;

	KUNIT_ASSERT_NOT_NULL(test, store);
	make_stats(test, &store->stats);
	for (i = 1; i < ZRAM_MAX_COMPS; i++) {
		zram_setup_init(&setup);
		setup.algorithm[1] = "lzo";
		setup.algorithm[i] = "no-such-thing";
		KUNIT_EXPECT_EQ(test, zram_store_init(store, 16, "kunit", &setup), -EINVAL);
		for (priority = 0; priority < ZRAM_MAX_COMPS; priority++)
			KUNIT_EXPECT_PTR_EQ(test, store->comps[priority], NULL);
		zram_page_free_atomic(store, 0);
	}
}

/* Row 44: one goes while the other lives, in either order. */
static void an_algorithm_in_two_stores_is_freed_twice(struct kunit *test)
{
	struct zram_store *stores[2];
	struct zram_setup setup;
	unsigned int i;

	for (i = 0; i < 2; i++) {
		stores[i] = kunit_kzalloc(test, sizeof(*stores[i]), GFP_KERNEL);
		KUNIT_ASSERT_NOT_NULL(test, stores[i]);
		make_stats(test, &stores[i]->stats);
	}
	zram_setup_init(&setup);
	setup.algorithm[0] = "lzo";
	setup.algorithm[1] = zcomp_find("zstd");
	setup.algorithm[2] = zcomp_find("zstd");
	for (i = 0; i < 200; i++) {
		KUNIT_ASSERT_EQ(test, zram_store_init(stores[0], 16, "kunit", &setup), 0);
		KUNIT_ASSERT_EQ(test, zram_store_init(stores[1], 16, "kunit", &setup), 0);
		zram_store_destroy(stores[i % 2]);
		zram_store_destroy(stores[!(i % 2)]);
	}
}

static void contents_go_with_the_store(struct kunit *test)
{
	struct zram_setup setup;
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
	KUNIT_EXPECT_PTR_EQ(test, store->comps[0], NULL);
	KUNIT_EXPECT_EQ(test, atomic_long_read(&store->table.nr_leaves), 0L);
	EXPECT_STAT(test, store, ZRAM_PAGES_STORED, 0);
	KUNIT_EXPECT_EQ(test, store->limit_pages, 1000UL);

	/* Made again, it is empty. */
	zram_setup_init(&setup);
	KUNIT_ASSERT_EQ(test, zram_store_init(store, 16, "kunit", &setup), 0);
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
	KUNIT_CASE(a_later_algorithm_that_fails_takes_the_others_along),
	KUNIT_CASE(an_algorithm_in_two_stores_is_freed_twice),
	KUNIT_CASE(contents_go_with_the_store),
	KUNIT_CASE(two_stores_share_nothing),
	{ }
};

static struct kunit_suite store_suite = {
	.name = "zram_store",
	.test_cases = store_cases,
};

kunit_test_suite(store_suite);
