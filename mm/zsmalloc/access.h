/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How a caller reaches the bytes of an object: see linux/zsmalloc.h.
 */
#ifndef _ZS_ACCESS_H
#define _ZS_ACCESS_H

#include "extent.h"

struct zs_zspage *zs_access_enter(struct zs_pool *pool, unsigned long handle, const size_t *len,
				  struct zs_extent *ext, const char *what);
void zs_access_first_write(struct zs_pool *pool, struct zs_zspage *zspage,
			   const struct zs_extent *ext, size_t keep);
void zs_access_fill(struct zs_pool *pool, struct zs_zspage *zspage, unsigned int slot,
		    const void *src, size_t len);

/* Was the object never written? Then its memory still holds what it held for others. */
static inline bool zs_access_fresh(const struct zs_zspage *zspage, const struct zs_extent *ext)
{
	return !test_bit(ext->slot, zs_zspage_clean(zspage));
}

#endif /* _ZS_ACCESS_H */
