/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Everything that holds the data of one disk, without the disk.
 */
#ifndef _ZRAM_STORE_H
#define _ZRAM_STORE_H

#include <linux/mutex.h>
#include <linux/types.h>

#include "setup.h"
#include "slot.h"
#include "stats.h"

struct zcomp;
struct zram_backing;
struct zs_pool;

/**
 * struct zram_store - the pages of one disk
 * @table: what each page is stored as
 * @name: of the disk, for traces; immutable while the store lives
 * @pool: the objects; immutable while the store lives
 * @comps: what compresses them, by priority, NULL for none; [0] is what pages are
 *	   written with; immutable while the store lives
 * @huge_size: an object this long, in bytes, takes a page anyway; immutable
 *	       while the store lives
 * @integrity: objects have checksums; immutable while the store lives
 * @limit_pages: pages @pool may hold, 0 for no limit; READ_ONCE()/WRITE_ONCE()
 *		 at any time, not touched by zram_store_init()
 * @backing: where pages are written back to, NULL for nowhere; immutable while the
 *	     store lives, not touched by zram_store_init()
 * @stats: counters; live longer than the store, whoever embeds it makes them
 * @pp_lock: one post-processing at a time; outside the slot lock
 * @pp_stop: whoever holds @pp_lock is to leave: somebody wants the store for himself;
 *	     READ_ONCE()/WRITE_ONCE(), not touched by zram_store_init()
 *
 * Whoever makes a store sees to it that nobody uses it before it is complete or
 * when it is being destroyed: there is no lock here for that.
 */
struct zram_store {
	struct zram_table table;
	const char *name;
	struct zs_pool *pool;
	struct zcomp *comps[ZRAM_MAX_COMPS];
	size_t huge_size;
	bool integrity;
	unsigned long limit_pages;
	struct zram_backing *backing;
	struct zram_stats stats;
	struct mutex pp_lock;	/* one post-processing at a time; outside the slot lock */
	bool pp_stop;
};

int zram_store_init(struct zram_store *store, unsigned long nr_pages, const char *name,
		    const struct zram_setup *setup);
void zram_store_destroy(struct zram_store *store);

#endif /* _ZRAM_STORE_H */
