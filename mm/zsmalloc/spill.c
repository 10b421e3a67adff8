// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is left over when every class is packed: a last page here and there with a few
 * objects in it. They fit into free slots of larger classes.
 */
#include <linux/sched.h>

#include "compact.h"
#include "move.h"

/*
 * A class from @nr on that seems to have a free slot, and wastes at most 30 % of it;
 * zs_class_count() if there is none. @nr where the budget ends.
 */
static unsigned int larger_class(struct zs_pool *pool, const struct zs_class *class,
				 unsigned int nr, struct zs_budget *budget)
{
	for (; nr < zs_class_count(); nr++) {
		struct zs_class *other = READ_ONCE(pool->classes[nr]);

		if (zs_class_geometry(nr)->size * 10 > class->geo->size * 13)
			return zs_class_count();
		if (!zs_budget_look(budget))
			break;
		/* a look without the lock; who takes it looks again */
		if (other && !list_empty_careful(&other->partial))
			break;
	}
	return nr;
}

/* Move the last object of @victim into a free slot of @other, if there is one. */
static bool spill_into(struct zs_pool *pool, struct zs_zspage *victim, struct zs_class *other,
		       struct zs_budget *budget)
{
	unsigned int last = find_last_bit(zs_zspage_used(victim), victim->class->geo->slots);
	struct zs_zspage *target;
	bool moved = false;

	/* the larger class is always the inner one */
	spin_lock_nested(&other->lock, SINGLE_DEPTH_NESTING);
	target = list_first_entry_or_null(&other->partial, struct zs_zspage, node);
	budget->slots--;
	if (target && zs_zspage_freeze(victim)) {
		budget->slots--;
		budget->bytes -= victim->class->geo->size;
		moved = zs_move(pool, victim, last, target);
		zs_zspage_thaw(victim);
		zs_class_settle(pool, other);
	} else if (target) {
		zs_count(pool, ZS_COUNT_PINNED, 1);
	}
	spin_unlock(&other->lock);
	budget->moved += moved;
	return moved;
}

/*
 * As much as the budget allows. @nr is the class that is tried next; the larger slots
 * of one that was left behind are in use.
 */
static enum zs_progress spill_step(struct zs_pool *pool, struct zs_class *class,
				   struct zs_budget *budget, unsigned int *nr,
				   unsigned long *freed)
{
	lockdep_assert_held(&class->lock);

	/* it may have gone while the lock was dropped */
	if (!class->victim) {
		class->victim = zs_compact_victim(class, budget);
		if (!class->victim)
			return ZS_DONE;
	}
	while (!*freed) {
		if (!zs_budget_allows(budget, class->geo->size))
			return ZS_MORE;
		*nr = larger_class(pool, class, *nr, budget);
		if (*nr == zs_class_count())
			return ZS_DONE;
		if (!zs_budget_allows(budget, class->geo->size))
			return ZS_MORE;
		if (spill_into(pool, class->victim, pool->classes[*nr], budget))
			*freed = zs_zspage_trim(pool, class->victim);
		else
			++*nr;
	}
	return ZS_DONE;
}

/**
 * zs_spill() - empty the last page of a class's least filled zspage into larger slots
 * @pool: the pool
 * @class: the class
 *
 * An object that finds no slot ends it. Those before it stay where they are now, at no
 * cost: their slots were there.
 *
 * Context: process context, zs_pool.compact_lock held; may sleep. Drops the lock of the
 * class where the budget ends.
 * Return: pages that came free.
 */
unsigned long zs_spill(struct zs_pool *pool, struct zs_class *class)
{
	unsigned int nr = class->nr + 1;
	enum zs_progress progress;
	unsigned long freed = 0;

	lockdep_assert_held(&pool->compact_lock);

	/* what a compaction left half done is not the least filled any more */
	spin_lock(&class->lock);
	class->victim = NULL;
	spin_unlock(&class->lock);
	do {
		struct zs_budget budget = ZS_BUDGET;

		spin_lock(&class->lock);
		progress = spill_step(pool, class, &budget, &nr, &freed);
		zs_class_settle(pool, class);
		spin_unlock(&class->lock);

		zs_count(pool, ZS_COUNT_SPILLED, budget.moved);
		zs_budget_account(pool, class, &budget, freed);
		cond_resched();
	} while (progress == ZS_MORE);

	return freed;
}
