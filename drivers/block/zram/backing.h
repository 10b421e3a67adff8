/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The device that pages of a disk are written back to.
 */
#ifndef _ZRAM_BACKING_H
#define _ZRAM_BACKING_H

#include <linux/err.h>
#include <linux/mempool.h>
#include <linux/types.h>

#include "blocks.h"
#include "handover.h"

struct bio;
struct block_device;
struct gendisk;
struct page;

/* A place is the low 48 bits of a slot's value where it has so many. */
#define ZRAM_MAX_BLOCKS	((unsigned long)min_t(u64, ULONG_MAX, 1ULL << 48))

/**
 * struct zram_backing - a device, opened for one disk and nobody else
 * @bdev: the device; immutable
 * @path: its name, for users; immutable
 * @blocks: which parts of it are in use
 * @pages: a page for each reader, two of which are always to be had
 * @handover: requests that wait for the device
 */
struct zram_backing {
	struct block_device *bdev;
	char *path;
	struct zram_blocks blocks;
	mempool_t pages;
	struct zram_handover handover;
};

#ifdef CONFIG_ZRAM_WRITEBACK

struct zram_backing *zram_backing_open(const char *path, size_t len, struct gendisk *disk,
				       void *holder, void (*resume)(struct bio *bio));
void zram_backing_close(struct zram_backing *backing);
int zram_backing_read(struct zram_backing *backing, unsigned long block, struct page *page);
sector_t zram_backing_sector(unsigned long block);

/* A block that no slot names any more. Context: any but interrupts; never sleeps. */
static inline void zram_backing_put_block(struct zram_backing *backing, unsigned long block)
{
	zram_blocks_put(&backing->blocks, block);
}

/* All blocks at once, with all slots that name them: how many were in use. */
static inline unsigned long zram_backing_drop(struct zram_backing *backing)
{
	return backing ? zram_blocks_drop(&backing->blocks) : 0;
}

/* A bio that has to wait. Context: any but interrupts; never sleeps. */
static inline void zram_backing_hand_over(struct zram_backing *backing, struct bio *bio)
{
	zram_handover_add(&backing->handover, bio);
}

/* Wait for all of those, when no more can come. Context: sleeps. */
static inline void zram_backing_flush(struct zram_backing *backing)
{
	if (backing)
		zram_handover_flush(&backing->handover);
}

#else

static inline void zram_backing_close(struct zram_backing *backing) { }
static inline void zram_backing_put_block(struct zram_backing *backing, unsigned long block) { }
static inline unsigned long zram_backing_drop(struct zram_backing *backing) { return 0; }
static inline void zram_backing_hand_over(struct zram_backing *backing, struct bio *bio) { }
static inline void zram_backing_flush(struct zram_backing *backing) { }

#endif /* CONFIG_ZRAM_WRITEBACK */

#endif /* _ZRAM_BACKING_H */
