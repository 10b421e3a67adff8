// SPDX-License-Identifier: GPL-2.0-only
/*
 * The tracepoints' own code; what they are is in trace/events/zswap.h.
 */
#include <linux/swap.h>
#include <linux/swapops.h>

#define CREATE_TRACE_POINTS
#include <trace/events/zswap.h>
