// SPDX-License-Identifier: GPL-2.0-only
/*
 * RCU by epochs. A task notes the epoch in which its outermost read section
 * began; a grace period starts a new epoch and waits for tasks of older ones.
 */
#include <sched.h>

#include "shim.h"

#define MAX_TASKS	64
/* So many callbacks may wait before a task that may sleep runs them. */
#define BACKLOG		64

static struct shim_task *tasks[MAX_TASKS];
static pthread_mutex_t tasks_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_key_t leaving;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static __thread bool known;

static unsigned long epoch = 1;
static struct rcu_head *queue;
static unsigned long queued;

static void forget(void *task)
{
	int n;

	pthread_mutex_lock(&tasks_lock);
	for (n = 0; n < MAX_TASKS; n++)
		if (tasks[n] == task)
			tasks[n] = NULL;
	pthread_mutex_unlock(&tasks_lock);
}

static void make_key(void)
{
	pthread_key_create(&leaving, forget);
}

static void introduce(void)
{
	int n;

	pthread_once(&once, make_key);
	pthread_mutex_lock(&tasks_lock);
	for (n = 0; n < MAX_TASKS && tasks[n]; n++)
		;
	if (n == MAX_TASKS)
		shim_bug("rcu: more than %d tasks", MAX_TASKS);
	tasks[n] = &shim_self;
	pthread_mutex_unlock(&tasks_lock);
	pthread_setspecific(leaving, &shim_self);
	known = true;
}

void rcu_read_lock(void)
{
	preempt_disable();
	if (shim_self.rcu_depth++)
		return;
	if (!known)
		introduce();
	/* seen by whoever begins a grace period before we read anything */
	__atomic_exchange_n(&shim_self.rcu_epoch, __atomic_load_n(&epoch, __ATOMIC_SEQ_CST),
			    __ATOMIC_SEQ_CST);
}

void rcu_read_unlock(void)
{
	if (!shim_self.rcu_depth)
		shim_bug("rcu: a read section is left that was not entered");
	if (!--shim_self.rcu_depth)
		__atomic_store_n(&shim_self.rcu_epoch, 0, __ATOMIC_RELEASE);
	preempt_enable();
}

void call_rcu(struct rcu_head *head, void (*func)(struct rcu_head *head))
{
	head->func = func;
	head->next = __atomic_load_n(&queue, __ATOMIC_RELAXED);
	while (!__atomic_compare_exchange_n(&queue, &head->next, head, false,
					    __ATOMIC_RELEASE, __ATOMIC_RELAXED))
		;
	__atomic_fetch_add(&queued, 1, __ATOMIC_RELAXED);
}

static void wait_for_readers(void)
{
	unsigned long now = __atomic_add_fetch(&epoch, 1, __ATOMIC_SEQ_CST), seen;
	int n;

	pthread_mutex_lock(&tasks_lock);
	for (n = 0; n < MAX_TASKS; n++) {
		if (!tasks[n])
			continue;
		while ((seen = __atomic_load_n(&tasks[n]->rcu_epoch, __ATOMIC_SEQ_CST)) &&
		       seen < now)
			sched_yield();
	}
	pthread_mutex_unlock(&tasks_lock);
}

void synchronize_rcu(void)
{
	if (shim_self.atomic)
		shim_bug("rcu: waits for readers where it must not sleep");
	wait_for_readers();
}

static void run_callbacks(void)
{
	/* what is queued from here on waits for the next time */
	struct rcu_head *head = __atomic_exchange_n(&queue, NULL, __ATOMIC_ACQUIRE), *next;

	if (!head)
		return;
	synchronize_rcu();
	for (; head; head = next) {
		next = head->next;
		__atomic_fetch_sub(&queued, 1, __ATOMIC_RELAXED);
		head->func(head);
	}
}

void shim_rcu_work(void)
{
	if (__atomic_load_n(&queued, __ATOMIC_RELAXED) >= BACKLOG)
		run_callbacks();
}

/* Callbacks that another task took but did not run yet are waited for, too. */
void rcu_barrier(void)
{
	run_callbacks();
	while (__atomic_load_n(&queued, __ATOMIC_RELAXED)) {
		sched_yield();
		run_callbacks();
	}
}
