/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Compressing pages again, with algorithms that are stronger and slower than the
 * one they were written with.
 */
#ifndef _ZRAM_RECOMPRESS_H
#define _ZRAM_RECOMPRESS_H

struct attribute_group;
struct zram_recompress_request;
struct zram_store;

#ifdef CONFIG_ZRAM_MULTI_COMP
int zram_recompress(struct zram_store *store, const struct zram_recompress_request *request);

/* sysfs_recomp.c */
extern const struct attribute_group zram_recomp_group;
#endif

#endif /* _ZRAM_RECOMPRESS_H */
