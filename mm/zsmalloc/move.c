// SPDX-License-Identifier: GPL-2.0-only
/*
 * How one object gets from one slot into another while others use the pool.
 */
#include "extent.h"
#include "move.h"
#include "redzone.h"

/**
 * zs_move() - move an object into another slot
 * @pool: the pool
 * @from: its zspage, frozen by the caller
 * @slot: its slot there
 * @target: a zspage with a free slot, of the same class or a larger one; may be @from
 *
 * Context: zs_class.lock of both classes held. The caller trims @from.
 * Return: true, or false if the object's handle is being freed, and zs_free() is waiting
 * for the lock, or if it would be too far from its own class. Then nothing has changed.
 */
bool zs_move(struct zs_pool *pool, struct zs_zspage *from, unsigned int slot,
	     struct zs_zspage *target)
{
	struct zs_place old = { .zspage = from->index, .slot = slot };
	struct zs_place new = { .zspage = target->index };
	u32 size = from->class->geo->size;
	u32 index = zs_zspage_back(from)[slot];
	struct zs_extent src = zs_extent(from, slot, size);
	struct zs_extent dst;
	bool moved;

	lockdep_assert_held(&from->class->lock);
	lockdep_assert_held(&target->class->lock);

	zs_red_check_entry(pool, from, slot, index, "move");
	new.slot = zs_zspage_take(target);
	zs_zspage_back(target)[new.slot] = index;
	dst = zs_extent(target, new.slot, size);
	if (test_bit(slot, zs_zspage_clean(from))) {
		zs_extent_copy(&dst, &src, size);
		set_bit(new.slot, zs_zspage_clean(target));
	}
	zs_red_set(pool, target, new.slot);

	moved = zs_handle_move(&pool->handles, index, old, new,
			       target->class->nr - from->class->nr);
	if (moved)
		zs_zspage_drop(from, slot);
	else
		zs_zspage_drop(target, new.slot);
	if (target != from)
		zs_zspage_refile(target);
	return moved;
}
