/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Facts for the report: figures of the kernel, given to the host as "= KEY VALUE".
 */
#ifndef ZRAM_SELFTEST_FACTS_H
#define ZRAM_SELFTEST_FACTS_H

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "page.h"

static FILE *facts;

static void die(const char *what)
{
	fprintf(stderr, "swapfill: %s: %s\n", what, strerror(errno));
	exit(1);
}

/* Facts go to descriptor 3, the guest's verdict port, a line at a time. */
static void facts_open(void)
{
	facts = fdopen(3, "w");
	if (!facts)
		die("descriptor 3");
	setlinebuf(facts);
}

static uint64_t vmstat(const char *key)
{
	FILE *f = fopen("/proc/vmstat", "r");
	unsigned long long value;
	char name[64];

	while (f && fscanf(f, "%63s %llu", name, &value) == 2) {
		if (!strcmp(name, key)) {
			fclose(f);
			return value;
		}
	}
	die("vmstat");
	return 0;
}

static void fact_file(const char *key, const char *path)
{
	char text[512] = "";
	FILE *f = fopen(path, "r");

	if (!f || !fgets(text, sizeof(text), f))
		die(path);
	fclose(f);
	text[strcspn(text, "\n")] = 0;
	fprintf(facts, "= %s %s\n", key, text);
}

static void compact(const char *path)
{
	double begin = seconds_now();
	int fd = open(path, O_WRONLY);

	if (fd < 0 || write(fd, "1", 1) != 1)
		die(path);
	close(fd);
	fprintf(facts, "= compact_seconds %.3f\n", seconds_now() - begin);
}

#endif /* ZRAM_SELFTEST_FACTS_H */
