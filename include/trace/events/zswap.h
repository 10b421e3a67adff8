/* SPDX-License-Identifier: GPL-2.0-only */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM zswap

#if !defined(_TRACE_ZSWAP_H) || defined(TRACE_HEADER_MULTI_READ)
#define _TRACE_ZSWAP_H

#include <linux/swap.h>
#include <linux/swapops.h>
#include <linux/tracepoint.h>
#include <linux/types.h>

/* A page is stored: bytes of its object, 0 if it repeats one word. */
TRACE_EVENT(zswap_store,

	TP_PROTO(swp_entry_t swp, unsigned int length),

	TP_ARGS(swp, length),

	TP_STRUCT__entry(
		__field(unsigned int, type)
		__field(unsigned long, offset)
		__field(unsigned int, length)
	),

	TP_fast_assign(
		__entry->type = swp_type(swp);
		__entry->offset = swp_offset(swp);
		__entry->length = length;
	),

	TP_printk("type=%u offset=%lu length=%u", __entry->type, __entry->offset, __entry->length)
);

/* A page is not stored, and goes to the swap device: why. */
TRACE_EVENT(zswap_reject,

	TP_PROTO(swp_entry_t swp, const char *reason),

	TP_ARGS(swp, reason),

	TP_STRUCT__entry(
		__field(unsigned int, type)
		__field(unsigned long, offset)
		__string(reason, reason)
	),

	TP_fast_assign(
		__entry->type = swp_type(swp);
		__entry->offset = swp_offset(swp);
		__assign_str(reason, reason);
	),

	TP_printk("type=%u offset=%lu reason=%s", __entry->type, __entry->offset,
		  __get_str(reason))
);

DECLARE_EVENT_CLASS(zswap_result,

	TP_PROTO(swp_entry_t swp, int err),

	TP_ARGS(swp, err),

	TP_STRUCT__entry(
		__field(unsigned int, type)
		__field(unsigned long, offset)
		__field(int, err)
	),

	TP_fast_assign(
		__entry->type = swp_type(swp);
		__entry->offset = swp_offset(swp);
		__entry->err = err;
	),

	TP_printk("type=%u offset=%lu err=%d", __entry->type, __entry->offset, __entry->err)
);

/* A page that is stored is asked for: 0, or what is wrong with it. */
DEFINE_EVENT(zswap_result, zswap_load,
	TP_PROTO(swp_entry_t swp, int err),
	TP_ARGS(swp, err)
);

/*
 * A page was chosen to be evicted: 0 if it is on its way, or is in the swap cache and was left to
 * that; or why it stays.
 */
DEFINE_EVENT(zswap_result, zswap_writeback,
	TP_PROTO(swp_entry_t swp, int err),
	TP_ARGS(swp, err)
);

#endif /* _TRACE_ZSWAP_H */

#include <trace/define_trace.h>
