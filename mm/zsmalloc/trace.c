// SPDX-License-Identifier: GPL-2.0-only
/*
 * The tracepoints' own code; what they are is in trace/events/zsmalloc.h.
 */
#include "pool.h"

#define CREATE_TRACE_POINTS
#include <trace/events/zsmalloc.h>
