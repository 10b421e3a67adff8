/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * When does compaction run by itself?
 */
#ifndef _ZS_BACKGROUND_H
#define _ZS_BACKGROUND_H

#include "pool.h"

/* Recoverable pages from which on the worker runs, in thousandths of the pool. */
#define ZS_BACKGROUND_PERMILLE	5
/* How long the worker lets a burst of frees go by, and waits for a pool to be quiet. */
#define ZS_BURST_MS		20
#define ZS_QUIET_MS		1000

int zs_background_start(struct zs_pool *pool);
void zs_background_stop(struct zs_pool *pool);
void zs_background_wake(struct zs_pool *pool);

/* Pages that may be recoverable before something is done about it. */
static inline unsigned long zs_background_threshold(struct zs_pool *pool)
{
	unsigned long pages = atomic_long_read(&pool->pages);
	unsigned int permille = READ_ONCE(pool->background.permille);

	/* 32 bits would not hold all pages times 1000 */
	return pages / 1000 * permille + pages % 1000 * permille / 1000;
}

/* Objects have been freed. Cheap unless there is something to do. */
static inline void zs_background_kick(struct zs_pool *pool)
{
	unsigned long enough = zs_background_threshold(pool) +
			       READ_ONCE(pool->background.stuck) + 1;

	if (unlikely(atomic_long_read(&pool->recoverable) > enough) &&
	    !atomic_read(&pool->background.woken))
		zs_background_wake(pool);
}

#endif /* _ZS_BACKGROUND_H */
