/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Two or three cooperative tasks and the schedules they can run under.
 *
 * A task can lose the CPU before every step: an access to shared memory, a lock taken
 * or dropped, a lookup, an allocation, a mapping (see shim_step() in shim/base.h). A
 * schedule says which task begins and at which steps the running one is switched
 * away, and to whom. Everything else follows: a task that waits for a lock, spins or is
 * done gives way to the next one, which is no preemption, and neither is a switch where a
 * task sleeps of its own will. Of three tasks each of the other two may be the next one.
 *
 * A switch before a step that has nothing to do with what the other task does until it
 * is switched away itself leads to the same as a switch after that step. Only
 * one of such schedules is run, and the others are counted. What both do with a lock
 * held has to do with each other, whichever locks: they may be the wrong ones. While there
 * are three tasks all schedules are run: the third may come in between.
 */
#ifndef _EXPLORE_ENGINE_H
#define _EXPLORE_ENGINE_H

#include <linux/atomic.h>

#define MAX_TASKS	3
#define MAX_SWITCHES	24

/**
 * struct schedule - who runs when
 * @first: the task that begins
 * @nr: switches
 * @at: the steps, counted over all tasks, before which the running one is switched away
 * @to: and to whom
 */
struct schedule {
	unsigned int first;
	unsigned int nr;
	unsigned int at[MAX_SWITCHES];
	unsigned int to[MAX_SWITCHES];
};

/**
 * enum choice - what could be done before a step
 * @ONLY_STAY: no other task could run
 * @PREEMPT: another task could run
 * @SLEEP: it could, and the running task would not mind
 * @LEAVE: the running task cannot go on, and others could
 */
enum choice { ONLY_STAY, PREEMPT, SLEEP, LEAVE };

/**
 * struct scenario - what is explored
 * @name: for reports
 * @tasks: 2 or 3
 * @quiet: is nothing ever changed at this address, so that a look at it is no step?
 * @set_up: before each schedule
 * @run: what the tasks do, called with 0, 1 and 2
 * @verify: after each schedule; also cleans up
 */
struct scenario {
	const char *name;
	unsigned int tasks;
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

/* command.c has main(), and calls these: what there is to explore. */
void explore_boot(void);
void explore_all(const char *only, unsigned int preemptions);
bool explore_replay(const char *text);
void explore_halt(void);

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

/* engine.c, for report.c: what is run now. */
extern struct schedule engine_schedule;
const char *engine_name(void);
void engine_died(void);

/* sched.c: the tasks, and where they are. */
void sched_init(void);
void sched_run(void (*run)(unsigned int task), unsigned int tasks, unsigned int first);
bool sched_inside(void);
unsigned int sched_running(void);
unsigned int sched_others(void);
unsigned int sched_alive(void);
unsigned int sched_next(void);
void sched_switch(unsigned int to);

/* engine.c, for sched.c: may the running task be switched away here, and is it? */
void engine_point(enum choice choice, const void *addr, enum shim_access access,
		  const void *where);
unsigned int engine_forced(const void *where);

/* rcu.c */
extern bool rcu_busy;
bool rcu_run_ready(void);

#endif /* _EXPLORE_ENGINE_H */
