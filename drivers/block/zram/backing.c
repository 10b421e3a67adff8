// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which device is written back to, and is it fit for that?
 */
#define pr_fmt(fmt) "zram: " fmt

#include <linux/bio.h>
#include <linux/blkdev.h>
#include <linux/dcache.h>
#include <linux/namei.h>
#include <linux/path.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "backing.h"

#define BACKING_MODE	(FMODE_READ | FMODE_WRITE | FMODE_EXCL)

/* Readers that have a page each even if there is no memory. */
#define MIN_READERS	2

/* The name as the file system has it: what was written may be a link that changes. */
static char *full_name(const char *name)
{
	char *buf = kmalloc(PATH_MAX, GFP_KERNEL);
	char *full = NULL, *at;
	struct path path;

	if (buf && !kern_path(name, LOOKUP_FOLLOW, &path)) {
		at = d_path(&path, buf, PATH_MAX);
		if (!IS_ERR(at))
			full = kstrdup(at, GFP_KERNEL);
		path_put(&path);
	}
	kfree(buf);
	return full ?: kstrdup(name, GFP_KERNEL);
}

static int open_device(struct zram_backing *backing, const char *name, struct gendisk *disk,
		       void *holder)
{
	struct block_device *bdev;
	dev_t dev;
	int err = lookup_bdev(name, &dev);

	if (err)
		return err;
	if (dev == disk_devt(disk))
		return -EINVAL;
	bdev = blkdev_get_by_dev(dev, BACKING_MODE, holder);
	if (IS_ERR(bdev))
		return PTR_ERR(bdev);
	backing->bdev = bdev;
	if (bdev_read_only(bdev))
		return -EACCES;
	return 0;
}

static int prepare(struct zram_backing *backing, const char *name, struct gendisk *disk,
		   void *holder, void (*resume)(struct bio *bio))
{
	u64 nr_blocks;
	int err = open_device(backing, name, disk, holder);

	if (err)
		return err;
	/* One that is handed out, besides the first. What is beyond the end is left alone. */
	nr_blocks = bdev_nr_bytes(backing->bdev) >> PAGE_SHIFT;
	if (nr_blocks < 2)
		return -EINVAL;
	backing->path = full_name(name);
	if (!backing->path)
		return -ENOMEM;
	err = zram_blocks_init(&backing->blocks, min_t(u64, nr_blocks, ZRAM_MAX_BLOCKS));
	if (err)
		return err;
	err = mempool_init_page_pool(&backing->pages, MIN_READERS, 0);
	if (err)
		return err;
	return zram_handover_init(&backing->handover, disk->disk_name, resume);
}

/* What there is of it. */
static void dismantle(struct zram_backing *backing)
{
	mempool_exit(&backing->pages);
	if (backing->blocks.used)
		zram_blocks_destroy(&backing->blocks);
	if (backing->bdev)
		blkdev_put(backing->bdev, BACKING_MODE);
	kfree(backing->path);
	kfree(backing);
}

/**
 * zram_backing_open() - take a device into possession
 * @path: its name, not terminated
 * @len: bytes in @path
 * @disk: whose pages it is to take
 * @holder: in whose name; who has it already in the same name may open it again
 * @resume: what is done with a bio that zram_backing_hand_over() took
 *
 * Context: sleeps; takes open_mutex of that device.
 * Return: the device or an error pointer: -ENOTBLK if it is no block device,
 *	   -EBUSY if somebody else has it, -EACCES if it cannot be written to,
 *	   -EINVAL if it is @disk itself or has less than two pages, -ENOMEM, or what
 *	   looking it up and opening it says.
 */
struct zram_backing *zram_backing_open(const char *path, size_t len, struct gendisk *disk,
				       void *holder, void (*resume)(struct bio *bio))
{
	struct zram_backing *backing = kzalloc(sizeof(*backing), GFP_KERNEL);
	char *name = kstrndup(path, len, GFP_KERNEL);
	int err = -ENOMEM;

	if (backing && name)
		err = prepare(backing, name, disk, holder, resume);
	kfree(name);
	if (!err)
		return backing;
	if (backing)
		dismantle(backing);
	return ERR_PTR(err);
}

/**
 * zram_backing_close() - give a device back
 * @backing: no slot names a block of it, nobody hands it anything; or NULL
 *
 * Context: sleeps; takes open_mutex of that device.
 */
void zram_backing_close(struct zram_backing *backing)
{
	if (!backing)
		return;
	zram_handover_destroy(&backing->handover);
	dismantle(backing);
}

/**
 * zram_backing_sector() - where a block lies
 * @block: the block
 *
 * Return: its first sector of 512 bytes.
 */
sector_t zram_backing_sector(unsigned long block)
{
	return (sector_t)block << (PAGE_SHIFT - SECTOR_SHIFT);
}

/**
 * zram_backing_read() - read a block
 * @backing: the device
 * @block: which; pinned
 * @page: where it goes; undefined after an error
 *
 * Context: sleeps until the device has answered; allocates nothing. Not from
 *	    ->submit_bio, no slot locked.
 * Return: 0, or -EIO or another error of the device.
 */
int zram_backing_read(struct zram_backing *backing, unsigned long block, struct page *page)
{
	struct bio_vec bvec;
	struct bio bio;
	int err;

	bio_init(&bio, backing->bdev, &bvec, 1, REQ_OP_READ);
	bio.bi_iter.bi_sector = zram_backing_sector(block);
	__bio_add_page(&bio, page, PAGE_SIZE, 0);
	err = submit_bio_wait(&bio);
	bio_uninit(&bio);
	if (err)
		pr_err_ratelimited("%s: block %lu: read failed: %d\n", backing->path, block, err);
	return err;
}
