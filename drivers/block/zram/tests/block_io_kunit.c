// SPDX-License-Identifier: GPL-2.0-only
/*
 * Requests of the block layer: which bytes of which pages they mean.
 */
#include "disk_fixture.h"

static void buffers_may_lie_anywhere(struct kunit *test)
{
	static const unsigned int shifts[] = { 0, 512, 1, 100, 3584, PAGE_SIZE - 512,
					       PAGE_SIZE - 1 };
	u64 pos = 0;
	unsigned int i, len;

	for (i = 0; i < ARRAY_SIZE(shifts); i++) {
		for (len = ZRAM_LOGICAL_BLOCK; len <= 2 * PAGE_SIZE; len += ZRAM_LOGICAL_BLOCK) {
			write_at(test, pos, len, shifts[i]);
			expect_at(test, pos, len, 0);
			expect_at(test, pos, len, shifts[ARRAY_SIZE(shifts) - 1 - i]);
			pos = (pos + 5 * ZRAM_LOGICAL_BLOCK) % (DISK_BYTES - 2 * PAGE_SIZE);
		}
	}
	expect_disk(test);
}

static void discard_frees_whole_pages(struct kunit *test)
{
	struct disk_fixture *fixture = test->priv;
	struct zram_store *store = &fixture->zram->store;
	unsigned int i;

	for (i = 0; i < 8; i++)
		write_at(test, i * PAGE_SIZE, PAGE_SIZE, 0);
	KUNIT_EXPECT_EQ(test, 0,
			request(test, REQ_OP_DISCARD, 2 * PAGE_SIZE, 3 * PAGE_SIZE, 0));
	memset(fixture->model + 2 * PAGE_SIZE, 0, 3 * PAGE_SIZE);
	EXPECT_STAT(test, store, ZRAM_NOTIFY_FREE, 3);
	EXPECT_STAT(test, store, ZRAM_PAGES_STORED, 5);
	expect_disk(test);

	/* What is free already is not freed again. */
	KUNIT_EXPECT_EQ(test, 0, request(test, REQ_OP_DISCARD, 0, DISK_BYTES, 0));
	memset(fixture->model, 0, DISK_BYTES);
	EXPECT_STAT(test, store, ZRAM_NOTIFY_FREE, 8);
	EXPECT_STAT(test, store, ZRAM_PAGES_STORED, 0);
	expect_disk(test);
}

/* On pages of more than a block, ranges start and end inside pages as well. */
static void every_range_of_blocks_is_zeroed_exactly(struct kunit *test)
{
	struct disk_fixture *fixture = test->priv;
	u64 pos, len, i;

	for (pos = 0; pos <= PAGE_SIZE; pos += ZRAM_LOGICAL_BLOCK) {
		for (len = 0; len <= 2 * PAGE_SIZE; len += ZRAM_LOGICAL_BLOCK) {
			for (i = 0; i < 3; i++)
				write_at(test, i * PAGE_SIZE, PAGE_SIZE, 0);
			KUNIT_EXPECT_EQ(test, 0,
					request(test, REQ_OP_WRITE_ZEROES, pos, len, 0));
			memset(fixture->model + pos, 0, len);
			for (i = 0; i < 3; i++)
				expect_at(test, i * PAGE_SIZE, PAGE_SIZE, 0);
		}
	}
}

static struct kunit_case block_io_cases[] = {
	KUNIT_CASE(buffers_may_lie_anywhere),
	KUNIT_CASE(discard_frees_whole_pages),
	KUNIT_CASE(every_range_of_blocks_is_zeroed_exactly),
	{ }
};

static struct kunit_suite block_io_suite = {
	.name = "zram_block_io",
	.init = make_disk,
	.exit = free_disk,
	.test_cases = block_io_cases,
};

kunit_test_suite(block_io_suite);
