// SPDX-License-Identifier: GPL-2.0-only
/*
 * A disk against an array of pages.
 */
#include "fixture.h"
#include "../page_io.h"

#define NR_PAGES	64
#define NR_OPS		20000
#define SEED		6101920

/* The disk, and what it should hold. */
struct fixture {
	struct zram_store *store;
	struct rnd_state rnd;
	struct page *page;
	void *mem;
	u8 *model;
	bool written[NR_PAGES];
	u64 freed;
};

static int make_fixture(struct kunit *test)
{
	struct fixture *fixture = kunit_kzalloc(test, sizeof(*fixture), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, fixture);
	test->priv = fixture;
	prandom_seed_state(&fixture->rnd, SEED);
	fixture->model = kvzalloc(NR_PAGES * PAGE_SIZE, GFP_KERNEL);
	fixture->page = alloc_page(GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, fixture->model);
	KUNIT_ASSERT_NOT_NULL(test, fixture->page);
	fixture->mem = page_address(fixture->page);
	fixture->store = make_store(test, NR_PAGES, "lzo-rle");
	return 0;
}

static void free_fixture(struct kunit *test)
{
	struct fixture *fixture = test->priv;

	if (!fixture)
		return;
	if (fixture->store)
		zram_store_destroy(fixture->store);
	if (fixture->page)
		__free_page(fixture->page);
	kvfree(fixture->model);
}

static u8 *model_page(struct fixture *fixture, unsigned long index)
{
	return fixture->model + index * PAGE_SIZE;
}

static void expect_page(struct kunit *test, unsigned long index)
{
	struct fixture *fixture = test->priv;

	memset(fixture->mem, 0xee, PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, zram_page_read(fixture->store, index, fixture->page), 0);
	KUNIT_EXPECT_EQ_MSG(test, memcmp(fixture->mem, model_page(fixture, index), PAGE_SIZE), 0,
			    "page %lu", index);
}

static void model_free(struct fixture *fixture, unsigned long index)
{
	fixture->freed += fixture->written[index];
	fixture->written[index] = false;
	memset(model_page(fixture, index), 0, PAGE_SIZE);
}

static void write_page(struct kunit *test, unsigned long index, enum fill fill)
{
	struct fixture *fixture = test->priv;

	fill_page(fixture->mem, fill, &fixture->rnd);
	KUNIT_ASSERT_EQ(test, zram_page_write(fixture->store, index, fixture->page), 0);
	memcpy(model_page(fixture, index), fixture->mem, PAGE_SIZE);
	fixture->written[index] = true;
}

static void one_operation(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	struct zram_store *store = fixture->store;
	unsigned long index = prandom_u32_state(&fixture->rnd) % NR_PAGES;
	unsigned int at = prandom_u32_state(&fixture->rnd) % PAGE_SIZE;
	unsigned int len = 1 + prandom_u32_state(&fixture->rnd) % (PAGE_SIZE - at);
	unsigned long end;

	switch (prandom_u32_state(&fixture->rnd) % 16) {
	case 0 ... 4:
		write_page(test, index, prandom_u32_state(&fixture->rnd) % NR_FILLS);
		break;
	case 5 ... 8:
		expect_page(test, index);
		break;
	case 9:
	case 10:
		prandom_bytes_state(&fixture->rnd, fixture->mem, len);
		KUNIT_EXPECT_EQ(test, zram_page_write_part(store, index, at, fixture->mem, len), 0);
		memcpy(model_page(fixture, index) + at, fixture->mem, len);
		fixture->written[index] = true;
		break;
	case 11:
		KUNIT_EXPECT_EQ(test, zram_page_write_part(store, index, at, NULL, len), 0);
		memset(model_page(fixture, index) + at, 0, len);
		fixture->written[index] = true;
		break;
	case 12:
	case 13:
		KUNIT_EXPECT_EQ(test, zram_page_read_part(store, index, at, fixture->mem, len), 0);
		KUNIT_EXPECT_EQ(test, 0, memcmp(fixture->mem, model_page(fixture, index) + at,
						len));
		break;
	case 14:
		zram_page_free_atomic(store, index);
		model_free(fixture, index);
		break;
	default:
		end = min_t(unsigned long, NR_PAGES, index + len % 8);
		zram_page_free_range(store, index, end);
		for (; index < end; index++)
			model_free(fixture, index);
	}
}

