/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Damage on purpose: for tests, in kernels that are built for them.
 */
#ifndef _ZRAM_DAMAGE_H
#define _ZRAM_DAMAGE_H

#include <linux/fs.h>

#include "request.h"

struct zram_store;

#ifdef CONFIG_ZRAM_DEBUG
int zram_damage(struct zram_store *store, const struct zram_damage_request *request);

extern const struct file_operations zram_damage_fops;
#endif

#endif /* _ZRAM_DAMAGE_H */
