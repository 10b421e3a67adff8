/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Nobody listens to tracepoints, but their arguments are evaluated.
 */
#ifndef _SHIM_TRACE_ZSWAP_H
#define _SHIM_TRACE_ZSWAP_H

static inline void trace_zswap_store(swp_entry_t swp, unsigned int length)
{
}

static inline void trace_zswap_reject(swp_entry_t swp, const char *reason)
{
}

static inline void trace_zswap_load(swp_entry_t swp, int err)
{
}

static inline void trace_zswap_writeback(swp_entry_t swp, int err)
{
}

#endif /* _SHIM_TRACE_ZSWAP_H */
