// SPDX-License-Identifier: GPL-2.0-only
/*
 * All schedules of two tasks, one after another: each is run from the beginning, notes
 * where it could have gone another way, and its children go there.
 */
#include <sanitizer/common_interface_defs.h>
#include <stdio.h>
#include <stdlib.h>

#include "shim.h"
#include "engine.h"

/* More steps than any two operations have: they wait for each other for ever. */
#define MAX_STEPS	20000

/**
 * struct step - a step as it was made
 * @task: who
 * @choice: what could have been done instead
 * @access: how
 * @locked: with a spinlock held, under which there are accesses that are no steps
 * @len: so many bytes
 * @addr: to what, NULL for everything
 */
struct step {
	u8 task;
	u8 choice;
	u8 access;
	bool locked;
	u32 len;
	const void *addr;
};

static const struct scenario *scenario;
static struct schedule schedule;
static unsigned int next_switch, steps;
static struct step run_steps[MAX_STEPS];
bool engine_everything;
static bool tracing;

bool engine_is_quiet(const void *addr)
{
	return addr && scenario->quiet(addr);
}

static void print_schedule(void)
{
	unsigned int n;

	printf("# --replay='%s/%u", scenario ? scenario->name : "", schedule.first);
	for (n = 0; n < schedule.nr; n++)
		printf("%c%u", n ? ',' : ':', schedule.at[n]);
	printf("'\n");
	fflush(stdout);
}

static void leave(const char *prefix, const char *fmt, va_list args)
{
	printf("not ok explore/%s - %s", scenario ? scenario->name : "setup", prefix);
	vprintf(fmt, args);
	printf("\n");
	print_schedule();
	_Exit(1);
}

void fail(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	leave("", fmt, args);
	abort();
}

void fail_at(const char *file, int line, const char *cond, const char *fmt, ...)
{
	char prefix[256];
	va_list args;

	snprintf(prefix, sizeof(prefix), "%s:%d: %s:", file, line, cond);
	va_start(args, fmt);
	leave(prefix, fmt, args);
	abort();
}

/* A sanitizer ends the program, or an assertion of the shim. */
static void died(void)
{
	printf("not ok explore/%s - the program dies\n", scenario ? scenario->name : "setup");
	print_schedule();
}

void engine_init(void)
{
	__sanitizer_set_death_callback(died);
	sched_init();
}

static void trace(const void *where, const struct step *step)
{
	static const char *const names[] = { "reads", "writes", "frees" };
	char at[256];

	if (!tracing)
		return;
	__sanitizer_symbolize_pc((void *)where, "%f %s:%l", at, sizeof(at));
	printf("# %4zu %*s%c %-7s %s\n", step - run_steps, step->task ? 40 : 0, "",
	       'A' + step->task, names[step->access], at);
}

static struct step *count(enum choice choice, const void *addr, enum shim_access access)
{
	if (steps == MAX_STEPS)
		fail("livelock: the tasks wait for each other");
	run_steps[steps] = (struct step){
		.task = sched_running(), .choice = choice, .access = access, .addr = addr,
		.locked = shim_self.atomic > shim_self.rcu_depth,
		.len = access == SHIM_FREE && addr ? ksize(addr) : 1,
	};
	return &run_steps[steps++];
}

void engine_forced(const void *where)
{
	trace(where, count(ONLY_STAY, NULL, SHIM_WRITE));
}

void engine_point(enum choice choice, const void *addr, enum shim_access access,
		  const void *where)
{
	bool possible = sched_other_can_run();
	struct step *step = count(possible ? choice : ONLY_STAY, addr, access);

	if (next_switch < schedule.nr && schedule.at[next_switch] == steps - 1) {
		if (!possible)
			fail("the schedule does not fit");
		next_switch++;
		sched_switch();
	}
	trace(where, step);
}

void engine_sleep(const void *over)
{
	engine_point(SLEEP, over, SHIM_WRITE, __builtin_return_address(0));
}

static void run_once(void)
{
	next_switch = 0;
	steps = 0;
	scenario->set_up();
	sched_run(scenario->run, schedule.first);
	rcu_run_ready();
	if (next_switch < schedule.nr)
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
 * What the other task did when the last run was switched away before step @at: first
 * the step before which it was itself when it ran last, if it did, and then those that follow.
 */
static void remember(struct block *block, unsigned int at)
{
	unsigned int end = at + 1, last = at;

	while (end < steps && run_steps[end].task != run_steps[at].task)
		end++;
	while (last > 0 && run_steps[last].task == run_steps[at].task)
		last--;
	block->nr = end - at - 1;
	block->steps = realloc(block->steps, (block->nr + 1) * sizeof(struct step));
	memcpy(block->steps, &run_steps[at + 1], block->nr * sizeof(struct step));
	if (run_steps[last].task != run_steps[at].task)
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

/* Every schedule that has one more switch behind the last of the one that was just run. */
static void branch(unsigned int from, unsigned int left, struct explored *explored)
{
	unsigned int end = steps, n;
	struct step *parent = malloc(end * sizeof(*parent));
	struct block block = { };
	bool same = false;

	memcpy(parent, run_steps, end * sizeof(*parent));
	for (n = from; n < end; n++) {
		const struct step *step = &parent[n];
		unsigned int cost = step->choice == PREEMPT;

		/* a step of somebody else: what was remembered is of another switch */
		same &= n > from && step->task == parent[n - 1].task && !engine_everything;
		/* a switch that costs nothing leaves more of them */
		same &= step->choice == PREEMPT;
		if (step->choice == ONLY_STAY || cost > left)
			continue;
		if (same) {
			explored->same++;
		} else {
			schedule.at[schedule.nr++] = n;
			explore(n + 1, left - cost, explored, &block);
			schedule.nr--;
		}
		same = !touches(&block, step);
	}
	free(block.steps);
	free(parent);
}

/* Run the schedule, and those that begin like it. */
static void explore(unsigned int from, unsigned int left, struct explored *explored,
		    struct block *block)
{
	run_once();
	if (schedule.nr)
		remember(block, schedule.at[schedule.nr - 1]);
	explored->schedules++;
	explored->steps += steps;
	explored->longest = max(explored->longest, steps);
	if (schedule.nr < MAX_SWITCHES)
		branch(from, left, explored);
}

void engine_explore(const struct scenario *what, unsigned int preemptions,
		    struct explored *explored)
{
	scenario = what;
	for (schedule.first = 0; schedule.first < 2; schedule.first++) {
		schedule.nr = 0;
		explore(0, preemptions, explored, NULL);
	}
}

void engine_replay(const struct scenario *what, const struct schedule *which)
{
	scenario = what;
	schedule = *which;
	tracing = true;
	run_once();
	tracing = false;
}

bool engine_parse(const char *text, struct schedule *parsed)
{
	char *end;

	parsed->first = strtoul(text, &end, 10);
	parsed->nr = 0;
	if (end == text || parsed->first > 1)
		return false;
	while (*end == ':' || *end == ',') {
		if (parsed->nr == MAX_SWITCHES)
			return false;
		parsed->at[parsed->nr++] = strtoul(end + 1, &end, 10);
	}
	return !*end;
}
