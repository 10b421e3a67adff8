// SPDX-License-Identifier: GPL-2.0-only
/*
 * Compaction that nobody asked for: a worker that starts when more than a small part
 * of a pool could be given back, and a shrinker that gives it back at once.
 *
 * The worker lets a burst of frees go by for some milliseconds (burst_ms): an object that is
 * freed meanwhile is not copied before. It stops at half of what started it. When
 * nothing has happened for a second (quiet_ms) it comes again and takes what is left, down to
 * nothing.
 *
 * It runs on a workqueue that stands still while the system is suspended.
 */
#include <linux/mutex.h>

#include "background.h"
#include "compact.h"

/**
 * zs_background_wake() - let the worker run soon
 * @pool: the pool
 *
 * Context: any; never sleeps.
 */
void zs_background_wake(struct zs_pool *pool)
{
	if (READ_ONCE(pool->background.permille) < 1000 &&
	    !atomic_xchg(&pool->background.woken, 1))
		mod_delayed_work(system_freezable_wq, &pool->background.work,
				 msecs_to_jiffies(READ_ONCE(pool->background.burst_ms)));
}

static void background_work(struct work_struct *work)
{
	struct zs_background *background = container_of(to_delayed_work(work),
							struct zs_background, work);
	struct zs_pool *pool = container_of(background, struct zs_pool, background);
	unsigned long recoverable = atomic_long_read(&pool->recoverable), left;
	unsigned long keep = zs_background_threshold(pool) / 2;

	/* from here on a free that finds too much again has it come again */
	atomic_set(&background->woken, 0);
	/* it was switched off meanwhile */
	if (READ_ONCE(background->permille) >= 1000)
		return;
	if (!mutex_trylock(&pool->compact_lock))
		return;

	zs_count(pool, ZS_COUNT_WORKER, 1);
	/* as it was a second ago: nobody is at work here, nothing will be copied twice */
	if (recoverable == background->seen)
		keep = 0;
	zs_compact_down_to(pool, keep);
	mutex_unlock(&pool->compact_lock);

	left = atomic_long_read(&pool->recoverable);
	background->seen = left;
	/* what could not be had now is not worth coming back for at the next free */
	WRITE_ONCE(background->stuck, left > keep ? left - keep : 0);
	if (left && keep)
		queue_delayed_work(system_freezable_wq, &background->work,
				   msecs_to_jiffies(READ_ONCE(background->quiet_ms)));
}

static unsigned long count_recoverable(struct shrinker *shrinker, struct shrink_control *sc)
{
	struct zs_pool *pool = container_of(shrinker, struct zs_pool, shrinker);

	return atomic_long_read(&pool->recoverable) ?: SHRINK_EMPTY;
}

static unsigned long give_back(struct shrinker *shrinker, struct shrink_control *sc)
{
	struct zs_pool *pool = container_of(shrinker, struct zs_pool, shrinker);
	long recoverable = atomic_long_read(&pool->recoverable);
	unsigned long freed;

	/* somebody is at it already */
	if (!mutex_trylock(&pool->compact_lock))
		return SHRINK_STOP;
	zs_count(pool, ZS_COUNT_SHRINKER, 1);
	freed = zs_compact_down_to(pool, max_t(long, 0, recoverable - (long)sc->nr_to_scan));
	mutex_unlock(&pool->compact_lock);

	return freed ?: SHRINK_STOP;
}

/**
 * zs_background_start() - from here on the pool is compacted when it is worth it
 * @pool: the pool
 *
 * Context: may sleep.
 * Return: 0, or -ENOMEM.
 */
int zs_background_start(struct zs_pool *pool)
{
	pool->background.permille = ZS_BACKGROUND_PERMILLE;
	pool->background.burst_ms = ZS_BURST_MS;
	pool->background.quiet_ms = ZS_QUIET_MS;
	INIT_DELAYED_WORK(&pool->background.work, background_work);

	pool->shrinker.count_objects = count_recoverable;
	pool->shrinker.scan_objects = give_back;
	pool->shrinker.seeks = DEFAULT_SEEKS;
	return register_shrinker(&pool->shrinker, "mm-zsmalloc:%s", pool->name);
}

/**
 * zs_background_stop() - undo zs_background_start()
 * @pool: the pool, of which nothing is freed any more
 *
 * Context: may sleep; waits for both.
 */
void zs_background_stop(struct zs_pool *pool)
{
	unregister_shrinker(&pool->shrinker);
	cancel_delayed_work_sync(&pool->background.work);
}
