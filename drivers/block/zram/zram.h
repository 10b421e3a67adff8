/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A zram disk, and what its files offer each other.
 *
 * Order of locks, outer first:
 *
 *	disks_lock (main.c) -> gendisk open_mutex
 *	zram.init_lock -> what making and freeing a store takes
 *
 * open_mutex and init_lock are never held together, and neither is taken by I/O:
 * the capacity is 0 until the store is complete, so that the block layer itself
 * refuses what comes too early, and the store is freed only when nobody has the
 * disk open, nobody can open it, and the queue is frozen or gone.
 */
#ifndef _ZRAM_H
#define _ZRAM_H

#include <linux/blkdev.h>
#include <linux/rwsem.h>
#include <linux/types.h>
#include <linux/zcomp.h>

#include "store.h"

/* Users may address the disk in blocks of this many bytes, whatever PAGE_SIZE is. */
#define ZRAM_LOGICAL_BLOCK	4096

/**
 * struct zram - one disk
 * @store: the data; valid while @disksize is not 0. Made and freed under
 *	   @init_lock held for writing; I/O uses it without, see above
 * @disk: the gendisk; immutable after zram_device_create()
 * @id: N of zramN; immutable after zram_device_create()
 * @init_lock: not taken by I/O, may be held while memory is reclaimed
 * @disksize: bytes, a multiple of PAGE_SIZE; 0 as long as no size is set.
 *	      @init_lock
 * @removing: no size can be set any more. @init_lock
 * @algorithm: what compresses, always a valid name. @init_lock
 * @claimed: a reset or removal is under way, opening fails. disk->open_mutex
 */
struct zram {
	struct zram_store store;
	struct gendisk *disk;
	int id;
	struct rw_semaphore init_lock;
	u64 disksize;
	bool removing;
	char algorithm[ZCOMP_NAME_MAX];
	bool claimed;
};

/* device.c */
struct zram *zram_device_create(int major, int id);
void zram_device_retire(struct zram *zram);
void zram_device_free(struct zram *zram);
int zram_device_claim(struct zram *zram);
int zram_device_init(struct zram *zram, u64 disksize);
int zram_device_reset(struct zram *zram);
int zram_device_set_algorithm(struct zram *zram, const char *name);

/* Context: init_lock held. */
static inline bool zram_device_ready(struct zram *zram)
{
	lockdep_assert_held(&zram->init_lock);
	return zram->disksize;
}

/* block_io.c */
extern const struct block_device_operations zram_block_ops;

/* sysfs.c */
extern const struct attribute_group *zram_disk_groups[];

/*
 * A text was refused: tell which, where, and with what error. A macro, so that
 * each attribute has a rate limit of its own and none can silence the others.
 */
#define zram_refused(who, attribute, text, len, err) do {			\
	size_t __len = (len);							\
	const char *__text = (text);						\
										\
	while (__len && (__text[__len - 1] == '\n' || !__text[__len - 1]))	\
		__len--;							\
	pr_warn_ratelimited("%s: %s: refused \"%*pE\", error %d\n", (who),	\
			    (attribute), (int)min_t(size_t, __len, 64), __text,	\
			    (err));						\
} while (0)

#endif /* _ZRAM_H */
