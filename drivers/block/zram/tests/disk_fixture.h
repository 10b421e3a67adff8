/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A disk that is never registered: requests are handed to the driver directly.
 */
#ifndef _ZRAM_TESTS_DISK_FIXTURE_H
#define _ZRAM_TESTS_DISK_FIXTURE_H

#include <linux/bio.h>
#include <linux/blkdev.h>
#include <linux/completion.h>

#include "fixture.h"
#include "../zram.h"

#define NR_PAGES	16
#define NR_BUFFERS	4
#define DISK_BYTES	(NR_PAGES * PAGE_SIZE)
#define SEED		4096512

struct disk_fixture {
	struct zram *zram;
	struct rnd_state rnd;
	u8 *model;
	struct page *buffers[NR_BUFFERS];
};

static inline int make_disk(struct kunit *test)
{
	struct zram_setup setup;
	struct disk_fixture *fixture = kunit_kzalloc(test, sizeof(*fixture), GFP_KERNEL);
	struct zram *zram;
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, fixture);
	test->priv = fixture;
	prandom_seed_state(&fixture->rnd, SEED);
	fixture->model = kunit_kzalloc(test, DISK_BYTES, GFP_KERNEL);
	zram = kunit_kzalloc(test, sizeof(*zram), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, fixture->model);
	KUNIT_ASSERT_NOT_NULL(test, zram);

	make_stats(test, &zram->store.stats);
	zram_setup_init(&setup);
	setup.algorithm[0] = "lzo-rle";
	KUNIT_ASSERT_EQ(test, 0, zram_store_init(&zram->store, NR_PAGES, "kunit", &setup));
	fixture->zram = zram;
	zram->disk = blk_alloc_disk(NUMA_NO_NODE);
	KUNIT_ASSERT_NOT_NULL(test, zram->disk);
	zram->disk->private_data = zram;
	zram->disk->fops = &zram_block_ops;
	strscpy(zram->disk->disk_name, "zram-kunit", sizeof(zram->disk->disk_name));

	for (i = 0; i < NR_BUFFERS; i++) {
		fixture->buffers[i] = alloc_page(GFP_KERNEL);
		KUNIT_ASSERT_NOT_NULL(test, fixture->buffers[i]);
	}
	return 0;
}

static inline void free_disk(struct kunit *test)
{
	struct disk_fixture *fixture = test->priv;
	unsigned int i;

	if (!fixture)
		return;
	for (i = 0; i < NR_BUFFERS; i++)
		if (fixture->buffers[i])
			__free_page(fixture->buffers[i]);
	if (!fixture->zram)
		return;
	if (fixture->zram->disk)
		put_disk(fixture->zram->disk);
	zram_store_destroy(&fixture->zram->store);
}

static inline void complete_bio(struct bio *bio)
{
	complete(bio->bi_private);
}

/* @len bytes at @pos; the buffers are used from byte @shift of the first on. */
static inline int request(struct kunit *test, enum req_op op, u64 pos, unsigned int len,
			  unsigned int shift)
{
	struct disk_fixture *fixture = test->priv;
	DECLARE_COMPLETION_ONSTACK(done);
	bool data = op == REQ_OP_READ || op == REQ_OP_WRITE;
	struct bio *bio;
	unsigned int i;
	int err;

	bio = bio_alloc(fixture->zram->disk->part0, data ? NR_BUFFERS : 0, op, GFP_KERNEL);
	bio->bi_iter.bi_sector = pos >> SECTOR_SHIFT;
	bio->bi_private = &done;
	bio->bi_end_io = complete_bio;
	if (!data)
		bio->bi_iter.bi_size = len;
	for (i = 0; data && len; i++) {
		unsigned int part = min_t(unsigned int, len, PAGE_SIZE - shift);

		KUNIT_ASSERT_EQ(test, bio_add_page(bio, fixture->buffers[i], part, shift),
				(int)part);
		len -= part;
		shift = 0;
	}

	zram_block_ops.submit_bio(bio);
	KUNIT_EXPECT_TRUE(test, try_wait_for_completion(&done));
	err = blk_status_to_errno(bio->bi_status);
	bio_put(bio);
	return err;
}

/* Bytes of the buffers, in the order of the request. */
static inline u8 *buffer_byte(struct disk_fixture *fixture, unsigned int i)
{
	return page_address(fixture->buffers[i / PAGE_SIZE]) + i % PAGE_SIZE;
}

static inline void write_at(struct kunit *test, u64 pos, unsigned int len, unsigned int shift)
{
	struct disk_fixture *fixture = test->priv;
	unsigned int i;

	for (i = 0; i < NR_BUFFERS; i++)
		fill_page(page_address(fixture->buffers[i]), FILL_TEXT, &fixture->rnd);
	KUNIT_EXPECT_EQ(test, request(test, REQ_OP_WRITE, pos, len, shift), 0);
	for (i = 0; i < len; i++)
		fixture->model[pos + i] = *buffer_byte(fixture, shift + i);
}

static inline void expect_at(struct kunit *test, u64 pos, unsigned int len, unsigned int shift)
{
	struct disk_fixture *fixture = test->priv;
	unsigned int i, wrong = 0;

	for (i = 0; i < NR_BUFFERS; i++)
		memset(page_address(fixture->buffers[i]), 0xee, PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, request(test, REQ_OP_READ, pos, len, shift), 0);
	for (i = 0; i < len; i++)
		wrong += fixture->model[pos + i] != *buffer_byte(fixture, shift + i);
	KUNIT_EXPECT_EQ(test, wrong, 0U);
	if (shift)
		KUNIT_EXPECT_EQ(test, *buffer_byte(fixture, shift - 1), 0xee);
	if (shift + len < NR_BUFFERS * PAGE_SIZE)
		KUNIT_EXPECT_EQ(test, *buffer_byte(fixture, shift + len), 0xee);
}

static inline void expect_disk(struct kunit *test)
{
	u64 pos;

	for (pos = 0; pos < DISK_BYTES; pos += PAGE_SIZE)
		expect_at(test, pos, PAGE_SIZE, 0);
}

#endif /* _ZRAM_TESTS_DISK_FIXTURE_H */
