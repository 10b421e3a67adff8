/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What debugfs shows of a pool: zsmalloc/<pool>/.
 */
#ifndef _ZS_STATS_H
#define _ZS_STATS_H

#include "pool.h"

#ifdef CONFIG_ZSMALLOC_STAT
void zs_stats_init(void);
void zs_stats_exit(void);
void zs_stats_add(struct zs_pool *pool);
void zs_stats_remove(struct zs_pool *pool);
#else
static inline void zs_stats_init(void) { }
static inline void zs_stats_exit(void) { }
static inline void zs_stats_add(struct zs_pool *pool) { }
static inline void zs_stats_remove(struct zs_pool *pool) { }
#endif

#endif /* _ZS_STATS_H */
