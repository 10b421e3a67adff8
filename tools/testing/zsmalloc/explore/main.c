// SPDX-License-Identifier: GPL-2.0-only
/*
 * U6: every two operations of the allocator, in every state where they meet, under
 * every schedule with a given number of preemptions.
 */
#include "scene.h"

static const struct operation *ops[2];
static const struct state *state;
static bool swapped;
static char name[128];

static void set_up(void)
{
	scene_begin(state, ops, swapped);
}

static void run(unsigned int task)
{
	shim_self.cpu = task ^ swapped;
	ops[task]->run(task, &scene.things[scene.target[task]]);
}

static void verify(void)
{
	scene_end(ops);
}

static const struct scenario scenario = {
	.name = name, .tasks = 2, .quiet = scene_quiet,
	.set_up = set_up, .run = run, .verify = verify,
};

/* Do the two meet in this state, and keep to the rules there? */
static bool sensible(void)
{
	unsigned int both = ops[0]->traits & ops[1]->traits;
	unsigned int any = ops[0]->traits | ops[1]->traits;
	bool race = any & FREES && any & USES;

	if (any & CARRIES)
		return !strcmp(state->name, "single") && !(any & FREES) && !(both & CARRIES) &&
		       (any & USES || strstr(name, "migrate") || strstr(name, "isolate"));
	if (state->table && !(both & TABLE))
		return false;
	if (!strcmp(state->name, "nothing") && any & TARGETS)
		return false;
	if (state->abused)
		return race && !(any & REUSES && any & WRITES);
	if (state->same && race)
		return false;
	/* without targets it is the same twice */
	return any & TARGETS || !strstr(state->name, "_same");
}

static void explore_state(unsigned int preemptions, struct explored *sum)
{
	bool both = ops[0]->traits & TARGETS && ops[1]->traits & TARGETS;
	unsigned int round;

	for (round = 0; round < 2; round++) {
		swapped = round;
		snprintf(name, sizeof(name), "%s*%s@%s%s", ops[0]->name, ops[1]->name,
			 state->name, swapped ? "~" : "");
		if (!sensible())
			return;
		engine_explore(&scenario, preemptions, sum);
		/* the tasks change targets, and CPUs, which have shards of their own */
		if (ops[0] == ops[1] || (!state->table && (state->same || !both)))
			return;
	}
}

static bool wanted(const char *only)
{
	char pair[128];

	snprintf(pair, sizeof(pair), "%s*%s", ops[0]->name, ops[1]->name);
	return !only || !strcmp(pair, only);
}

void explore_all(const char *only, unsigned int preemptions)
{
	struct explored total = { };
	unsigned int pairs = 0;

	for (ops[0] = operations; ops[0]->name; ops[0]++)
		for (ops[1] = ops[0]; ops[1]->name; ops[1]++) {
			struct explored sum = { };

			if (!wanted(only))
				continue;
			for (state = states; state->name; state++)
				explore_state(preemptions, &sum);
			if (!sum.schedules)
				continue;
			printf("ok explore/%s*%s/%lu_schedules_of_up_to_%u_steps\n", ops[0]->name,
			       ops[1]->name, sum.schedules, sum.longest);
			fflush(stdout);
			total.schedules += sum.schedules;
			total.same += sum.same;
			total.steps += sum.steps;
			pairs++;
		}
	printf("# %u pairs, up to %u preemptions: %lu schedules, %lu steps; %lu left out\n",
	       pairs, preemptions, total.schedules, total.steps, total.same);
	printf("# that lead to the same as one of these\n");
}

static bool find(const char *what, size_t len, const struct operation **op)
{
	for (*op = operations; (*op)->name; (*op)++)
		if (strlen((*op)->name) == len && !strncmp((*op)->name, what, len))
			return true;
	return false;
}

/* OPERATION*OPERATION@STATE/SCHEDULE */
bool explore_replay(const char *text)
{
	const char *star = strchr(text, '*'), *at = strchr(text, '@'), *slash = strchr(text, '/');
	struct schedule schedule;
	size_t len;

	if (!star || !at || !slash || !engine_parse(slash + 1, &schedule) ||
	    !find(text, star - text, &ops[0]) || !find(star + 1, at - star - 1, &ops[1]))
		return false;
	len = slash - at - 1;
	swapped = slash[-1] == '~';
	snprintf(name, sizeof(name), "%.*s", (int)(slash - text), text);
	for (state = states; state->name; state++) {
		if (strlen(state->name) != len - swapped ||
		    strncmp(state->name, at + 1, len - swapped))
			continue;
		engine_replay(&scenario, &schedule);
		return true;
	}
	return false;
}

void explore_boot(void)
{
	shim_percpu_boot();
	if (shim_module_init())
		shim_bug("the allocator does not start");
}

void explore_halt(void)
{
	shim_module_exit();
	shim_percpu_halt();
}
