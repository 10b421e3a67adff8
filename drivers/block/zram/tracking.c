// SPDX-License-Identifier: GPL-2.0-only
/*
 * How long was a page not used, and which pages are idle?
 */
#include <linux/bits.h>
#include <linux/limits.h>
#include <linux/math64.h>
#include <linux/sched.h>
#include <linux/time64.h>

#include "page_io.h"
#include "store.h"
#include "tracking.h"

#ifdef CONFIG_ZRAM_TRACK_ENTRY_ACTIME
/**
 * zram_tracking_units() - an age the way ages of pages are counted
 * @seconds: the age
 *
 * Return: units of 2^26 ns, rounded up. More than U32_MAX, which no page reaches,
 *	   where the age is longer than can be told.
 */
u64 zram_tracking_units(u64 seconds)
{
	const u64 max = div_u64((u64)U32_MAX << ZRAM_TIME_SHIFT, NSEC_PER_SEC);

	if (seconds > max)
		return U64_MAX;
	return (seconds * NSEC_PER_SEC + BIT_ULL(ZRAM_TIME_SHIFT) - 1) >> ZRAM_TIME_SHIFT;
}

/* Units since a page was used. */
static u32 age_of(struct zram_slot *slot, u64 *now)
{
	u32 then = READ_ONCE(*zram_tracking_cell(slot));

	/*
	 * The slot need not be locked: a clock that was read before somebody else sets
	 * the time would make the page years old.
	 */
	smp_rmb();
	*now = zram_tracking_now();
	return (u32)*now - then;
}

/**
 * zram_tracking_time() - when a page was last used
 * @slot: its slot, in a leaf
 *
 * Context: any; the slot need not be locked.
 * Return: nanoseconds of boot time, a multiple of 2^26.
 */
u64 zram_tracking_time(struct zram_slot *slot)
{
	u64 now;
	u32 age = age_of(slot, &now);

	return (now - min_t(u64, age, now)) << ZRAM_TIME_SHIFT;
}

static bool older_than(struct zram_slot *slot, u64 units)
{
	u64 now;

	return age_of(slot, &now) >= units;
}
#else
static u64 zram_tracking_units(u64 seconds)
{
	return 0;
}

static bool older_than(struct zram_slot *slot, u64 units)
{
	return true;
}
#endif

/* A page that would not get smaller or go elsewhere is never idle. */
static bool can_be_idle(struct zram_slot *slot)
{
	u32 state = atomic_read(&slot->state);

	return (state & ZRAM_SIZE_MASK) && !(state & (ZRAM_SAME | ZRAM_WB));
}

/**
 * zram_tracking_mark_idle() - mark what was not used for some time
 * @store: the store
 * @seconds: for how long at least; 0 for all pages, and nothing but 0 where access
 *	     times are not kept
 *
 * Context: sleeps; the store is there until it returns. Takes time in proportion to
 *	    what was ever written.
 */
void zram_tracking_mark_idle(struct zram_store *store, u64 seconds)
{
	u64 units = zram_tracking_units(seconds);
	struct zram_slot *slot;
	unsigned long index;

	for (index = 0; (slot = zram_table_next(&store->table, &index, ULONG_MAX)); index++) {
		if (can_be_idle(slot)) {
			zram_slot_lock(&store->table, slot);
			if (can_be_idle(slot) && older_than(slot, units))
				atomic_or(ZRAM_IDLE, &slot->state);
			zram_page_unlock(store, slot);
		}
		cond_resched();
	}
}
