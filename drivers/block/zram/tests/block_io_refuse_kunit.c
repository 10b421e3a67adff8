// SPDX-License-Identifier: GPL-2.0-only
/*
 * Requests that must fail: what they get, what they leave alone, what is counted.
 */
#include <linux/mutex.h>
#include <linux/pagemap.h>

#include "disk_fixture.h"

static void off_the_grid_is_refused(struct kunit *test)
{
	struct disk_fixture *fixture = test->priv;
	struct zram_store *store = &fixture->zram->store;

	KUNIT_EXPECT_EQ(test, request(test, REQ_OP_READ, 512, 4096, 0), -EIO);
	KUNIT_EXPECT_EQ(test, request(test, REQ_OP_READ, 0, 512, 0), -EIO);
	KUNIT_EXPECT_EQ(test, request(test, REQ_OP_WRITE, 4096 - 512, 4096, 0), -EIO);
	KUNIT_EXPECT_EQ(test, request(test, REQ_OP_WRITE, 0, 4096 + 512, 0), -EIO);
	KUNIT_EXPECT_EQ(test, request(test, REQ_OP_DISCARD, 512, 4096, 0), -EIO);
	KUNIT_EXPECT_EQ(test, request(test, REQ_OP_WRITE_ZEROES, 0, 512, 0), -EIO);
	EXPECT_STAT(test, store, ZRAM_INVALID_IO, 6);
	EXPECT_STAT(test, store, ZRAM_FAILED_READS, 0);
	EXPECT_STAT(test, store, ZRAM_FAILED_WRITES, 0);
	EXPECT_STAT(test, store, ZRAM_PAGES_STORED, 0);
}

static void off_the_disk_is_refused(struct kunit *test)
{
	struct disk_fixture *fixture = test->priv;
	struct zram_store *store = &fixture->zram->store;
	u64 last = DISK_BYTES - ZRAM_LOGICAL_BLOCK;

	write_at(test, last, ZRAM_LOGICAL_BLOCK, 0);
	expect_at(test, last, ZRAM_LOGICAL_BLOCK, 0);
	EXPECT_STAT(test, store, ZRAM_INVALID_IO, 0);

	KUNIT_EXPECT_EQ(test, -EIO,
			request(test, REQ_OP_WRITE, last, 2 * ZRAM_LOGICAL_BLOCK, 0));
	KUNIT_EXPECT_EQ(test, -EIO,
			request(test, REQ_OP_READ, DISK_BYTES, ZRAM_LOGICAL_BLOCK, 0));
	KUNIT_EXPECT_EQ(test, -EIO,
			request(test, REQ_OP_READ, 1ULL << 62, ZRAM_LOGICAL_BLOCK, 0));
	/* The end wraps round to the beginning. */
	KUNIT_EXPECT_EQ(test, -EIO,
			request(test, REQ_OP_READ, (u64)-ZRAM_LOGICAL_BLOCK,
				2 * ZRAM_LOGICAL_BLOCK, 0));
	KUNIT_EXPECT_EQ(test, -EIO,
			request(test, REQ_OP_DISCARD, ZRAM_LOGICAL_BLOCK, DISK_BYTES, 0));
	EXPECT_STAT(test, store, ZRAM_INVALID_IO, 5);
	expect_disk(test);
}

