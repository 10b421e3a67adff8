// SPDX-License-Identifier: GPL-2.0-only
/*
 * CPUs and their variables, and grace periods.
 */
#include "shim.h"

/* CPUs: threads that grace periods wait for. */

__thread unsigned int native_cpu;
char *native_percpu[NR_CPUS];

/* The number of quiescent states a thread has come through; 0: it is not there. */
static struct {
	unsigned long seen;
} __attribute__((aligned(64))) quiet[NR_CPUS];

extern char __stop_percpu_data[];

void native_boot(void)
{
	size_t size = __stop_percpu_data - __start_percpu_data;
	unsigned int cpu;

	for_each_possible_cpu(cpu) {
		native_percpu[cpu] = aligned_alloc(64, ALIGN(size, 64));
		memcpy(native_percpu[cpu], __start_percpu_data, size);
	}
}

int cpuhp_setup_state(enum cpuhp_state state, const char *name,
		      int (*startup)(unsigned int cpu), int (*teardown)(unsigned int cpu))
{
	unsigned int cpu;
	int err = 0;

	for_each_possible_cpu(cpu)
		err = err ?: startup(cpu);
	return err;
}

void cpuhp_remove_state(enum cpuhp_state state)
{
}

/* RCU: a grace period ends when every thread has been in a quiescent state. */

/* So many callbacks wait for one grace period, as they do in the kernel. */
#define BATCH	256

static struct rcu_head *waiting;
static unsigned long nr_waiting;
static pthread_mutex_t callbacks = PTHREAD_MUTEX_INITIALIZER;

void native_online(unsigned int cpu)
{
	native_cpu = cpu;
	__atomic_store_n(&quiet[cpu].seen, 1, __ATOMIC_SEQ_CST);
}

void native_offline(void)
{
	__atomic_store_n(&quiet[native_cpu].seen, 0, __ATOMIC_SEQ_CST);
}

void call_rcu(struct rcu_head *head, void (*func)(struct rcu_head *head))
{
	head->func = func;
	head->next = __atomic_load_n(&waiting, __ATOMIC_RELAXED);
	while (!__atomic_compare_exchange_n(&waiting, &head->next, head, false,
					    __ATOMIC_RELEASE, __ATOMIC_RELAXED))
		;
	__atomic_fetch_add(&nr_waiting, 1, __ATOMIC_RELAXED);
}

static void run(struct rcu_head *head)
{
	struct rcu_head *next;

	for (; head; head = next) {
		next = head->next;
		__atomic_fetch_sub(&nr_waiting, 1, __ATOMIC_RELAXED);
		head->func(head);
	}
}

/* The batch that @callbacks is held for, and what others had come through when it began. */
static struct rcu_head *batch;
static unsigned long since[NR_CPUS];

static bool over(void)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu) {
		unsigned long now = __atomic_load_n(&quiet[cpu].seen, __ATOMIC_ACQUIRE);

		if (cpu != native_cpu && now && since[cpu] && now == since[cpu])
			return false;
	}
	return true;
}

/* Never waits: a batch that is not over is looked at again the next time. */
void native_quiescent(void)
{
	unsigned int cpu;

	__atomic_store_n(&quiet[native_cpu].seen, quiet[native_cpu].seen + 1, __ATOMIC_SEQ_CST);
	if (__atomic_load_n(&nr_waiting, __ATOMIC_RELAXED) < BATCH ||
	    pthread_mutex_trylock(&callbacks))
		return;
	if (!batch) {
		batch = __atomic_exchange_n(&waiting, NULL, __ATOMIC_SEQ_CST);
		for_each_possible_cpu(cpu)
			since[cpu] = __atomic_load_n(&quiet[cpu].seen, __ATOMIC_SEQ_CST);
	} else if (over()) {
		run(batch);
		batch = NULL;
	}
	pthread_mutex_unlock(&callbacks);
}

/* Only where no other thread is online. */
void synchronize_rcu(void)
{
	rcu_barrier();
}

void rcu_barrier(void)
{
	while (__atomic_load_n(&nr_waiting, __ATOMIC_RELAXED)) {
		run(batch);
		batch = NULL;
		run(__atomic_exchange_n(&waiting, NULL, __ATOMIC_SEQ_CST));
	}
}

/* What the files of the shim that are kept want of those that are not. */

bool shim_fails_now(void)
{
	return false;
}

void shim_id_count(int by)
{
}
