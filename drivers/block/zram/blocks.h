/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The blocks of a backing device, a page each: which are in use, and which are
 * being read.
 *
 * A reader finds the number of a block in a slot, and must let go of the slot
 * before it waits for the device. From then on the slot may be written, freed or
 * discarded, and its block given to another page, whose data the reader would
 * take for its own. So it pins the block, with the slot still locked: a block that
 * is put while it is pinned stays in use until the last pin is gone.
 *
 * A pin is part of the reader's own memory: pinning allocates nothing.
 */
#ifndef _ZRAM_BLOCKS_H
#define _ZRAM_BLOCKS_H

#include <linux/atomic.h>
#include <linux/list.h>
#include <linux/spinlock_types.h>
#include <linux/types.h>

#define ZRAM_PIN_BUCKETS	64

/**
 * struct zram_blocks - the blocks of one device
 * @used: a bit for each block; bits are set by the one allocator there is, and
 *	  cleared by anybody, atomically. Block 0 is never handed out
 * @nr_blocks: bits in @used; immutable
 * @next: where to look for a free one; the allocator's
 * @nr_used: blocks in use, block 0 not counted; atomic
 * @lock: @pins, and what is in a struct zram_pin; innermost, taken with a slot
 *	  locked; never from interrupts
 * @pins: by block
 */
struct zram_blocks {
	unsigned long *used;
	unsigned long nr_blocks;
	unsigned long next;
	atomic_long_t nr_used;
	spinlock_t lock;	/* pins; under the slot lock */
	struct hlist_head pins[ZRAM_PIN_BUCKETS];
};

/**
 * struct zram_pin - somebody reads a block
 * @node: in zram_blocks.pins. zram_blocks.lock
 * @block: which; immutable while pinned
 * @put: the block was put meanwhile, this pin is to do it. zram_blocks.lock
 */
struct zram_pin {
	struct hlist_node node;
	unsigned long block;
	bool put;
};

int zram_blocks_init(struct zram_blocks *blocks, unsigned long nr_blocks);
void zram_blocks_destroy(struct zram_blocks *blocks);
unsigned long zram_blocks_drop(struct zram_blocks *blocks);
unsigned long zram_blocks_get(struct zram_blocks *blocks);
void zram_blocks_put(struct zram_blocks *blocks, unsigned long block);
void zram_blocks_pin(struct zram_blocks *blocks, struct zram_pin *pin, unsigned long block);
void zram_blocks_unpin(struct zram_blocks *blocks, struct zram_pin *pin);

#endif /* _ZRAM_BLOCKS_H */
