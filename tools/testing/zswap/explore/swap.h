/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A swap area of a few slots, its part of the swap cache, frontswap before it, and a
 * device behind it: the base's mm/swapfile.c, swap_state.c, page_io.c and frontswap.c, cut
 * down to what zswap meets, in the same order of steps.
 */
#ifndef _EXPLORE_SWAP_H
#define _EXPLORE_SWAP_H

#include "../shim/swap.h"

#define SLOTS	2

/* What the device has where nothing was written. */
#define JUNK	0xdead

/**
 * struct slot - a page's place
 * @count: tasks whose pages are there; swap.lock
 * @cache: SWAP_HAS_CACHE; swap.lock
 * @page: in the swap cache; swap.cache_lock
 * @front: frontswap has it; changed with the page locked, or by who frees the slot
 * @disk: what is on the device
 */
struct slot {
	unsigned int count;
	bool cache;
	struct page *page;
	bool front;
	u64 disk;
};

/**
 * struct swap - the area
 * @si: what zswap sees of it
 * @lock: swap_info_struct.lock
 * @cache_lock: that of the swap cache
 * @device_lock: makes the end of a write one event
 * @users: get_swap_device()
 * @open: slots can be had; @lock
 * @live: references can be had
 * @gone: swapoff is through
 * @trusts: a store that is refused is to drop what was stored before, instead of frontswap
 * @by_filesystem: SWP_FS_OPS was set at swapon
 * @fails: so many writes to the device
 * @slots: places
 */
struct swap {
	struct swap_info_struct si;
	spinlock_t lock;		/* outside that of a tree */
	spinlock_t cache_lock;		/* innermost */
	spinlock_t device_lock;		/* innermost */
	atomic_t users;
	bool open;
	bool live;
	bool gone;
	bool trusts;
	unsigned int fails;
	bool by_filesystem;
	struct slot slots[SLOTS];
};

extern struct swap swap_area;

static inline swp_entry_t swap_entry_of(unsigned int slot)
{
	return swp_entry(SHIM_SWAP_TYPE, slot);
}

static inline struct slot *swap_slot(swp_entry_t entry)
{
	return &swap_area.slots[swp_offset(entry)];
}

/* What a page holds, twice, so that half a page is noticed. */
u64 page_content(struct page *page);
void page_fill(struct page *page, u64 content);

void swap_boot(void);
void swap_on(unsigned long flags);
void swap_off_wait(void);

bool swap_alloc(swp_entry_t *entry);
void swap_duplicate(swp_entry_t entry);
void swap_free(swp_entry_t entry);
void free_swap_and_cache(swp_entry_t entry);
unsigned int swap_count(swp_entry_t entry);
bool swap_in_use(void);
int swapcache_prepare(swp_entry_t entry);
void swapcache_clear(swp_entry_t entry);

void add_to_swap_cache(struct page *page, swp_entry_t entry);
struct page *lookup_swap_cache(swp_entry_t entry);
struct page *read_swap_cache_async(swp_entry_t entry);
bool folio_free_swap(struct page *page);
bool remove_mapping(struct page *page);
void swap_writepage(struct page *page);
void device_finish(struct page *page);
void device_work(void);

#endif /* _EXPLORE_SWAP_H */
