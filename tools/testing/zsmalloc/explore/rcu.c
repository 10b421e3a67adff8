// SPDX-License-Identifier: GPL-2.0-only
/*
 * RCU that frees as early as it may: as soon as every read section is left that was
 * open when the callback was queued. Stands for shim/rcu.c.
 */
#include "shim.h"
#include "engine.h"

#define MAX_QUEUED	256

static struct rcu_head *queue[MAX_QUEUED];
static unsigned long since[MAX_QUEUED];
static unsigned int queued;

/* Counts callbacks and sections as they come. */
static unsigned long now = 1;
/* A callback runs, which is part of the step at which it does. */
bool rcu_busy;

/* Where sections of the tasks began, 0 outside of them. */
static unsigned long open[MAX_TASKS];

static bool passed(unsigned long when)
{
	unsigned int n;

	for (n = 0; n < MAX_TASKS; n++)
		if (open[n] && open[n] <= when)
			return false;
	return true;
}

bool rcu_run_ready(void)
{
	struct rcu_head *head;
	bool ran = false;

	while (!rcu_busy && queued && passed(since[0])) {
		head = queue[0];
		queued--;
		memmove(queue, queue + 1, queued * sizeof(queue[0]));
		memmove(since, since + 1, queued * sizeof(since[0]));
		rcu_busy = true;
		head->func(head);
		rcu_busy = false;
		ran = true;
	}
	return ran;
}

void rcu_read_lock(void)
{
	shim_step(&now, SHIM_READ);
	preempt_disable();
	if (!shim_self.rcu_depth++ && sched_inside())
		open[sched_running()] = now++;
}

void rcu_read_unlock(void)
{
	if (!shim_self.rcu_depth)
		shim_bug("rcu: a read section is left that was not entered");
	shim_step(&now, SHIM_READ);
	if (!--shim_self.rcu_depth && sched_inside())
		open[sched_running()] = 0;
	preempt_enable();
}

void call_rcu(struct rcu_head *head, void (*func)(struct rcu_head *head))
{
	shim_step(&now, SHIM_WRITE);
	if (queued == MAX_QUEUED)
		shim_bug("rcu: %u callbacks wait", queued);
	head->func = func;
	queue[queued] = head;
	since[queued++] = now++;
}

void synchronize_rcu(void)
{
	unsigned long when = now++;

	if (shim_self.atomic)
		shim_bug("rcu: waits for readers where it must not sleep");
	while (!passed(when))
		cpu_relax();
}

void rcu_barrier(void)
{
	while (queued) {
		synchronize_rcu();
		rcu_run_ready();
	}
}

void shim_rcu_work(void)
{
	rcu_run_ready();
}
