// SPDX-License-Identifier: GPL-2.0-only
/*
 * The driver: boots the module, runs the cases of the suites that are named,
 * prints a line for each, and wants back all the memory they took.
 */
#include <getopt.h>
#include <time.h>

#include "test.h"

struct test_options test_options = { .ops = 100000 };

static const struct test_suite *const suites[] = {
	&shim_suite, &geometry_suite, &interface_suite, &shown_suite, &tunables_suite,
	&redzone_suite, &shards_suite,
	&background_suite, &invariants_suite, &stale_suite, &forged_suite, &failure_suite,
	&model_suite, &trash_suite, &threads_suite, &races_suite,
	&hardening_suite, &badraces_suite,
};

/* Only the thread that runs the cases can leave one; another ends the program. */
static __thread jmp_buf *out;
static char why[512];
static const char *running;

static void leave(const char *prefix, const char *fmt, va_list args)
{
	int len = snprintf(why, sizeof(why), "%s", prefix);

	vsnprintf(why + len, sizeof(why) - len, fmt, args);
	if (out)
		longjmp(*out, 1);
	printf("not ok %s/%s - %s\n", VARIANT, running, why);
	fflush(stdout);
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

void note(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	fputs("# ", stdout);
	vprintf(fmt, args);
	fputc('\n', stdout);
	fflush(stdout);
	va_end(args);
}

static bool run_case(const struct test_suite *suite, const struct test_case *test)
{
	struct shim_usage before = shim_usage(), after;

	jmp_buf here;

	why[0] = 0;
	running = test->name;
	out = &here;
	shim_fail(0, 0);
	if (!setjmp(here)) {
		test->run();
		after = shim_usage();
		if (!shim_usage_same(before, after))
			snprintf(why, sizeof(why),
				 "left: %ld slab, %ld low pages, %ld pages, %ld numbers, %ld counted",
				 after.slab - before.slab, after.lowmem - before.lowmem,
				 after.pages - before.pages, after.ids - before.ids,
				 after.zspages[0] + after.zspages[1] - before.zspages[0] -
				 before.zspages[1]);
		if (shim_self.atomic || shim_self.nr_kmaps)
			snprintf(why, sizeof(why), "a lock or a mapping is still held");
	}
	printf("%s %s/%s/%s%s%s\n", why[0] ? "not ok" : "ok", VARIANT, suite->name,
	       test->name, why[0] ? " - " : "", why);
	if (why[0])
		printf("# repeat with --seed=%#llx\n", (unsigned long long)test_options.seed);
	fflush(stdout);
	return !why[0];
}

/* A case that failed leaves things behind that others would stumble over: it is the last. */
static bool run_suite(const char *name)
{
	const struct test_case *test;
	unsigned int n;

	for (n = 0; n < ARRAY_SIZE(suites); n++) {
		if (strcmp(suites[n]->name, name))
			continue;
		for (test = suites[n]->cases; test->name; test++)
			if (!run_case(suites[n], test))
				return false;
		return true;
	}
	fprintf(stderr, "there is no suite %s\n", name);
	return false;
}

static void parse(int argc, char **argv)
{
	static const struct option options[] = {
		{ "seed", required_argument, NULL, 's' },
		{ "ops", required_argument, NULL, 'n' },
		{ "long", no_argument, NULL, 'l' },
		{ "verbose", no_argument, NULL, 'v' },
		{ }
	};
	int c;

	test_options.seed = time(NULL);
	while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) {
		switch (c) {
		case 's':
			test_options.seed = strtoull(optarg, NULL, 0);
			break;
		case 'n':
			test_options.ops = strtoul(optarg, NULL, 0);
			break;
		case 'l':
			test_options.long_form = true;
			break;
		case 'v':
			shim_log_echo = true;
			break;
		default:
			fprintf(stderr, "%s [--seed=N] [--ops=N] [--long] [--verbose] SUITE...\n",
				argv[0]);
			exit(2);
		}
	}
}

int main(int argc, char **argv)
{
	struct shim_usage before;
	bool good = true;

	parse(argc, argv);
	note("%s, seed %#llx", VARIANT, (unsigned long long)test_options.seed);

	before = shim_usage();
	shim_percpu_boot();
	if (shim_module_init()) {
		printf("not ok %s/init - the module's init fails\n", VARIANT);
		return 1;
	}
	for (; optind < argc; optind++)
		good &= run_suite(argv[optind]);
	if (!good)
		return 1;

	shim_module_exit();
	shim_percpu_halt();
	if (!shim_usage_same(before, shim_usage())) {
		printf("not ok %s/exit - the module's exit leaves memory behind\n", VARIANT);
		return 1;
	}
	return 0;
}
