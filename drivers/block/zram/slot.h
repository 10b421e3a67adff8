/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What one page of a zram disk is stored as, and who may change that.
 *
 * The table is sparse: a leaf, one order-0 page of slots, appears when the
 * first page it covers is written and stays until the table is destroyed. A
 * slot is therefore valid, once found, for as long as its table.
 *
 * Slot lock
 *	The LOCKED bit of the state word. It sleeps, may be held over a
 *	decompression and over a GFP_NOIO allocation, never over other I/O, and
 *	a task holds one slot at a time. Order:
 *
 *	  slot -> zcomp writer -> zcomp reader -> locks of the allocator
 *
 * Who changes what
 *	The holder changes everything. Anybody sets WAITERS, and PENDING_FREE
 *	while LOCKED is set: the swap code says from atomic context that a page
 *	is of no use any more, and the holder has to free it before anybody
 *	else gets the lock, or the next write of a reused swap slot would be
 *	freed in its place.
 */
#ifndef _ZRAM_SLOT_H
#define _ZRAM_SLOT_H

#include <linux/atomic.h>
#include <linux/bits.h>
#include <linux/build_bug.h>
#include <linux/gfp_types.h>
#include <linux/lockdep.h>
#include <linux/mm.h>
#include <linux/types.h>
#include <linux/xarray.h>

/*
 * The state word: 32 bits on every architecture, always read and changed as a
 * whole, so that neither the byte order nor the width of long matters.
 *
 *	bits  0-16  size of the object in bytes, 0 to 65536
 *	bits 17-19  the lock and what is asked of its holder
 *	bits 20-25  what kind of content it is
 *	bits 26-27  which algorithm compressed it (priority 0 to 3)
 *	bits 28-29  what the policies remember of it
 *	bits 30-31  sequence: one more each time the content changes
 *
 * Post-processing (PP) drops the lock while it works. It notes value and state,
 * and its result counts only if, locked again, the slot still has PP, the same
 * value and the same sequence. A handle carries a generation of its own, which
 * is what makes two bits of sequence enough.
 */
#define ZRAM_SIZE_MASK		GENMASK(16, 0)

#define ZRAM_LOCKED		BIT(17)		/* somebody owns the slot */
#define ZRAM_WAITERS		BIT(18)		/* somebody sleeps for it */
#define ZRAM_PENDING_FREE	BIT(19)		/* free it before unlocking */

#define ZRAM_SAME		BIT(20)		/* value is the word the page repeats */
#define ZRAM_HUGE		BIT(21)		/* object is the page as it is */
#define ZRAM_WB			BIT(22)		/* value is a place on the backing device */
#define ZRAM_SHARED		BIT(23)		/* value is a reference shared with others */
#define ZRAM_RECOMP		BIT(24)		/* compressed again since it was written */
#define ZRAM_INCOMP		BIT(25)		/* no algorithm makes it smaller */
#define ZRAM_PRIO_MASK		GENMASK(27, 26)

#define ZRAM_IDLE		BIT(28)		/* not used since it was marked */
#define ZRAM_PP			BIT(29)		/* post-processing has it */
#define ZRAM_SEQ_MASK		GENMASK(31, 30)
#define ZRAM_SEQ_ONE		BIT(30)

/* Belongs to the content and goes with it. */
#define ZRAM_CONTENT_MASK	(ZRAM_SIZE_MASK | ZRAM_SAME | ZRAM_HUGE | ZRAM_WB | \
				 ZRAM_SHARED | ZRAM_RECOMP | ZRAM_INCOMP | ZRAM_PRIO_MASK)
/* Belongs to the lock and survives a change of content. */
#define ZRAM_LOCK_MASK		(ZRAM_LOCKED | ZRAM_WAITERS | ZRAM_PENDING_FREE)

