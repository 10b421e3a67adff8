// SPDX-License-Identifier: GPL-2.0-only
/*
 * All schedules of two or three tasks, one after another: each is run from the
 * beginning, notes where it could have gone another way, and its children go there.
 */
#include <sanitizer/common_interface_defs.h>
#include <stdio.h>
#include <stdlib.h>

#include "shim.h"
#include "engine.h"

/* More steps than any operations have: they wait for each other for ever. */
#define MAX_STEPS	20000

/**
 * struct step - a step as it was made
 * @task: who
 * @choice: what could have been done instead
 * @others: which tasks could have run, a bit for each
 * @to: to whom a task that could not go on gave way
 * @alone: there was only one other that was not done
 * @access: how
 * @locked: with a spinlock held, under which there are accesses that are no steps
 * @len: so many bytes
 * @addr: to what, NULL for everything
 */
struct step {
	u8 task;
	u8 choice;
	u8 others;
	u8 to;
	u8 access;
	bool alone;
	bool locked;
	u32 len;
	const void *addr;
};

static const struct scenario *scenario;
struct schedule engine_schedule;
static unsigned int next_switch, steps;
static struct step run_steps[MAX_STEPS];
bool engine_everything;
static bool tracing;

bool engine_is_quiet(const void *addr)
{
	return addr && scenario->quiet(addr);
}

static void trace(const void *where, const struct step *step)
{
	static const char *const names[] = { "reads", "writes", "frees" };
	char at[256];

	if (!tracing)
		return;
	__sanitizer_symbolize_pc((void *)where, "%f %s:%l", at, sizeof(at));
	printf("# %4zu %*s%c %-7s %s\n", step - run_steps, step->task * 40, "",
	       'A' + step->task, names[step->access], at);
}

static struct step *count(enum choice choice, const void *addr, enum shim_access access)
{
	if (steps == MAX_STEPS)
		fail("livelock: the tasks wait for each other");
	run_steps[steps] = (struct step){
		.task = sched_running(), .choice = choice, .access = access, .addr = addr,
		.others = sched_others(), .alone = sched_alive() == 2,
		.locked = shim_self.atomic > shim_self.rcu_depth,
		.len = access == SHIM_FREE && addr ? ksize(addr) : 1,
	};
	return &run_steps[steps++];
}

/* Does the schedule have a switch before the last step, and to whom? */
static bool due(unsigned int *to)
{
	if (next_switch == engine_schedule.nr || engine_schedule.at[next_switch] != steps - 1)
		return false;
	*to = engine_schedule.to[next_switch++];
	if (*to == MAX_TASKS)
		*to = sched_next();
	if (!(run_steps[steps - 1].others & 1 << *to))
		fail("the schedule does not fit");
	return true;
}

unsigned int engine_forced(const void *where)
{
	struct step *step = count(sched_others() ? LEAVE : ONLY_STAY, NULL, SHIM_WRITE);
	unsigned int to = sched_next();

	trace(where, step);
	due(&to);
	step->to = to;
	return to;
}

void engine_point(enum choice choice, const void *addr, enum shim_access access,
		  const void *where)
{
	struct step *step = count(sched_others() ? choice : ONLY_STAY, addr, access);
	unsigned int to;

	if (due(&to))
		sched_switch(to);
	trace(where, step);
}

void engine_sleep(const void *over)
{
	engine_point(SLEEP, over, SHIM_WRITE, __builtin_return_address(0));
}

void engine_init(void)
{
	__sanitizer_set_death_callback(engine_died);
	sched_init();
}

const char *engine_name(void)
{
	return scenario ? scenario->name : "setup";
}

static void run_once(void)
{
	next_switch = 0;
	steps = 0;
	scenario->set_up();
	sched_run(scenario->run, scenario->tasks, engine_schedule.first);
	rcu_run_ready();
	if (next_switch < engine_schedule.nr)
		fail("the schedule is longer than the run");
	scenario->verify();
}

