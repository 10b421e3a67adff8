/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * When a page of a zram disk was last used, and whether it is idle.
 *
 * A page is used when somebody reads it or writes it: that sets its time and takes
 * the mark ZRAM_IDLE away. Writing it back, compressing it again, and looking at it
 * are no use.
 *
 * Time is counted in units of 2^26 ns, about 67 ms, from boot, time in suspend
 * included, modulo 2^32 units: the age of a page is right up to nine years.
 */
#ifndef _ZRAM_TRACKING_H
#define _ZRAM_TRACKING_H

#include <linux/compiler.h>
#include <linux/ktime.h>
#include <linux/types.h>

#include "slot.h"

struct zram_store;

#define ZRAM_TIME_SHIFT		26

#ifdef CONFIG_ZRAM_TRACK_ENTRY_ACTIME
static_assert(ZRAM_SLOTS_PER_LEAF * (sizeof(struct zram_slot) + sizeof(u32)) <= PAGE_SIZE);

/* Units since boot; cut to 32 bits it is what a slot keeps. */
static inline u64 zram_tracking_now(void)
{
	return ktime_get_coarse_boottime_ns() >> ZRAM_TIME_SHIFT;
}

/* Where a slot's time is. Slot lock; read without it, with READ_ONCE(). */
static inline u32 *zram_tracking_cell(struct zram_slot *slot)
{
	void *leaf = (void *)((unsigned long)slot & PAGE_MASK);
	u32 *cells = leaf + ZRAM_SLOTS_PER_LEAF * sizeof(*slot);

	return cells + zram_slot_offset(slot);
}

/**
 * zram_tracking_used() - somebody uses a page
 * @slot: its slot, in a leaf
 *
 * Called as soon as the slot is locked: the line that the time is in comes from
 * memory while the page is unpacked.
 *
 * Context: slot lock held; never sleeps.
 */
static inline void zram_tracking_used(struct zram_slot *slot)
{
	zram_slot_assert_locked(slot);
	WRITE_ONCE(*zram_tracking_cell(slot), zram_tracking_now());
}

u64 zram_tracking_units(u64 seconds);
u64 zram_tracking_time(struct zram_slot *slot);
#else
static inline void zram_tracking_used(struct zram_slot *slot) { }
#endif

void zram_tracking_mark_idle(struct zram_store *store, u64 seconds);

#endif /* _ZRAM_TRACKING_H */
