// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which page is in the swap cache for a slot?
 */
#include "scene.h"

void add_to_swap_cache(struct page *page, swp_entry_t entry)
{
	spin_lock(&swap_area.cache_lock);
	expect(!swap_slot(entry)->page && !swap_area.gone);
	get_page(page);
	set_page_private(page, entry.val);
	page->flags |= BIT(PG_swapcache);
	swap_slot(entry)->page = page;
	spin_unlock(&swap_area.cache_lock);
}

struct page *lookup_swap_cache(swp_entry_t entry)
{
	struct page *page;

	spin_lock(&swap_area.cache_lock);
	page = swap_slot(entry)->page;
	if (page)
		get_page(page);
	spin_unlock(&swap_area.cache_lock);
	return page;
}

static void take_out(struct page *page)
{
	swp_entry_t entry = { page_private(page) };

	lockdep_assert_held(&swap_area.cache_lock);
	expect(PageLocked(page) && swap_slot(entry)->page == page);
	expect(!(page->flags & BIT(PG_writeback)));
	swap_slot(entry)->page = NULL;
	set_page_private(page, 0);
	page->flags &= ~BIT(PG_swapcache);
}

void delete_from_swap_cache(struct page *page)
{
	swp_entry_t entry = { page_private(page) };

	spin_lock(&swap_area.cache_lock);
	take_out(page);
	spin_unlock(&swap_area.cache_lock);
	swapcache_clear(entry);
	put_page(page);
}

bool folio_free_swap(struct page *page)
{
	expect(PageLocked(page));
	if (!PageSwapCache(page) || PageWriteback(page) ||
	    swap_count((swp_entry_t){ page_private(page) }))
		return false;
	delete_from_swap_cache(page);
	SetPageDirty(page);
	return true;
}

/* Reclaim: nobody but the swap cache and the caller has the page, and it is clean. */
bool remove_mapping(struct page *page)
{
	swp_entry_t entry = { page_private(page) };
	bool free;

	spin_lock(&swap_area.cache_lock);
	free = page_count(page) == 2 && !(page->flags & BIT(PG_dirty));
	if (free)
		take_out(page);
	spin_unlock(&swap_area.cache_lock);
	if (!free)
		return false;
	swapcache_clear(entry);
	put_page(page);
	return true;
}

struct page *__read_swap_cache_async(swp_entry_t entry, gfp_t gfp, struct vm_area_struct *vma,
				     unsigned long addr, bool *is_new, bool skip_if_exists)
{
	struct swap_info_struct *si;
	struct page *page;
	int err;

	*is_new = false;
	for (;;) {
		si = get_swap_device(entry);
		if (!si)
			return NULL;
		page = lookup_swap_cache(entry);
		put_swap_device(si);
		if (page)
			return page;
		page = alloc_page(gfp);
		if (!page)
			return NULL;
		err = swapcache_prepare(entry);
		if (!err)
			break;
		put_page(page);
		if (err != -EEXIST || skip_if_exists)
			return NULL;
		cpu_relax();
	}
	expect(trylock_page(page));
	add_to_swap_cache(page, entry);
	*is_new = true;
	return page;
}

struct page *read_swap_cache_async(swp_entry_t entry)
{
	bool is_new;
	struct page *page = __read_swap_cache_async(entry, GFP_HIGHUSER_MOVABLE, NULL, 0, &is_new,
						    false);

	if (is_new)
		swap_readpage(page, false, NULL);
	return page;
}
