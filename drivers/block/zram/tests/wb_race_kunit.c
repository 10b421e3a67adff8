// SPDX-License-Identifier: GPL-2.0-only
/*
 * Slots change while their page is on its way to the backing device or from there:
 * no page is lost, mixed up, or read from a block that has become another's.
 */
#include "wb_fixture.h"

enum { PAGE_A = 3, PAGE_B = 9, OLD = 11, NEW = 22 };

static void page_goes_out_and_comes_back(struct kunit *test)
{
	struct zram_store *store = wb_store(test);

	put_page_at(test, PAGE_A, OLD);
	put_page_at(test, PAGE_B, NEW);
	KUNIT_EXPECT_EQ(test, write_back(test, "page_index=3"), 0);
	KUNIT_EXPECT_TRUE(test, on_device(test, PAGE_A));
	KUNIT_EXPECT_FALSE(test, on_device(test, PAGE_B));
	EXPECT_STAT(test, store, ZRAM_PAGES_STORED, 2);
	EXPECT_STAT(test, store, ZRAM_BD_COUNT, 1);
	EXPECT_STAT(test, store, ZRAM_BD_WRITES, 1);
	KUNIT_EXPECT_EQ(test, differs_from(test, PAGE_A, OLD), 0U);
	EXPECT_STAT(test, store, ZRAM_BD_READS, 1);
	KUNIT_EXPECT_EQ(test, differs_from(test, PAGE_B, NEW), 0U);
	EXPECT_STAT(test, store, ZRAM_BD_READS, 1);

	/* Twice the same page: the second time there is nothing to do. */
	KUNIT_EXPECT_EQ(test, write_back(test, "page_index=3 page_indexes=2-4"), 0);
	EXPECT_STAT(test, store, ZRAM_BD_WRITES, 1);
	put_page_at(test, PAGE_A, NEW);
	EXPECT_STAT(test, store, ZRAM_BD_COUNT, 0);
	EXPECT_STAT(test, store, ZRAM_PAGES_STORED, 2);
}

static int overwrite_it(struct kunit *test, bool write, unsigned long block)
{
	if (write)
		put_page_at(test, PAGE_A, NEW);
	return 0;
}

static int write_the_same(struct kunit *test, bool write, unsigned long block)
{
	if (write)
		put_page_at(test, PAGE_A, OLD);
	return 0;
}

static int free_it(struct kunit *test, bool write, unsigned long block)
{
	if (write)
		zram_page_free_atomic(wb_store(test), PAGE_A);
	return 0;
}

static int free_and_write(struct kunit *test, bool write, unsigned long block)
{
	free_it(test, write, block);
	return overwrite_it(test, write, block);
}

static int read_it(struct kunit *test, bool write, unsigned long block)
{
	if (write)
		KUNIT_EXPECT_EQ(test, differs_from(test, PAGE_A, OLD), 0U);
	return 0;
}

static void changed_slot_keeps_what_it_has_become(struct kunit *test)
{
	struct wb_fixture *wb = test->priv;
	struct zram_store *store = wb_store(test);

	wb->hook = overwrite_it;
	put_page_at(test, PAGE_A, OLD);
	KUNIT_EXPECT_EQ(test, write_back(test, "page_index=3"), 0);
	KUNIT_EXPECT_FALSE(test, on_device(test, PAGE_A));
	KUNIT_EXPECT_EQ(test, differs_from(test, PAGE_A, NEW), 0U);
	KUNIT_EXPECT_EQ(test, atomic_long_read(&wb->backing->blocks.nr_used), 0L);

	wb->hook = free_and_write;
	put_page_at(test, PAGE_A, OLD);
	KUNIT_EXPECT_EQ(test, write_back(test, "page_index=3"), 0);
	KUNIT_EXPECT_FALSE(test, on_device(test, PAGE_A));
	KUNIT_EXPECT_EQ(test, differs_from(test, PAGE_A, NEW), 0U);

	/* The same bytes, and yet another object. */
	wb->hook = write_the_same;
	put_page_at(test, PAGE_A, OLD);
	KUNIT_EXPECT_EQ(test, write_back(test, "page_index=3"), 0);
	KUNIT_EXPECT_FALSE(test, on_device(test, PAGE_A));
	KUNIT_EXPECT_EQ(test, differs_from(test, PAGE_A, OLD), 0U);

	wb->hook = free_it;
	KUNIT_EXPECT_EQ(test, write_back(test, "page_index=3"), 0);
	KUNIT_EXPECT_FALSE(test, on_device(test, PAGE_A));
	EXPECT_STAT(test, store, ZRAM_PAGES_STORED, 0);
	EXPECT_STAT(test, store, ZRAM_COMPR_BYTES, 0);
	EXPECT_STAT(test, store, ZRAM_BD_COUNT, 0);
	EXPECT_STAT(test, store, ZRAM_BD_WRITES, 4);
	KUNIT_EXPECT_EQ(test, atomic_long_read(&wb->backing->blocks.nr_used), 0L);
	KUNIT_EXPECT_EQ(test, wb->hooked, 4U);
}

static void read_page_still_goes_out(struct kunit *test)
{
	struct wb_fixture *wb = test->priv;

	wb->hook = read_it;
	put_page_at(test, PAGE_A, OLD);
	KUNIT_EXPECT_EQ(test, write_back(test, "page_index=3"), 0);
	KUNIT_EXPECT_TRUE(test, on_device(test, PAGE_A));
	wb->hook = NULL;
	KUNIT_EXPECT_EQ(test, differs_from(test, PAGE_A, OLD), 0U);
}

