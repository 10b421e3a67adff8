// SPDX-License-Identifier: GPL-2.0-only
/*
 * The tracepoints' own code; what they are is in trace/events/zram.h.
 */
#include "slot.h"
#include "store.h"

#define CREATE_TRACE_POINTS
#include <trace/events/zram.h>
