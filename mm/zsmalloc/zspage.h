/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How a zspage is born, chained, pinned and returned.
 *
 * A zspage is a chain of single pages that acts as one. Its descriptor holds
 * everything there is to know of it; the pages hold payload and nothing else.
 */
#ifndef _ZS_ZSPAGE_H
#define _ZS_ZSPAGE_H

#include <linux/atomic.h>
#include <linux/bitmap.h>
#include <linux/mm_types.h>
#include <linux/preempt.h>
#include <linux/processor.h>
#include <linux/rcupdate.h>

#include "pool.h"

/**
 * enum zs_list - the lists of a class
 * @ZS_PARTIAL: zs_class.partial
 * @ZS_TIGHT: zs_class.tight
 * @ZS_FULL: zs_class.full
 */
enum zs_list { ZS_PARTIAL, ZS_TIGHT, ZS_FULL };

/**
 * struct zs_zspage - the descriptor of a zspage
 * @node: on one of the lists of @class; protected by zs_class.lock
 * @rcu: for the way out: a reader with a stale entry may still look at @pins
 * @class: the class it belongs to; immutable after birth
 * @index: its index in zs_pool.zspages; immutable after birth
 * @pins: readers that are in its pages now, or ZS_FROZEN while an object is moved
 *	out of it or one of its pages replaced. Readers wait for the mover, which holds
 *	zs_class.lock with preemption off and copies one object or page; the mover never
 *	waits for readers
 * @objects: slots in use; written under zs_class.lock, read without for statistics
 * @capacity: slots in the pages it has; protected by zs_class.lock
 * @list: which list it is on; protected by zs_class.lock
 * @nr_pages: pages it has, 1 to the class's chain while it is on a list, 0 before and
 *	after; written under zs_class.lock, read without to know that it is dead
 * @pages: the chain, as long as the class's full chain. The first @nr_pages are set,
 *	the others NULL. Written under zs_class.lock; those that hold a live object
 *	change only while @pins is ZS_FROZEN, which is how whoever has a pin reads them
 *
 * Behind @pages follow the bitmap of slots in use, the bitmap of slots whose memory was
 * written since they are in use, and one back pointer for each slot, the index
 * of the handle table's entry that names it. The first and the last are protected by
 * zs_class.lock; a bit of the second is set by who has a pin, and cleared with the lock
 * held when the slot is taken, by atomic operations. With
 *
 *   weight of the bitmap = @objects >= 1
 *   highest slot in use ends in page @nr_pages - 1
 *   back pointer = 0 exactly where the bitmap is clear
 *   entry[back pointer of slot N] = (@index, N), or is dead because zs_free() has
 *   claimed it and will come for the slot
 */
struct zs_zspage {
	union {
		struct list_head node;
		struct rcu_head rcu;
	};
	struct zs_class *class;
	u32 index;
	atomic_t pins;
	u16 objects;
	u16 capacity;
	u8 nr_pages;
	u8 list;
	struct page *pages[];
};

#define ZS_FROZEN	INT_MIN

size_t zs_zspage_bytes(const struct zs_geometry *geo);
struct zs_zspage *zs_zspage_alloc(struct zs_pool *pool, struct zs_class *class, gfp_t gfp);
void zs_zspage_discard(struct zs_pool *pool, struct zs_zspage *zspage);

void zs_zspage_grow(struct zs_pool *pool, struct zs_zspage *zspage, struct page *page);
unsigned long zs_zspage_trim(struct zs_pool *pool, struct zs_zspage *zspage);

unsigned int zs_zspage_take(struct zs_zspage *zspage);
bool zs_zspage_drop(struct zs_zspage *zspage, unsigned int slot);
void zs_zspage_refile(struct zs_zspage *zspage);
void zs_zspage_join(struct zs_pool *pool, struct zs_zspage *zspage);

/*
 * Nobody moves objects out of the zspage from here on. Under RCU; whether the object
 * in question is still there has to be looked up again afterwards.
 */
static inline void zs_zspage_pin(struct zs_zspage *zspage)
{
	int pins = atomic_read(&zspage->pins);

	do {
		while (unlikely(pins < 0)) {
			cpu_relax();
			pins = atomic_read(&zspage->pins);
		}
	} while (!atomic_try_cmpxchg_acquire(&zspage->pins, &pins, pins + 1));
}

static inline void zs_zspage_unpin(struct zs_zspage *zspage)
{
	/* reads and writes of the object come before the next move of it */
	atomic_dec_return_release(&zspage->pins);
}

/*
 * Keep readers out for the time of one object; false if some are in. Preemption is
 * off until zs_zspage_thaw(), since readers spin.
 */
static inline bool zs_zspage_freeze(struct zs_zspage *zspage)
{
	lockdep_assert_held(&zspage->class->lock);
	preempt_disable();
	if (likely(!atomic_cmpxchg_acquire(&zspage->pins, 0, ZS_FROZEN)))
		return true;
	preempt_enable();
	return false;
}

static inline void zs_zspage_thaw(struct zs_zspage *zspage)
{
	atomic_set_release(&zspage->pins, 0);
	preempt_enable();
}

static inline unsigned long *zs_zspage_used(const struct zs_zspage *zspage)
{
	return (unsigned long *)&zspage->pages[zspage->class->geo->pages];
}

static inline unsigned long *zs_zspage_clean(const struct zs_zspage *zspage)
{
	return zs_zspage_used(zspage) + BITS_TO_LONGS(zspage->class->geo->slots);
}

static inline u32 *zs_zspage_back(const struct zs_zspage *zspage)
{
	return (u32 *)(zs_zspage_clean(zspage) + BITS_TO_LONGS(zspage->class->geo->slots));
}

/* Which list is it to be on? Under zs_class.lock. */
static inline enum zs_list zs_zspage_list(const struct zs_zspage *zspage)
{
	if (zspage->objects < zspage->capacity)
		return ZS_PARTIAL;
	return zspage->objects < zspage->class->geo->slots ? ZS_TIGHT : ZS_FULL;
}

/* Pages that hold the first @slots slots. */
static inline unsigned int zs_zspage_span(const struct zs_zspage *zspage, unsigned int slots)
{
	return DIV_ROUND_UP(slots * zspage->class->geo->size, PAGE_SIZE);
}

#endif /* _ZS_ZSPAGE_H */
