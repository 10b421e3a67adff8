// SPDX-License-Identifier: GPL-2.0-only
/*
 * How does a page get out to swap and back: by way of zswap, or of the device?
 */
#include "scene.h"

u64 page_content(struct page *page)
{
	u64 *mem = kmap_local_page(page), first = mem[0], last;

	last = READ_ONCE(mem[PAGE_SIZE / sizeof(u64) - 1]);
	kunmap_local(mem);
	return first == last ? first : 0;
}

void page_fill(struct page *page, u64 content)
{
	u64 *mem = kmap_local_page(page);

	mem[0] = content;
	shim_step(page->mem, SHIM_WRITE);
	mem[PAGE_SIZE / sizeof(u64) - 1] = content;
	kunmap_local(mem);
}

static swp_entry_t place_of(struct page *page)
{
	expect(PageLocked(page));
	expect(!swap_area.gone, "the swap area is gone");
	return (swp_entry_t){ page_private(page) };
}

static int frontswap_store(struct page *page)
{
	swp_entry_t entry = place_of(page);
	struct slot *slot = swap_slot(entry);

	if (slot->front && !swap_area.trusts) {
		slot->front = false;
		zswap_tree_drop(zswap_tree(swp_type(entry)), swp_offset(entry));
	}
	if (zswap_store(swp_type(entry), swp_offset(entry), page))
		return -1;
	slot->front = true;
	return 0;
}

static int frontswap_load(struct page *page)
{
	swp_entry_t entry = place_of(page);

	if (!swap_slot(entry)->front)
		return -ENOENT;
	return zswap_load(swp_type(entry), swp_offset(entry), page);
}

/* The reader sleeps until the device has delivered. */
int swap_readpage(struct page *page, bool synchronous, struct swap_iocb **plug)
{
	swp_entry_t entry = place_of(page);
	int err = frontswap_load(page);

	expect(!PageUptodate(page));
	if (err == -ENOENT) {
		engine_sleep(page);
		page_fill(page, swap_slot(entry)->disk);
		err = 0;
	}
	if (err)
		SetPageError(page);
	else
		SetPageUptodate(page);
	unlock_page(page);
	return 0;
}

/* The page is under way until somebody waits for it, or all is over. */
int __swap_writepage(struct page *page, struct writeback_control *wbc)
{
	place_of(page);
	expect(PageUptodate(page) && PageSwapCache(page) && !PageWriteback(page));
	expect(zswap_inflight() <= ZSWAP_INFLIGHT_MAX);
	SetPageWriteback(page);
	unlock_page(page);
	return 0;
}

static void end_write(struct page *page)
{
	swp_entry_t entry = { page_private(page) };

	expect(PageSwapCache(page) && !swap_area.gone);
	if (swap_area.fails) {
		swap_area.fails--;
		SetPageError(page);
		set_page_dirty(page);
	} else {
		swap_slot(entry)->disk = page_content(page);
	}
	ClearPageReclaim(page);
	ClearPageWriteback(page);
}

void device_finish(struct page *page)
{
	spin_lock(&swap_area.device_lock);
	if (PageWriteback(page))
		end_write(page);
	spin_unlock(&swap_area.device_lock);
}

/* All that is under way arrives. */
void device_work(void)
{
	unsigned int n;

	for (n = 0; n < SLOTS; n++) {
		struct page *page = lookup_swap_cache(swap_entry_of(n));

		if (!page)
			continue;
		device_finish(page);
		put_page(page);
	}
}

void wait_on_page_writeback(struct page *page)
{
	might_sleep();
	device_finish(page);
}

void swap_writepage(struct page *page)
{
	struct writeback_control wbc = { .sync_mode = WB_SYNC_NONE };

	if (folio_free_swap(page)) {
		unlock_page(page);
		return;
	}
	if (frontswap_store(page)) {
		__swap_writepage(page, &wbc);
		return;
	}
	SetPageWriteback(page);
	unlock_page(page);
	ClearPageWriteback(page);
}
