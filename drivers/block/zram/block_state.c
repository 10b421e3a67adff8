// SPDX-License-Identifier: GPL-2.0-only
/*
 * How is every page of the disk stored, and when was it last used?
 *
 * The position of a reader is the number of a page. Each read() takes init_lock
 * and looks again at what the disk is like: between two of them it may be reset,
 * and get another size. What is handed out in part was a whole line once, kept by
 * seq_file.
 */
#include <linux/math64.h>
#include <linux/sched/signal.h>
#include <linux/seq_file.h>
#include <linux/time64.h>

#include "debugfs.h"
#include "tracking.h"
#include "zram.h"

static bool holds_nothing(struct zram_slot *slot)
{
	return !(atomic_read(&slot->state) & ZRAM_CONTENT_MASK);
}

/* The first page at or after *@pos that holds something. */
static void *find_page(struct zram *zram, loff_t *pos)
{
	unsigned long index = *pos;
	struct zram_slot *slot;

	if ((u64)*pos > ULONG_MAX)
		return NULL;
	for (;; index++) {
		slot = zram_table_next(&zram->store.table, &index, ULONG_MAX);
		if (!slot || !holds_nothing(slot))
			break;
		if (fatal_signal_pending(current))
			return ERR_PTR(-EINTR);
		cond_resched();
	}
	*pos = index;
	return slot;
}

static void *block_state_start(struct seq_file *file, loff_t *pos)
{
	struct zram *zram = file->private;

	down_read(&zram->init_lock);
	if (!zram_device_ready(zram))
		return ERR_PTR(-EINVAL);
	return find_page(zram, pos);
}

static void *block_state_next(struct seq_file *file, void *slot, loff_t *pos)
{
	++*pos;
	return find_page(file->private, pos);
}

static void block_state_stop(struct seq_file *file, void *slot)
{
	struct zram *zram = file->private;

	up_read(&zram->init_lock);
}

/* The slot is not locked: its flags are one word, its time another. */
static int block_state_show(struct seq_file *file, void *v)
{
	struct zram_slot *slot = v;
	u32 state = atomic_read(&slot->state);
	u64 time = zram_tracking_time(slot);
	u32 remainder;
	u64 seconds = div_u64_rem(time, NSEC_PER_SEC, &remainder);

	if (!(state & ZRAM_CONTENT_MASK))
		return SEQ_SKIP;
	seq_printf(file, "%12lu %12llu.%06lu %c%c%c%c%c%c\n", zram_slot_index(slot), seconds,
		   remainder / NSEC_PER_USEC,
		   state & ZRAM_SAME ? 's' : '.', state & ZRAM_WB ? 'w' : '.',
		   state & ZRAM_HUGE ? 'h' : '.', state & ZRAM_IDLE ? 'i' : '.',
		   state & ZRAM_RECOMP ? 'r' : '.', state & ZRAM_INCOMP ? 'n' : '.');
	return 0;
}

static const struct seq_operations block_state_ops = {
	.start = block_state_start,
	.next = block_state_next,
	.stop = block_state_stop,
	.show = block_state_show,
};

static int block_state_open(struct inode *inode, struct file *file)
{
	int err = seq_open(file, &block_state_ops);

	if (!err)
		((struct seq_file *)file->private_data)->private = inode->i_private;
	return err;
}

const struct file_operations zram_block_state_fops = {
	.owner = THIS_MODULE,
	.open = block_state_open,
	.read = seq_read,
	.llseek = seq_lseek,
	.release = seq_release,
};
