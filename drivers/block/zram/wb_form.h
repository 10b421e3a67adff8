/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What lies in a block of the backing device: a page, or with compressed_writeback
 * an object as it was in memory, with zeros behind it.
 *
 * The content of a slot that was written back has ZRAM_WB, the block as its value,
 * and as its size the bytes that count in the block: PAGE_SIZE for a page, whatever
 * it was before, less for an object, which the algorithm in the bits decompresses.
 * ZRAM_HUGE is about objects in memory, and is not set.
 */
#ifndef _ZRAM_WB_FORM_H
#define _ZRAM_WB_FORM_H

#include "slot.h"

struct zram_store;

int zram_wb_form_encode(struct zram_store *store, const struct zram_content *content,
			bool compressed, void *block, struct zram_content *result);
int zram_wb_form_decode(struct zram_store *store, const struct zram_content *content,
			const void *block, void *dst);

#endif /* _ZRAM_WB_FORM_H */
