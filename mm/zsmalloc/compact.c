// SPDX-License-Identifier: GPL-2.0-only
/*
 * Compaction: objects leave one victim zspage for free slots in others, last slot
 * first, so that its pages come free one by one from the end. A victim stays the
 * victim until it is gone; choosing anew would leave two zspages half emptied.
 * When no other zspage of the class has a free slot the victim closes its own
 * gaps: its last objects move into its lowest slots. When that is done too, and the
 * class still has more than it needs, it is several zspages with short chains, and one
 * page traded in frees more than one.
 *
 * Apart from that no page is needed to make progress. A zspage somebody is reading in is left
 * alone.
 */
#include <linux/export.h>
#include <linux/sched.h>
#include <linux/zsmalloc.h>

#include "compact.h"
#include "move.h"
#include "page.h"

/* Only a hint: readers come and go without the lock. zs_zspage_freeze() decides. */
static bool pinned(const struct zs_zspage *zspage)
{
	return atomic_read(&zspage->pins);
}

static void poorer(struct list_head *list, struct zs_budget *budget,
		   struct zs_zspage **poorest)
{
	struct zs_zspage *zspage;

	list_for_each_entry(zspage, list, node) {
		if (!zs_budget_look(budget))
			return;
		/* what has to be copied for a page that comes free */
		if (!pinned(zspage) &&
		    (!*poorest || zspage->objects * (*poorest)->nr_pages <
				  (*poorest)->objects * zspage->nr_pages))
			*poorest = zspage;
	}
}

/**
 * zs_compact_victim() - the zspage with the fewest objects, of those that can be emptied
 * @class: the class
 * @budget: reduced by the zspages looked at
 *
 * With many zspages the search ends where the budget does: the best of those seen is
 * good enough.
 *
 * Context: zs_class.lock held.
 * Return: the zspage, or NULL if there is none, or no budget.
 */
struct zs_zspage *zs_compact_victim(struct zs_class *class, struct zs_budget *budget)
{
	struct zs_zspage *poorest = NULL;

	lockdep_assert_held(&class->lock);
	poorer(&class->partial, budget, &poorest);
	poorer(&class->tight, budget, &poorest);
	return poorest;
}

/* A zspage other than the victim with a free slot, else the victim itself. */
static struct zs_zspage *pick_target(struct zs_class *class, struct zs_zspage *victim,
				     struct zs_budget *budget)
{
	struct zs_zspage *zspage;

	list_for_each_entry(zspage, &class->partial, node) {
		budget->slots--;
		if (zspage != victim)
			return zspage;
	}
	return victim;
}

/*
 * The fullest zspage whose chain a page can be added to, other than the victim: the
 * way on when no zspage of the class has a free slot, but several have short chains.
 * One visit is left for the move.
 */
static struct zs_zspage *pick_growing(struct zs_class *class, struct zs_zspage *victim,
				      struct zs_budget *budget)
{
	struct zs_zspage *zspage, *fullest = NULL;

	list_for_each_entry(zspage, &class->tight, node) {
		if (budget->slots <= 1)
			break;
		budget->slots--;
		if (zspage != victim && (!fullest || zspage->objects > fullest->objects))
			fullest = zspage;
	}
	return fullest;
}

static bool has_gap(struct zs_zspage *zspage, unsigned int last)
{
	return find_first_zero_bit(zs_zspage_used(zspage), last) < last;
}

/**
 * zs_compact_step() - some moves within a class
 * @pool: the pool
 * @class: the class
 * @budget: what may be done; reduced by what was done
 * @spare: a page to trade for more than one, or NULL; set to NULL when it was used
 * @freed: grows by the pages given back, less those put in
 *
 * Context: zs_class.lock held.
 * Return: ZS_MORE when the budget ended it and there may be more to gain; ZS_TRADE
 * when only a page in @spare leads on; ZS_DONE when the class has nothing to give at
 * the moment.
 */
