/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Locks, RCU and per-CPU variables as a kernel without preemption has them: a
 * spinlock is one word, an RCU read section costs nothing, a CPU is a thread. A
 * thread says native_quiescent() where it holds nothing.
 */
#ifndef _NATIVE_FAST_LOCK_H
#define _NATIVE_FAST_LOCK_H

#define NR_CPUS			2
/* So long a holder runs on another CPU, and is not waiting for ours. */
#define NATIVE_SPINS		2000

extern __thread unsigned int native_cpu;
extern char *native_percpu[NR_CPUS];

#define preempt_disable()	barrier()
#define preempt_enable()	barrier()
#define might_sleep()		do { } while (0)
#define cond_resched()		do { } while (0)
#define cpu_relax()		__builtin_ia32_pause()
#define lockdep_is_held(l)	((void)(l), 1)
#define lockdep_assert_held(l)	((void)(l))
#define lockdep_assert_not_held(l)	((void)(l))

typedef struct { u32 locked; } spinlock_t;

#define SHIM_LOCK_INIT		{ 0 }
#define DEFINE_SPINLOCK(name)	spinlock_t name = SHIM_LOCK_INIT
#define SINGLE_DEPTH_NESTING	1
#define spin_lock_nested(lock, subclass)	spin_lock(lock)

static inline void spin_lock_init(spinlock_t *lock)
{
	lock->locked = 0;
}

static inline bool spin_trylock(spinlock_t *lock)
{
	return !__atomic_load_n(&lock->locked, __ATOMIC_RELAXED) &&
	       !__atomic_exchange_n(&lock->locked, 1, __ATOMIC_ACQUIRE);
}

static inline void spin_lock(spinlock_t *lock)
{
	unsigned int spins = 0;

	while (__atomic_exchange_n(&lock->locked, 1, __ATOMIC_ACQUIRE)) {
		while (__atomic_load_n(&lock->locked, __ATOMIC_RELAXED)) {
			cpu_relax();
			if (++spins % NATIVE_SPINS == 0)
				sched_yield();
		}
	}
}

static inline void spin_unlock(spinlock_t *lock)
{
	__atomic_store_n(&lock->locked, 0, __ATOMIC_RELEASE);
}

static inline bool spin_is_locked(spinlock_t *lock)
{
	return __atomic_load_n(&lock->locked, __ATOMIC_RELAXED);
}

struct mutex {
	pthread_mutex_t mutex;
};

#define DEFINE_MUTEX(name)	struct mutex name = { PTHREAD_MUTEX_INITIALIZER }
#define mutex_init(m)		pthread_mutex_init(&(m)->mutex, NULL)
#define mutex_lock(m)		pthread_mutex_lock(&(m)->mutex)
#define mutex_trylock(m)	(!pthread_mutex_trylock(&(m)->mutex))
#define mutex_unlock(m)		pthread_mutex_unlock(&(m)->mutex)
#define mutex_destroy(m)	((void)(m))

/* Each CPU is one thread, which nobody interrupts. */
typedef struct { } local_lock_t;
#define INIT_LOCAL_LOCK(name)	{ }
#define local_lock(l)		barrier()
#define local_unlock(l)		barrier()

#define DEFINE_PER_CPU(type, name) \
	__attribute__((section("percpu_data"))) type name
extern char __start_percpu_data[];

#define per_cpu_ptr(ptr, cpu) \
	((typeof(ptr))(native_percpu[cpu] + ((char *)(ptr) - __start_percpu_data)))
#define per_cpu(var, cpu)	(*per_cpu_ptr(&(var), cpu))
#define this_cpu_ptr(ptr)	per_cpu_ptr(ptr, native_cpu)
#define raw_cpu_ptr(ptr)	this_cpu_ptr(ptr)
#define smp_processor_id()	(native_cpu)
#define raw_smp_processor_id()	(native_cpu)
#define num_possible_cpus()	NR_CPUS
#define for_each_possible_cpu(cpu) \
	for ((cpu) = 0; (cpu) < NR_CPUS; (cpu)++)
#define for_each_online_cpu(cpu)	for_each_possible_cpu(cpu)

enum cpuhp_state { CPUHP_MM_ZS_PREPARE };

int cpuhp_setup_state(enum cpuhp_state state, const char *name,
		      int (*startup)(unsigned int cpu), int (*teardown)(unsigned int cpu));
void cpuhp_remove_state(enum cpuhp_state state);

struct rcu_head {
	struct rcu_head *next;
	void (*func)(struct rcu_head *head);
};

#define rcu_read_lock()			barrier()
#define rcu_read_unlock()		barrier()
#define rcu_read_lock_held()		1
#define rcu_dereference(p)		smp_load_acquire(&(p))
#define rcu_assign_pointer(p, v)	smp_store_release(&(p), v)
void call_rcu(struct rcu_head *head, void (*func)(struct rcu_head *head));
void synchronize_rcu(void);
void rcu_barrier(void);

/* The thread holds no reference to anything that RCU protects. */
void native_quiescent(void);
/* The thread begins, or ends, to be one that grace periods wait for. */
void native_online(unsigned int cpu);
void native_offline(void);
/* Per-CPU areas, before the module's init. */
void native_boot(void);

#endif /* _NATIVE_FAST_LOCK_H */
