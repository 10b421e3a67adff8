// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which pages are written back, and which slots change when they have arrived?
 *
 * pp.h says how that and everybody else who changes a slot keep out of each
 * other's way.
 */
#define pr_fmt(fmt) "zram: " fmt

#include <linux/blkdev.h>
#include <linux/freezer.h>
#include <linux/highmem.h>
#include <linux/printk.h>
#include <linux/sched/signal.h>

#include "backing.h"
#include "content.h"
#include "page_io.h"
#include "store.h"
#include "wb_batch.h"
#include "wb_form.h"
#include "writeback.h"

#include <trace/events/zram.h>

/* One store to the writeback attribute. On the stack of its task. */
struct run {
	struct zram_store *store;
	struct zram_writeback *writeback;
	struct zram_wb_batch batch;
	enum zram_select select;
	int page_error;		/* of a page; the others go on */
};

/**
 * zram_writeback_selects() - is a page of the kind that is to go?
 * @select: the kind; ZRAM_SELECT_NONE for any
 * @state: of its slot
 *
 * Return: true if it is, and has an object in memory that nobody works on.
 */
bool zram_writeback_selects(enum zram_select select, u32 state)
{
	if (!(state & ZRAM_SIZE_MASK) || (state & (ZRAM_WB | ZRAM_PP)))
		return false;
	switch (select) {
	case ZRAM_SELECT_IDLE:
		return state & ZRAM_IDLE;
	case ZRAM_SELECT_HUGE:
		return state & ZRAM_HUGE;
	case ZRAM_SELECT_HUGE_IDLE:
		return (state & ZRAM_HUGE) && (state & ZRAM_IDLE);
	case ZRAM_SELECT_INCOMPRESSIBLE:
		return state & ZRAM_INCOMP;
	default:
		return true;
	}
}

/* With the budget taken and the slot locked. */
static int fill_block(struct run *run, struct zram_slot *slot, struct zram_wb_write *write)
{
	struct zram_blocks *blocks = &run->store->backing->blocks;
	unsigned long block = zram_blocks_get(blocks);
	struct zram_content content;
	void *mem;
	int err;

	if (!block)
		return -ENOSPC;
	content = zram_slot_content(slot);
	mem = kmap_local_page(write->page);
	err = zram_wb_form_encode(run->store, &content, run->writeback->compressed, mem,
				  &write->result);
	kunmap_local(mem);
	if (!err && !zram_pp_begin(slot, &write->pp))
		err = -EBUSY;
	if (err) {
		zram_blocks_put(blocks, block);
		/* The page is at fault, and not the budget or the device. */
		pr_err_ratelimited("page %lu: cannot be written back: %d\n", write->index, err);
		run->page_error = -EIO;
		return -EAGAIN;
	}
	write->result.value = block;
	return 0;
}

/* 0: it is to be sent. -EAGAIN: not this page. Else no page at all any more. */
static int begin(struct run *run, struct zram_slot *slot, struct zram_wb_write *write)
{
	struct zram_budget *budget = &run->writeback->budget;
	int err = -EAGAIN;

	zram_slot_lock(&run->store->table, slot);
	if (!zram_writeback_selects(run->select, atomic_read(&slot->state)))
		goto out;
	err = zram_budget_take(budget, &write->share);
	if (err)
		goto out;
	err = fill_block(run, slot, write);
	if (err)
		zram_budget_return(budget, &write->share);
out:
	zram_page_unlock(run->store, slot);
	return err;
}

/* The device is through with it. */
static void finish(struct run *run, struct zram_wb_write *write)
{
	struct zram_store *store = run->store;
	int err = blk_status_to_errno(write->bio.bi_status);
	struct zram_slot *slot = write->pp.slot;
	struct zram_content nobodys = { };
	bool same;

	if (err) {
		pr_err_ratelimited("%s: block %lu: write failed: %d\n", store->backing->path,
				   write->result.value, err);
		zram_budget_return(&run->writeback->budget, &write->share);
		run->page_error = -EIO;
	} else {
		zram_stats_inc(&store->stats, ZRAM_BD_WRITES);
	}

	trace_zram_writeback(store, write->index, &write->result, err);
	zram_slot_lock(&store->table, slot);
	same = zram_pp_end(&write->pp);
	if (!err && same) {
		zram_content_count(&store->stats, &write->result, 1);
		nobodys = zram_slot_replace(slot, &write->result);
	}
	zram_page_unlock(store, slot);
	/* The object, or if it stays, or is gone already, the block. */
	if (!err && same)
		zram_content_release(store, &nobodys);
	else
		zram_backing_put_block(store->backing, write->result.value);
	zram_wb_batch_put(&run->batch, write);
}

