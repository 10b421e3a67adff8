// SPDX-License-Identifier: GPL-2.0-only
/*
 * What was done under one hold of the lock, added to the counters of the pool.
 */
#include <trace/events/zsmalloc.h>

#include "budget.h"

/* One compaction at a time: nobody else raises it. */
static void raise(struct zs_pool *pool, enum zs_count what, long value)
{
	if (value > zs_counted(pool, what))
		atomic_long_set(&pool->counts[what], value);
}

/**
 * zs_budget_account() - the lock was dropped: count what was done under it
 * @pool: the pool
 * @class: the class that lost objects
 * @left: what is left of ZS_BUDGET
 * @freed: pages given back, less those put in
 *
 * Context: zs_pool.compact_lock held.
 */
void zs_budget_account(struct zs_pool *pool, const struct zs_class *class,
		       const struct zs_budget *left, long freed)
{
	struct zs_budget all = ZS_BUDGET;
	int bytes = all.bytes - left->bytes;

	lockdep_assert_held(&pool->compact_lock);

	zs_count(pool, ZS_COUNT_STEPS, 1);
	zs_count(pool, ZS_COUNT_MOVED, left->moved);
	zs_count(pool, ZS_COUNT_MOVED_BYTES, bytes);
	raise(pool, ZS_COUNT_MAX_BYTES, bytes);
	raise(pool, ZS_COUNT_MAX_SLOTS, all.slots - left->slots);
	trace_zs_compact_step(pool, class->geo->size, left->moved, bytes, freed);
}
