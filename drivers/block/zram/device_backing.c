// SPDX-License-Identifier: GPL-2.0-only
/*
 * How does a disk come by a backing device, and who may write pages to it?
 */
#include <linux/err.h>
#include <linux/mutex.h>

#include "backing.h"
#include "request.h"
#include "zram.h"

static int may_change(struct zram *zram)
{
	lockdep_assert_held(&zram->init_lock);
	return zram->disksize || zram->removing ? -EBUSY : 0;
}

/**
 * zram_device_set_backing() - choose where pages are written back to
 * @zram: the disk
 * @path: name of a block device, not terminated
 * @len: bytes in @path
 *
 * The one that was chosen before is given back.
 *
 * Context: sleeps; takes init_lock, and the open_mutex of other disks without it.
 * Return: 0, -EBUSY if the disk has a size, or as zram_backing_open().
 */
int zram_device_set_backing(struct zram *zram, const char *path, size_t len)
{
	struct zram_backing *backing;
	int err;

	/* First what is wrong with the disk, then what is wrong with the text. */
	down_read(&zram->init_lock);
	err = may_change(zram);
	up_read(&zram->init_lock);
	if (err)
		return err;

	backing = zram_backing_open(path, len, zram->disk, zram, zram_block_resume);
	if (IS_ERR(backing))
		return PTR_ERR(backing);
	down_write(&zram->init_lock);
	err = may_change(zram);
	if (!err)
		swap(zram->backing, backing);
	up_write(&zram->init_lock);
	/* The one before, or the new one if it came too late. */
	zram_backing_close(backing);
	return err;
}

/**
 * zram_device_set_compressed() - choose what is written back
 * @zram: the disk
 * @compressed: objects as they are, not pages
 *
 * Context: sleeps; takes init_lock.
 * Return: 0, or -EBUSY if the disk has a size.
 */
int zram_device_set_compressed(struct zram *zram, bool compressed)
{
	int err;

	down_write(&zram->init_lock);
	err = may_change(zram);
	if (!err)
		zram->writeback.compressed = compressed;
	up_write(&zram->init_lock);
	return err;
}

static int write_back_locked(struct zram *zram, struct zram_writeback_request *request)
{
	int err;

	err = mutex_lock_killable(&zram->store.pp_lock);
	if (err)
		return err;
	err = zram_writeback_run(&zram->store, &zram->writeback, request);
	mutex_unlock(&zram->store.pp_lock);
	return err;
}

/**
 * zram_device_write_back() - write pages back
 * @zram: the disk
 * @text: which ones, in the words of the writeback attribute
 * @len: bytes in @text
 *
 * How many pages the disk has is part of what the text means, so that it is read
 * with the size held.
 *
 * Context: sleeps; takes init_lock and pp_lock, for all of the time.
 * Return: 0, -EINVAL if the disk has no size, -ENODEV if it has no backing device,
 *	   or as zram_request_writeback() and zram_writeback_run().
 */
int zram_device_write_back(struct zram *zram, const char *text, size_t len)
{
	struct zram_writeback_request request;
	int err;

	down_read(&zram->init_lock);
	if (!zram_device_ready(zram))
		err = -EINVAL;
	else
		err = zram_request_writeback(text, len, zram->store.table.nr_slots, &request);
	if (!err)
		err = zram->backing ? write_back_locked(zram, &request) : -ENODEV;
	up_read(&zram->init_lock);
	return err;
}