static bool conflict(const struct step *a, const struct step *b)
{
	if (!a->addr || !b->addr || (a->locked && b->locked))
		return true;
	return a->addr < b->addr + b->len && b->addr < a->addr + a->len &&
	       (a->access != SHIM_READ || b->access != SHIM_READ);
}

/**
 * struct block - what a task did between being switched to and being switched away
 * @steps: its steps
 * @nr: how many
 */
struct block {
	struct step *steps;
	unsigned int nr;
};

/*
 * What task @to did when the last run was switched to it before step @at: first the step
 * before which it was itself when it ran last, if it did, and then those that follow.
 */
static void remember(struct block *block, unsigned int at, unsigned int to)
{
	unsigned int end = at + 1, last = at;

	while (end < steps && run_steps[end].task == to)
		end++;
	while (last > 0 && run_steps[last].task != to)
		last--;
	block->nr = end - at - 1;
	block->steps = realloc(block->steps, (block->nr + 1) * sizeof(struct step));
	memcpy(block->steps, &run_steps[at + 1], block->nr * sizeof(struct step));
	if (run_steps[last].task == to)
		block->steps[block->nr++] = run_steps[last];
}

static bool touches(const struct block *block, const struct step *step)
{
	unsigned int n;

	for (n = 0; n < block->nr; n++)
		if (conflict(&block->steps[n], step))
			return true;
	return false;
}

static void explore(unsigned int from, unsigned int left, struct explored *explored,
		    struct block *block);

/* Every schedule that has a switch to @to behind the last of the one that was just run. */
static void branch_to(unsigned int to, const struct step *parent, unsigned int from,
		      unsigned int end, unsigned int left, struct explored *explored)
{
	struct block block = { };
	bool same = false;
	unsigned int n;

	for (n = from; n < end; n++) {
		const struct step *step = &parent[n];
		unsigned int cost = step->choice == PREEMPT;

		/* a step of somebody else: what was remembered is of another switch */
		same &= n > from && step->task == parent[n - 1].task && !engine_everything;
		/* a switch that costs nothing leaves more of them; a third may come in between */
		same &= step->choice == PREEMPT && step->alone;
		if (step->choice == ONLY_STAY || cost > left || !(step->others & 1 << to) ||
		    (step->choice == LEAVE && step->to == to))
			continue;
		if (same) {
			explored->same++;
		} else {
			engine_schedule.at[engine_schedule.nr] = n;
			engine_schedule.to[engine_schedule.nr++] = to;
			explore(n + 1, left - cost, explored, &block);
			engine_schedule.nr--;
		}
		same = !touches(&block, step);
	}
	free(block.steps);
}

static void branch(unsigned int from, unsigned int left, struct explored *explored)
{
	unsigned int end = steps, to;
	struct step *parent = malloc(end * sizeof(*parent));

	memcpy(parent, run_steps, end * sizeof(*parent));
	for (to = 0; to < scenario->tasks; to++)
		branch_to(to, parent, from, end, left, explored);
	free(parent);
}

/* Run the schedule, and those that begin like it. */
static void explore(unsigned int from, unsigned int left, struct explored *explored,
		    struct block *block)
{
	unsigned int nr = engine_schedule.nr;

	run_once();
	if (nr)
		remember(block, engine_schedule.at[nr - 1], engine_schedule.to[nr - 1]);
	explored->schedules++;
	explored->steps += steps;
	explored->longest = max(explored->longest, steps);
	if (nr < MAX_SWITCHES)
		branch(from, left, explored);
}

void engine_explore(const struct scenario *what, unsigned int preemptions,
		    struct explored *explored)
{
	unsigned int first;

	scenario = what;
	for (first = 0; first < what->tasks; first++) {
		engine_schedule.first = first;
		engine_schedule.nr = 0;
		explore(0, preemptions, explored, NULL);
	}
}

void engine_replay(const struct scenario *what, const struct schedule *which)
{
	scenario = what;
	engine_schedule = *which;
	tracing = true;
	run_once();
	tracing = false;
}
