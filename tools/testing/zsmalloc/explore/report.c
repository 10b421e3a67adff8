// SPDX-License-Identifier: GPL-2.0-only
/*
 * What went wrong, under which schedule, and how is a schedule written down?
 */
#include <stdio.h>
#include <stdlib.h>

#include "shim.h"
#include "engine.h"

static void print_schedule(void)
{
	unsigned int n;

	printf("# --replay='%s/%u", engine_name(), engine_schedule.first);
	for (n = 0; n < engine_schedule.nr; n++)
		printf("%c%u>%u", n ? ',' : ':', engine_schedule.at[n], engine_schedule.to[n]);
	printf("'\n");
	fflush(stdout);
}

static void leave(const char *prefix, const char *fmt, va_list args)
{
	printf("not ok explore/%s - %s", engine_name(), prefix);
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
void engine_died(void)
{
	printf("not ok explore/%s - the program dies\n", engine_name());
	print_schedule();
}

bool engine_parse(const char *text, struct schedule *parsed)
{
	char *end;

	parsed->first = strtoul(text, &end, 10);
	parsed->nr = 0;
	if (end == text || parsed->first >= MAX_TASKS)
		return false;
	while (*end == ':' || *end == ',') {
		if (parsed->nr == MAX_SWITCHES)
			return false;
		parsed->at[parsed->nr] = strtoul(end + 1, &end, 10);
		/* there may be two tasks, of which one is running */
		parsed->to[parsed->nr] = *end == '>' ? strtoul(end + 1, &end, 10) : MAX_TASKS;
		parsed->nr++;
	}
	return !*end;
}
