// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which steps make a disk, give it a size, take the size away, and remove it?
 */
#define pr_fmt(fmt) "zram: " fmt

#include <linux/blkdev.h>
#include <linux/blk-mq.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "backing.h"
#include "debugfs.h"
#include "zram.h"

static void set_limits(struct request_queue *queue)
{
	blk_queue_flag_set(QUEUE_FLAG_NONROT, queue);
	blk_queue_flag_clear(QUEUE_FLAG_ADD_RANDOM, queue);
	/* A page that changes while it is compressed is stored as a mixture. */
	blk_queue_flag_set(QUEUE_FLAG_STABLE_WRITES, queue);

	blk_queue_logical_block_size(queue, ZRAM_LOGICAL_BLOCK);
	blk_queue_physical_block_size(queue, PAGE_SIZE);
	blk_queue_io_min(queue, PAGE_SIZE);
	blk_queue_io_opt(queue, PAGE_SIZE);

	queue->limits.discard_granularity = PAGE_SIZE;
	blk_queue_max_discard_sectors(queue, UINT_MAX);
	/*
	 * The block layer cuts write-zeroes by this limit alone, and the size of a bio
	 * is 32 bits of bytes: more sectors than fit there would wrap.
	 */
	blk_queue_max_write_zeroes_sectors(queue,
					   round_down(UINT_MAX, PAGE_SIZE) >> SECTOR_SHIFT);
}

/**
 * zram_device_create() - make a disk without a size and show it to the world
 * @major: major number of all disks
 * @id: N of zramN, its minor number
 *
 * Context: sleeps.
 * Return: the disk, or an error pointer.
 */
struct zram *zram_device_create(int major, int id)
{
	struct gendisk *disk;
	struct zram *zram;
	int err;

	zram = kzalloc(sizeof(*zram), GFP_KERNEL);
	if (!zram)
		return ERR_PTR(-ENOMEM);
	err = zram_stats_init(&zram->store.stats);
	if (err)
		goto free_zram;
	err = -ENOMEM;
	disk = blk_alloc_disk(NUMA_NO_NODE);
	if (!disk)
		goto destroy_stats;

	/* Complete before it is visible: attributes are read at once. */
	init_rwsem(&zram->init_lock);
	zram->id = id;
	zram->disk = disk;
	zram_setup_init(&zram->setup);
	zram_writeback_init(&zram->writeback);

	disk->major = major;
	disk->first_minor = id;
	disk->minors = 1;
	disk->flags |= GENHD_FL_NO_PART;
	disk->fops = &zram_block_ops;
	disk->private_data = zram;
	snprintf(disk->disk_name, sizeof(disk->disk_name), "zram%d", id);
	set_limits(disk->queue);

	err = device_add_disk(NULL, disk, zram_disk_groups);
	if (err)
		goto put_disk;
	zram_debugfs_add(zram);
	pr_info("%s: added\n", disk->disk_name);
	return zram;

put_disk:
	put_disk(disk);
destroy_stats:
	zram_stats_destroy(&zram->store.stats);
free_zram:
	kfree(zram);
	return ERR_PTR(err);
}

/**
 * zram_device_claim() - keep everybody else from opening the disk
 * @zram: the disk
 *
 * Context: sleeps; takes open_mutex.
 * Return: 0, or -EBUSY if it is open, or claimed already.
 */
int zram_device_claim(struct zram *zram)
{
	struct gendisk *disk = zram->disk;
	int err = -EBUSY;

	mutex_lock(&disk->open_mutex);
	if (!disk_openers(disk) && !zram->claimed) {
		zram->claimed = true;
		err = 0;
	}
	mutex_unlock(&disk->open_mutex);
	return err;
}

static void unclaim(struct zram *zram)
{
	mutex_lock(&zram->disk->open_mutex);
	zram->claimed = false;
	mutex_unlock(&zram->disk->open_mutex);
}

/**
 * zram_device_init() - give a disk its size, and with it the means to hold data
 * @zram: the disk
 * @disksize: bytes, a multiple of PAGE_SIZE, at most what a loff_t and an
 *	      unsigned long of pages hold
 *
 * Context: sleeps; takes init_lock.
 * Return: 0, -EBUSY if it has a size or is being removed, or as
 *	   zram_store_init().
 */
