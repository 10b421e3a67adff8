// SPDX-License-Identifier: GPL-2.0-only
/*
 * Red zones: the last bytes of each slot hold a pattern. Where they do not any more,
 * somebody wrote past the object, which is told once: the pattern is put back. What
 * lies behind them was not written by him, unless he went further than they are long.
 */
#include <linux/highmem.h>
#include <linux/printk.h>
#include <linux/string.h>

#include "redzone.h"

static_assert(PAGE_SIZE % ZS_RED_BYTES == 0);

/* No byte of it is 0 or 0xff, or the same as its neighbour. */
static const u8 pattern[ZS_RED_BYTES] = { 0xcc, 0x5a, 0xd3, 0xbb, 0x96, 0xe7, 0x3c, 0xa9 };

static bool has_zone(const struct zs_pool *pool, const struct zs_zspage *zspage)
{
	return pool->red && zspage->class->geo->size < PAGE_SIZE;
}

static struct page *zone_of(const struct zs_zspage *zspage, unsigned int slot, size_t *offset)
{
	size_t at = (slot + 1) * zspage->class->geo->size - ZS_RED_BYTES;

	*offset = at % PAGE_SIZE;
	return zspage->pages[at / PAGE_SIZE];
}

/**
 * zs_red_set() - a slot is about to hold an object
 * @pool: the pool
 * @zspage: its zspage
 * @slot: the slot
 *
 * Context: zs_class.lock held.
 */
void zs_red_set(struct zs_pool *pool, struct zs_zspage *zspage, unsigned int slot)
{
	struct page *page;
	size_t offset;

	lockdep_assert_held(&zspage->class->lock);
	if (!has_zone(pool, zspage))
		return;
	page = zone_of(zspage, slot, &offset);
	memcpy_to_page(page, offset, pattern, ZS_RED_BYTES);
}

/**
 * zs_red_check() - was the object in a slot written past its end?
 * @pool: the pool
 * @zspage: its zspage
 * @slot: the slot
 * @handle: of the object, for the message
 * @when: what is being done with it, for the message
 *
 * Context: zs_class.lock held or @zspage pinned, so that the object stays there.
 */
void zs_red_check(struct zs_pool *pool, struct zs_zspage *zspage, unsigned int slot,
		  unsigned long handle, const char *when)
{
	size_t usable = zs_red_usable(pool, zspage->class->geo), offset;
	u8 found[ZS_RED_BYTES];
	struct page *page;
	unsigned int n;

	if (!has_zone(pool, zspage))
		return;
	page = zone_of(zspage, slot, &offset);
	/* freed under its user, with the page */
	if (!page)
		return;
	memcpy_from_page(found, page, offset, ZS_RED_BYTES);
	for (n = 0; n < ZS_RED_BYTES && found[n] == pattern[n]; n++)
		;
	if (likely(n == ZS_RED_BYTES))
		return;

	memcpy_to_page(page, offset, pattern, ZS_RED_BYTES);
	zs_count(pool, ZS_COUNT_DAMAGED, 1);
	pr_err_ratelimited("zsmalloc: pool %s: handle %#lx was written past its %zu bytes, at offset %zu: %*ph instead of %*ph, noticed at %s\n",
			   pool->name, handle, usable, usable + n, ZS_RED_BYTES, found,
			   ZS_RED_BYTES, pattern, when);
}

/**
 * zs_red_check_entry() - is the end of a slot as it was left, for who has no handle?
 * @pool: the pool
 * @zspage: the zspage
 * @slot: its slot
 * @index: of the entry that names it
 * @when: what is being done with it, for the message
 *
 * Context: as zs_red_check().
 */
void zs_red_check_entry(struct zs_pool *pool, struct zs_zspage *zspage, unsigned int slot,
			u32 index, const char *when)
{
	zs_red_check(pool, zspage, slot, zs_handle_of(&pool->handles, index), when);
}

/**
 * zs_red_check_extent() - zs_red_check(), by where the object lies
 * @pool: the pool
 * @zspage: its zspage
 * @ext: where the object lies
 * @handle: of the object, for the message
 * @when: what is being done with it, for the message
 *
 * Context: @zspage pinned.
 */
void zs_red_check_extent(struct zs_pool *pool, struct zs_zspage *zspage,
			 const struct zs_extent *ext, unsigned long handle, const char *when)
{
	zs_red_check(pool, zspage, ext->slot, handle, when);
}
