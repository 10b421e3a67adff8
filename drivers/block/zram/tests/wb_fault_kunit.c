// SPDX-License-Identifier: GPL-2.0-only
/*
 * A backing device that fails costs the pages it lost an I/O error, and nothing else;
 * requests that wait for it are answered once.
 */
#include "wb_fixture.h"

enum { OLD = 31 };

static int fail_all(struct kunit *test, bool write, unsigned long block)
{
	return -EIO;
}

static int fail_third(struct kunit *test, bool write, unsigned long block)
{
	struct wb_fixture *wb = test->priv;

	return wb->hooked == 3 ? -EIO : 0;
}

static void put_all(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < NR_PAGES; i++)
		put_page_at(test, i, OLD + i);
}

/* Row 75: which write it is that fails makes no difference to the others. */
static void page_that_cannot_be_written_stays(struct kunit *test)
{
	struct wb_fixture *wb = test->priv;
	struct zram_store *store = wb_store(test);
	struct zram_budget *budget = &wb->disk.zram->writeback.budget;
	unsigned int i;

	put_all(test);
	zram_budget_set(budget, 1000 * ZRAM_UNITS_PER_PAGE);
	zram_budget_enable(budget, true);
	wb->hook = fail_third;
	KUNIT_EXPECT_EQ(test, write_back(test, "page_indexes=0-7"), -EIO);
	for (i = 0; i < 8; i++)
		KUNIT_EXPECT_EQ(test, on_device(test, i), i != 2);
	EXPECT_STAT(test, store, ZRAM_BD_COUNT, 7);
	EXPECT_STAT(test, store, ZRAM_BD_WRITES, 7);
	KUNIT_EXPECT_EQ(test, zram_budget_left(budget), (1000ULL - 7) * ZRAM_UNITS_PER_PAGE);
	KUNIT_EXPECT_EQ(test, atomic_long_read(&wb->backing->blocks.nr_used), 7L);
	wb->hook = NULL;
	for (i = 0; i < NR_PAGES; i++)
		KUNIT_EXPECT_EQ(test, differs_from(test, i, OLD + i), 0U);
	/* Nobody works on it any more: the next time it goes out. */
	KUNIT_EXPECT_EQ(test, write_back(test, "page_index=2"), 0);
	KUNIT_EXPECT_EQ(test, differs_from(test, 2, OLD + 2), 0U);
}

static void page_that_cannot_be_read_is_an_error(struct kunit *test)
{
	struct wb_fixture *wb = test->priv;
	struct zram_store *store = wb_store(test);
	u8 part[8] = { };

	put_all(test);
	KUNIT_EXPECT_EQ(test, write_back(test, "page_indexes=0-3"), 0);
	wb->hook = fail_all;
	KUNIT_EXPECT_EQ(test, zram_wb_read(store, 0, wb->disk.buffers[0]), -EIO);
	KUNIT_EXPECT_EQ(test, zram_wb_read_part(store, 0, 8, part, sizeof(part)), -EIO);
	KUNIT_EXPECT_EQ(test, zram_wb_write_part(store, 0, 8, part, sizeof(part)), -EIO);
	EXPECT_STAT(test, store, ZRAM_BD_READS, 0);
	KUNIT_EXPECT_EQ(test, differs_from(test, 4, OLD + 4), 0U);
	/* Overwriting mends it, and needs no device. */
	put_page_at(test, 0, OLD);
	KUNIT_EXPECT_EQ(test, differs_from(test, 0, OLD), 0U);
	wb->hook = NULL;
	KUNIT_EXPECT_EQ(test, differs_from(test, 1, OLD + 1), 0U);
	KUNIT_EXPECT_EQ(test, atomic_long_read(&wb->backing->blocks.nr_used), 3L);
}

static void stopped_and_spent_and_full(struct kunit *test)
{
	struct wb_fixture *wb = test->priv;
	struct zram_store *store = wb_store(test);
	struct zram_budget *budget = &wb->disk.zram->writeback.budget;

	put_all(test);
	store->pp_stop = true;
	KUNIT_EXPECT_EQ(test, write_back(test, "page_indexes=0-15"), -EBUSY);
	EXPECT_STAT(test, store, ZRAM_BD_WRITES, 0);
	store->pp_stop = false;
	zram_budget_set(budget, 3 * ZRAM_UNITS_PER_PAGE);
	zram_budget_enable(budget, true);
	KUNIT_EXPECT_EQ(test, write_back(test, "page_indexes=0-15"), -EIO);
	EXPECT_STAT(test, store, ZRAM_BD_WRITES, 3);
	KUNIT_EXPECT_EQ(test, zram_budget_left(budget), 0ULL);
	/* Also where nothing is to be written. */
	KUNIT_EXPECT_EQ(test, write_back(test, "page_index=0"), -EIO);
	zram_budget_set(budget, 1000 * ZRAM_UNITS_PER_PAGE);
	KUNIT_EXPECT_EQ(test, write_back(test, "page_indexes=0-15"), -ENOSPC);
	EXPECT_STAT(test, store, ZRAM_BD_WRITES, NR_BACKING - 1);
	KUNIT_EXPECT_EQ(test, zram_budget_left(budget),
			(1000ULL - (NR_BACKING - 1 - 3)) * ZRAM_UNITS_PER_PAGE);
}