static void failure_is_counted_once_and_for_its_bio(struct kunit *test)
{
	struct disk_fixture *fixture = test->priv;
	struct zram_store *store = &fixture->zram->store;
	struct page *page = fixture->buffers[0];
	struct zram_slot *slot;
	unsigned int size;

	write_at(test, 0, PAGE_SIZE, 0);
	slot = slot_of(test, store, 0);
	size = atomic_read(&slot->state) & ZRAM_SIZE_MASK;
	memset(page_address(page), 0xff, PAGE_SIZE);
	KUNIT_ASSERT_EQ(test, 0, zs_obj_write(store->pool, slot->value, page_address(page), size));
	KUNIT_EXPECT_EQ(test, request(test, REQ_OP_READ, 0, 2 * PAGE_SIZE, 0), -EIO);
	EXPECT_STAT(test, store, ZRAM_FAILED_READS, 1);

	/* Without a bio it is not counted, and the page is as it was. */
	lock_page(page);
	KUNIT_EXPECT_LT(test, zram_block_ops.rw_page(fixture->zram->disk->part0, 0, page,
						     REQ_OP_READ), 0);
	KUNIT_EXPECT_TRUE(test, PageLocked(page));
	KUNIT_EXPECT_FALSE(test, PageUptodate(page));
	unlock_page(page);
	EXPECT_STAT(test, store, ZRAM_FAILED_READS, 1);

	store->limit_pages = 1;
	fill_page(page_address(page), FILL_RANDOM, &fixture->rnd);
	KUNIT_EXPECT_EQ(test, request(test, REQ_OP_WRITE, 8 * PAGE_SIZE, PAGE_SIZE, 0),
			-EIO);
	EXPECT_STAT(test, store, ZRAM_FAILED_WRITES, 1);
}

static void page_without_a_bio_is_finished_on_return(struct kunit *test)
{
	struct disk_fixture *fixture = test->priv;
	struct block_device *bdev = fixture->zram->disk->part0;
	struct page *page = fixture->buffers[0];
	sector_t last = (DISK_BYTES - PAGE_SIZE) >> SECTOR_SHIFT;

	write_at(test, DISK_BYTES - PAGE_SIZE, PAGE_SIZE, 0);
	memset(page_address(page), 0xee, PAGE_SIZE);
	lock_page(page);
	KUNIT_EXPECT_EQ(test, zram_block_ops.rw_page(bdev, last, page, REQ_OP_READ), 0);
	KUNIT_EXPECT_FALSE(test, PageLocked(page));
	KUNIT_EXPECT_TRUE(test, PageUptodate(page));
	KUNIT_EXPECT_EQ(test, 0, memcmp(page_address(page),
					fixture->model + DISK_BYTES - PAGE_SIZE, PAGE_SIZE));
	ClearPageUptodate(page);

	lock_page(page);
	KUNIT_EXPECT_LT(test, zram_block_ops.rw_page(bdev, last + PAGE_SECTORS, page,
						     REQ_OP_READ), 0);
	KUNIT_EXPECT_LT(test, zram_block_ops.rw_page(bdev, last - 1, page, REQ_OP_READ), 0);
	KUNIT_EXPECT_TRUE(test, PageLocked(page));
	unlock_page(page);
	/* The bio that follows is the one to be counted. */
	EXPECT_STAT(test, &fixture->zram->store, ZRAM_INVALID_IO, 0);
}

static void claimed_disk_cannot_be_opened(struct kunit *test)
{
	struct disk_fixture *fixture = test->priv;
	struct zram *zram = fixture->zram;
	struct gendisk *disk = zram->disk;

	KUNIT_EXPECT_EQ(test, zram_device_claim(zram), 0);
	KUNIT_EXPECT_EQ(test, zram_device_claim(zram), -EBUSY);
	mutex_lock(&disk->open_mutex);
	KUNIT_EXPECT_EQ(test, zram_block_ops.open(disk->part0, FMODE_READ), -EBUSY);
	zram->claimed = false;
	KUNIT_EXPECT_EQ(test, zram_block_ops.open(disk->part0, FMODE_READ), 0);
	mutex_unlock(&disk->open_mutex);
}

static struct kunit_case block_io_refuse_cases[] = {
	KUNIT_CASE(off_the_grid_is_refused),
	KUNIT_CASE(off_the_disk_is_refused),
	KUNIT_CASE(failure_is_counted_once_and_for_its_bio),
	KUNIT_CASE(page_without_a_bio_is_finished_on_return),
	KUNIT_CASE(claimed_disk_cannot_be_opened),
	{ }
};

static struct kunit_suite block_io_refuse_suite = {
	.name = "zram_block_io_refuse",
	.init = make_disk,
	.exit = free_disk,
	.test_cases = block_io_refuse_cases,
};

kunit_test_suite(block_io_refuse_suite);
