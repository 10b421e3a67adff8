/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A zram disk, and what its files offer each other.
 *
 * Order of locks, outer first:
 *
 *	disks_lock (main.c) -> gendisk open_mutex
 *	zram.init_lock -> zram_store.pp_lock -> what making, using and freeing a store takes
 *
 * open_mutex and init_lock are never held together, and neither is taken by I/O:
 * the capacity is 0 until the store is complete, so that the block layer itself
 * refuses what comes too early, and the store is freed only when nobody has the
 * disk open, nobody can open it, and the queue is frozen or gone.
 */
#ifndef _ZRAM_H
#define _ZRAM_H

#include <linux/blkdev.h>
#include <linux/device.h>
#include <linux/rwsem.h>
#include <linux/types.h>

#include "setup.h"
#include "store.h"
#include "writeback.h"

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
 * @setup: what the user chose. @init_lock
 * @backing: where pages are written back to, NULL for nowhere. @init_lock
 * @writeback: how they are; see there
 * @debugfs: its directory, or an error pointer; immutable after
 *	     zram_device_create()
 * @claimed: a reset or removal is under way, opening fails. disk->open_mutex
 */
struct zram {
	struct zram_store store;
	struct gendisk *disk;
	int id;
	struct rw_semaphore init_lock;
	u64 disksize;
	bool removing;
	struct zram_setup setup;
	struct zram_backing *backing;
	struct zram_writeback writeback;
	struct dentry *debugfs;
	bool claimed;
};

static inline struct zram *dev_to_zram(struct device *dev)
{
	return dev_to_disk(dev)->private_data;
}

/* device.c */
struct zram *zram_device_create(int major, int id);
void zram_device_retire(struct zram *zram);
void zram_device_free(struct zram *zram);
int zram_device_claim(struct zram *zram);
int zram_device_init(struct zram *zram, u64 disksize);
int zram_device_reset(struct zram *zram);
int zram_device_set_algorithm(struct zram *zram, unsigned int priority, const char *name);

int zram_device_set_backing(struct zram *zram, const char *path, size_t len);
int zram_device_set_compressed(struct zram *zram, bool compressed);
int zram_device_write_back(struct zram *zram, const char *text, size_t len);

/* Context: init_lock held. */
static inline bool zram_device_ready(struct zram *zram)
{
	lockdep_assert_held(&zram->init_lock);
	return zram->disksize;
}

/* block_io.c */
extern const struct block_device_operations zram_block_ops;
void zram_block_resume(struct bio *bio);

/* params.c */
struct zram_params_request;
int zram_params_set(struct zram *zram, const struct zram_params_request *request);

/* sysfs.c, sysfs_backing.c */
extern const struct attribute_group *zram_disk_groups[];
extern const struct attribute_group zram_writeback_group;

/* sysfs_integrity.c */
extern struct device_attribute dev_attr_checksum;
extern struct device_attribute dev_attr_corrupted;

/* sysfs_idle.c */
extern struct device_attribute dev_attr_idle;

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
