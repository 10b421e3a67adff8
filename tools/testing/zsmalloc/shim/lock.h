/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Locks, and what a task may do while it holds them.
 *
 * Every lock knows its owner: taking one twice, dropping one that is not held
 * and lockdep_assert_held() without it end the program. A spinlock, a local lock
 * and an RCU read section forbid to sleep until they are left; what may sleep says
 * might_sleep(). "CPUs" are numbers that threads have; several may share one, and
 * a local lock keeps them apart, as it does with PREEMPT_RT.
 */
#ifndef _SHIM_LOCK_H
#define _SHIM_LOCK_H

#define SHIM_MAX_KMAPS	16

/**
 * struct shim_task - what is known of the running thread
 * @atomic: how many reasons there are not to sleep
 * @rcu_depth: RCU read sections it is in
 * @rcu_epoch: since when, 0 outside of all
 * @cpu: the CPU it runs on
 * @nr_kmaps: mappings it has
 * @kmaps: their pages, in the order in which they were mapped
 */
struct shim_task {
	int atomic;
	int rcu_depth;
	unsigned long rcu_epoch;
	int cpu;
	int nr_kmaps;
	struct page *kmaps[SHIM_MAX_KMAPS];
};

/* Tasks are threads, or what the schedule explorer makes of them. */
#ifdef SHIM_EXPLORE
extern struct shim_task *shim_current;
#define shim_self	(*shim_current)
#else
extern __thread struct shim_task shim_self;
#endif

struct shim_lock {
	pthread_mutex_t mutex;
	struct shim_task *owner;
};

typedef struct shim_lock spinlock_t;
typedef struct shim_lock local_lock_t;
struct mutex {
	struct shim_lock lock;
};

#define SHIM_LOCK_INIT		{ .mutex = PTHREAD_MUTEX_INITIALIZER }
#define DEFINE_SPINLOCK(name)	spinlock_t name = SHIM_LOCK_INIT
#define DEFINE_MUTEX(name)	struct mutex name = { SHIM_LOCK_INIT }
#define INIT_LOCAL_LOCK(name)	SHIM_LOCK_INIT

void shim_lock_init(struct shim_lock *lock);
void shim_lock(struct shim_lock *lock);
bool shim_trylock(struct shim_lock *lock);
void shim_unlock(struct shim_lock *lock);
void shim_might_sleep(const char *file, int line);

static inline bool shim_lock_held(const struct shim_lock *lock)
{
	return __atomic_load_n(&lock->owner, __ATOMIC_RELAXED) == &shim_self;
}

#define might_sleep()		shim_might_sleep(__FILE__, __LINE__)
void shim_cond_resched(const char *file, int line);
#define cond_resched()		shim_cond_resched(__FILE__, __LINE__)
/* Whoever is waited for may not be running: there are fewer CPUs than threads. */
void shim_cpu_relax(void);
#define cpu_relax()		shim_cpu_relax()

static inline void preempt_disable(void)
{
	shim_self.atomic++;
}

static inline void preempt_enable(void)
{
	shim_self.atomic--;
}

static inline void spin_lock_init(spinlock_t *lock)
{
	shim_lock_init(lock);
}

static inline void spin_lock(spinlock_t *lock)
{
	preempt_disable();
	shim_lock(lock);
}

/* The order of two locks of a kind is the caller's. */
#define SINGLE_DEPTH_NESTING	1
#define spin_lock_nested(lock, subclass)	spin_lock(lock)

static inline bool spin_trylock(spinlock_t *lock)
{
	bool got = shim_trylock(lock);

	shim_self.atomic += got;
	return got;
}

static inline void spin_unlock(spinlock_t *lock)
{
	shim_unlock(lock);
	preempt_enable();
}

static inline bool spin_is_locked(spinlock_t *lock)
{
	return __atomic_load_n(&lock->owner, __ATOMIC_RELAXED);
}

static inline void shim_mutex_lock(struct mutex *mutex, const char *file, int line)
{
	shim_might_sleep(file, line);
	shim_lock(&mutex->lock);
}

#define mutex_init(m)		shim_lock_init(&(m)->lock)
#define mutex_lock(m)		shim_mutex_lock(m, __FILE__, __LINE__)
#define mutex_trylock(m)	shim_trylock(&(m)->lock)
#define mutex_unlock(m)		shim_unlock(&(m)->lock)
#define mutex_destroy(m)	((void)(m))

/* The lock is a per-CPU variable. */
#define local_lock(l)		spin_lock(this_cpu_ptr(l))
#define local_unlock(l)		spin_unlock(this_cpu_ptr(l))

#define shim_lock_of(l) \
	_Generic((l), spinlock_t * : (void *)(l), struct mutex * : (void *)(l))
#define lockdep_is_held(l)	shim_lock_held(shim_lock_of(l))
#define lockdep_assert_held(l)							\
	do {									\
		if (!lockdep_is_held(l))					\
			shim_bug("%s:%d: %s is not held", __FILE__, __LINE__, #l); \
	} while (0)
#define lockdep_assert_not_held(l)						\
	do {									\
		if (lockdep_is_held(l))						\
			shim_bug("%s:%d: %s is held", __FILE__, __LINE__, #l);	\
	} while (0)

#endif /* _SHIM_LOCK_H */
