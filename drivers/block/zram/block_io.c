// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which pages does a request of the block layer touch, and who hears of the
 * outcome?
 */
#define pr_fmt(fmt) "zram: " fmt

#include <linux/bio.h>
#include <linux/blkdev.h>
#include <linux/highmem.h>
#include <linux/pagemap.h>
#include <linux/sched.h>
#include <linux/zcomp.h>

#include "backing.h"
#include "page_io.h"
#include "wb_read.h"
#include "zram.h"

/* On the grid of logical blocks, and on the disk. Both in bytes. */
static bool range_valid(struct zram *zram, u64 pos, u64 len)
{
	u64 end = (u64)zram->store.table.nr_slots << PAGE_SHIFT;

	return IS_ALIGNED(pos | len, ZRAM_LOGICAL_BLOCK) && pos <= end && len <= end - pos;
}

/* Without @wait they never wait for a device, and say -EREMOTE for a page that is there. */
static int write_part(struct zram_store *store, unsigned long index, unsigned int offset,
		      const void *src, unsigned int len, bool wait)
{
	if (wait)
		return zram_wb_write_part(store, index, offset, src, len);
	return zram_page_write_part(store, index, offset, src, len);
}

static int read_part(struct zram_store *store, unsigned long index, unsigned int offset,
		     void *dst, unsigned int len, bool wait)
{
	if (wait)
		return zram_wb_read_part(store, index, offset, dst, len);
	return zram_page_read_part(store, index, offset, dst, len);
}

static int read_page(struct zram_store *store, unsigned long index, struct page *page, bool wait)
{
	if (wait)
		return zram_wb_read(store, index, page);
	return zram_page_read(store, index, page);
}

static int transfer_part(struct zram_store *store, unsigned long index, unsigned int slot_offset,
			 struct page *page, unsigned int offset, unsigned int len, bool write,
			 bool wait)
{
	void *mem = kmap_local_page(page);
	int err;

	if (write)
		err = write_part(store, index, slot_offset, mem + offset, len, wait);
	else
		err = read_part(store, index, slot_offset, mem + offset, len, wait);
	kunmap_local(mem);
	if (!write)
		flush_dcache_page(page);
	return err;
}

/*
 * @len bytes between @offset in @page and @pos on the disk. A segment may lie
 * across two pages of the disk, or in less than one: buffers need not be aligned
 * to pages even where the logical block is one.
 */
static int transfer(struct zram *zram, u64 pos, struct page *page, unsigned int offset,
		    unsigned int len, bool write, bool stable, bool wait)
{
	struct zram_store *store = &zram->store;
	unsigned long index = pos >> PAGE_SHIFT;
	int err = 0;

	while (len && !err) {
		unsigned int slot_offset = offset_in_page(pos);
		unsigned int part = min_t(unsigned int, len, PAGE_SIZE - slot_offset);
		u64 start = zram_latency_start(&store->stats.latency);

		index = pos >> PAGE_SHIFT;
		if (part < PAGE_SIZE)
			err = transfer_part(store, index, slot_offset, page, offset, part, write,
					    wait);
		else if (write && stable)
			err = zram_page_write_stable(store, index, page);
		else if (write)
			err = zram_page_write(store, index, page);
		else
			err = read_page(store, index, page, wait);
		/* What has to wait for a device is done, and counted, again. */
		if (err != -EREMOTE)
			zram_latency_end(&store->stats.latency, write, start);
		pos += part;
		offset += part;
		len -= part;
	}
	if (err && err != -EREMOTE)
		pr_err_ratelimited("%s: page %lu: %s failed: %s%d\n", zram->disk->disk_name, index,
				   write ? "write" : "read",
				   err == -EBADMSG ? "stored object is damaged: " : "", err);
	return err;
}

static int bio_transfer(struct zram *zram, struct bio *bio, u64 pos, bool wait)
{
	bool write = op_is_write(bio_op(bio));
	struct bvec_iter iter;
	struct bio_vec bv;
	int err;

	bio_for_each_segment(bv, bio, iter) {
		err = transfer(zram, pos, bv.bv_page, bv.bv_offset, bv.bv_len, write, false,
			       wait);
		if (err)
			return err;
		pos += bv.bv_len;
		cond_resched();
	}
	return 0;
}

/* Free the pages that lie in the range as a whole; zero the rest if asked to. */
static int range_free(struct zram *zram, u64 pos, u64 len, bool zero, bool wait)
{
	struct zram_store *store = &zram->store;
	unsigned long index = pos >> PAGE_SHIFT;
	unsigned int head = offset_in_page(pos);
	unsigned int part;
	int err;

	if (head) {
		part = min_t(u64, len, PAGE_SIZE - head);
		if (zero) {
			err = write_part(store, index, head, NULL, part, wait);
			if (err)
				return err;
		}
		len -= part;
		index++;
	}
	zram_page_free_range(store, index, index + (len >> PAGE_SHIFT));

	part = offset_in_page(len);
	if (!part || !zero)
		return 0;
	return write_part(store, index + (len >> PAGE_SHIFT), 0, NULL, part, wait);
}

