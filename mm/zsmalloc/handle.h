/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How a handle stays valid while its object moves.
 *
 * A handle names an entry of the pool's handle table; the entry names the
 * zspage and the slot where the object is now. Moving the object rewrites the
 * entry and nothing else. The entry holds indices, not pointers, so that no
 * word a caller could forge or overwrite is ever followed as an address.
 *
 * A handle, most significant part first:
 *
 *			64 bit	32 bit
 *   zero		  1	  -
 *   tag		 15	  3	of the pool
 *   index		 32	 24	of the entry; never below ZS_LEAF_FIRST
 *   generation		 16	  5	of the entry
 *
 * (on 32 bit the index stands above the tag, so that its highest values, which
 * are not used, keep handles out of the range of error pointers.)
 *
 * The generation of an entry grows by one each time the entry is freed, so a
 * freed handle is told from its successor until the generation wraps: after
 * 65536 frees of one entry on 64 bit, 32 on 32 bit. Pools that live at the same
 * time have different tags (on 32 bit only the first 8 of them). A word picked
 * at random passes for a live handle of a pool with n objects with probability
 * n / 2^64, on 32 bit n / 2^32.
 */
#ifndef _ZS_HANDLE_H
#define _ZS_HANDLE_H

#include <linux/atomic.h>
#include <linux/cache.h>
#include <linux/err.h>
#include <linux/list.h>
#include <linux/rcupdate.h>
#include <linux/spinlock.h>
#include <linux/threads.h>
#include <linux/types.h>
#include <linux/xarray.h>

#include "size_class.h"

#ifdef CONFIG_64BIT
#define ZS_HANDLE_GEN_BITS	16
#define ZS_HANDLE_INDEX_BITS	32
#define ZS_HANDLE_TAG_BITS	15
#define ZS_HANDLE_INDEX_SHIFT	ZS_HANDLE_GEN_BITS
#define ZS_HANDLE_TAG_SHIFT	(ZS_HANDLE_INDEX_SHIFT + ZS_HANDLE_INDEX_BITS)
#else
#define ZS_HANDLE_GEN_BITS	5
#define ZS_HANDLE_INDEX_BITS	24
#define ZS_HANDLE_TAG_BITS	3
#define ZS_HANDLE_TAG_SHIFT	ZS_HANDLE_GEN_BITS
#define ZS_HANDLE_INDEX_SHIFT	(ZS_HANDLE_TAG_SHIFT + ZS_HANDLE_TAG_BITS)
#endif

/*
 * An entry: 64 bits on every machine.
 *
 *		  4K pages	64K pages
 *   zspage	  28		  24	index of the zspage
 *   down	   9		   9	see struct zs_place
 *   slot	  10		  14
 *   live	   1		   1
 *   generation	  16		  16
 *
 * Where live is 0 the upper 32 bits are the next free position.
 *
 * A live entry changes by compare-and-exchange only, so that of a move and a free
 * that meet, or of two frees, one wins.
 */
#define ZS_ENTRY_GEN_BITS	16
#define ZS_ENTRY_LIVE		BIT_ULL(ZS_ENTRY_GEN_BITS)
#define ZS_ENTRY_SLOT_BITS	(PAGE_SHIFT - 2)
#define ZS_ENTRY_SLOT_SHIFT	(ZS_ENTRY_GEN_BITS + 1)
#define ZS_ENTRY_DOWN_BITS	9
#define ZS_ENTRY_DOWN_SHIFT	(ZS_ENTRY_SLOT_SHIFT + ZS_ENTRY_SLOT_BITS)
#define ZS_ENTRY_ZSPAGE_SHIFT	(ZS_ENTRY_DOWN_SHIFT + ZS_ENTRY_DOWN_BITS)
#define ZS_ENTRY_ZSPAGE_BITS	(64 - ZS_ENTRY_ZSPAGE_SHIFT)
#define ZS_ENTRY_NEXT_SHIFT	32

