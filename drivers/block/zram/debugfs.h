/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What debugfs shows of a disk: zram/zramN/.
 *
 * All files are for root alone. Removing the directory waits for whoever is in a
 * file just now; a file that is kept open fails from then on.
 */
#ifndef _ZRAM_DEBUGFS_H
#define _ZRAM_DEBUGFS_H

#include <linux/fs.h>

struct zram;

#ifdef CONFIG_DEBUG_FS
void zram_debugfs_init(void);
void zram_debugfs_exit(void);
void zram_debugfs_add(struct zram *zram);
void zram_debugfs_remove(struct zram *zram);
#else
static inline void zram_debugfs_init(void) { }
static inline void zram_debugfs_exit(void) { }
static inline void zram_debugfs_add(struct zram *zram) { }
static inline void zram_debugfs_remove(struct zram *zram) { }
#endif

#ifdef CONFIG_ZRAM_MEMORY_TRACKING
extern const struct file_operations zram_block_state_fops;
#endif

#endif /* _ZRAM_DEBUGFS_H */
