/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The zpool driver named "zsmalloc".
 */
#ifndef _ZS_ZPOOL_GLUE_H
#define _ZS_ZPOOL_GLUE_H

#ifdef CONFIG_ZPOOL
void zs_zpool_register(void);
void zs_zpool_unregister(void);
#else
static inline void zs_zpool_register(void) { }
static inline void zs_zpool_unregister(void) { }
#endif

#endif /* _ZS_ZPOOL_GLUE_H */
