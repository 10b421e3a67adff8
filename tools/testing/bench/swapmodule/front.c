// SPDX-License-Identifier: GPL-2.0-only
/*
 * What does zswap see of the swap code?
 *
 * A locked page that carries the marks of the swap cache and a place in the swap area
 * that is on. Nothing else knows of this page.
 */
#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <linux/swap.h>
#include <linux/swapops.h>

#include "swap.h"

/* The first places of a swap area are its header. */
#define FIRST	16

static struct page *page;
static int (*store)(struct page *page);
static int (*load)(struct page *page);
static void (*invalidate)(unsigned int type, pgoff_t offset);

/* Takes the addresses of the three; returns the page's memory, or NULL. */
void *front_init(unsigned long store_at, unsigned long load_at, unsigned long invalidate_at)
{
	store = (void *)store_at;
	load = (void *)load_at;
	invalidate = (void *)invalidate_at;
	page = alloc_page(GFP_KERNEL);
	if (!page)
		return NULL;
	__SetPageLocked(page);
	SetPageSwapBacked(page);
	SetPageSwapCache(page);
	SetPageUptodate(page);
	return page_address(page);
}

void front_exit(void)
{
	if (!page)
		return;
	set_page_private(page, 0);
	ClearPageSwapCache(page);
	ClearPageSwapBacked(page);
	ClearPageUptodate(page);
	__ClearPageLocked(page);
	__free_page(page);
}

/* From here on the page is the one of place @nr. */
void front_place(u32 nr)
{
	set_page_private(page, swp_entry(0, FIRST + nr).val);
}

int front_store(void)
{
	return store(page);
}

int front_load(void)
{
	return load(page);
}

void front_invalidate(u32 nr)
{
	invalidate(0, FIRST + nr);
}
