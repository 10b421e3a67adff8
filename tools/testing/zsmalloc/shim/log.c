// SPDX-License-Identifier: GPL-2.0-only
/*
 * The kernel log, and the end of the program.
 */
#include <stdio.h>
#include <stdlib.h>

#include "shim.h"

unsigned long shim_log_lines;
char shim_log_last[256];
bool shim_log_echo;
struct zpool_driver *shim_zpool_driver;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

void shim_printk(char level, const char *fmt, ...)
{
	va_list args;

	pthread_mutex_lock(&lock);
	va_start(args, fmt);
	vsnprintf(shim_log_last, sizeof(shim_log_last), fmt, args);
	va_end(args);
	if (level <= '4')
		shim_log_lines++;
	if (shim_log_echo)
		fprintf(stderr, "<%c>%s", level, shim_log_last);
	pthread_mutex_unlock(&lock);
}

void shim_bug(const char *fmt, ...)
{
	va_list args;

	fflush(stdout);
	va_start(args, fmt);
	fputs("BUG: ", stderr);
	vfprintf(stderr, fmt, args);
	fputc('\n', stderr);
	va_end(args);
	abort();
}
