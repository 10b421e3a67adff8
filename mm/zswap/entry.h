/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What zswap knows of one page that it holds.
 *
 * An entry is made by a store and never changes afterwards, but for @lru,
 * @refs and @used. It is *live* from the moment the tree of its swap
 * area takes it until it leaves the tree again, both under the lock of the tree,
 * and never becomes live a second time. While it is live the tree holds a
 * reference, and a list (lru.h) has it, unless it has no object or its object is
 * damaged. Whoever else looks at it takes a reference of his own.
 */
#ifndef _ZSWAP_ENTRY_H
#define _ZSWAP_ENTRY_H

#include <linux/build_bug.h>
#include <linux/list.h>
#include <linux/mm_types.h>
#include <linux/refcount.h>
#include <linux/swap.h>
#include <linux/swapops.h>

struct zswap_group;
struct zswap_pool;

/**
 * struct zswap_object - what a page was made into
 * @handle: of the object in the allocator, if @length is not 0
 * @word: what the page repeats from end to end, if @length is 0
 * @length: bytes of the object; PAGE_SIZE if it is the page as it was; 0 if there is none
 * @summed: whether there is a checksum
 * @sum: of those bytes, if @summed
 *
 * Immutable after zswap_object_create().
 */
struct zswap_object {
	union {
		unsigned long handle;
		unsigned long word;
	};
	u32 length : 24;
	u32 summed : 1;
	u32 sum;
};

/**
 * struct zswap_entry - a page in zswap
 * @swp: its place in swap; immutable after creation
 * @object: its content; immutable after creation
 * @pool: whose compressor it needs, with a reference; immutable after creation
 * @group: whom it is charged to, with a reference; immutable after creation
 * @lru: in a list of @group; zswap_lru.lock
 * @refs: see above
 * @nid: which of the group's lists; immutable after creation
 * @used: it was loaded since eviction last saw it; a hint, no lock
 */
struct zswap_entry {
	swp_entry_t swp;
	struct zswap_object object;
	struct zswap_pool *pool;
	struct zswap_group *group;
	struct list_head lru;
	refcount_t refs;
	u16 nid;
	bool used;
};

/* One cache line: there is one of these for every page. */
static_assert(BITS_PER_LONG != 64 || sizeof(struct zswap_entry) <= 64);
static_assert(PAGE_SIZE < 1 << 24);

int zswap_entry_cache_create(void);
struct zswap_entry *zswap_entry_create(swp_entry_t swp, int nid);
void zswap_entry_put(struct zswap_entry *entry);

static inline void zswap_entry_get(struct zswap_entry *entry)
{
	refcount_inc(&entry->refs);
}

#endif /* _ZSWAP_ENTRY_H */
