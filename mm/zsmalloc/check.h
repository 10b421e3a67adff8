/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Does this pool satisfy every invariant? For tests; slow.
 */
#ifndef _ZS_CHECK_H
#define _ZS_CHECK_H

#include "pool.h"

/**
 * enum zs_invariant - what holds while nobody allocates or frees
 * @ZS_OK: nothing is wrong
 * @ZS_BAD_COUNT: zspage: the bitmap's weight is zs_zspage.objects
 * @ZS_BAD_EMPTY: zspage: there is at least one object
 * @ZS_BAD_BEYOND: zspage: no slot is in use beyond the pages that it has
 * @ZS_BAD_TAIL: zspage: its last page holds part of the last object
 * @ZS_BAD_CHAIN: zspage: exactly the first zs_zspage.nr_pages pages are there, and
 *	zs_zspage.capacity slots fit into them
 * @ZS_BAD_PAGE: page: it says which zspage it belongs to and where in the chain
 * @ZS_BAD_BACK: slot: its back pointer is 0 exactly where it is free
 * @ZS_BAD_ENTRY: slot: the entry under its back pointer leads back to it
 * @ZS_BAD_INDEX: zspage: zs_pool.zspages has it under its index
 * @ZS_BAD_LIST: zspage: it is on the list of its fullness, and says so
 * @ZS_BAD_CLASS: class: its counts are the sums over its lists
 * @ZS_BAD_RECOVERABLE: class, pool: what packing would give back is what it says
 * @ZS_BAD_DEMAND: pool: as many objects are wanted as there are, of no class less than none
 * @ZS_BAD_VICTIM: class: its victim is one of its zspages
 * @ZS_BAD_POOL: pool: its counts are the sums over its classes
 * @ZS_BAD_ORPHAN: pool: every zspage that has joined is on a list of a class
 * @ZS_BAD_LEAF: leaf: its free entries are those on its list, none is live
 * @ZS_BAD_PARTIAL: leaf: it is on its shard's list exactly while it has a free entry
 * @ZS_BAD_LIVE: table: live entries are as many as objects
 * @ZS_BAD_SPARE: shard: at most one leaf has no live entry
 */
enum zs_invariant {
	ZS_OK,
	ZS_BAD_COUNT,
	ZS_BAD_EMPTY,
	ZS_BAD_BEYOND,
	ZS_BAD_TAIL,
	ZS_BAD_CHAIN,
	ZS_BAD_PAGE,
	ZS_BAD_BACK,
	ZS_BAD_ENTRY,
	ZS_BAD_INDEX,
	ZS_BAD_LIST,
	ZS_BAD_CLASS,
	ZS_BAD_RECOVERABLE,
	ZS_BAD_DEMAND,
	ZS_BAD_VICTIM,
	ZS_BAD_POOL,
	ZS_BAD_ORPHAN,
	ZS_BAD_LEAF,
	ZS_BAD_PARTIAL,
	ZS_BAD_LIVE,
	ZS_BAD_SPARE,
};

enum zs_invariant zs_check(struct zs_pool *pool);

#endif /* _ZS_CHECK_H */
