// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which block of the backing device is free, and when may one be used again?
 */
#include <linux/bitmap.h>
#include <linux/bitops.h>
#include <linux/hash.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>

#include "blocks.h"

/**
 * zram_blocks_init() - all blocks are free
 * @blocks: where
 * @nr_blocks: blocks of the device, at least 2
 *
 * Takes a bit of memory for each block: 32 MiB for a device of 1 TiB with pages
 * of 4 KiB.
 *
 * Context: sleeps.
 * Return: 0, or -ENOMEM.
 */
int zram_blocks_init(struct zram_blocks *blocks, unsigned long nr_blocks)
{
	unsigned int i;

	blocks->used = kvcalloc(BITS_TO_LONGS(nr_blocks), sizeof(long), GFP_KERNEL);
	if (!blocks->used)
		return -ENOMEM;
	blocks->nr_blocks = nr_blocks;
	/* 0 says "none". What is in it, the start of the device, is left alone. */
	__set_bit(0, blocks->used);
	blocks->next = 1;
	atomic_long_set(&blocks->nr_used, 0);
	spin_lock_init(&blocks->lock);
	for (i = 0; i < ZRAM_PIN_BUCKETS; i++)
		INIT_HLIST_HEAD(&blocks->pins[i]);
	return 0;
}

/**
 * zram_blocks_destroy() - free the memory
 * @blocks: nobody has a block, or pins one
 *
 * Context: sleeps.
 */
void zram_blocks_destroy(struct zram_blocks *blocks)
{
	WARN_ON_ONCE(atomic_long_read(&blocks->nr_used));
	kvfree(blocks->used);
	blocks->used = NULL;
}

/**
 * zram_blocks_drop() - all blocks are free again
 * @blocks: nobody has one any more, or pins one
 *
 * Context: sleeps.
 * Return: how many were in use.
 */
unsigned long zram_blocks_drop(struct zram_blocks *blocks)
{
	memset(blocks->used, 0, BITS_TO_LONGS(blocks->nr_blocks) * sizeof(long));
	__set_bit(0, blocks->used);
	return atomic_long_xchg(&blocks->nr_used, 0);
}

/**
 * zram_blocks_get() - a block that nobody uses or reads
 * @blocks: the blocks
 *
 * Goes round the device, so that what is written together lies together, and a
 * bad block is not tried again at once.
 *
 * Context: one caller at a time. Reads all of the bitmap at worst.
 * Return: its number, or 0 if all are in use.
 */
unsigned long zram_blocks_get(struct zram_blocks *blocks)
{
	unsigned long block;

	if (atomic_long_read(&blocks->nr_used) >= blocks->nr_blocks - 1)
		return 0;
	/* Bits that others clear meanwhile are found now or next time. */
	block = find_next_zero_bit(blocks->used, blocks->nr_blocks, blocks->next);
	if (block >= blocks->nr_blocks)
		block = find_next_zero_bit(blocks->used, blocks->nr_blocks, 1);
	if (block >= blocks->nr_blocks)
		return 0;
	set_bit(block, blocks->used);
	atomic_long_inc(&blocks->nr_used);
	blocks->next = block + 1;
	return block;
}

static struct hlist_head *bucket_of(struct zram_blocks *blocks, unsigned long block)
{
	return &blocks->pins[hash_long(block, ilog2(ZRAM_PIN_BUCKETS))];
}

static struct zram_pin *find_pin(struct zram_blocks *blocks, unsigned long block)
{
	struct zram_pin *pin;

	lockdep_assert_held(&blocks->lock);
	hlist_for_each_entry(pin, bucket_of(blocks, block), node)
		if (pin->block == block)
			return pin;
	return NULL;
}

/* By the last who had to do with it: the one that put it, or a pin. */
static void put_or_leave(struct zram_blocks *blocks, unsigned long block)
{
	struct zram_pin *pin = find_pin(blocks, block);

	if (pin) {
		pin->put = true;
		return;
	}
	WARN_ON_ONCE(!test_bit(block, blocks->used));
	/* After all that was done with the block. */
	clear_bit_unlock(block, blocks->used);
	atomic_long_dec(&blocks->nr_used);
}

/**
 * zram_blocks_put() - a block is of no use any more
 * @blocks: the blocks
 * @block: from zram_blocks_get(); no slot names it
 *
 * It can be had again when nobody has it pinned.
 *
 * Context: any but interrupts; never sleeps.
 */
void zram_blocks_put(struct zram_blocks *blocks, unsigned long block)
{
	spin_lock(&blocks->lock);
	put_or_leave(blocks, block);
	spin_unlock(&blocks->lock);
}

/**
 * zram_blocks_pin() - keep a block from being used for anything else
 * @blocks: the blocks
 * @pin: the caller's, until zram_blocks_unpin()
 * @block: a block that a slot names
 *
 * Context: the lock of that slot is held; never sleeps.
 */
void zram_blocks_pin(struct zram_blocks *blocks, struct zram_pin *pin, unsigned long block)
{
	pin->block = block;
	pin->put = false;
	spin_lock(&blocks->lock);
	hlist_add_head(&pin->node, bucket_of(blocks, block));
	spin_unlock(&blocks->lock);
}

/**
 * zram_blocks_unpin() - the block may go
 * @blocks: the blocks
 * @pin: from zram_blocks_pin()
 *
 * Context: any but interrupts; never sleeps.
 */
void zram_blocks_unpin(struct zram_blocks *blocks, struct zram_pin *pin)
{
	spin_lock(&blocks->lock);
	hlist_del(&pin->node);
	if (pin->put)
		put_or_leave(blocks, pin->block);
	spin_unlock(&blocks->lock);
}