static void disk_is_the_model(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	struct zram_store *store = fixture->store;
	unsigned long index, written = 0;
	unsigned int i;

	kunit_info(test, "seed %u\n", SEED);
	for (i = 0; i < NR_OPS; i++) {
		one_operation(test);
		if (i % 1000 == 0)
			zs_compact(store->pool);
	}

	for (index = 0; index < NR_PAGES; index++) {
		expect_page(test, index);
		written += fixture->written[index];
	}
	EXPECT_STAT(test, store, ZRAM_PAGES_STORED, written);
	EXPECT_STAT(test, store, ZRAM_NOTIFY_FREE, fixture->freed);
	EXPECT_STAT(test, store, ZRAM_MISS_FREE, 0);

	zram_page_free_range(store, 0, ULONG_MAX);
	EXPECT_STAT(test, store, ZRAM_NOTIFY_FREE, fixture->freed + written);
	EXPECT_STAT(test, store, ZRAM_PAGES_STORED, 0);
	EXPECT_STAT(test, store, ZRAM_COMPR_BYTES, 0);
	EXPECT_STAT(test, store, ZRAM_SAME_PAGES, 0);
	EXPECT_STAT(test, store, ZRAM_HUGE_PAGES, 0);
	zs_compact(store->pool);
	KUNIT_EXPECT_EQ(test, zs_get_total_pages(store->pool), 0UL);
}

static void unwritten_page_is_zeros_and_stays_unwritten(struct kunit *test)
{
	struct fixture *fixture = test->priv;

	expect_page(test, 0);
	expect_page(test, NR_PAGES - 1);
	zram_page_free_range(fixture->store, 0, NR_PAGES);
	zram_page_free_atomic(fixture->store, 5);
	KUNIT_EXPECT_EQ(test, atomic_long_read(&fixture->store->table.nr_leaves), 0L);
	EXPECT_STAT(test, fixture->store, ZRAM_NOTIFY_FREE, 0);
}

static void failed_write_leaves_the_page_as_it_was(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	struct zram_store *store = fixture->store;

	write_page(test, 0, FILL_RANDOM);
	write_page(test, 1, FILL_TEXT);
	write_page(test, 2, FILL_WORD);
	store->limit_pages = zs_get_total_pages(store->pool);

	fill_page(fixture->mem, FILL_RANDOM, &fixture->rnd);
	KUNIT_EXPECT_EQ(test, zram_page_write(store, 0, fixture->page), -ENOMEM);
	KUNIT_EXPECT_EQ(test, zram_page_write(store, 2, fixture->page), -ENOMEM);
	KUNIT_EXPECT_EQ(test, zram_page_write(store, 3, fixture->page), -ENOMEM);
	KUNIT_EXPECT_EQ(test, zram_page_write_part(store, 0, 1, fixture->mem, 100), -ENOMEM);
	expect_page(test, 0);
	expect_page(test, 1);
	expect_page(test, 2);
	expect_page(test, 3);
	KUNIT_EXPECT_EQ(test, zs_get_total_pages(store->pool), store->limit_pages);

	/* Room is made, and it goes on. */
	zram_page_free_range(store, 0, 1);
	write_page(test, 3, FILL_RANDOM);
	expect_page(test, 3);
}

static void damaged_page_harms_no_other(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	struct zram_store *store = fixture->store;
	struct zram_slot *slot;
	unsigned int size;

	write_page(test, 0, FILL_TEXT);
	write_page(test, 1, FILL_TEXT);
	slot = slot_of(test, store, 0);
	size = atomic_read(&slot->state) & ZRAM_SIZE_MASK;
	memset(fixture->mem, 0xff, PAGE_SIZE);
	KUNIT_ASSERT_EQ(test, zs_obj_write(store->pool, slot->value, fixture->mem, size), 0);

	KUNIT_EXPECT_NE(test, zram_page_read(store, 0, fixture->page), 0);
	KUNIT_EXPECT_NE(test, zram_page_read_part(store, 0, 0, fixture->mem, 512), 0);
	/* The rest of the page cannot be had, so no part of it can be changed. */
	KUNIT_EXPECT_NE(test, zram_page_write_part(store, 0, 0, fixture->mem, 512), 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&slot->state) & (int)ZRAM_LOCKED, 0);
	expect_page(test, 1);

	/* A whole page can: the damage is gone with what was damaged. */
	write_page(test, 0, FILL_TEXT);
	expect_page(test, 0);
	expect_page(test, 1);
}

static struct kunit_case page_io_cases[] = {
	KUNIT_CASE(disk_is_the_model),
	KUNIT_CASE(unwritten_page_is_zeros_and_stays_unwritten),
	KUNIT_CASE(failed_write_leaves_the_page_as_it_was),
	KUNIT_CASE(damaged_page_harms_no_other),
	{ }
};

static struct kunit_suite page_io_suite = {
	.name = "zram_page_io",
	.init = make_fixture,
	.exit = free_fixture,
	.test_cases = page_io_cases,
};

kunit_test_suite(page_io_suite);