static struct bio *make_bio(struct kunit *test, enum req_op op, unsigned long index,
			    unsigned int pages, struct completion *done)
{
	struct wb_fixture *wb = test->priv;
	struct bio *bio = bio_alloc(wb->disk.zram->disk->part0, NR_BUFFERS, op, GFP_KERNEL);
	unsigned int i;

	bio->bi_iter.bi_sector = index << (PAGE_SHIFT - SECTOR_SHIFT);
	bio->bi_private = done;
	bio->bi_end_io = complete_bio;
	for (i = 0; i < pages; i++)
		KUNIT_EXPECT_EQ(test, bio_add_page(bio, wb->disk.buffers[i], PAGE_SIZE, 0),
				(int)PAGE_SIZE);
	return bio;
}

/* Pages 0 to 3, of which some lie on the device. */
static int read_four(struct kunit *test)
{
	DECLARE_COMPLETION_ONSTACK(done);
	struct bio *bio = make_bio(test, REQ_OP_READ, 0, 4, &done);
	int err;

	zram_block_ops.submit_bio(bio);
	KUNIT_EXPECT_NE(test, wait_for_completion_timeout(&done, 10 * HZ), 0UL);
	err = blk_status_to_errno(bio->bi_status);
	bio_put(bio);
	return err;
}

static void request_waits_elsewhere_and_is_answered_once(struct kunit *test)
{
	struct wb_fixture *wb = test->priv;
	struct zram_store *store = wb_store(test);
	u8 *want = kunit_kmalloc(test, PAGE_SIZE, GFP_KERNEL);
	struct rnd_state rnd;
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, want);
	put_all(test);
	KUNIT_EXPECT_EQ(test, write_back(test, "page_index=1 page_index=3"), 0);
	KUNIT_EXPECT_EQ(test, read_four(test), 0);
	for (i = 0; i < 4; i++) {
		prandom_seed_state(&rnd, OLD + i);
		fill_page(want, FILL_TEXT, &rnd);
		KUNIT_EXPECT_EQ(test, memcmp(want, page_address(wb->disk.buffers[i]), PAGE_SIZE),
				0);
	}
	EXPECT_STAT(test, store, ZRAM_BD_READS, 2);
	EXPECT_STAT(test, store, ZRAM_FAILED_READS, 0);

	wb->hook = fail_all;
	KUNIT_EXPECT_EQ(test, read_four(test), -EIO);
	EXPECT_STAT(test, store, ZRAM_FAILED_READS, 1);
	EXPECT_STAT(test, store, ZRAM_FAILED_WRITES, 0);

	/* Without a bio: refused at once, not counted, the device not asked. */
	wb->hooked = 0;
	KUNIT_EXPECT_NE(test, zram_block_ops.rw_page(wb->disk.zram->disk->part0,
						     PAGE_SIZE >> SECTOR_SHIFT,
						     wb->disk.buffers[0], REQ_OP_READ), 0);
	KUNIT_EXPECT_EQ(test, wb->hooked, 0U);
	EXPECT_STAT(test, store, ZRAM_FAILED_READS, 1);
}

static void many_requests_are_all_answered(struct kunit *test)
{
	enum { BIOS = 3 * ZRAM_LANES };
	struct wb_fixture *wb = test->priv;
	DECLARE_COMPLETION_ONSTACK(done);
	struct bio *bios[BIOS];
	unsigned int i;

	put_all(test);
	KUNIT_EXPECT_EQ(test, write_back(test, "page_indexes=0-7"), 0);
	for (i = 0; i < BIOS; i++) {
		bios[i] = make_bio(test, REQ_OP_READ, i % 8, 1, &done);
		zram_block_ops.submit_bio(bios[i]);
	}
	for (i = 0; i < BIOS; i++)
		KUNIT_EXPECT_NE(test, wait_for_completion_timeout(&done, 10 * HZ), 0UL);
	zram_backing_flush(wb->backing);
	for (i = 0; i < BIOS; i++) {
		KUNIT_EXPECT_EQ(test, blk_status_to_errno(bios[i]->bi_status), 0);
		bio_put(bios[i]);
	}
	EXPECT_STAT(test, wb_store(test), ZRAM_BD_READS, BIOS);
}

static struct kunit_case wb_fault_cases[] = {
	KUNIT_CASE(page_that_cannot_be_written_stays),
	KUNIT_CASE(page_that_cannot_be_read_is_an_error),
	KUNIT_CASE(stopped_and_spent_and_full),
	KUNIT_CASE(request_waits_elsewhere_and_is_answered_once),
	KUNIT_CASE(many_requests_are_all_answered),
	{ }
};

static struct kunit_suite wb_fault_suite = {
	.name = "zram_wb_fault",
	.init = make_wb,
	.exit = free_wb,
	.test_cases = wb_fault_cases,
};

kunit_test_suite(wb_fault_suite);