int zram_device_init(struct zram *zram, u64 disksize)
{
	int err = -EBUSY;

	down_write(&zram->init_lock);
	if (zram->disksize || zram->removing)
		goto out;
	zram->store.backing = zram->backing;
	err = zram_store_init(&zram->store, disksize >> PAGE_SHIFT, zram->disk->disk_name,
			      &zram->setup);
	if (err)
		goto out;
	zram->disksize = disksize;
	set_capacity_and_notify(zram->disk, disksize >> SECTOR_SHIFT);
out:
	up_write(&zram->init_lock);
	return err;
}

/* Context: init_lock held for writing; no I/O is under way and none can start. */
static void free_data(struct zram *zram)
{
	lockdep_assert_held_write(&zram->init_lock);
	WRITE_ONCE(zram->store.limit_pages, 0);
	zram_writeback_reset(&zram->writeback);
	if (!zram->disksize)
		return;
	/* Freezing the queue did not wait for those. */
	zram_backing_flush(zram->backing);
	zram_store_destroy(&zram->store);
	zram->disksize = 0;
}

/* Context: init_lock held for writing; the disk has no size. */
static struct zram_backing *detach_backing(struct zram *zram)
{
	struct zram_backing *backing = zram->backing;

	lockdep_assert_held_write(&zram->init_lock);
	zram->store.backing = NULL;
	zram->backing = NULL;
	return backing;
}

/**
 * zram_device_reset() - free everything and take the size away
 * @zram: the disk; need not have a size
 *
 * What was chosen stays, but for the memory limit, the backing device and the
 * writeback budget. Whoever is writing back, or compressing again, is told to stop.
 *
 * Context: sleeps; takes open_mutex and, after that, init_lock.
 * Return: 0, or -EBUSY if the disk is open or being reset or removed.
 */
int zram_device_reset(struct zram *zram)
{
	struct request_queue *queue = zram->disk->queue;
	struct zram_backing *backing;
	int err = zram_device_claim(zram);

	if (err)
		return err;

	WRITE_ONCE(zram->store.pp_stop, true);
	down_write(&zram->init_lock);
	WRITE_ONCE(zram->store.pp_stop, false);
	/*
	 * The last close has written the page cache back and dropped it. What can
	 * still be under way was submitted by others without opening the disk.
	 */
	set_capacity_and_notify(zram->disk, 0);
	blk_mq_freeze_queue(queue);
	free_data(zram);
	backing = detach_backing(zram);
	blk_mq_unfreeze_queue(queue);
	up_write(&zram->init_lock);
	/* Takes the open_mutex of that device, which must not stand inside init_lock. */
	zram_backing_close(backing);

	unclaim(zram);
	return 0;
}

/**
 * zram_device_set_algorithm() - choose what compresses
 * @zram: the disk
 * @priority: which of the disk's algorithms, below ZRAM_MAX_COMPS
 * @name: name of the algorithm
 *
 * Context: sleeps; takes init_lock.
 * Return: 0, -EINVAL if there is no such algorithm, -EBUSY if the disk has a size.
 */
int zram_device_set_algorithm(struct zram *zram, unsigned int priority, const char *name)
{
	const char *found = zcomp_find(name);
	int err = -EBUSY;

	if (!found)
		return -EINVAL;
	down_write(&zram->init_lock);
	if (!zram->disksize) {
		zram_setup_algorithm(&zram->setup, priority, found);
		err = 0;
	}
	up_write(&zram->init_lock);
	return err;
}

/**
 * zram_device_retire() - take a disk away from the world
 * @zram: a disk that is claimed, or that nobody can open because the module goes
 *
 * Context: sleeps; takes init_lock; waits for readers and writers of attributes,
 *	    so none of their locks may be held.
 */
void zram_device_retire(struct zram *zram)
{
	struct zram_backing *backing;

	/* 1. No size from here on: there would be nobody to take it away again. */
	WRITE_ONCE(zram->store.pp_stop, true);
	down_write(&zram->init_lock);
	zram->removing = true;
	up_write(&zram->init_lock);

	/* 2. No name, no attribute, no I/O; whoever is in one of them gets out. */
	zram_debugfs_remove(zram);
	del_gendisk(zram->disk);

	/* 3. The data. */
	down_write(&zram->init_lock);
	free_data(zram);
	backing = detach_backing(zram);
	up_write(&zram->init_lock);
	zram_backing_close(backing);
	pr_info("%s: removed\n", zram->disk->disk_name);
}

/**
 * zram_device_free() - free what is left of a disk
 * @zram: a disk that is retired and that nobody can find any more
 *
 * Context: sleeps.
 */
void zram_device_free(struct zram *zram)
{
	put_disk(zram->disk);
	zram_setup_release(&zram->setup);
	zram_stats_destroy(&zram->store.stats);
	kfree(zram);
}
