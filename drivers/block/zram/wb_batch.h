/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pages on their way to the backing device, several at a time.
 *
 * One task sends them and takes them in again when the device is done with them.
 * What the device's interrupt does is to put the page on a list and wake that task,
 * with the lock of the list held all the while: when the task has taken the last
 * one from the list, nobody is left who would touch the batch.
 */
#ifndef _ZRAM_WB_BATCH_H
#define _ZRAM_WB_BATCH_H

#include <linux/bio.h>
#include <linux/list.h>
#include <linux/spinlock_types.h>
#include <linux/types.h>
#include <linux/wait.h>

#include "budget.h"
#include "pp.h"

struct zram_backing;
struct zram_wb_batch;

/**
 * struct zram_wb_write - one page
 * @node: in the list of the batch that it is in
 * @batch: whose it is; immutable
 * @page: what is written; immutable
 * @pp: the slot it came from
 * @result: what that slot is to hold
 * @share: of the budget
 * @index: which page of the disk
 * @bvec: for @bio
 * @bio: the request
 *
 * Belongs to the task, or while it is in flight to the device.
 */
struct zram_wb_write {
	struct list_head node;
	struct zram_wb_batch *batch;
	struct page *page;
	struct zram_pp pp;
	struct zram_content result;
	struct zram_budget_share share;
	unsigned long index;
	struct bio_vec bvec;
	struct bio bio;
};

/**
 * struct zram_wb_batch - all that one task has under way
 * @max: writes at most, but never less than one; immutable
 * @nr_writes: that there are; the task's
 * @nr_in_flight: that were sent and not taken in again; the task's
 * @spare: not in flight; the task's
 * @wait: where the task sleeps; its own lock is not used
 * @lock: @done; taken from interrupts
 * @done: the device is through with them. @lock
 */
struct zram_wb_batch {
	unsigned int max;
	unsigned int nr_writes;
	unsigned int nr_in_flight;
	struct list_head spare;
	wait_queue_head_t wait;
	spinlock_t lock;	/* the list; from interrupts */
	struct list_head done;
};

void zram_wb_batch_init(struct zram_wb_batch *batch, unsigned int max);
void zram_wb_batch_destroy(struct zram_wb_batch *batch);
struct zram_wb_write *zram_wb_batch_get(struct zram_wb_batch *batch);
void zram_wb_batch_put(struct zram_wb_batch *batch, struct zram_wb_write *write);
void zram_wb_batch_send(struct zram_wb_batch *batch, struct zram_wb_write *write,
			struct zram_backing *backing);
struct zram_wb_write *zram_wb_batch_take(struct zram_wb_batch *batch, bool wait);

#endif /* _ZRAM_WB_BATCH_H */
