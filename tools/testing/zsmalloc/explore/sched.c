// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tasks that take turns, and locks that know it. Stands for shim/lock.c.
 */
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#include <stdlib.h>
#include <ucontext.h>

#include "shim.h"
#include "engine.h"

#define STACK	(256 * 1024)
#define REPEATS	3

/**
 * struct strand - a task
 * @task: what the shim knows of it
 * @context: where it is while it does not run
 * @stack: its stack
 * @wants: the lock it waits for, or NULL
 * @done: it has come to its end
 * @last: what it accessed last
 * @how: and how
 * @repeats: how often in a row, there or next to it
 */
struct strand {
	struct shim_task task;
	ucontext_t context;
	void *stack;
	const struct shim_lock *wants;
	bool done;
	const void *last;
	enum shim_access how;
	unsigned int repeats;
};

static struct shim_task outside;
struct shim_task *shim_current = &outside;

static struct strand strands[MAX_TASKS], *current;
static unsigned int nr_tasks;
static ucontext_t home;
static void (*body)(unsigned int task);
static const void *home_stack;
static size_t home_size;

bool sched_inside(void)
{
	return current;
}

unsigned int sched_running(void)
{
	return current - strands;
}

static bool can_run(const struct strand *strand)
{
	return strand != current && !strand->done && !(strand->wants && strand->wants->owner);
}

/* The tasks that could run in the place of the running one, a bit for each. */
unsigned int sched_others(void)
{
	unsigned int n, others = 0;

	for (n = 0; n < nr_tasks; n++)
		others |= can_run(&strands[n]) << n;
	return others;
}

/* Those that are not done. */
unsigned int sched_alive(void)
{
	unsigned int n, alive = 0;

	for (n = 0; n < nr_tasks; n++)
		alive += !strands[n].done;
	return alive;
}

/* Whose turn it is after the running one; it itself if there is nobody else. */
unsigned int sched_next(void)
{
	unsigned int n, next = sched_running();

	for (n = 1; n < nr_tasks; n++) {
		next = (sched_running() + n) % nr_tasks;
		if (can_run(&strands[next]))
			return next;
	}
	return sched_running();
}

/* Save where we are in @from and go on in @to, on the given stack. */
static void jump(ucontext_t *from, ucontext_t *to, const void *stack, size_t size)
{
	void *fake;

	__sanitizer_start_switch_fiber(&fake, stack, size);
	swapcontext(from, to);
	__sanitizer_finish_switch_fiber(fake, NULL, NULL);
}

void sched_switch(unsigned int to)
{
	struct strand *from = current;

	current = &strands[to];
	shim_current = &current->task;
	jump(&from->context, &current->context, current->stack, STACK);
}

/* The end of a task, which must leave nothing behind. */
static void finish(struct strand *strand)
{
	if (strand->task.atomic || strand->task.rcu_depth || strand->task.nr_kmaps)
		fail("task %u ends in %d sections, with %d mappings", sched_running(),
		     strand->task.atomic, strand->task.nr_kmaps);
	strand->done = true;
	rcu_run_ready();
	if (sched_others())
		sched_switch(nr_tasks == 2 ? sched_next() :
			     engine_forced(__builtin_return_address(0)));
	if (sched_alive())
		fail("deadlock: a task is done and the others wait for locks");
	current = NULL;
	shim_current = &outside;
	jump(&strand->context, &home, home_stack, home_size);
}

static void entry(void)
{
	struct strand *me = current;

	__sanitizer_finish_switch_fiber(NULL, home_stack ? NULL : &home_stack,
					home_size ? NULL : &home_size);
	body(me - strands);
	finish(me);
}

void sched_init(void)
{
	unsigned int n;

	for (n = 0; n < MAX_TASKS; n++)
		strands[n].stack = malloc(STACK);
}

void sched_run(void (*run)(unsigned int task), unsigned int tasks, unsigned int first)
{
	unsigned int n;

	body = run;
	nr_tasks = tasks;
	for (n = 0; n < tasks; n++) {
		struct strand *strand = &strands[n];

		memset(&strand->task, 0, sizeof(strand->task));
		strand->task.cpu = n;
		strand->wants = NULL;
		strand->done = false;
		strand->last = NULL;
		getcontext(&strand->context);
		strand->context.uc_stack.ss_sp = strand->stack;
		strand->context.uc_stack.ss_size = STACK;
		makecontext(&strand->context, entry, 0);
	}
	current = &strands[first];
	shim_current = &current->task;
	jump(&home, &current->context, current->stack, STACK);
}

/* ------------------------------------------------------------------ steps */

/* More steps of a kind in a row than these are somebody who waits, or walks an array. */
static bool repeated(const void *addr, enum shim_access access)
{
	const void *last = current->last;
	bool again = access == current->how &&
		     (addr == last + sizeof(atomic64_t) || (addr == last && access == SHIM_READ));

	current->last = addr;
	current->how = access;
	current->repeats = again ? current->repeats + 1 : 0;
	return current->repeats >= REPEATS;
}

void shim_step(const void *addr, enum shim_access access)
{
	if (!current || rcu_busy || engine_is_quiet(addr) || repeated(addr, access))
		return;
	if (rcu_run_ready())
		addr = NULL;
	engine_point(PREEMPT, addr, access, __builtin_return_address(0));
}

/* Another one has to do something first. */
static void give_way(const void *where)
{
	unsigned int to;

	rcu_run_ready();
	to = engine_forced(where);
	if (to != sched_running())
		sched_switch(to);
}

void shim_cpu_relax(void)
{
	if (!current)
		shim_bug("somebody outside waits, and nobody runs");
	current->last = NULL;
	give_way(__builtin_return_address(0));
}

void shim_might_sleep(const char *file, int line)
{
	if (shim_self.atomic)
		shim_bug("%s:%d: may sleep, but %d locks or sections forbid it", file,
			 line, shim_self.atomic);
}

void shim_cond_resched(const char *file, int line)
{
	shim_might_sleep(file, line);
	if (current)
		engine_point(PREEMPT, &current->task, SHIM_READ, __builtin_return_address(0));
}

/* ------------------------------------------------------------------ locks */

void shim_lock_init(struct shim_lock *lock)
{
	lock->owner = NULL;
}

void shim_lock(struct shim_lock *lock)
{
	if (shim_lock_held(lock))
		shim_bug("a lock is taken twice");
	if (current)
		engine_point(PREEMPT, lock, SHIM_WRITE, __builtin_return_address(0));
	while (lock->owner) {
		if (!current)
			shim_bug("somebody outside waits for a lock");
		current->wants = lock;
		if (!sched_others())
			fail("deadlock: every task waits for another");
		give_way(__builtin_return_address(0));
		current->wants = NULL;
	}
	lock->owner = &shim_self;
}

bool shim_trylock(struct shim_lock *lock)
{
	if (current)
		engine_point(PREEMPT, lock, SHIM_WRITE, __builtin_return_address(0));
	if (lock->owner)
		return false;
	lock->owner = &shim_self;
	return true;
}

void shim_unlock(struct shim_lock *lock)
{
	if (!shim_lock_held(lock))
		shim_bug("a lock is dropped that is not held");
	if (current)
		engine_point(PREEMPT, lock, SHIM_WRITE, __builtin_return_address(0));
	lock->owner = NULL;
}