enum zs_progress zs_compact_step(struct zs_pool *pool, struct zs_class *class,
				 struct zs_budget *budget, struct page **spare,
				 unsigned long *freed)
{
	u32 size = class->geo->size;

	lockdep_assert_held(&class->lock);

	while (class->recoverable) {
		struct zs_zspage *victim = class->victim;
		struct zs_zspage *target;
		unsigned int last;
		bool moved;

		if (!zs_budget_allows(budget, size))
			return ZS_MORE;
		if (!victim || pinned(victim)) {
			if (victim)
				zs_count(pool, ZS_COUNT_PINNED, 1);
			victim = zs_compact_victim(class, budget);
			class->victim = victim;
			if (!victim)
				return ZS_DONE;
			/* the search took it all: go on from there */
			if (!zs_budget_allows(budget, size))
				return ZS_MORE;
		}

		target = pick_target(class, victim, budget);
		last = find_last_bit(zs_zspage_used(victim), class->geo->slots);
		if (target == victim && !has_gap(victim, last)) {
			/* no free slot anywhere but behind the victim's last object */
			target = pick_growing(class, victim, budget);
			if (!target) {
				class->victim = NULL;
				return ZS_DONE;
			}
			if (!*spare)
				return ZS_TRADE;
			zs_zspage_grow(pool, target, *spare);
			zs_zspage_refile(target);
			WRITE_ONCE(*spare, NULL);
			(*freed)--;
			zs_count(pool, ZS_COUNT_TRADED, 1);
		}
		budget->slots--;
		if (!zs_zspage_freeze(victim)) {
			/* somebody has come to read; there are others to empty */
			zs_count(pool, ZS_COUNT_PINNED, 1);
			*freed += zs_zspage_trim(pool, target);
			zs_class_settle(pool, class);
			class->victim = NULL;
			continue;
		}
		budget->bytes -= size;
		moved = zs_move(pool, victim, last, target);
		zs_zspage_thaw(victim);
		if (!moved) {
			/* zs_free() is waiting for the lock */
			*freed += zs_zspage_trim(pool, target);
			zs_class_settle(pool, class);
			return ZS_DONE;
		}
		budget->moved++;
		*freed += zs_zspage_trim(pool, victim);
		zs_class_settle(pool, class);
	}
	return ZS_DONE;
}

static unsigned long compact_class(struct zs_pool *pool, struct zs_class *class, long keep)
{
	enum zs_progress progress;
	unsigned long freed = 0;

	do {
		struct zs_budget budget = ZS_BUDGET;
		unsigned long before = freed;

		spin_lock(&class->lock);
		progress = zs_compact_step(pool, class, &budget, &pool->spare, &freed);
		spin_unlock(&class->lock);
		zs_budget_account(pool, class, &budget, freed - before);
		cond_resched();
		if (progress == ZS_TRADE) {
			/* for the shrinker too: what is there, or nothing */
			WRITE_ONCE(pool->spare,
				   zs_page_alloc(GFP_NOWAIT | __GFP_NOMEMALLOC | __GFP_NOWARN |
						 __GFP_HIGHMEM | __GFP_MOVABLE));
			if (!pool->spare)
				break;
		}
	} while (progress != ZS_DONE && atomic_long_read(&pool->recoverable) > keep);

	zs_page_free(pool->spare);
	WRITE_ONCE(pool->spare, NULL);
	/* a page was put in, and then readers came to all that could be emptied for it */
	return max_t(long, freed, 0);
}

/**
 * zs_compact_down_to() - pack objects, each in its class, until little is left to gain
 * @pool: the pool
 * @keep: recoverable pages that may remain
 *
 * Context: process context, zs_pool.compact_lock held; may sleep.
 * Return: pages given back.
 */
unsigned long zs_compact_down_to(struct zs_pool *pool, long keep)
{
	unsigned long freed = 0;
	unsigned int nr;

	lockdep_assert_held(&pool->compact_lock);

	for (nr = 0; nr < zs_class_count(); nr++) {
		/* set once and never replaced */
		struct zs_class *class = READ_ONCE(pool->classes[nr]);

		if (atomic_long_read(&pool->recoverable) <= keep)
			break;
		if (class && READ_ONCE(class->recoverable))
			freed += compact_class(pool, class, keep);
	}
	zs_count(pool, ZS_COUNT_FREED, freed);
	return freed;
}

/**
 * zs_compact() - pack the objects of a pool and give back the pages this empties
 * @pool: the pool
 *
 * First each class for itself, then what is left over in each class into free slots
 * of larger ones. Allocation, free and access go on meanwhile; a lock is dropped
 * after at most ZS_COMPACT_BYTES copied and ZS_COMPACT_SLOTS visited. A second caller
 * waits for the first. Cheap when there is nothing to do.
 *
 * Context: process context; may sleep.
 * Return: pages given back.
 */
unsigned long zs_compact(struct zs_pool *pool)
{
	unsigned long freed, spilled = 0;
	unsigned int nr;

	mutex_lock(&pool->compact_lock);
	zs_count(pool, ZS_COUNT_ASKED, 1);
	freed = zs_compact_down_to(pool, 0);
	for (nr = 0; nr < zs_class_count(); nr++) {
		struct zs_class *class = READ_ONCE(pool->classes[nr]);

		while (class && READ_ONCE(class->objects)) {
			unsigned long pages = zs_spill(pool, class);

			if (!pages)
				break;
			spilled += pages;
		}
	}
	zs_count(pool, ZS_COUNT_FREED, spilled);
	/* an object that left without freeing a page may have made its class packable */
	if (atomic_long_read(&pool->recoverable))
		freed += zs_compact_down_to(pool, 0);
	mutex_unlock(&pool->compact_lock);

	return freed + spilled;
}
EXPORT_SYMBOL_GPL(zs_compact);