/* Row C: while PAGE_A is being read it is freed, and everything else is written back. */
static int give_its_block_away(struct kunit *test, bool write, unsigned long block)
{
	struct wb_fixture *wb = test->priv;
	unsigned int i;

	if (write)
		return 0;
	wb->hook = NULL;
	zram_page_free_atomic(wb_store(test), PAGE_A);
	for (i = 0; i < NR_PAGES; i++)
		if (i != PAGE_A)
			put_page_at(test, i, NEW);
	KUNIT_EXPECT_EQ(test, write_back(test, "page_indexes=0-15"), -ENOSPC);
	/* All blocks but the one that is being read. */
	EXPECT_STAT(test, wb_store(test), ZRAM_BD_COUNT, NR_BACKING - 2);
	return 0;
}

static void block_that_is_read_is_nobody_elses(struct kunit *test)
{
	struct wb_fixture *wb = test->priv;
	struct zram_store *store = wb_store(test);
	struct page *page = wb->disk.buffers[3];
	u8 *want = page_address(wb->disk.buffers[1]);
	struct rnd_state rnd;

	put_page_at(test, PAGE_A, OLD);
	KUNIT_EXPECT_EQ(test, write_back(test, "page_index=3"), 0);
	wb->hook = give_its_block_away;
	KUNIT_EXPECT_EQ(test, zram_wb_read(store, PAGE_A, page), 0);
	/* What it was when the read began. */
	prandom_seed_state(&rnd, OLD);
	fill_page(want, FILL_TEXT, &rnd);
	KUNIT_EXPECT_EQ(test, memcmp(want, page_address(page), PAGE_SIZE), 0);
	/* Now the block is free, and taken by one of those that found no room. */
	KUNIT_EXPECT_EQ(test, write_back(test, "page_indexes=0-15"), -ENOSPC);
	EXPECT_STAT(test, store, ZRAM_BD_COUNT, NR_BACKING - 1);
}

static int overwrite_once(struct kunit *test, bool write, unsigned long block)
{
	struct wb_fixture *wb = test->priv;

	if (write)
		return 0;
	wb->hook = NULL;
	put_page_at(test, PAGE_A, NEW);
	return 0;
}

static int overwrite_and_write_back_once(struct kunit *test, bool write, unsigned long block)
{
	if (write)
		return 0;
	overwrite_once(test, write, block);
	KUNIT_EXPECT_EQ(test, write_back(test, "page_index=3"), 0);
	return 0;
}

/* @len bytes of the page are written while @hook changes all of it. */
static void part_goes_into(struct kunit *test, unsigned int seed,
			   int (*hook)(struct kunit *test, bool write, unsigned long block))
{
	struct wb_fixture *wb = test->priv;
	struct zram_store *store = wb_store(test);
	const unsigned int at = 100, len = 64;
	u8 part[64], back[64];
	unsigned int wrong;

	memset(part, 0x5b, len);
	put_page_at(test, PAGE_A, OLD);
	KUNIT_EXPECT_EQ(test, write_back(test, "page_index=3"), 0);
	wb->hook = hook;
	KUNIT_EXPECT_EQ(test, zram_page_write_part(store, PAGE_A, at, part, len), -EREMOTE);
	KUNIT_EXPECT_EQ(test, zram_wb_write_part(store, PAGE_A, at, part, len), 0);
	KUNIT_EXPECT_FALSE(test, on_device(test, PAGE_A));
	KUNIT_EXPECT_EQ(test, zram_wb_read_part(store, PAGE_A, at, back, len), 0);
	KUNIT_EXPECT_EQ(test, memcmp(part, back, len), 0);
	wrong = differs_from(test, PAGE_A, seed);
	KUNIT_EXPECT_GT(test, wrong, 0U);
	KUNIT_EXPECT_LE(test, wrong, len);
}

/* Rows 33, 34 and J. */
static void part_of_a_page_on_the_device_is_written(struct kunit *test)
{
	part_goes_into(test, OLD, NULL);
	part_goes_into(test, NEW, overwrite_once);
	part_goes_into(test, NEW, overwrite_and_write_back_once);
}

static void part_of_a_page_on_the_device_is_read(struct kunit *test)
{
	struct wb_fixture *wb = test->priv;
	struct zram_store *store = wb_store(test);
	u8 *want = page_address(wb->disk.buffers[0]);
	u8 part[96];
	bool compressed;

	for (compressed = false; ; compressed = true) {
		wb->disk.zram->writeback.compressed = compressed;
		put_page_at(test, PAGE_A, OLD);
		KUNIT_EXPECT_EQ(test, write_back(test, "page_index=3"), 0);
		KUNIT_EXPECT_EQ(test, zram_page_read_part(store, PAGE_A, 7, part, sizeof(part)),
				-EREMOTE);
		KUNIT_EXPECT_EQ(test, zram_wb_read_part(store, PAGE_A, 7, part, sizeof(part)), 0);
		KUNIT_EXPECT_EQ(test, memcmp(want + 7, part, sizeof(part)), 0);
		if (compressed)
			break;
	}
}

static struct kunit_case wb_race_cases[] = {
	KUNIT_CASE(page_goes_out_and_comes_back),
	KUNIT_CASE(changed_slot_keeps_what_it_has_become),
	KUNIT_CASE(read_page_still_goes_out),
	KUNIT_CASE(block_that_is_read_is_nobody_elses),
	KUNIT_CASE(part_of_a_page_on_the_device_is_written),
	KUNIT_CASE(part_of_a_page_on_the_device_is_read),
	{ }
};

static struct kunit_suite wb_race_suite = {
	.name = "zram_wb_race",
	.init = make_wb,
	.exit = free_wb,
	.test_cases = wb_race_cases,
};

kunit_test_suite(wb_race_suite);