/* -EREMOTE only without @wait: a page lies on the backing device. */
static int perform(struct zram *zram, struct bio *bio, bool wait)
{
	u64 pos = (u64)bio->bi_iter.bi_sector << SECTOR_SHIFT;
	u64 len = bio->bi_iter.bi_size;

	switch (bio_op(bio)) {
	case REQ_OP_READ:
	case REQ_OP_WRITE:
		return bio_transfer(zram, bio, pos, wait);
	case REQ_OP_DISCARD:
	case REQ_OP_WRITE_ZEROES:
		return range_free(zram, pos, len, bio_op(bio) == REQ_OP_WRITE_ZEROES, wait);
	default:
		/* The block layer knows from the limits that nothing else is here. */
		WARN_ON_ONCE(1);
		return -EOPNOTSUPP;
	}
}

/* Once for each bio, by whoever did what it asks for, having begun at @start. */
static void finish(struct zram *zram, struct bio *bio, unsigned long start, int err)
{
	bio_start_io_acct_time(bio, start);
	bio_end_io_acct(bio, start);

	if (err) {
		zram_stats_inc(&zram->store.stats, op_is_write(bio_op(bio)) ? ZRAM_FAILED_WRITES :
									     ZRAM_FAILED_READS);
		bio_io_error(bio);
		return;
	}
	bio_endio(bio);
}

static void zram_submit_bio(struct bio *bio)
{
	struct zram *zram = bio->bi_bdev->bd_disk->private_data;
	u64 pos = (u64)bio->bi_iter.bi_sector << SECTOR_SHIFT;
	unsigned long start = jiffies;
	int err;

	if (!range_valid(zram, pos, bio->bi_iter.bi_size)) {
		zram_stats_inc(&zram->store.stats, ZRAM_INVALID_IO);
		bio_io_error(bio);
		return;
	}
	err = perform(zram, bio, false);
	if (unlikely(err == -EREMOTE))
		zram_backing_hand_over(zram->store.backing, bio);
	else
		finish(zram, bio, start, err);
}

/**
 * zram_block_resume() - do what a bio asks for, and wait for the device for it
 * @bio: from zram_backing_hand_over()
 *
 * All of it is done again: what was done already is the same as it was, and the
 * requester, who has not heard of it, cannot tell.
 *
 * Context: sleeps. Not in ->submit_bio.
 */
void zram_block_resume(struct bio *bio)
{
	struct zram *zram = bio->bi_bdev->bd_disk->private_data;
	unsigned long start = jiffies;

	finish(zram, bio, start, perform(zram, bio, true));
}

/*
 * A whole page without a bio. An error leaves the state of @page alone: locked, not
 * up to date, its bytes undefined after a read. The caller comes again with a bio,
 * which is where a failure is counted.
 */
static int zram_rw_page(struct block_device *bdev, sector_t sector, struct page *page,
			enum req_op op)
{
	struct zram *zram = bdev->bd_disk->private_data;
	u64 pos = (u64)sector << SECTOR_SHIFT;
	bool write = op_is_write(op);
	unsigned long start = jiffies;
	int err;

	if (PageTransHuge(page))
		return -ENOTSUPP;
	if (!range_valid(zram, pos, PAGE_SIZE))
		return -EINVAL;
	err = transfer(zram, pos, page, 0, PAGE_SIZE, write, zcomp_page_is_stable(page), false);
	if (err)
		return err;

	bdev_start_io_acct(bdev, PAGE_SECTORS, op, start);
	bdev_end_io_acct(bdev, op, start);
	page_endio(page, write, 0);
	return 0;
}

/* The swap code holds a spinlock. */
static void zram_slot_free_notify(struct block_device *bdev, unsigned long index)
{
	struct zram *zram = bdev->bd_disk->private_data;

	zram_page_free_atomic(&zram->store, index);
}

static int zram_open(struct block_device *bdev, fmode_t mode)
{
	struct zram *zram = bdev->bd_disk->private_data;

	lockdep_assert_held(&bdev->bd_disk->open_mutex);
	return zram->claimed ? -EBUSY : 0;
}

const struct block_device_operations zram_block_ops = {
	.owner = THIS_MODULE,
	.open = zram_open,
	.submit_bio = zram_submit_bio,
	.rw_page = zram_rw_page,
	.swap_slot_free_notify = zram_slot_free_notify,
};
