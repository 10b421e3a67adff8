// SPDX-License-Identifier: GPL-2.0-only
/*
 * Where is the slot of a page, who owns it, and what state is it in?
 */
#include <linux/gfp.h>
#include <linux/sched.h>
#include <linux/wait_bit.h>

#include "slot.h"

static struct lock_class_key slot_lock_key;

/**
 * zram_table_init() - make an empty table
 * @table: where; a table that was destroyed may be made again
 * @nr_slots: pages of the disk
 *
 * Allocates nothing: a disk that holds nothing costs nothing.
 */
void zram_table_init(struct zram_table *table, unsigned long nr_slots)
{
	xa_init(&table->leaves);
	table->nr_slots = nr_slots;
	atomic_long_set(&table->nr_leaves, 0);
	lockdep_init_map_wait(&table->dep_map, "zram_slot", &slot_lock_key, 0, LD_WAIT_SLEEP);
}

/**
 * zram_table_destroy() - give all leaves back
 * @table: a table whose slots are empty, locked by nobody and looked up by nobody
 *
 * Context: may sleep.
 */
void zram_table_destroy(struct zram_table *table)
{
	unsigned long number;
	void *leaf;

	xa_for_each(&table->leaves, number, leaf) {
		free_page((unsigned long)leaf);
		cond_resched();
	}
	xa_destroy(&table->leaves);
	atomic_long_set(&table->nr_leaves, 0);
	table->nr_slots = 0;
}

/**
 * zram_table_find() - the slot of a page, if it has one
 * @table: the table
 * @index: page of the disk
 *
 * Context: any. Takes no lock.
 * Return: the slot, or NULL if the page is beyond the end of the disk or lies
 *	   where nothing was ever written.
 */
struct zram_slot *zram_table_find(struct zram_table *table, unsigned long index)
{
	struct zram_slot *leaf;

	if (unlikely(index >= table->nr_slots))
		return NULL;
	leaf = xa_load(&table->leaves, index / ZRAM_SLOTS_PER_LEAF);
	return leaf ? leaf + index % ZRAM_SLOTS_PER_LEAF : NULL;
}

/**
 * zram_table_get() - the slot of a page, made if need be
 * @table: the table
 * @index: page of the disk
 * @gfp: how hard to try for the leaf
 *
 * Context: may sleep if @gfp may.
 * Return: the slot, or NULL if the page is beyond the end of the disk or there
 *	   is no memory for its leaf.
 */
struct zram_slot *zram_table_get(struct zram_table *table, unsigned long index, gfp_t gfp)
{
	unsigned long number = index / ZRAM_SLOTS_PER_LEAF;
	struct zram_slot *slot = zram_table_find(table, index);
	struct zram_slot *leaf, *other;

	if (likely(slot) || index >= table->nr_slots)
		return slot;

	leaf = (void *)get_zeroed_page(gfp);
	if (!leaf)
		return NULL;
	set_page_private(virt_to_page(leaf), number);
	/* Two first writers may come this far: the table keeps one leaf. */
	other = xa_cmpxchg(&table->leaves, number, NULL, leaf, gfp);
	if (unlikely(other)) {
		free_page((unsigned long)leaf);
		if (xa_is_err(other))
			return NULL;
		leaf = other;
	} else {
		atomic_long_inc(&table->nr_leaves);
	}
	return leaf + index % ZRAM_SLOTS_PER_LEAF;
}

/**
 * zram_table_next() - the first slot at or after a page, skipping what has none
 * @table: the table
 * @index: page to start from; afterwards the page of the slot that was found
 * @end: page to stop before
 *
 * Walks a sparse table in time proportional to the leaves it has. Leaves that
 * appear meanwhile may be seen or not.
 *
 * Context: any. Takes no lock.
 * Return: the slot, or NULL if there is none before @end.
 */
struct zram_slot *zram_table_next(struct zram_table *table, unsigned long *index,
				  unsigned long end)
{
	unsigned long number = *index / ZRAM_SLOTS_PER_LEAF;
	unsigned long start = number;
	struct zram_slot *leaf;

	end = min(end, table->nr_slots);
	if (*index >= end)
		return NULL;
	leaf = xa_find(&table->leaves, &number, (end - 1) / ZRAM_SLOTS_PER_LEAF, XA_PRESENT);
	if (!leaf)
		return NULL;
	if (number != start)
		*index = number * ZRAM_SLOTS_PER_LEAF;
	return leaf + *index % ZRAM_SLOTS_PER_LEAF;
}

