/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a pool is made of, and the order of its locks.
 *
 *   zs_pool.compact_lock
 *   the page lock		of pages; under zs_class.lock only as trylock
 *     map_area.lock		per CPU, from zs_map_object() to zs_unmap_object()
 *       zs_class.lock		two only in zs_spill(), the smaller class first
 *         the xarrays' own locks
 *   zs_shard.lock		never together with a zs_class.lock
 *     the xarrays' own locks
 *
 * No operation takes a lock of the whole pool. Nothing sleeps and nothing is
 * allocated under the spinlocks. They are taken in process context, also with
 * preemption off and under other spinlocks (zs_free() is), never from interrupts.
 */
#ifndef _ZS_POOL_H
#define _ZS_POOL_H

#include <linux/atomic.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/shrinker.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>
#include <linux/xarray.h>

#include "count.h"
#include "demand.h"
#include "handle.h"
#include "size_class.h"

struct dentry;
struct page;
struct zs_zspage;

/**
 * struct zs_class - the zspages of one size class in one pool
 * @geo: its geometry; immutable after birth
 * @nr: its number; immutable after birth
 * @pool: whose it is; immutable after birth
 * @lock: protects what says so here and in struct zs_zspage
 * @partial: zspages with a free slot in the pages they have; protected by @lock
 * @tight: zspages that need another page for the next object; protected by @lock
 * @full: zspages whose full chain is in use; protected by @lock
 * @victim: the zspage that compaction empties, or NULL; protected by @lock
 * @zspages: zspages on the three lists; protected by @lock
 * @pages: pages in them; protected by @lock
 * @objects: slots in use in them; protected by @lock
 * @rest: @objects modulo the slots of a full chain; protected by @lock
 * @whole: pages of as many full chains as @objects would fill; protected by @lock
 * @recoverable: pages that would come free were the objects packed without a gap;
 *	protected by @lock
 *
 * Every zspage of the class is on exactly one list, @victim included.
 * @zspages, @pages and @objects are sums over the lists.
 */
struct zs_class {
	const struct zs_geometry *geo;
	struct zs_pool *pool;
	u16 nr;
	u16 rest;
	spinlock_t lock;	/* over the xarrays' and, in zs_spill(), a larger class's */
	struct list_head partial;
	struct list_head tight;
	struct list_head full;
	struct zs_zspage *victim;
	unsigned int zspages;
	unsigned long pages;
	unsigned long objects;
	unsigned long whole;
	unsigned long recoverable;
};

/**
 * struct zs_background - compaction that nobody asked for
 * @work: the worker
 * @permille: of the pool's pages that may be recoverable before it starts; 1000 and
 *	more is never; set under a lock of tunables.c, READ_ONCE()
 * @burst_ms: milliseconds from the free that made it too many to the start; as @permille
 * @quiet_ms: milliseconds after which the worker looks whether the pool is quiet; as
 *	@permille
 * @woken: the worker was told to come soon; atomic
 * @stuck: pages it could not get the last time; written by the worker
 * @seen: recoverable pages when it last looked; only the worker's
 */
struct zs_background {
	struct delayed_work work;
	unsigned int permille;
	unsigned int burst_ms;
	unsigned int quiet_ms;
	atomic_t woken;
	unsigned long stuck;
	unsigned long seen;
};

/**
 * struct zs_pool - a pool of compressed objects
 * @handles: the handle table
 * @zspages: zspage index to struct zs_zspage; read under RCU, written under its own
 *	lock. An index that a live handle names is not removed
 * @pages: pages in all zspages, and those in @leaving
 * @leaving: stack of pages that have left their zspage and could not be locked
 * @reaper: frees them
 * @metadata: bytes of descriptors and class states
 * @recoverable: sum of zs_class.recoverable
 * @demand: which classes are in use
 * @compact_lock: held by the one compaction that is under way
 * @spare: a page that compaction may trade in; written under @compact_lock
 * @counts: what has happened, see enum zs_count
 * @background: what background.c needs
 * @shrinker: gives @recoverable back under memory pressure
 * @red: slots end in a red zone, see redzone.h; changed while the pool is empty
 * @debugfs: the pool's directory; immutable after creation
 * @name: for messages and debugfs; immutable after creation
 * @classes: per-class state, NULL until an object of that class was wanted; set
 *	once with cmpxchg() and never replaced
 *
 * @pages is the sum of zs_class.pages and the length of @leaving, zs_handle_live() that of
 * zs_class.objects.
 */
struct zs_pool {
	/* what every operation reads and few write */
	struct xarray zspages;
	struct zs_demand demand;
	struct zs_handles handles;

	/* what changes with every other page */
	atomic_long_t pages ____cacheline_aligned_in_smp;
	atomic_long_t recoverable;
	atomic_long_t metadata;
	atomic_long_t leaving;

	struct work_struct reaper ____cacheline_aligned_in_smp;
	struct mutex compact_lock;	/* outermost */
	struct page *spare;
	atomic_long_t counts[ZS_NR_COUNTS];
	struct zs_background background;
	struct shrinker shrinker;
#ifdef CONFIG_ZSMALLOC_DEBUG
	bool red;
#endif
	struct dentry *debugfs;
	const char *name;
	struct zs_class *classes[];
};

/* One more object; under zs_class.lock. */
static inline void zs_class_add(struct zs_class *class)
{
	lockdep_assert_held(&class->lock);
	WRITE_ONCE(class->objects, class->objects + 1);
	if (++class->rest == class->geo->slots) {
		class->rest = 0;
		class->whole += class->geo->pages;
	}
}

/* One object less; under zs_class.lock. */
static inline void zs_class_remove(struct zs_class *class)
{
	lockdep_assert_held(&class->lock);
	WRITE_ONCE(class->objects, class->objects - 1);
	if (!class->rest) {
		class->rest = class->geo->slots;
		class->whole -= class->geo->pages;
	}
	class->rest--;
}

/**
 * zs_class_settle() - let the pool know what the class could give back
 * @pool: the pool
 * @class: the class, of which pages or objects have become more or fewer
 *
 * Context: zs_class.lock held.
 */
static inline void zs_class_settle(struct zs_pool *pool, struct zs_class *class)
{
	unsigned long packed = class->whole + DIV_ROUND_UP(class->rest * class->geo->size,
							   PAGE_SIZE);
	unsigned long now = class->pages - packed;

	lockdep_assert_held(&class->lock);
	if (now != class->recoverable) {
		atomic_long_add(now - class->recoverable, &pool->recoverable);
		WRITE_ONCE(class->recoverable, now);
	}
}

static inline void zs_count(struct zs_pool *pool, enum zs_count what, long by)
{
	atomic_long_add(by, &pool->counts[what]);
}

static inline long zs_counted(const struct zs_pool *pool, enum zs_count what)
{
	return atomic_long_read(&pool->counts[what]);
}

size_t zs_pool_metadata(struct zs_pool *pool);

#endif /* _ZS_POOL_H */
