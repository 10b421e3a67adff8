/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A disk with a backing device that a test can look into, and hook into: what
 * happens between the time a request is sent and the time it is answered.
 */
#ifndef _ZRAM_TESTS_WB_FIXTURE_H
#define _ZRAM_TESTS_WB_FIXTURE_H

#include <linux/highmem.h>
#include <linux/minmax.h>

#include "disk_fixture.h"
#include "../backing.h"
#include "../page_io.h"
#include "../wb_read.h"
#include "../writeback.h"

#define NR_BACKING	12

struct wb_fixture {
	/* First: disk_fixture.h finds its own here. */
	struct disk_fixture disk;
	struct zram_backing *backing;
	struct gendisk *device;
	u8 *data;
	/* Called with each request, before it is done. 0, or the error it is to have. */
	int (*hook)(struct kunit *test, bool write, unsigned long block);
	unsigned int hooked;
};

/* The device has no room for a pointer of ours but this one. */
static struct kunit *wb_test;

static void device_submit_bio(struct bio *bio)
{
	struct wb_fixture *wb = wb_test->priv;
	unsigned long block = bio->bi_iter.bi_sector >> (PAGE_SHIFT - SECTOR_SHIFT);
	bool write = op_is_write(bio_op(bio));
	struct bio_list *nested = current->bio_list;
	int err = 0;

	/* The hook is in another task's place: it may send requests and wait for them. */
	current->bio_list = NULL;
	/* What is written was there when it was sent, what is read is there at the end. */
	if (write)
		memcpy_from_page(wb->data + block * PAGE_SIZE, bio_page(bio), 0, PAGE_SIZE);
	wb->hooked++;
	if (wb->hook)
		err = wb->hook(wb_test, write, block);
	if (!write)
		memcpy_to_page(bio_page(bio), 0, wb->data + block * PAGE_SIZE, PAGE_SIZE);
	bio->bi_status = errno_to_blk_status(err);
	current->bio_list = nested;
	bio_endio(bio);
}

static const struct block_device_operations device_ops = {
	.submit_bio = device_submit_bio,
};

static int make_wb(struct kunit *test)
{
	struct wb_fixture *wb = kunit_kzalloc(test, sizeof(*wb), GFP_KERNEL);
	struct disk_fixture *disk;
	struct zram_backing *backing;

	KUNIT_ASSERT_NOT_NULL(test, wb);
	KUNIT_ASSERT_EQ(test, make_disk(test), 0);
	disk = test->priv;
	wb->disk = *disk;
	test->priv = wb;
	wb_test = test;
	wb->data = kunit_kzalloc(test, NR_BACKING * PAGE_SIZE, GFP_KERNEL);
	backing = kunit_kzalloc(test, sizeof(*backing), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, wb->data);
	KUNIT_ASSERT_NOT_NULL(test, backing);
	wb->device = blk_alloc_disk(NUMA_NO_NODE);
	KUNIT_ASSERT_NOT_NULL(test, wb->device);
	wb->device->fops = &device_ops;
	set_capacity(wb->device, NR_BACKING * (PAGE_SIZE >> SECTOR_SHIFT));

	backing->bdev = wb->device->part0;
	backing->path = "kunit";
	KUNIT_ASSERT_EQ(test, zram_blocks_init(&backing->blocks, NR_BACKING), 0);
	KUNIT_ASSERT_EQ(test, mempool_init_page_pool(&backing->pages, 2, 0), 0);
	KUNIT_ASSERT_EQ(test, zram_handover_init(&backing->handover, "kunit", zram_block_resume),
			0);
	wb->backing = backing;
	wb->disk.zram->store.backing = backing;
	wb->disk.zram->backing = backing;
	zram_writeback_init(&wb->disk.zram->writeback);
	return 0;
}

static inline struct zram_store *wb_store(struct kunit *test)
{
	struct wb_fixture *wb = test->priv;

	return &wb->disk.zram->store;
}

static void free_wb(struct kunit *test)
{
	struct wb_fixture *wb = test->priv;

	if (!wb || !wb->backing)
		return;
	zram_handover_destroy(&wb->backing->handover);
	/* The store gives its blocks back: as many as pages say that they have. */
	KUNIT_EXPECT_EQ(test, (u64)atomic_long_read(&wb->backing->blocks.nr_used),
			zram_stats_read(&wb_store(test)->stats, ZRAM_BD_COUNT));
	free_disk(test);
	KUNIT_EXPECT_EQ(test, atomic_long_read(&wb->backing->blocks.nr_used), 0L);
	zram_blocks_destroy(&wb->backing->blocks);
	mempool_exit(&wb->backing->pages);
	put_disk(wb->device);
}

/* Page @index becomes one of a kind that @seed tells from others. */
static inline void put_page_at(struct kunit *test, unsigned long index, unsigned int seed)
{
	struct wb_fixture *wb = test->priv;
	struct page *page = wb->disk.buffers[0];
	struct rnd_state rnd;

	prandom_seed_state(&rnd, seed);
	fill_page(page_address(page), FILL_TEXT, &rnd);
	KUNIT_EXPECT_EQ(test, zram_page_write(wb_store(test), index, page), 0);
}

/* Bytes of page @index that are not as in the page of @seed. */
static inline unsigned int differs_from(struct kunit *test, unsigned long index,
					unsigned int seed)
{
	struct wb_fixture *wb = test->priv;
	u8 *want = page_address(wb->disk.buffers[1]);
	u8 *got = page_address(wb->disk.buffers[2]);
	unsigned int i, wrong = 0;
	struct rnd_state rnd;

	prandom_seed_state(&rnd, seed);
	fill_page(want, FILL_TEXT, &rnd);
	KUNIT_EXPECT_EQ(test, zram_wb_read(wb_store(test), index, wb->disk.buffers[2]), 0);
	for (i = 0; i < PAGE_SIZE; i++)
		wrong += want[i] != got[i];
	return wrong;
}

static inline int write_back(struct kunit *test, const char *text)
{
	struct wb_fixture *wb = test->priv;
	struct zram_writeback_request request;
	int err;

	KUNIT_ASSERT_EQ(test, zram_request_writeback(text, strlen(text), NR_PAGES, &request), 0);
	mutex_lock(&wb_store(test)->pp_lock);
	err = zram_writeback_run(wb_store(test), &wb->disk.zram->writeback, &request);
	mutex_unlock(&wb_store(test)->pp_lock);
	return err;
}

static inline bool on_device(struct kunit *test, unsigned long index)
{
	return atomic_read(&slot_of(test, wb_store(test), index)->state) & ZRAM_WB;
}

#endif /* _ZRAM_TESTS_WB_FIXTURE_H */
