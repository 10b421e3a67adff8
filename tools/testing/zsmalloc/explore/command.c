// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is the explorer told to do?
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "shim.h"
#include "engine.h"

/* Freed memory is caught within a schedule or not at all. */
const char *__asan_default_options(void)
{
	return "quarantine_size_mb=1:detect_leaks=0:handle_abort=1:handle_sigill=1";
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "preemptions", required_argument, NULL, 'p' },
		{ "only", required_argument, NULL, 'o' },
		{ "everything", no_argument, NULL, 'e' },
		{ "replay", required_argument, NULL, 'r' },
		{ }
	};
	const char *only = NULL, *schedule = NULL;
	unsigned int preemptions = 2;
	int c;

	while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (c == 'p')
			preemptions = strtoul(optarg, NULL, 0);
		else if (c == 'o')
			only = optarg;
		else if (c == 'e')
			engine_everything = true;
		else if (c == 'r')
			schedule = optarg;
		else
			return 2;
	}

	engine_init();
	explore_boot();
	if (schedule && !explore_replay(schedule)) {
		fprintf(stderr, "there is no such schedule\n");
		return 2;
	}
	if (schedule)
		printf("ok explore/replay\n");
	else
		explore_all(only, preemptions);
	explore_halt();
	return 0;
}
