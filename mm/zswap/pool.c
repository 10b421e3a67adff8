// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which compressor is in use, and what happens to the one that was?
 */
#include <linux/err.h>
#include <linux/mutex.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/zcomp.h>

#include "pool.h"

/* Written under pool_mutex, read under RCU as well. NULL until a compressor is set. */
static struct zswap_pool __rcu *current_pool;

/* From the choice of a compressor until it is in use. */
static DEFINE_MUTEX(pool_mutex);

/* Pools that are not destroyed yet. */
static atomic_t pools;

/* Destroying a compressor takes the CPU hotplug lock: it needs a context that may sleep. */
static void pool_destroy(struct work_struct *work)
{
	struct zswap_pool *pool = container_of(work, struct zswap_pool, destroy);

	percpu_ref_exit(&pool->users);
	zcomp_destroy(pool->comp);
	kfree(pool);
	atomic_dec(&pools);
}

/*
 * The last entry has gone, after the pool ceased to be current: percpu_ref_kill() lets
 * all readers of current_pool finish before it lets the count reach 0.
 */
static void pool_unused(struct percpu_ref *ref)
{
	struct zswap_pool *pool = container_of(ref, struct zswap_pool, users);

	queue_work(system_unbound_wq, &pool->destroy);
}

static struct zswap_pool *pool_create(const char *compressor)
{
	struct zswap_pool *pool = kzalloc(sizeof(*pool), GFP_KERNEL);
	int err = -ENOMEM;

	if (!pool)
		return ERR_PTR(err);
	pool->comp = zcomp_create(compressor, NULL);
	if (IS_ERR(pool->comp)) {
		err = PTR_ERR(pool->comp);
		goto free;
	}
	INIT_WORK(&pool->destroy, pool_destroy);
	err = percpu_ref_init(&pool->users, pool_unused, 0, GFP_KERNEL);
	if (err)
		goto destroy;
	atomic_inc(&pools);
	return pool;

destroy:
	zcomp_destroy(pool->comp);
free:
	kfree(pool);
	return ERR_PTR(err);
}

static struct zswap_pool *pool_locked(void)
{
	return rcu_dereference_protected(current_pool, lockdep_is_held(&pool_mutex));
}

static int use(const char *name)
{
	struct zswap_pool *pool, *old = pool_locked();

	/* Names that zcomp_find() returns are equal only if they are the same. */
	if (old && zcomp_name(old->comp) == name)
		return 0;
	pool = pool_create(name);
	if (IS_ERR(pool))
		return PTR_ERR(pool);
	rcu_assign_pointer(current_pool, pool);
	if (old)
		percpu_ref_kill(&old->users);
	return 0;
}

/**
 * zswap_pool_use() - compress with another algorithm from now on
 * @compressor: what zcomp_find() knows; the one that is in use already is fine
 *
 * Context: Process context, sleeps, may load a module.
 * Return: 0; -ENOENT if there is no such compressor; -ENOMEM, or what the compressor
 * returns. After an error everything is as it was.
 */
int zswap_pool_use(const char *compressor)
{
	const char *name = zcomp_find(compressor);
	int err;

	if (!name)
		return -ENOENT;
	mutex_lock(&pool_mutex);
	err = use(name);
	mutex_unlock(&pool_mutex);
	return err;
}

/**
 * zswap_pool_compressor() - what compresses new pages
 *
 * Context: Any.
 * Return: its name, which is never freed; NULL if none was set yet.
 */
const char *zswap_pool_compressor(void)
{
	const char *name = NULL;
	struct zswap_pool *pool;

	rcu_read_lock();
	pool = rcu_dereference(current_pool);
	if (pool)
		name = zcomp_name(pool->comp);
	rcu_read_unlock();
	return name;
}

/**
 * zswap_pool_get() - the pool for a new page
 *
 * Context: Any.
 * Return: the current pool, with a reference; NULL if there is none.
 */
struct zswap_pool *zswap_pool_get(void)
{
	struct zswap_pool *pool;

	rcu_read_lock();
	do {
		pool = rcu_dereference(current_pool);
		/* Killed between the two: then there is a newer one. */
	} while (pool && !percpu_ref_tryget_live(&pool->users));
	rcu_read_unlock();
	return pool;
}

/**
 * zswap_pool_count() - how many compressors there are
 *
 * Context: Any.
 * Return: pools that are current or still have entries.
 */
int zswap_pool_count(void)
{
	return atomic_read(&pools);
}
