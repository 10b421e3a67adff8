/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where the bytes of a slot lie.
 */
#ifndef _ZS_EXTENT_H
#define _ZS_EXTENT_H

#include "zspage.h"

/**
 * struct zs_extent - where the bytes of a slot lie
 * @page: the page that holds the first byte
 * @next: the page that holds the rest, NULL where all is in @page
 * @offset: of the first byte in @page
 * @head: bytes in @page when @next is set
 * @slot: which slot it is
 */
struct zs_extent {
	struct page *page;
	struct page *next;
	unsigned int offset;
	unsigned int head;
	unsigned int slot;
};

struct zs_extent zs_extent(const struct zs_zspage *zspage, unsigned int slot, size_t len);
void zs_extent_read(const struct zs_extent *ext, void *to, size_t len);
void zs_extent_write(const struct zs_extent *ext, const void *from, size_t len);
void zs_extent_clear(const struct zs_extent *ext, size_t from, size_t len);
void zs_extent_copy(const struct zs_extent *to, const struct zs_extent *from, size_t len);

#endif /* _ZS_EXTENT_H */
