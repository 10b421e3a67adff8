/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the memory manager may do with our pages.
 */
#ifndef _ZS_MIGRATE_H
#define _ZS_MIGRATE_H

#include <linux/types.h>

struct dentry;
struct movable_operations;

#ifdef CONFIG_COMPACTION
extern const struct movable_operations zs_movable_ops;
extern bool zs_migrate_refuse;
void zs_migrate_debugfs(struct dentry *root);
#else
static inline void zs_migrate_debugfs(struct dentry *root) { }

/* never looked at: without compaction the base's __SetPageMovable() does nothing */
#define zs_movable_ops	(*(const struct movable_operations *)NULL)
#endif

#endif /* _ZS_MIGRATE_H */
