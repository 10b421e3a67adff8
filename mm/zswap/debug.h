/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What tests look at and spoil.
 */
#ifndef _ZSWAP_DEBUG_H
#define _ZSWAP_DEBUG_H

struct dentry;

#ifdef CONFIG_ZSWAP_DEBUG
void zswap_debug_show(struct dentry *dir);
#else
static inline void zswap_debug_show(struct dentry *dir)
{
}
#endif

#endif /* _ZSWAP_DEBUG_H */
