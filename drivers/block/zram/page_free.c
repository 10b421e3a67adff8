// SPDX-License-Identifier: GPL-2.0-only
/*
 * How is a page forgotten, also from where nobody can wait for it?
 */
#include <linux/sched.h>

#include "page_io.h"
#include "store.h"

/**
 * zram_page_free_range() - forget pages: they read as zeros from now on
 * @store: the store
 * @start: first page of the disk
 * @end: the page after the last
 *
 * Pages that hold something count in ZRAM_NOTIFY_FREE.
 *
 * Context: sleeps. Takes time in proportion to what was ever written there.
 */
void zram_page_free_range(struct zram_store *store, unsigned long start, unsigned long end)
{
	struct zram_slot *slot;
	unsigned long index;

	for (index = start; (slot = zram_table_next(&store->table, &index, end)); index++) {
		zram_slot_lock(&store->table, slot);
		zram_page_empty(store, slot);
		zram_page_unlock(store, slot);
		cond_resched();
	}
}

/**
 * zram_page_free_atomic() - forget a page, from a place that cannot wait
 * @store: the store
 * @index: which page of the disk
 *
 * Where somebody is at the page just now, that task frees it before it lets go of
 * the slot; it is never left for later.
 *
 * Context: any but interrupts; never sleeps.
 */
void zram_page_free_atomic(struct zram_store *store, unsigned long index)
{
	struct zram_slot *slot = zram_table_find(&store->table, index);

	if (!slot)
		return;
	if (!zram_slot_lock_or_defer(&store->table, slot)) {
		zram_stats_inc(&store->stats, ZRAM_MISS_FREE);
		return;
	}
	zram_page_empty(store, slot);
	zram_page_unlock(store, slot);
}
