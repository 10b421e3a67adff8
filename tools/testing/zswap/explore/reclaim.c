// SPDX-License-Identifier: GPL-2.0-only
/*
 * How do pages of processes get into swap? In the order of steps of the base's mm/vmscan.c.
 */
#include "scene.h"

static bool unmap(struct owner *owner, struct page *page)
{
	bool mapped;

	spin_lock(&owner->ptl);
	mapped = owner->where == MAPPED && owner->page == page;
	if (mapped) {
		owner->swp.val = page_private(page);
		swap_duplicate(owner->swp);
		if (owner->dirty)
			set_page_dirty(page);
		owner->where = SWAPPED;
		put_page(page);
	}
	spin_unlock(&owner->ptl);
	return mapped;
}

/* With the page locked; write it if need be, and free it. Drops the lock. */
static void page_out(struct page *page)
{
	if (PageDirty(page) && !PageWriteback(page) && page_count(page) == 2) {
		ClearPageDirty(page);
		SetPageReclaim(page);
		swap_writepage(page);
		if (!trylock_page(page))
			return;
	}
	if (PageSwapCache(page) && !PageWriteback(page))
		remove_mapping(page);
	unlock_page(page);
}

static void shrink(struct owner *owner, struct page *page)
{
	swp_entry_t entry;

	if (!trylock_page(page))
		return;
	if (!PageWriteback(page)) {
		if (owner && !PageSwapCache(page) && swap_alloc(&entry)) {
			add_to_swap_cache(page, entry);
			set_page_dirty(page);
		}
		if (PageSwapCache(page) && (!owner || unmap(owner, page))) {
			page_out(page);
			return;
		}
	}
	unlock_page(page);
}

void owner_swap_out(struct owner *owner)
{
	struct page *page = NULL;

	spin_lock(&owner->ptl);
	if (owner->where == MAPPED) {
		page = owner->page;
		get_page(page);
	}
	spin_unlock(&owner->ptl);
	if (!page)
		return;
	shrink(owner, page);
	put_page(page);
}

/* Reclaim comes to a page of the swap cache. */
void reclaim_slot(swp_entry_t entry)
{
	struct page *page = lookup_swap_cache(entry);

	if (!page)
		return;
	shrink(NULL, page);
	put_page(page);
}