/* A leaf is one page: its own header in the place of the first entries. */
#define ZS_LEAF_SHIFT		(PAGE_SHIFT - 3)
#define ZS_LEAF_ENTRIES		BIT(ZS_LEAF_SHIFT)
#define ZS_LEAF_FIRST		(sizeof(struct zs_leaf) / sizeof(atomic64_t))
#define ZS_LEAF_USABLE		(ZS_LEAF_ENTRIES - ZS_LEAF_FIRST)
/* The last leaf number is left out: see the range of error pointers above. */
#define ZS_LEAF_MAX		((1ULL << (ZS_HANDLE_INDEX_BITS - ZS_LEAF_SHIFT)) - 2)

static_assert(ZS_HANDLE_GEN_BITS + ZS_HANDLE_INDEX_BITS + ZS_HANDLE_TAG_BITS <= BITS_PER_LONG);
static_assert(ZS_HANDLE_GEN_BITS <= ZS_ENTRY_GEN_BITS);
static_assert(ZS_ENTRY_ZSPAGE_BITS <= 32);
static_assert(ZS_MAX_SLOTS <= 1UL << ZS_ENTRY_SLOT_BITS);
static_assert(MAX_ERRNO < 1UL << ZS_HANDLE_INDEX_SHIFT << ZS_LEAF_SHIFT);

/**
 * struct zs_leaf - one page of the handle table
 * @node: on zs_shard.partial while an entry is free; protected by zs_shard.lock
 * @rcu: for the way out, when nobody knows @node any more
 * @number: of the leaf, the high part of the index of its entries; immutable after birth
 * @base: the generation its entries were born with; immutable once joined
 * @used: how far the generations of released entries have come from @base; protected by
 *	zs_shard.lock
 * @nr_free: entries on the leaf's list; protected by zs_shard.lock
 * @first_free: position of the first free entry, 0 for none; protected by zs_shard.lock
 * @shard: which shard it belongs to; written under the locks of the old and the new
 *	one, read under either, or without and then checked
 *
 * The entries follow from position ZS_LEAF_FIRST on; zs_leaf_entry() finds them.
 * An entry that is neither live nor on the list is in the hands of a zs_malloc() or
 * a zs_free() under way. A leaf is freed only when all its entries are on the list.
 */
struct zs_leaf {
	union {
		struct list_head node;
		struct rcu_head rcu;
	};
	u32 number;
	u32 base;
	u16 used;
	u16 nr_free;
	u16 first_free;
	u16 shard;
} __aligned(8);

static_assert(sizeof(struct zs_leaf) % sizeof(atomic64_t) == 0);
static_assert(ZS_LEAF_ENTRIES <= U16_MAX);

/**
 * struct zs_shard - a part of the handle table, for some of the CPUs
 * @lock: protects the free entries of its leaves
 * @partial: its leaves with a free entry; protected by @lock
 */
struct zs_shard {
	spinlock_t lock;	/* over that of the leaves; two only in zs_handle_reserve() */
	struct list_head partial;
} ____cacheline_aligned_in_smp;

#define ZS_SHARDS		(NR_CPUS < 8 ? NR_CPUS : 8)

/**
 * struct zs_handles - the handle table of a pool
 * @leaves: leaf number to struct zs_leaf; read under RCU, written under its own lock
 * @nr_leaves: leaves that joined the table; written under some zs_shard.lock, read without
 * @floor: generation that no handle of a released leaf has reached; only grows
 * @tag: the pool's part of every handle; immutable after zs_handles_init()
 * @shards: the free entries
 */
struct zs_handles {
	struct xarray leaves;
	atomic_long_t nr_leaves;
	atomic_t floor;
	u32 tag;
	struct zs_shard shards[ZS_SHARDS];
};

/**
 * struct zs_place - where an object is
 * @zspage: index of its zspage
 * @slot: its slot there
 * @down: how many classes below that of the zspage its own is, the one that its size
 *	asks for. Exact: an object is not put further away than ZS_DOWN_MAX
 */
struct zs_place {
	u32 zspage;
	u16 slot;
	u16 down;
};

