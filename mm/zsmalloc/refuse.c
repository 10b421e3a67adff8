// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is said of a handle that is no good?
 */
#include <linux/printk.h>

#include "refuse.h"

/**
 * zs_refuse() - count a bad handle and say so in the log
 * @pool: the pool
 * @handle: the handle
 * @what: what was to be done with it
 * @wrong: what is wrong with it
 *
 * Context: any.
 */
void zs_refuse(struct zs_pool *pool, unsigned long handle, const char *what,
	       const char *wrong)
{
	zs_count(pool, ZS_COUNT_REFUSED, 1);
	pr_err_ratelimited("zsmalloc: pool %s: %s of handle %#lx refused: %s\n",
			   pool->name, what, handle, wrong);
}
