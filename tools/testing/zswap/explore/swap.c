// SPDX-License-Identifier: GPL-2.0-only
/*
 * Who uses the swap area, and a slot in it?
 */
#include <sanitizer/asan_interface.h>

#include "scene.h"

struct swap swap_area;
unsigned long shim_jiffies;

void swap_boot(void)
{
	shim_lock_init(&swap_area.lock);
	shim_lock_init(&swap_area.cache_lock);
	shim_lock_init(&swap_area.device_lock);
}

/* A device of which nothing is known. */
void swap_on(unsigned long flags)
{
	unsigned int n;

	/* What has failed has been forgotten. */
	shim_jiffies += 2 * HZ;
	swap_area.fails = 0;
	swap_area.by_filesystem = false;
	swap_area.trusts = false;
	for (n = 0; n < SLOTS; n++)
		swap_area.slots[n] = (struct slot){ .disk = JUNK };
	ASAN_UNPOISON_MEMORY_REGION(&swap_area.si, sizeof(swap_area.si));
	swap_area.si.flags = flags;
	swap_area.open = true;
	swap_area.gone = false;
	swap_area.live = true;
}

/* The end of swapoff: wait for references, then forget what zswap has. */
void swap_off_wait(void)
{
	shim_step(&swap_area.users, SHIM_WRITE);
	swap_area.live = false;
	while (swap_area.users.counter)
		cpu_relax();
	zswap_tree_clear(zswap_tree(SHIM_SWAP_TYPE));
	swap_area.gone = true;
	/* who has no reference must not look at it */
	ASAN_POISON_MEMORY_REGION(&swap_area.si, sizeof(swap_area.si));
}

struct swap_info_struct *get_swap_device(swp_entry_t entry)
{
	shim_step(&swap_area.users, SHIM_WRITE);
	if (!swap_area.live)
		return NULL;
	swap_area.users.counter++;
	return &swap_area.si;
}

void put_swap_device(struct swap_info_struct *si)
{
	shim_step(&swap_area.users, SHIM_WRITE);
	if (swap_area.users.counter-- <= 0)
		fail("a reference to the swap area is dropped that nobody had");
}

/* The lowest free slot is taken, for a page that goes into the swap cache. */
bool swap_alloc(swp_entry_t *entry)
{
	unsigned int n;

	spin_lock(&swap_area.lock);
	for (n = 0; n < SLOTS && swap_area.open; n++) {
		struct slot *slot = &swap_area.slots[n];

		if (slot->count || slot->cache)
			continue;
		slot->cache = true;
		spin_unlock(&swap_area.lock);
		*entry = swap_entry_of(n);
		return true;
	}
	spin_unlock(&swap_area.lock);
	return false;
}

void swap_duplicate(swp_entry_t entry)
{
	spin_lock(&swap_area.lock);
	expect(swap_slot(entry)->cache || swap_slot(entry)->count);
	swap_slot(entry)->count++;
	spin_unlock(&swap_area.lock);
}

unsigned int swap_count(swp_entry_t entry)
{
	unsigned int count;

	spin_lock(&swap_area.lock);
	count = swap_slot(entry)->count;
	spin_unlock(&swap_area.lock);
	return count;
}

bool swap_in_use(void)
{
	bool used = false;
	unsigned int n;

	spin_lock(&swap_area.lock);
	for (n = 0; n < SLOTS; n++)
		used |= swap_area.slots[n].count || swap_area.slots[n].cache;
	spin_unlock(&swap_area.lock);
	return used;
}

/* Its users and its page are gone, and @slot.cache keeps others from it for a moment. */
static void entry_free(swp_entry_t entry)
{
	struct slot *slot = swap_slot(entry);

	spin_lock(&swap_area.lock);
	expect(slot->cache && !slot->count);
	slot->cache = false;
	if (slot->front)
		zswap_tree_drop(zswap_tree(SHIM_SWAP_TYPE), swp_offset(entry));
	slot->front = false;
	spin_unlock(&swap_area.lock);
}

/* Returns whether the swap cache has it and nobody else. */
static bool drop_user(swp_entry_t entry)
{
	struct slot *slot = swap_slot(entry);
	bool last, cached;

	spin_lock(&swap_area.lock);
	expect(!swap_area.gone);
	expect(slot->count);
	last = !--slot->count;
	cached = slot->cache;
	slot->cache |= last;
	spin_unlock(&swap_area.lock);
	if (last && !cached)
		entry_free(entry);
	return last && cached;
}

void swap_free(swp_entry_t entry)
{
	drop_user(entry);
}

void free_swap_and_cache(swp_entry_t entry)
{
	struct swap_info_struct *si = get_swap_device(entry);
	struct page *page;

	if (!si)
		return;
	if (drop_user(entry)) {
		page = lookup_swap_cache(entry);
		if (page && trylock_page(page)) {
			folio_free_swap(page);
			unlock_page(page);
		}
		if (page)
			put_page(page);
	}
	put_swap_device(si);
}

int swapcache_prepare(swp_entry_t entry)
{
	struct swap_info_struct *si = get_swap_device(entry);
	struct slot *slot = swap_slot(entry);
	int err = 0;

	if (!si)
		return -EINVAL;
	spin_lock(&swap_area.lock);
	if (slot->cache)
		err = -EEXIST;
	else if (!slot->count)
		err = -ENOENT;
	else
		slot->cache = true;
	spin_unlock(&swap_area.lock);
	put_swap_device(si);
	return err;
}

void swapcache_clear(swp_entry_t entry)
{
	struct slot *slot = swap_slot(entry);
	bool last;

	spin_lock(&swap_area.lock);
	expect(slot->cache);
	last = !slot->count;
	slot->cache = last;
	spin_unlock(&swap_area.lock);
	if (last)
		entry_free(entry);
}