#define ZS_DOWN_MAX	(BIT(ZS_ENTRY_DOWN_BITS) - 1)

/**
 * struct zs_ref - an entry as it was seen
 * @entry: the entry; valid under RCU
 * @seen: its value then, live
 */
struct zs_ref {
	atomic64_t *entry;
	u64 seen;
};

/* leaf.c */
struct zs_leaf *zs_leaf_alloc(struct zs_handles *handles, gfp_t gfp);
void zs_leaf_discard(struct zs_handles *handles, struct zs_leaf *leaf);
void zs_leaf_join(struct zs_handles *handles, struct zs_leaf *leaf);

atomic64_t *zs_handle_reserve(struct zs_handles *handles);
void zs_handle_release(struct zs_handles *handles, atomic64_t *entry);
unsigned long zs_handle_live(struct zs_handles *handles);

/* handle.c */
int zs_handles_init(struct zs_handles *handles);
void zs_handles_destroy(struct zs_handles *handles);
unsigned long zs_handle_publish(struct zs_handles *handles, atomic64_t *entry,
				struct zs_place place);
const char *zs_handle_find(struct zs_handles *handles, unsigned long handle,
			   struct zs_ref *ref);
const char *zs_handle_claim(struct zs_handles *handles, unsigned long handle,
			    struct zs_place *place, atomic64_t **entry);
unsigned long zs_handle_of(struct zs_handles *handles, u32 index);
bool zs_handle_move(struct zs_handles *handles, u32 index,
		    struct zs_place from, struct zs_place to, unsigned int up);

/* Is the entry still what it was? Under the same rcu_read_lock() as zs_handle_find(). */
static inline bool zs_ref_holds(const struct zs_ref *ref)
{
	/* the object may have been away and come back: what was copied back is seen too */
	return (u64)atomic64_read_acquire(ref->entry) == ref->seen;
}

static inline atomic64_t *zs_leaf_entry(struct zs_leaf *leaf, unsigned int pos)
{
	return (atomic64_t *)leaf + pos;
}

/* A leaf is one page, its header at the start. */
static inline struct zs_leaf *zs_leaf_of_entry(atomic64_t *entry)
{
	return (struct zs_leaf *)((unsigned long)entry & PAGE_MASK);
}

/* The index of an entry, which is what handles and back pointers name. */
static inline u32 zs_entry_index(atomic64_t *entry)
{
	struct zs_leaf *leaf = zs_leaf_of_entry(entry);

	return leaf->number << ZS_LEAF_SHIFT | (entry - zs_leaf_entry(leaf, 0));
}

/* The leaf with this index; it stays while an entry of it is not free, or under RCU. */
static inline struct zs_leaf *zs_leaf_of(struct zs_handles *handles, u32 index)
{
	return xa_load(&handles->leaves, index >> ZS_LEAF_SHIFT);
}

static inline u64 zs_entry_live(struct zs_place place, u64 old)
{
	return (u64)place.zspage << ZS_ENTRY_ZSPAGE_SHIFT |
	       (u64)place.down << ZS_ENTRY_DOWN_SHIFT |
	       (u64)place.slot << ZS_ENTRY_SLOT_SHIFT |
	       ZS_ENTRY_LIVE | (old & GENMASK_ULL(ZS_ENTRY_GEN_BITS - 1, 0));
}

static inline struct zs_place zs_entry_place(u64 entry)
{
	return (struct zs_place) {
		.zspage = entry >> ZS_ENTRY_ZSPAGE_SHIFT,
		.down = entry >> ZS_ENTRY_DOWN_SHIFT & ZS_DOWN_MAX,
		.slot = entry >> ZS_ENTRY_SLOT_SHIFT & GENMASK(ZS_ENTRY_SLOT_BITS - 1, 0),
	};
}

static inline u32 zs_entry_next(u64 entry)
{
	return entry >> ZS_ENTRY_NEXT_SHIFT;
}

#endif /* _ZS_HANDLE_H */
