/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a page is stored as: one repeated word (no object), a compressed object,
 * or, where that saves nothing, an object that is the page as it is.
 *
 * Nothing here knows slots or takes their lock. What is read must not be freed
 * meanwhile, which is what the caller holds the slot lock for.
 */
#ifndef _ZRAM_CONTENT_H
#define _ZRAM_CONTENT_H

#include "slot.h"
#include "stats.h"

struct zram_store;

int zram_content_put(struct zram_store *store, const void *src, unsigned int len, u32 bits,
		     struct zram_content *content);
int zram_content_create(struct zram_store *store, const void *mem, struct zram_content *content);
int zram_content_create_stable(struct zram_store *store, const void *mem,
			       struct zram_content *content);
int zram_content_read(struct zram_store *store, const struct zram_content *content, void *dst);
int zram_content_read_part(struct zram_store *store, const struct zram_content *content,
			   unsigned int offset, void *dst, unsigned int len);
void zram_content_count(struct zram_stats *stats, const struct zram_content *content, int by);
void zram_content_release(struct zram_store *store, const struct zram_content *content);

#endif /* _ZRAM_CONTENT_H */
