/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Everything that holds the data of one disk, without the disk.
 */
#ifndef _ZRAM_STORE_H
#define _ZRAM_STORE_H

#include <linux/types.h>

#include "slot.h"
#include "stats.h"

struct zcomp;
struct zcomp_params;
struct zs_pool;

/**
 * struct zram_store - the pages of one disk
 * @table: what each page is stored as
 * @pool: the objects; immutable while the store lives
 * @comp: what compresses them; immutable while the store lives
 * @huge_size: an object this long, in bytes, takes a page anyway; immutable
 *	       while the store lives
 * @limit_pages: pages @pool may hold, 0 for no limit; READ_ONCE()/WRITE_ONCE()
 *		 at any time, not touched by zram_store_init()
 * @stats: counters; atomic
 *
 * Whoever makes a store sees to it that nobody uses it before it is complete or
 * when it is being destroyed: there is no lock here for that.
 */
struct zram_store {
	struct zram_table table;
	struct zs_pool *pool;
	struct zcomp *comp;
	size_t huge_size;
	unsigned long limit_pages;
	struct zram_stats stats;
};

int zram_store_init(struct zram_store *store, unsigned long nr_pages, const char *name,
		    const char *algorithm, const struct zcomp_params *params);
void zram_store_destroy(struct zram_store *store);

#endif /* _ZRAM_STORE_H */
