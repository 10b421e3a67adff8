// SPDX-License-Identifier: GPL-2.0-only
/*
 * An entry of zswap from its store to its end: every two of the operations that make and
 * end it, and some three, in every state where they meet, under every schedule with a
 * given number of preemptions.
 */
#include "scene.h"

static const struct operation *ops[MAX_TASKS];
static const struct state *state;
static char name[128];

static void set_up(void)
{
	scene_begin(state);
}

static void run(unsigned int task)
{
	shim_self.cpu = task;
	ops[task]->run(task);
}

static void verify(void)
{
	scene_end();
}

static struct scenario scenario = {
	.name = name, .quiet = scene_quiet, .set_up = set_up, .run = run, .verify = verify,
};

/* One swapoff at a time; and who shares a page does not write to it. */
static bool sensible(void)
{
	unsigned int n, swapoffs = 0, writes = 0;

	for (n = 0; n < scenario.tasks; n++) {
		swapoffs += !!strstr(ops[n]->name, "swapoff");
		writes += !!strstr(ops[n]->name, "rewrite");
	}
	return swapoffs < 2 && !(writes && !strcmp(state->name, "shared"));
}

static void explore_states(unsigned int preemptions, struct explored *total)
{
	char tasks[96] = "";
	unsigned int n;

	for (n = 0; n < scenario.tasks; n++) {
		strcat(tasks, n ? "*" : "");
		strcat(tasks, ops[n]->name);
	}
	for (state = states; state->name; state++) {
		struct explored sum = { };

		snprintf(name, sizeof(name), "%s@%s", tasks, state->name);
		if (!sensible())
			continue;
		engine_explore(&scenario, preemptions, &sum);
		printf("ok explore/%s/%lu_schedules_of_up_to_%u_steps\n", name, sum.schedules,
		       sum.longest);
		fflush(stdout);
		total->schedules += sum.schedules;
		total->same += sum.same;
		total->steps += sum.steps;
	}
}

static bool find(const char *what, size_t len, const struct operation **op)
{
	for (*op = operations; (*op)->name; (*op)++)
		if (strlen((*op)->name) == len && !strncmp((*op)->name, what, len))
			return true;
	return false;
}

/* OPERATION*OPERATION, or three of them. Returns what is behind, or NULL. */
static const char *parse_tasks(const char *text)
{
	scenario.tasks = 0;
	for (;;) {
		size_t len = strcspn(text, "*@/");

		if (scenario.tasks == MAX_TASKS || !find(text, len, &ops[scenario.tasks]))
			return NULL;
		scenario.tasks++;
		text += len;
		if (*text != '*')
			return scenario.tasks > 1 ? text : NULL;
		text++;
	}
}

/* What three are of interest: two who write back, or one and two who are in its way. */
static const char * const triples[] = {
	"evict*evict*reuse",
	"evict*evict*rewrite",
	"evict*evict*fault",
	"evict*evict*swapoff",
	"evict*fault*other_fault",
	"evict*rewrite*swapoff",
	"evict*reuse*readahead",
	"evict*reuse*reclaim",
	"evict*exit*readahead",
	"evict*touch*swapoff_on",
};

static void report(const char *what, unsigned int nr, unsigned int preemptions,
		   const struct explored *total)
{
	printf("# %u %s, up to %u preemptions: %lu schedules, %lu steps; %lu left out\n", nr,
	       what, preemptions, total->schedules, total->steps, total->same);
}

static void explore_pairs(unsigned int preemptions)
{
	struct explored total = { };
	unsigned int nr = 0;

	scenario.tasks = 2;
	for (ops[0] = operations; ops[0]->name; ops[0]++)
		for (ops[1] = ops[0]; ops[1]->name; ops[1]++, nr++)
			explore_states(preemptions - (ops[0] > &operations[1]), &total);
	report("pairs", nr, preemptions, &total);
}

static void explore_triples(unsigned int preemptions)
{
	struct explored total = { };
	unsigned int n;

	for (n = 0; n < ARRAY_SIZE(triples); n++) {
		expect(parse_tasks(triples[n]));
		explore_states(preemptions, &total);
	}
	report("triples", n, preemptions, &total);
}

void explore_all(const char *only, unsigned int preemptions)
{
	struct explored total = { };

	if (!only) {
		explore_pairs(preemptions);
		explore_triples(preemptions > 1 ? preemptions - 1 : 1);
	} else if (parse_tasks(only)) {
		explore_states(preemptions, &total);
		report("scene", 1, preemptions, &total);
	} else {
		fprintf(stderr, "there are no such operations\n");
		exit(2);
	}
}

/* OPERATION*OPERATION@STATE/SCHEDULE */
bool explore_replay(const char *text)
{
	const char *at = parse_tasks(text), *slash = strchr(text, '/');
	struct schedule schedule;

	if (!at || *at != '@' || !slash || !engine_parse(slash + 1, &schedule))
		return false;
	snprintf(name, sizeof(name), "%.*s", (int)(slash - text), text);
	for (state = states; state->name; state++) {
		if (strlen(state->name) != (size_t)(slash - at - 1) ||
		    strncmp(state->name, at + 1, slash - at - 1))
			continue;
		engine_replay(&scenario, &schedule);
		return true;
	}
	return false;
}

void explore_boot(void)
{
	stand_in_boot();
}

void explore_halt(void)
{
}