/* A write to fill, when there is one. NULL if there is no memory for any. */
static struct zram_wb_write *next_write(struct run *run)
{
	struct zram_wb_write *write;

	while ((write = zram_wb_batch_take(&run->batch, false)))
		finish(run, write);
	write = zram_wb_batch_get(&run->batch);
	if (write)
		return write;
	write = zram_wb_batch_take(&run->batch, true);
	if (!write)
		return NULL;
	finish(run, write);
	return zram_wb_batch_get(&run->batch);
}

static int write_slot(struct run *run, struct zram_slot *slot, unsigned long index)
{
	struct zram_wb_write *write;
	int err;

	/* Most slots are seen to be none of ours without taking their lock. */
	if (!zram_writeback_selects(run->select, atomic_read(&slot->state)))
		return 0;
	write = next_write(run);
	if (!write)
		return -ENOMEM;
	write->index = index;
	err = begin(run, slot, write);
	if (err) {
		zram_wb_batch_put(&run->batch, write);
		return err == -EAGAIN ? 0 : err;
	}
	zram_wb_batch_send(&run->batch, write, run->store->backing);
	return 0;
}

static int write_range(struct run *run, unsigned long first, unsigned long last)
{
	struct zram_slot *slot;
	unsigned long index;
	int err;

	/* @last is a page of the disk, and those are less than ULONG_MAX. */
	for (index = first; (slot = zram_table_next(&run->store->table, &index, last + 1));
	     index++) {
		if (READ_ONCE(run->store->pp_stop))
			return -EBUSY;
		if (fatal_signal_pending(current))
			return -EINTR;
		/* The call is made again when the task thaws. */
		if (freezing(current))
			return -ERESTARTSYS;
		err = write_slot(run, slot, index);
		if (err)
			return err;
		cond_resched();
	}
	return 0;
}

static int write_all(struct run *run, struct zram_writeback_request *request)
{
	unsigned long first, last;
	int err = 0;

	if (request->select != ZRAM_SELECT_NONE)
		return write_range(run, 0, run->store->table.nr_slots - 1);
	while (!err && zram_request_next_range(request, &first, &last))
		err = write_range(run, first, last);
	return err;
}

/**
 * zram_writeback_run() - write pages back
 * @store: the store; it has a backing device
 * @writeback: how
 * @request: which ones; used up
 *
 * A page that cannot be written stays where it is, and the others go on. Slots
 * that change while their page is on its way stay as they are.
 *
 * Context: sleeps until everything that was sent has arrived; allocates with
 *	    GFP_KERNEL. pp_lock held.
 * Return: 0; -EIO if the budget is spent, or at least one page could not be read
 *	   or written; -ENOSPC if the device is full; -ENOMEM; -EBUSY if
 *	   pp_stop was set; -EINTR for a task that is being killed; -ERESTARTSYS for
 *	   one that is to freeze. What was done before an error stays done.
 */
int zram_writeback_run(struct zram_store *store, struct zram_writeback *writeback,
		       struct zram_writeback_request *request)
{
	struct run run = {
		.store = store,
		.writeback = writeback,
		.select = request->select,
	};
	struct zram_wb_write *write;
	struct blk_plug plug;
	int err;

	lockdep_assert_held(&store->pp_lock);
	/* Also where there is nothing to write: scripts look whether it is spent. */
	if (zram_budget_spent(&writeback->budget))
		return -EIO;
	zram_wb_batch_init(&run.batch, READ_ONCE(writeback->batch_size));
	blk_start_plug(&plug);
	err = write_all(&run, request);
	blk_finish_plug(&plug);
	while ((write = zram_wb_batch_take(&run.batch, true)))
		finish(&run, write);
	zram_wb_batch_destroy(&run.batch);
	return err ?: run.page_error;
}
