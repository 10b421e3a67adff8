/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * With CONFIG_ZSMALLOC_DEBUG slots end in some bytes that nobody may write, so that
 * whoever writes past an object is found.
 */
#ifndef _ZS_REDZONE_H
#define _ZS_REDZONE_H

#include "extent.h"

#ifdef CONFIG_ZSMALLOC_DEBUG

/* Slots start and end at multiples of this: a red zone never crosses into another page. */
#define ZS_RED_BYTES	ZS_ALIGN

/* All slots of the pool have red zones, but for those of a whole page. */
static inline void zs_red_init(struct zs_pool *pool)
{
	pool->red = true;
}

/* For tests that want slots of an exact size; the pool is empty. */
static inline void zs_red_off(struct zs_pool *pool)
{
	pool->red = false;
}

static inline size_t zs_red_bytes(const struct zs_pool *pool)
{
	return pool->red ? ZS_RED_BYTES : 0;
}

void zs_red_set(struct zs_pool *pool, struct zs_zspage *zspage, unsigned int slot);
void zs_red_check(struct zs_pool *pool, struct zs_zspage *zspage, unsigned int slot,
		  unsigned long handle, const char *when);
void zs_red_check_entry(struct zs_pool *pool, struct zs_zspage *zspage, unsigned int slot,
			u32 index, const char *when);
void zs_red_check_extent(struct zs_pool *pool, struct zs_zspage *zspage,
			 const struct zs_extent *ext, unsigned long handle, const char *when);

#else

static inline void zs_red_init(struct zs_pool *pool) { }
static inline void zs_red_off(struct zs_pool *pool) { }
static inline size_t zs_red_bytes(const struct zs_pool *pool) { return 0; }
static inline void zs_red_set(struct zs_pool *pool, struct zs_zspage *zspage,
			      unsigned int slot) { }
static inline void zs_red_check(struct zs_pool *pool, struct zs_zspage *zspage,
				unsigned int slot, unsigned long handle,
				const char *when) { }
static inline void zs_red_check_entry(struct zs_pool *pool, struct zs_zspage *zspage,
				      unsigned int slot, u32 index, const char *when) { }
static inline void zs_red_check_extent(struct zs_pool *pool, struct zs_zspage *zspage,
				       const struct zs_extent *ext, unsigned long handle,
				       const char *when) { }

#endif

/* What a slot must have room for when an object of @size bytes is to be in it. */
static inline size_t zs_red_ask(const struct zs_pool *pool, size_t size)
{
	return min_t(size_t, size + zs_red_bytes(pool), max_t(size_t, size, PAGE_SIZE));
}

/* Bytes of a slot that are the caller's. */
static inline size_t zs_red_usable(const struct zs_pool *pool, const struct zs_geometry *geo)
{
	return geo->size < PAGE_SIZE ? geo->size - zs_red_bytes(pool) : PAGE_SIZE;
}

#endif /* _ZS_REDZONE_H */
