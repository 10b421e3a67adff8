// SPDX-License-Identifier: GPL-2.0-only
/*
 * How many pages are on their way to the backing device, and which have arrived?
 */
#include <linux/blkdev.h>
#include <linux/gfp.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

#include "backing.h"
#include "wb_batch.h"

/* More would be nice to have: what there is goes round. */
#define BATCH_GFP	(GFP_KERNEL | __GFP_NORETRY | __GFP_NOWARN)

/**
 * zram_wb_batch_init() - nothing is under way
 * @batch: where
 * @max: pages in flight at most
 */
void zram_wb_batch_init(struct zram_wb_batch *batch, unsigned int max)
{
	batch->max = max;
	batch->nr_writes = 0;
	batch->nr_in_flight = 0;
	INIT_LIST_HEAD(&batch->spare);
	init_waitqueue_head(&batch->wait);
	spin_lock_init(&batch->lock);
	INIT_LIST_HEAD(&batch->done);
}

/**
 * zram_wb_batch_destroy() - free the memory
 * @batch: nothing of it is in flight, everything was put back
 */
void zram_wb_batch_destroy(struct zram_wb_batch *batch)
{
	struct zram_wb_write *write, *next;

	WARN_ON_ONCE(batch->nr_in_flight);
	list_for_each_entry_safe(write, next, &batch->spare, node) {
		__free_page(write->page);
		kfree(write);
		batch->nr_writes--;
	}
	WARN_ON_ONCE(batch->nr_writes);
}

static struct zram_wb_write *new_write(struct zram_wb_batch *batch)
{
	struct zram_wb_write *write = kzalloc(sizeof(*write), BATCH_GFP);

	if (!write)
		return NULL;
	write->page = alloc_page(BATCH_GFP | __GFP_HIGHMEM);
	if (!write->page) {
		kfree(write);
		return NULL;
	}
	write->batch = batch;
	batch->nr_writes++;
	return write;
}

/**
 * zram_wb_batch_get() - something to send
 * @batch: the batch
 *
 * Context: sleeps for memory, not for the device.
 * Return: a write that the caller sends or puts back, or NULL if there are as many
 *	   in flight as there may be, or as there is memory for.
 */
struct zram_wb_write *zram_wb_batch_get(struct zram_wb_batch *batch)
{
	struct zram_wb_write *write;

	write = list_first_entry_or_null(&batch->spare, struct zram_wb_write, node);
	if (write)
		list_del(&write->node);
	else if (batch->nr_writes < batch->max)
		write = new_write(batch);
	return write;
}

/**
 * zram_wb_batch_put() - it is free for the next page
 * @batch: the batch
 * @write: from zram_wb_batch_get() and not sent, or from zram_wb_batch_take()
 */
void zram_wb_batch_put(struct zram_wb_batch *batch, struct zram_wb_write *write)
{
	list_add(&write->node, &batch->spare);
}

static void write_done(struct bio *bio)
{
	struct zram_wb_write *write = container_of(bio, struct zram_wb_write, bio);
	struct zram_wb_batch *batch = write->batch;
	unsigned long flags;

	spin_lock_irqsave(&batch->lock, flags);
	list_add_tail(&write->node, &batch->done);
	wake_up(&batch->wait);
	spin_unlock_irqrestore(&batch->lock, flags);
}

/**
 * zram_wb_batch_send() - write a page
 * @batch: the batch
 * @write: from zram_wb_batch_get(); @write->result.value says which block
 * @backing: the device
 *
 * Context: sleeps. No slot is locked.
 */
void zram_wb_batch_send(struct zram_wb_batch *batch, struct zram_wb_write *write,
			struct zram_backing *backing)
{
	struct bio *bio = &write->bio;

	bio_init(bio, backing->bdev, &write->bvec, 1, REQ_OP_WRITE);
	bio->bi_iter.bi_sector = zram_backing_sector(write->result.value);
	bio->bi_end_io = write_done;
	__bio_add_page(bio, write->page, PAGE_SIZE, 0);
	batch->nr_in_flight++;
	submit_bio(bio);
}

static struct zram_wb_write *first_done(struct zram_wb_batch *batch)
{
	struct zram_wb_write *write;

	spin_lock_irq(&batch->lock);
	write = list_first_entry_or_null(&batch->done, struct zram_wb_write, node);
	if (write)
		list_del(&write->node);
	spin_unlock_irq(&batch->lock);
	return write;
}

/**
 * zram_wb_batch_take() - one that the device is through with
 * @batch: the batch
 * @wait: wait for it, if there is any in flight
 *
 * The outcome is in @bio of it.
 *
 * Context: sleeps if @wait. Not to be interrupted: the page is in use by the device.
 * Return: a write that the caller puts back, or NULL if there is none.
 */
struct zram_wb_write *zram_wb_batch_take(struct zram_wb_batch *batch, bool wait)
{
	struct zram_wb_write *write;

	if (!batch->nr_in_flight)
		return NULL;
	write = first_done(batch);
	if (!write && wait)
		wait_event(batch->wait, (write = first_done(batch)));
	if (!write)
		return NULL;
	batch->nr_in_flight--;
	bio_uninit(&write->bio);
	return write;
}
