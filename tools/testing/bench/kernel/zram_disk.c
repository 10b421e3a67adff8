// SPDX-License-Identifier: GPL-2.0-only
/*
 * /dev/zram0 as users of the block layer have it, and a disk that does nothing, to
 * see what the block layer takes for itself.
 */
#include <linux/bio.h>
#include <linux/blkdev.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/pagemap.h>
#include <linux/string.h>

#include "zram_bench.h"

#define MODE	(FMODE_READ | FMODE_WRITE)

/**
 * disk_attribute() - write to an attribute of the disk
 * @name: of the attribute
 * @value: the text
 *
 * Return: 0 or a negative error.
 */
int disk_attribute(const char *name, const char *value)
{
	char path[64];
	struct file *file;
	loff_t pos = 0;
	ssize_t done;

	snprintf(path, sizeof(path), "/sys/block/zram0/%s", name);
	file = filp_open(path, O_WRONLY, 0);
	if (IS_ERR(file))
		return PTR_ERR(file);
	done = kernel_write(file, value, strlen(value), &pos);
	filp_close(file, NULL);
	return done < 0 ? done : 0;
}

int disk_open(struct block_device **bdev)
{
	*bdev = blkdev_get_by_path("/dev/zram0", MODE, NULL);
	return PTR_ERR_OR_ZERO(*bdev);
}

void disk_close(struct block_device *bdev)
{
	blkdev_put(bdev, MODE);
}

/**
 * disk_bio() - move a page, as a filesystem does
 * @bdev: the disk
 * @index: page of the disk
 * @page: the page
 * @write: to the disk
 *
 * Return: 0 or a negative error.
 */
int disk_bio(struct block_device *bdev, u32 index, struct page *page, bool write)
{
	struct bio_vec vec;
	struct bio bio;

	bio_init(&bio, bdev, &vec, 1, write ? REQ_OP_WRITE | REQ_SYNC : REQ_OP_READ);
	bio.bi_iter.bi_sector = (sector_t)index << PAGE_SECTORS_SHIFT;
	__bio_add_page(&bio, page, PAGE_SIZE, 0);
	return submit_bio_wait(&bio);
}

/**
 * disk_rw_page() - move a page, as swap does
 * @bdev: the disk
 * @index: page of the disk
 * @page: the page
 * @write: to the disk
 *
 * Return: 0 or a negative error.
 */
int disk_rw_page(struct block_device *bdev, u32 index, struct page *page, bool write)
{
	sector_t sector = (sector_t)index << PAGE_SECTORS_SHIFT;
	int err;

	lock_page(page);
	if (!write)
		return bdev->bd_disk->fops->rw_page(bdev, sector, page, REQ_OP_READ);
	/*
	 * As reclaim has it: in the swap cache. There is no swap area on this machine, so
	 * that the swap cache, asked for such a page, says it has no mapping.
	 */
	SetPageSwapBacked(page);
	SetPageSwapCache(page);
	set_page_writeback(page);
	err = bdev->bd_disk->fops->rw_page(bdev, sector, page, REQ_OP_WRITE);
	ClearPageSwapCache(page);
	ClearPageSwapBacked(page);
	unlock_page(page);
	return err;
}

static void null_submit_bio(struct bio *bio)
{
	bio_end_io_acct(bio, bio_start_io_acct(bio));
	bio_endio(bio);
}

static const struct block_device_operations null_ops = {
	.owner = THIS_MODULE,
	.submit_bio = null_submit_bio,
};

static int null_major;

/**
 * disk_null_create() - a disk that says yes to everything
 * @bdev: set to it, open
 *
 * Return: 0 or a negative error.
 */
int disk_null_create(struct block_device **bdev)
{
	struct gendisk *disk = blk_alloc_disk(NUMA_NO_NODE);
	int err;

	if (!disk)
		return -ENOMEM;
	null_major = register_blkdev(0, "benchnull");
	disk->major = null_major;
	disk->minors = 1;
	disk->flags |= GENHD_FL_NO_PART;
	disk->fops = &null_ops;
	strscpy(disk->disk_name, "benchnull", sizeof(disk->disk_name));
	set_capacity(disk, 1 << 20);
	err = null_major < 0 ? null_major : add_disk(disk);
	if (err) {
		put_disk(disk);
		return err;
	}
	*bdev = blkdev_get_by_dev(disk_devt(disk), MODE, NULL);
	return PTR_ERR_OR_ZERO(*bdev);
}

void disk_null_destroy(struct block_device *bdev)
{
	struct gendisk *disk = bdev->bd_disk;

	blkdev_put(bdev, MODE);
	del_gendisk(disk);
	put_disk(disk);
	unregister_blkdev(null_major, "benchnull");
}
