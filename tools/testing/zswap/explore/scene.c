// SPDX-License-Identifier: GPL-2.0-only
/*
 * What must be true when all tasks are through, and how does a scene begin?
 */
#include "scene.h"

static struct shim_usage before;

/* Slots of pages under way that are taken, by nobody. */
static unsigned int busy;

void scene_hold_writes(unsigned int left)
{
	long patience = 0;

	for (busy = 0; busy < ZSWAP_INFLIGHT_MAX - left; busy++)
		expect(zswap_inflight_begin(SHIM_SWAP_TYPE, &patience));
}

static void let_write(void)
{
	for (; busy; busy--)
		zswap_inflight_cancel(SHIM_SWAP_TYPE);
}

void shim_wait(void)
{
	shim_run_work();
	cpu_relax();
}

void scene_begin(const struct state *state)
{
	before = shim_usage();
	stand_in_begin();
	swap_boot();
	swap_on(0);
	state->build();
}

/* The parameters stay what they are, and so does what the area can do. */
bool scene_quiet(const void *addr)
{
	const void *params = &zswap_params;

	return addr >= params && addr < params + sizeof(zswap_params);
}

/* What is under way comes to its end. */
static void settle(void)
{
	let_write();
	while (shim_run_work())
		;
	device_work();
	expect(!zswap_inflight(), "%d pages count as under way", zswap_inflight());
	expect(!swap_area.users.counter, "%d references to the swap area", swap_area.users.counter);
}

static void verify_unlocked(void)
{
	unsigned int n;

	for (n = 0; n < SLOTS; n++)
		expect(!swap_area.slots[n].page || !PageLocked(swap_area.slots[n].page),
		       "a page in the swap cache stays locked");
	for (n = 0; n < OWNERS; n++)
		expect(owners[n].where != MAPPED || !PageLocked(owners[n].page),
		       "a page of a process stays locked");
}

/* Each process gets what it wrote last, or is told. */
static void verify_owners(void)
{
	unsigned int n;

	for (n = 0; n < OWNERS; n++) {
		owner_read(&owners[n], FREE_SLOT);
		if (owners[n].where == MAPPED)
			expect(page_content(owners[n].page) == owners[n].content,
			       "a page in memory has changed");
		else
			expect(owners[n].where == NOWHERE || owners[n].may_lose);
	}
}

void scene_end(void)
{
	unsigned int n;

	settle();
	verify_unlocked();
	stand_in_verify();
	verify_owners();
	for (n = 0; n < OWNERS; n++)
		owner_exit(&owners[n]);
	for (n = 0; n < SLOTS; n++)
		swap_cache_free(swap_entry_of(n));
	expect(!swap_in_use(), "a slot stays taken");
	settle();
	stand_in_verify();
	stand_in_end();
	expect(shim_usage_same(before, shim_usage()), "memory is left");
}
