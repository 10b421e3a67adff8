/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Nobody listens to tracepoints, but their arguments are evaluated.
 */
#ifndef _SHIM_TRACE_ZSMALLOC_H
#define _SHIM_TRACE_ZSMALLOC_H

struct zs_pool;

static inline void trace_zs_malloc_fail(const struct zs_pool *pool, size_t size, gfp_t gfp,
					const char *reason)
{
}

static inline void trace_zs_compact_step(const struct zs_pool *pool, unsigned int class_size,
					 unsigned int objects, unsigned int bytes, long pages)
{
}

static inline void trace_zs_migrate(const struct zs_pool *pool, unsigned int class_size,
				    unsigned int index, int err)
{
}

#endif /* _SHIM_TRACE_ZSMALLOC_H */