static bool lock_or_mark_waiting(struct zram_slot *slot)
{
	int old = atomic_read(&slot->state);

	for (;;) {
		if (!(old & ZRAM_LOCKED)) {
			if (atomic_try_cmpxchg_acquire(&slot->state, &old, old | ZRAM_LOCKED))
				return true;
		} else if (old & ZRAM_WAITERS) {
			return false;
		} else if (atomic_try_cmpxchg(&slot->state, &old, old | ZRAM_WAITERS)) {
			return false;
		}
	}
}

/**
 * zram_slot_lock() - own a slot
 * @table: its table
 * @slot: the slot
 *
 * Context: sleeps. No other slot may be held.
 */
void zram_slot_lock(struct zram_table *table, struct zram_slot *slot)
{
	int old = atomic_read(&slot->state) & ~ZRAM_LOCKED;

	might_sleep();
	lock_map_acquire(&table->dep_map);
	if (likely(atomic_try_cmpxchg_acquire(&slot->state, &old, old | ZRAM_LOCKED)))
		return;
	/*
	 * WAITERS is set by the condition itself, when the task is already on
	 * the wait queue: an unlock that takes the bit away finds the task there.
	 */
	wait_var_event(&slot->state, lock_or_mark_waiting(slot));
}

/**
 * zram_slot_lock_or_defer() - own a slot in order to free it, or have that done
 * @table: its table
 * @slot: the slot
 *
 * Context: any but interrupts; never sleeps.
 * Return: true if the caller owns the slot now, false if its present owner was
 *	   told to free the content before anybody else gets at the slot.
 */
bool zram_slot_lock_or_defer(struct zram_table *table, struct zram_slot *slot)
{
	int old = atomic_read(&slot->state);

	for (;;) {
		if (!(old & ZRAM_LOCKED)) {
			if (!atomic_try_cmpxchg_acquire(&slot->state, &old, old | ZRAM_LOCKED))
				continue;
			lock_map_acquire_try(&table->dep_map);
			return true;
		}
		if (atomic_try_cmpxchg(&slot->state, &old, old | ZRAM_PENDING_FREE))
			return false;
	}
}

/* Give a slot up, and a mark with it. */
static bool unlock_without(struct zram_table *table, struct zram_slot *slot, u32 mark)
{
	int old = atomic_read(&slot->state);

	zram_slot_assert_locked(slot);
	do {
		if (unlikely(old & ZRAM_PENDING_FREE)) {
			atomic_andnot(ZRAM_PENDING_FREE, &slot->state);
			return false;
		}
	} while (!atomic_try_cmpxchg_release(&slot->state, &old,
					     old & ~(ZRAM_LOCKED | ZRAM_WAITERS | mark)));
	lock_map_release(&table->dep_map);

	if (unlikely(old & ZRAM_WAITERS)) {
		/* Between the word and the look at the wait queue. */
		smp_mb();
		wake_up_var(&slot->state);
	}
	return true;
}

/**
 * zram_slot_unlock() - give a slot up
 * @table: its table
 * @slot: the slot
 *
 * Context: slot lock held; never sleeps.
 * Return: true if the slot was given up. False if a free was asked for while it
 *	   was held: the caller still owns it, frees the content and comes again.
 */
bool zram_slot_unlock(struct zram_table *table, struct zram_slot *slot)
{
	return unlock_without(table, slot, 0);
}

/**
 * zram_slot_unlock_used() - give a slot up whose content was of use to somebody
 * @table: its table
 * @slot: the slot
 *
 * It is not idle any more, at no cost: the lock and the mark are in one word.
 *
 * Context: as zram_slot_unlock().
 * Return: as zram_slot_unlock().
 */
bool zram_slot_unlock_used(struct zram_table *table, struct zram_slot *slot)
{
	return unlock_without(table, slot, ZRAM_IDLE);
}

/**
 * zram_slot_replace() - change what a slot holds
 * @slot: the slot
 * @content: what it holds from now on; no bits set to make it empty
 *
 * The sequence goes on by one, and the marks of the policies are gone.
 *
 * Context: slot lock held; never sleeps.
 * Return: what it held, which is the caller's to free.
 */
struct zram_content zram_slot_replace(struct zram_slot *slot, const struct zram_content *content)
{
	struct zram_content before = zram_slot_content(slot);
	int old = atomic_read(&slot->state);
	u32 new;

	slot->value = content->value;
	slot->checksum = content->checksum;
	do {
		new = (old & ZRAM_LOCK_MASK) | content->bits;
		new |= ((old & ZRAM_SEQ_MASK) + ZRAM_SEQ_ONE) & ZRAM_SEQ_MASK;
	} while (!atomic_try_cmpxchg(&slot->state, &old, new));
	return before;
}
