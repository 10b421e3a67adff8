// SPDX-License-Identifier: GPL-2.0-only
/*
 * States in which operations meet. The first process has its page in the first slot, in
 * zswap unless something else is said; the second one has its page in memory.
 */
#include "scene.h"

/* What the first process wrote; the second one's is far enough from it. */
#define FIRST	100
#define SECOND	200

static void swapped(u64 content)
{
	owner_begin(&owners[0], content);
	owner_begin(&owners[1], content + SECOND - FIRST);
	owner_swap_out(&owners[0]);
	device_work();
	reclaim_slot(owners[0].swp);
	expect(owners[0].where == SWAPPED && !swap_area.slots[0].page);
}

static void one(void)
{
	swapped(FIRST);
}

static void same_filled(void)
{
	swapped(SAME + FIRST);
}

/* The second one's page is the next younger one. */
static void both(void)
{
	one();
	owner_swap_out(&owners[1]);
	expect(owners[1].where == SWAPPED && zswap_lru_nr(scene_lru()) == 2);
}

/* Both processes have the same page. */
static void shared(void)
{
	one();
	owner_exit(&owners[1]);
	owner_fork(&owners[1], &owners[0]);
}

/* As if eviction had spared it already. */
static void forget_use(void)
{
	struct zswap_entry *entry = zswap_tree_get(zswap_tree(SHIM_SWAP_TYPE), 0);

	expect(entry && entry->used);
	entry->used = false;
	zswap_entry_put(entry);
}

/* The page was read ahead, and is still in the swap cache. */
static void cached(void)
{
	one();
	put_page(read_swap_cache_async(owners[0].swp));
	forget_use();
}

/* So is this one, and it is to be spared. */
static void used(void)
{
	one();
	put_page(read_swap_cache_async(owners[0].swp));
}

/* It is in memory too. */
static void touched(void)
{
	one();
	owner_read(&owners[0], KEEP_SLOT);
	expect(owners[0].where == MAPPED && swap_area.slots[0].page);
	forget_use();
}

/*
 * Frontswap would drop an older page before it asks; zswap_store() promises to do it, too, and
 * here that is needed.
 */
static void trusting(void)
{
	one();
	swap_area.trusts = true;
}

static void damaged(void)
{
	one();
	stand_in_damage(owners[0].swp);
	owners[0].may_lose = true;
}

/* From now on zswap is off: what is stored goes to the device. */
static void off(void)
{
	trusting();
	zswap_params.enabled = false;
}

/* There is room for one page. */
static void full(void)
{
	trusting();
	zswap_params.max_pool_percent = 100 / totalram_pages() + 1;
}

/* There is one more page that may be under way. */
static void busy(void)
{
	both();
	scene_hold_writes(1);
}

/* It is on the device, and not in zswap. */
static void on_disk(void)
{
	zswap_params.enabled = false;
	one();
	zswap_params.enabled = true;
}

/* The device is as fast as memory, so that faults leave out the swap cache. */
static void fast_device(void)
{
	one();
	swap_area.si.flags |= SWP_SYNCHRONOUS_IO;
}

static void failing_device(void)
{
	one();
	swap_area.fails = 1;
}

static void by_filesystem(void)
{
	one();
	swap_area.si.flags |= SWP_FS_OPS;
	swap_area.by_filesystem = true;
}

const struct state states[] = {
	{ "one", one },
	{ "both", both },
	{ "shared", shared },
	{ "cached", cached },
	{ "used", used },
	{ "touched", touched },
	{ "trusting", trusting },
	{ "damaged", damaged },
	{ "off", off },
	{ "full", full },
	{ "busy", busy },
	{ "on_disk", on_disk },
	{ "same_filled", same_filled },
	{ "fast_device", fast_device },
	{ "failing_device", failing_device },
	{ "by_filesystem", by_filesystem },
	{ }
};
