// SPDX-License-Identifier: GPL-2.0-only
/*
 * How do processes get their pages back from swap? Page faults, exit and swapoff in the
 * order of steps of the base's mm/memory.c and swapfile.c.
 */
#include "scene.h"

struct owner owners[OWNERS];

/* A page in memory that was written to, and was never in swap. */
void owner_begin(struct owner *owner, u64 content)
{
	*owner = (struct owner){ .where = MAPPED, .content = content, .dirty = true };
	shim_lock_init(&owner->ptl);
	owner->page = alloc_page(GFP_HIGHUSER_MOVABLE);
	page_fill(owner->page, content);
	SetPageUptodate(owner->page);
}

/* Both have the page in one slot. */
void owner_fork(struct owner *child, struct owner *parent)
{
	expect(parent->where == SWAPPED);
	*child = *parent;
	shim_lock_init(&child->ptl);
	swap_duplicate(child->swp);
}

static bool still_swapped(struct owner *owner, swp_entry_t entry)
{
	lockdep_assert_held(&owner->ptl);
	return owner->where == SWAPPED && owner->swp.val == entry.val;
}

static void verify_content(struct owner *owner, struct page *page)
{
	u64 content = page_content(page);

	expect(content == owner->content, "a process gets %#llx instead of %#llx",
	       (unsigned long long)content, (unsigned long long)owner->content);
}

/* The page takes the place of the swap entry. */
static void map(struct owner *owner, struct page *page)
{
	verify_content(owner, page);
	get_page(page);
	owner->page = page;
	owner->dirty = false;
	owner->where = MAPPED;
	swap_free(owner->swp);
}

static void error_to(struct owner *owner)
{
	expect(owner->may_lose, "a page is lost that was not damaged");
	owner->errors++;
}

/* The swap cache is left out: for devices that are as fast as memory. Needs a retry if NULL. */
static struct page *read_directly(swp_entry_t entry)
{
	struct page *page;

	if (swapcache_prepare(entry))
		return NULL;
	page = alloc_page(GFP_HIGHUSER_MOVABLE);
	expect(trylock_page(page));
	set_page_private(page, entry.val);
	swap_readpage(page, true, NULL);
	set_page_private(page, 0);
	return page;
}

/* With the page locked. False: the fault is to be tried again. */
static bool finish_fault(struct owner *owner, swp_entry_t entry, struct page *page, bool direct,
			 enum keep keep)
{
	if (!direct && (!PageSwapCache(page) || page_private(page) != entry.val))
		return false;
	spin_lock(&owner->ptl);
	if (still_swapped(owner, entry)) {
		if (!PageUptodate(page)) {
			error_to(owner);
		} else {
			map(owner, page);
			if (keep == FREE_SLOT)
				folio_free_swap(page);
		}
	}
	spin_unlock(&owner->ptl);
	return true;
}

/* do_swap_page(). False: the fault is to be tried again. */
static bool fault(struct owner *owner, swp_entry_t entry, enum keep keep)
{
	struct swap_info_struct *si = get_swap_device(entry);
	struct page *page;
	bool direct, done = false;

	if (!si)
		return false;
	page = lookup_swap_cache(entry);
	direct = !page && si->flags & SWP_SYNCHRONOUS_IO && swap_count(entry) == 1;
	if (direct)
		page = read_directly(entry);
	else if (!page)
		page = read_swap_cache_async(entry);
	if (page) {
		lock_page(page);
		done = finish_fault(owner, entry, page, direct, keep);
		unlock_page(page);
		put_page(page);
	}
	if (page && direct)
		swapcache_clear(entry);
	put_swap_device(si);
	return done;
}

static bool is_swapped(struct owner *owner, swp_entry_t *entry)
{
	bool swapped;

	spin_lock(&owner->ptl);
	swapped = owner->where == SWAPPED;
	*entry = owner->swp;
	spin_unlock(&owner->ptl);
	return swapped;
}

void owner_read(struct owner *owner, enum keep keep)
{
	swp_entry_t entry;

	while (is_swapped(owner, &entry) && !fault(owner, entry, keep))
		cpu_relax();
}

void owner_write(struct owner *owner)
{
	spin_lock(&owner->ptl);
	if (owner->where == MAPPED) {
		page_fill(owner->page, ++owner->content);
		owner->dirty = true;
		owner->may_lose = false;
	}
	spin_unlock(&owner->ptl);
}

static void zap_page(struct page *page)
{
	if (PageSwapCache(page) && trylock_page(page)) {
		folio_free_swap(page);
		unlock_page(page);
	}
	put_page(page);
}

void owner_exit(struct owner *owner)
{
	spin_lock(&owner->ptl);
	if (owner->where == SWAPPED)
		free_swap_and_cache(owner->swp);
	else if (owner->where == MAPPED)
		zap_page(owner->page);
	owner->where = NOWHERE;
	spin_unlock(&owner->ptl);
}

/* ------------------------------------------------------------------- swapoff */

/* unuse_pte_range(): it does not look whether the page is still in the swap cache. */
void owner_unuse(struct owner *owner)
{
	struct page *page;
	swp_entry_t entry;

	if (!is_swapped(owner, &entry))
		return;
	page = lookup_swap_cache(entry);
	if (!page)
		page = read_swap_cache_async(entry);
	if (!page)
		return;
	lock_page(page);
	wait_on_page_writeback(page);
	spin_lock(&owner->ptl);
	if (still_swapped(owner, entry)) {
		if (PageUptodate(page)) {
			map(owner, page);
		} else {
			error_to(owner);
			owner->where = LOST;
			swap_free(entry);
		}
	}
	spin_unlock(&owner->ptl);
	folio_free_swap(page);
	unlock_page(page);
	put_page(page);
}

void swap_cache_free(swp_entry_t entry)
{
	struct page *page = lookup_swap_cache(entry);

	if (!page)
		return;
	lock_page(page);
	wait_on_page_writeback(page);
	folio_free_swap(page);
	unlock_page(page);
	put_page(page);
}

void swap_off(void)
{
	unsigned int n;

	spin_lock(&swap_area.lock);
	swap_area.open = false;
	spin_unlock(&swap_area.lock);
	while (swap_in_use()) {
		for (n = 0; n < OWNERS; n++)
			owner_unuse(&owners[n]);
		for (n = 0; n < SLOTS; n++)
			swap_cache_free(swap_entry_of(n));
		if (swap_in_use())
			cpu_relax();
	}
	swap_off_wait();
}
