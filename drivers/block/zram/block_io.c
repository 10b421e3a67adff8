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

#include "page_io.h"
#include "zram.h"

/* On the grid of logical blocks, and on the disk. Both in bytes. */
static bool range_valid(struct zram *zram, u64 pos, u64 len)
{
	u64 end = (u64)zram->store.table.nr_slots << PAGE_SHIFT;

	return IS_ALIGNED(pos | len, ZRAM_LOGICAL_BLOCK) && pos <= end && len <= end - pos;
}

static int transfer_part(struct zram_store *store, unsigned long index, unsigned int slot_offset,
			 struct page *page, unsigned int offset, unsigned int len, bool write)
{
	void *mem = kmap_local_page(page);
	int err;

	if (write)
		err = zram_page_write_part(store, index, slot_offset, mem + offset, len);
	else
		err = zram_page_read_part(store, index, slot_offset, mem + offset, len);
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
		    unsigned int len, bool write)
{
	struct zram_store *store = &zram->store;
	unsigned long index = pos >> PAGE_SHIFT;
	int err = 0;

	while (len && !err) {
		unsigned int slot_offset = offset_in_page(pos);
		unsigned int part = min_t(unsigned int, len, PAGE_SIZE - slot_offset);

		index = pos >> PAGE_SHIFT;
		if (part < PAGE_SIZE)
			err = transfer_part(store, index, slot_offset, page, offset, part, write);
		else if (write)
			err = zram_page_write(store, index, page);
		else
			err = zram_page_read(store, index, page);
		pos += part;
		offset += part;
		len -= part;
	}
	if (err)
		pr_err_ratelimited("%s: page %lu: %s failed: %d\n", zram->disk->disk_name, index,
				   write ? "write" : "read", err);
	return err;
}

static int bio_transfer(struct zram *zram, struct bio *bio, u64 pos)
{
	bool write = op_is_write(bio_op(bio));
	struct bvec_iter iter;
	struct bio_vec bv;
	int err;

	bio_for_each_segment(bv, bio, iter) {
		err = transfer(zram, pos, bv.bv_page, bv.bv_offset, bv.bv_len, write);
		if (err)
			return err;
		pos += bv.bv_len;
		cond_resched();
	}
	return 0;
}

/* Free the pages that lie in the range as a whole; zero the rest if asked to. */
static int range_free(struct zram *zram, u64 pos, u64 len, bool zero)
{
	struct zram_store *store = &zram->store;
	unsigned long index = pos >> PAGE_SHIFT;
	unsigned int head = offset_in_page(pos);
	unsigned int part;
	int err;

	if (head) {
		part = min_t(u64, len, PAGE_SIZE - head);
		if (zero) {
			err = zram_page_write_part(store, index, head, NULL, part);
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
	return zram_page_write_part(store, index + (len >> PAGE_SHIFT), 0, NULL, part);
}

static void zram_submit_bio(struct bio *bio)
{
	struct zram *zram = bio->bi_bdev->bd_disk->private_data;
	struct zram_stats *stats = &zram->store.stats;
	u64 pos = (u64)bio->bi_iter.bi_sector << SECTOR_SHIFT;
	u64 len = bio->bi_iter.bi_size;
	unsigned long start;
	int err;

	if (!range_valid(zram, pos, len)) {
		zram_stats_inc(stats, ZRAM_INVALID_IO);
		bio_io_error(bio);
		return;
	}

	start = bio_start_io_acct(bio);
	switch (bio_op(bio)) {
	case REQ_OP_READ:
	case REQ_OP_WRITE:
		err = bio_transfer(zram, bio, pos);
		break;
	case REQ_OP_DISCARD:
	case REQ_OP_WRITE_ZEROES:
		err = range_free(zram, pos, len, bio_op(bio) == REQ_OP_WRITE_ZEROES);
		break;
	default:
		/* The block layer knows from the limits that nothing else is here. */
		WARN_ON_ONCE(1);
		err = -EOPNOTSUPP;
	}
	bio_end_io_acct(bio, start);

	if (err) {
		zram_stats_inc(stats, op_is_write(bio_op(bio)) ? ZRAM_FAILED_WRITES :
								 ZRAM_FAILED_READS);
		bio_io_error(bio);
		return;
	}
	bio_endio(bio);
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
	err = transfer(zram, pos, page, 0, PAGE_SIZE, write);
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
