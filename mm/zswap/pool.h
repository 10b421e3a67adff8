/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which compressor is in use, and which are still needed?
 *
 * A pool is a compressor and the entries that were made with it. One pool is current and
 * takes new pages; the others live until their last entry goes.
 */
#ifndef _ZSWAP_POOL_H
#define _ZSWAP_POOL_H

#include <linux/percpu-refcount.h>
#include <linux/workqueue.h>

struct zcomp;

/**
 * struct zswap_pool - a compressor
 * @comp: what compresses; immutable after creation
 * @users: one for each entry, and the first one while it is current
 * @destroy: frees it; queued when there are no more @users
 */
struct zswap_pool {
	struct zcomp *comp;
	struct percpu_ref users;
	struct work_struct destroy;
};

int zswap_pool_use(const char *compressor);
const char *zswap_pool_compressor(void);
struct zswap_pool *zswap_pool_get(void);
int zswap_pool_count(void);

static inline void zswap_pool_put(struct zswap_pool *pool)
{
	percpu_ref_put(&pool->users);
}

#endif /* _ZSWAP_POOL_H */
