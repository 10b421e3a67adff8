// SPDX-License-Identifier: GPL-2.0-only
/*
 * Locks that know their owner.
 */
#include <sched.h>

#include "shim.h"

__thread struct shim_task shim_self;

void shim_lock_init(struct shim_lock *lock)
{
	pthread_mutex_init(&lock->mutex, NULL);
	lock->owner = NULL;
}

static void take(struct shim_lock *lock)
{
	__atomic_store_n(&lock->owner, &shim_self, __ATOMIC_RELAXED);
}

void shim_lock(struct shim_lock *lock)
{
	if (shim_lock_held(lock))
		shim_bug("a lock is taken twice");
	pthread_mutex_lock(&lock->mutex);
	take(lock);
}

bool shim_trylock(struct shim_lock *lock)
{
	if (shim_lock_held(lock) || pthread_mutex_trylock(&lock->mutex))
		return false;
	take(lock);
	return true;
}

void shim_unlock(struct shim_lock *lock)
{
	if (!shim_lock_held(lock))
		shim_bug("a lock is dropped that is not held");
	__atomic_store_n(&lock->owner, NULL, __ATOMIC_RELAXED);
	pthread_mutex_unlock(&lock->mutex);
}

void shim_might_sleep(const char *file, int line)
{
	if (shim_self.atomic)
		shim_bug("%s:%d: may sleep, but %d locks or sections forbid it", file,
			 line, shim_self.atomic);
	shim_rcu_work();
}

void shim_cpu_relax(void)
{
	sched_yield();
}

void shim_cond_resched(const char *file, int line)
{
	shim_might_sleep(file, line);
	sched_yield();
}