static_assert(PAGE_SIZE <= ZRAM_SIZE_MASK);
static_assert((ZRAM_CONTENT_MASK & ZRAM_LOCK_MASK) == 0);
static_assert(((ZRAM_CONTENT_MASK | ZRAM_LOCK_MASK) &
	       (ZRAM_IDLE | ZRAM_PP | ZRAM_SEQ_MASK)) == 0);
static_assert((u32)(ZRAM_CONTENT_MASK | ZRAM_LOCK_MASK | ZRAM_IDLE | ZRAM_PP |
		    ZRAM_SEQ_MASK) == U32_MAX);

/**
 * struct zram_slot - one page of the disk
 * @value: handle of the object, or the repeated word, or (written back) block
 *	   number in the low 48 bits and offset in the high 16; on 32-bit a
 *	   block number alone. Slot lock
 * @state: the word above; atomic, rules above
 * @checksum: room for the checksum of the object, 0 until objects have one.
 *	      Slot lock
 *
 * 16 bytes on 64-bit, 12 on 32-bit. Access times are not here: they will live
 * in leaves of their own, which exist only where times are tracked.
 */
struct zram_slot {
	unsigned long value;
	atomic_t state;
	u32 checksum;
};

static_assert(sizeof(struct zram_slot) == sizeof(unsigned long) + 8);

#define ZRAM_SLOTS_PER_LEAF	(PAGE_SIZE / sizeof(struct zram_slot))

/**
 * struct zram_content - what a slot holds, taken out of it
 * @value: as in struct zram_slot
 * @bits: the ZRAM_CONTENT_MASK part of the state; 0 means the slot is empty
 * @checksum: as in struct zram_slot
 *
 * Lives on one task's stack: no lock.
 */
struct zram_content {
	unsigned long value;
	u32 bits;
	u32 checksum;
};

/**
 * struct zram_table - the slots of one disk
 * @leaves: leaf number to leaf; its own lock, lookups take none
 * @nr_slots: pages of the disk; immutable after zram_table_init()
 * @nr_leaves: pages that leaves take up; atomic
 * @dep_map: all slot locks of this table, for lockdep; immutable after
 *	     zram_table_init()
 */
struct zram_table {
	struct xarray leaves;
	unsigned long nr_slots;
	atomic_long_t nr_leaves;
	struct lockdep_map dep_map;
};

void zram_table_init(struct zram_table *table, unsigned long nr_slots);
void zram_table_destroy(struct zram_table *table);
struct zram_slot *zram_table_find(struct zram_table *table, unsigned long index);
struct zram_slot *zram_table_get(struct zram_table *table, unsigned long index, gfp_t gfp);
struct zram_slot *zram_table_next(struct zram_table *table, unsigned long *index,
				  unsigned long end);

void zram_slot_lock(struct zram_table *table, struct zram_slot *slot);
bool zram_slot_lock_or_defer(struct zram_table *table, struct zram_slot *slot);
bool zram_slot_unlock(struct zram_table *table, struct zram_slot *slot);
struct zram_content zram_slot_replace(struct zram_slot *slot, const struct zram_content *content);

/* Called by whatever needs the slot lock. It cannot tell whose lock it is. */
static inline void zram_slot_assert_locked(struct zram_slot *slot)
{
	lockdep_assert(atomic_read(&slot->state) & ZRAM_LOCKED);
}

/* What the slot holds, left where it is. Context: slot lock held. */
static inline struct zram_content zram_slot_content(struct zram_slot *slot)
{
	zram_slot_assert_locked(slot);
	return (struct zram_content){
		.value = slot->value,
		.bits = atomic_read(&slot->state) & ZRAM_CONTENT_MASK,
		.checksum = slot->checksum,
	};
}

static inline bool zram_content_empty(const struct zram_content *content)
{
	return !content->bits;
}

/* Bytes of the object, 0 for a page that has none. */
static inline unsigned int zram_content_size(const struct zram_content *content)
{
	return content->bits & ZRAM_SIZE_MASK;
}

#endif /* _ZRAM_SLOT_H */
