/* SPDX-License-Identifier: GPL-2.0-only */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM zram

#if !defined(_TRACE_ZRAM_H) || defined(TRACE_HEADER_MULTI_READ)
#define _TRACE_ZRAM_H

#include <linux/tracepoint.h>
#include <linux/types.h>

struct zram_content;
struct zram_store;

/* What became of a page: its number, what a slot holds for it, and 0 or an error. */
DECLARE_EVENT_CLASS(zram_page,

	TP_PROTO(const struct zram_store *store, unsigned long index,
		 const struct zram_content *content, int err),

	TP_ARGS(store, index, content, err),

	TP_STRUCT__entry(
		__string(disk, store->name)
		__field(unsigned long, index)
		__field(unsigned int, size)
		__field(unsigned int, flags)
		__field(unsigned int, priority)
		__field(int, err)
	),

	TP_fast_assign(
		__assign_str(disk, store->name);
		__entry->index = index;
		__entry->size = zram_content_size(content);
		__entry->flags = content->bits & ZRAM_FLAGS_MASK;
		__entry->priority = zram_content_priority(content);
		__entry->err = err;
	),

	TP_printk("disk=%s index=%lu size=%u flags=%s priority=%u err=%d", __get_str(disk),
		  __entry->index, __entry->size,
		  __print_flags(__entry->flags, "|",
				{ ZRAM_SAME,	"same" },
				{ ZRAM_HUGE,	"huge" },
				{ ZRAM_WB,	"written_back" },
				{ ZRAM_SHARED,	"shared" },
				{ ZRAM_RECOMP,	"recompressed" },
				{ ZRAM_INCOMP,	"incompressible" }),
		  __entry->priority, __entry->err)
);

#define ZRAM_PAGE_EVENT(name)						\
DEFINE_EVENT(zram_page, name,						\
	TP_PROTO(const struct zram_store *store, unsigned long index,	\
		 const struct zram_content *content, int err),		\
	TP_ARGS(store, index, content, err)				\
)

/* A page was read. An empty one has no size and no flags. */
ZRAM_PAGE_EVENT(zram_read);
/* A page was compressed, and its slot is going to hold the result unless it failed. */
ZRAM_PAGE_EVENT(zram_write);
/*
 * A page was compressed again: what its slot holds now, or still holds after an error.
 * -ENOSPC: no form that was tried is shorter.
 */
ZRAM_PAGE_EVENT(zram_recompress);
/* A page was written to the backing device: what was written. */
ZRAM_PAGE_EVENT(zram_writeback);
/* A page was discarded, or freed by swap: what its slot held until now. */
ZRAM_PAGE_EVENT(zram_slot_free);

#endif /* _TRACE_ZRAM_H */

#include <trace/define_trace.h>
