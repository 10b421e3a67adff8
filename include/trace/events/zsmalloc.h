/* SPDX-License-Identifier: GPL-2.0-only */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM zsmalloc

#if !defined(_TRACE_ZSMALLOC_H) || defined(TRACE_HEADER_MULTI_READ)
#define _TRACE_ZSMALLOC_H

#include <linux/gfp_types.h>
#include <linux/tracepoint.h>
#include <linux/types.h>
#include <trace/events/mmflags.h>

struct zs_pool;

/* zs_malloc() returns an error: @reason is what could not be had. */
TRACE_EVENT(zs_malloc_fail,

	TP_PROTO(const struct zs_pool *pool, size_t size, gfp_t gfp, const char *reason),

	TP_ARGS(pool, size, gfp, reason),

	TP_STRUCT__entry(
		__string(pool, pool->name)
		__string(reason, reason)
		__field(size_t, size)
		__field(unsigned long, gfp)
	),

	TP_fast_assign(
		__assign_str(pool, pool->name);
		__assign_str(reason, reason);
		__entry->size = size;
		__entry->gfp = (__force unsigned long)gfp;
	),

	TP_printk("pool=%s size=%zu gfp=%s lacks=%s", __get_str(pool), __entry->size,
		  show_gfp_flags(__entry->gfp), __get_str(reason))
);

/* Compaction drops the lock of a class: what was done under it. */
TRACE_EVENT(zs_compact_step,

	TP_PROTO(const struct zs_pool *pool, unsigned int class_size, unsigned int objects,
		 unsigned int bytes, long pages),

	TP_ARGS(pool, class_size, objects, bytes, pages),

	TP_STRUCT__entry(
		__string(pool, pool->name)
		__field(unsigned int, class_size)
		__field(unsigned int, objects)
		__field(unsigned int, bytes)
		__field(long, pages)
	),

	TP_fast_assign(
		__assign_str(pool, pool->name);
		__entry->class_size = class_size;
		__entry->objects = objects;
		__entry->bytes = bytes;
		__entry->pages = pages;
	),

	TP_printk("pool=%s class_size=%u objects=%u bytes=%u pages_freed=%ld", __get_str(pool),
		  __entry->class_size, __entry->objects, __entry->bytes, __entry->pages)
);

/* The memory-management core moves a page: which one of a zspage, and 0 or an error. */
TRACE_EVENT(zs_migrate,

	TP_PROTO(const struct zs_pool *pool, unsigned int class_size, unsigned int index, int err),

	TP_ARGS(pool, class_size, index, err),

	TP_STRUCT__entry(
		__string(pool, pool->name)
		__field(unsigned int, class_size)
		__field(unsigned int, index)
		__field(int, err)
	),

	TP_fast_assign(
		__assign_str(pool, pool->name);
		__entry->class_size = class_size;
		__entry->index = index;
		__entry->err = err;
	),

	TP_printk("pool=%s class_size=%u index=%u err=%d", __get_str(pool), __entry->class_size,
		  __entry->index, __entry->err)
);

#endif /* _TRACE_ZSMALLOC_H */

#include <trace/define_trace.h>
