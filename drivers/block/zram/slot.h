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
 * What the sequence and PP are for stands in pp.h. A handle carries a generation
 * of its own, which is what makes two bits of sequence enough.
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
#define ZRAM_PRIO_SHIFT		26

#define ZRAM_IDLE		BIT(28)		/* not used since it was marked */
#define ZRAM_PP			BIT(29)		/* post-processing has it */
#define ZRAM_SEQ_MASK		GENMASK(31, 30)
#define ZRAM_SEQ_ONE		BIT(30)

#define ZRAM_FLAGS_MASK		(ZRAM_SAME | ZRAM_HUGE | ZRAM_WB | ZRAM_SHARED | \
				 ZRAM_RECOMP | ZRAM_INCOMP)
/* Belongs to the content and goes with it. */
#define ZRAM_CONTENT_MASK	(ZRAM_SIZE_MASK | ZRAM_FLAGS_MASK | ZRAM_PRIO_MASK)
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
 * @checksum: of the object, 0 for a page that has none and on a disk without
 *	      checksums. Slot lock
 *
 * 16 bytes on 64-bit, 12 on 32-bit.
 */
struct zram_slot {
	unsigned long value;
	atomic_t state;
	u32 checksum;
};

static_assert(sizeof(struct zram_slot) == sizeof(unsigned long) + 8);

/*
 * A leaf is a page. Where access times are tracked they take the end of it, four
 * bytes for each slot, so that a slot and its time are found with one lookup. The
 * private word of the page is the number of the leaf.
 */
#ifdef CONFIG_ZRAM_TRACK_ENTRY_ACTIME
#define ZRAM_SLOTS_PER_LEAF	(PAGE_SIZE / (sizeof(struct zram_slot) + sizeof(u32)))
#else
#define ZRAM_SLOTS_PER_LEAF	(PAGE_SIZE / sizeof(struct zram_slot))
#endif

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
bool zram_slot_unlock_used(struct zram_table *table, struct zram_slot *slot);
struct zram_content zram_slot_replace(struct zram_slot *slot, const struct zram_content *content);

/* Called by whatever needs the slot lock. It cannot tell whose lock it is. */
static inline void zram_slot_assert_locked(struct zram_slot *slot)
{
	lockdep_assert(atomic_read(&slot->state) & ZRAM_LOCKED);
}

/* Where in its leaf a slot is. It must be in one. */
static inline unsigned int zram_slot_offset(const struct zram_slot *slot)
{
	return offset_in_page(slot) / sizeof(*slot);
}

/* The page of the disk that a slot is for. */
static inline unsigned long zram_slot_index(const struct zram_slot *slot)
{
	return page_private(virt_to_page(slot)) * ZRAM_SLOTS_PER_LEAF + zram_slot_offset(slot);
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

/* Which of the disk's algorithms compressed the object. */
static inline unsigned int zram_content_priority(const struct zram_content *content)
{
	return (content->bits & ZRAM_PRIO_MASK) >> ZRAM_PRIO_SHIFT;
}

static inline bool zram_content_empty(const struct zram_content *content)
{
	return !content->bits;
}

/* The page lies on the backing device: its value is a block, no handle. */
static inline bool zram_content_on_device(const struct zram_content *content)
{
	return IS_ENABLED(CONFIG_ZRAM_WRITEBACK) && (content->bits & ZRAM_WB);
}

/* Bytes of the object, 0 for a page that has none. */
static inline unsigned int zram_content_size(const struct zram_content *content)
{
	return content->bits & ZRAM_SIZE_MASK;
}

#endif /* _ZRAM_SLOT_H */
