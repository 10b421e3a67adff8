/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Two cooperative tasks and the schedules they can run under.
 *
 * A task can lose the CPU before every step: an access to shared memory, a lock taken
 * or dropped, a lookup, an allocation, a mapping (see shim_step() in shim/base.h). A
 * schedule says which task begins and at which steps the running one is switched
 * away. Everything else follows: a task that waits for a lock, spins or is done
 * gives way to the other one, which is no preemption, and neither is a switch where a task
 * sleeps of its own will.
 *
 * A switch before a step that has nothing to do with what the other task does until it
 * is switched away itself leads to the same as a switch after that step. Only
 * one of such schedules is run, and the others are counted. What both do with a lock
 * held has to do with each other, whichever locks: they may be the wrong ones.
 */
#ifndef _EXPLORE_ENGINE_H
#define _EXPLORE_ENGINE_H

#include <linux/atomic.h>

#define MAX_SWITCHES	8

/**
 * struct schedule - who runs when
 * @first: the task that begins
 * @nr: switches
 * @at: the steps, counted over both tasks, before which the running one is switched away
 */
struct schedule {
	unsigned int first;
	unsigned int nr;
	unsigned int at[MAX_SWITCHES];
};

/**
 * enum choice - what could be done before a step
 * @ONLY_STAY: the other task could not run
 * @PREEMPT: the other task could run
 * @SLEEP: it could, and the running task would not mind
 */
enum choice { ONLY_STAY, PREEMPT, SLEEP };

/**
 * struct scenario - what is explored
 * @name: for reports
 * @quiet: is nothing ever changed at this address, so that a look at it is no step?
 * @set_up: before each schedule
 * @run: what the tasks do, called with 0 and 1
 * @verify: after each schedule; also cleans up
 */
struct scenario {
	const char *name;
	bool (*quiet)(const void *addr);
	void (*set_up)(void);
	void (*run)(unsigned int task);
	void (*verify)(void);
};

/**
 * struct explored - what engine_explore() has done
 * @schedules: schedules run
 * @same: schedules that would have led to the same, each with all that begin like it
 * @steps: steps in all of them
 * @longest: steps of the longest
 */
struct explored {
	unsigned long schedules;
	unsigned long same;
	unsigned long steps;
	unsigned int longest;
};

void engine_init(void);

/* Run those too that would lead to the same. */
extern bool engine_everything;

/* All schedules with up to @preemptions of them; the program ends at the first bad one. */
void engine_explore(const struct scenario *scenario, unsigned int preemptions,
		    struct explored *explored);

/* One schedule, with a line for every step. */
void engine_replay(const struct scenario *scenario, const struct schedule *schedule);
bool engine_parse(const char *text, struct schedule *schedule);

/* The running task sleeps while it uses what is there. */
void engine_sleep(const void *over);

bool engine_is_quiet(const void *addr);

/* Something is wrong: say what, and under which schedule, and end the program. */
void fail(const char *fmt, ...) __printf(1, 2) __attribute__((noreturn));
void fail_at(const char *file, int line, const char *cond, const char *fmt, ...)
	__printf(4, 5) __attribute__((noreturn));

/* sched.c: the tasks, and where they are. */
void sched_init(void);
void sched_run(void (*run)(unsigned int task), unsigned int first);
bool sched_inside(void);
unsigned int sched_running(void);
bool sched_other_can_run(void);
void sched_switch(void);

/* engine.c, for sched.c: may the running task be switched away here, and is it? */
void engine_point(enum choice choice, const void *addr, enum shim_access access,
		  const void *where);
void engine_forced(const void *where);

/* rcu.c */
extern bool rcu_busy;
bool rcu_run_ready(void);

#endif /* _EXPLORE_ENGINE_H */
