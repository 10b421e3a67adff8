/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What zswap counts. The names of the files in debugfs are in stats.c.
 */
#ifndef _ZSWAP_STATS_H
#define _ZSWAP_STATS_H

#include <linux/types.h>

struct dentry;
struct zswap_entry;

/* Every one but the last only grows. */
enum zswap_stat {
	ZSWAP_POOL_LIMIT_HIT,		/* stores that met a pool at its limit */
	ZSWAP_REJECT_RECLAIM_FAIL,	/* evictions that could not make room in a full pool */
	ZSWAP_REJECT_ALLOC_FAIL,	/* refused: no memory for the object */
	ZSWAP_REJECT_KMEMCACHE_FAIL,	/* refused: no memory for what zswap has to know of it */
	ZSWAP_REJECT_COMPRESS_POOR,	/* refused: does not compress well enough */
	ZSWAP_REJECT_COMPRESS_FAIL,	/* refused: the compressor failed */
	ZSWAP_REJECT_THP,		/* refused: a huge page; it comes again in parts */
	ZSWAP_DECOMPRESS_FAIL,		/* loads and evictions that met a damaged object */
	ZSWAP_WRITTEN_BACK_PAGES,	/* evicted to the swap device */
	ZSWAP_DUPLICATE_ENTRY,		/* stores that found an older entry */
	ZSWAP_SAME_FILLED_PAGES,	/* live entries without an object */
	ZSWAP_NR_STATS
};

void zswap_count_by(enum zswap_stat stat, long by);
unsigned long zswap_stat(enum zswap_stat stat);
void zswap_stats_stored(const struct zswap_entry *entry, int by);
void zswap_stats_update_size(void);
struct dentry *zswap_stats_show(void);

static inline void zswap_count(enum zswap_stat stat)
{
	zswap_count_by(stat, 1);
}

#endif /* _ZSWAP_STATS_H */
