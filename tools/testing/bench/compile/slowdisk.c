// SPDX-License-Identifier: GPL-2.0-only
/*
 * How long would a disk with a turning platter take for this?
 *
 * Preloaded into User-Mode Linux, whose disks are files of the host that one thread reads
 * and writes, request after request, in the order in which the guest's block layer
 * queued them. Each pread() and pwrite() of the file that SLOWDISK names ends when
 * such a disk would have ended it: it has one head, no cache, 58 MB/s on the platter (the
 * disk of zswap's first announcement, by hdparm), 7200 turns in a minute.
 *
 *	where the last one ended	transfer only
 *	a little further on		the platter turns over the gap, then transfer
 *	anywhere else			a short seek, half a turn, then transfer
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

#define BYTES_PER_SECOND	58000000ull
#define NS			1000000000ull
#define HALF_TURN		(NS * 60 / 7200 / 2)
#define SHORT_SEEK		2000000ull
#define GAP			(512 << 10)
/* One that comes so soon was waiting: the time that a sleep was too long is not its own. */
#define AT_ONCE			300000ull

/* All of it belongs to the one thread that does the I/O. */
static uint64_t head, busy_until;
static char known[1024];	/* by descriptor: 0 unknown, 1 the disk, 2 another file */

static uint64_t now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * NS + ts.tv_nsec;
}

static int is_disk(int fd)
{
	char link[64], path[PATH_MAX];
	const char *disk = getenv("SLOWDISK");
	ssize_t len;

	if (fd < 0 || fd >= (int)sizeof(known) || !disk)
		return 0;
	if (!known[fd]) {
		snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
		len = readlink(link, path, sizeof(path) - 1);
		path[len < 0 ? 0 : len] = 0;
		known[fd] = strcmp(path, disk) ? 2 : 1;
	}
	return known[fd] == 1;
}

static uint64_t transfer(uint64_t bytes)
{
	return bytes * NS / BYTES_PER_SECOND;
}

static uint64_t positioning(uint64_t at)
{
	if (at >= head && at - head <= GAP)
		return transfer(at - head);
	return SHORT_SEEK + HALF_TURN;
}

static void take_time(uint64_t start, uint64_t at, uint64_t bytes)
{
	struct timespec ts;

	if (start > busy_until + AT_ONCE)
		busy_until = start;
	busy_until += positioning(at) + transfer(bytes);
	head = at + bytes;
	ts.tv_sec = busy_until / NS;
	ts.tv_nsec = busy_until % NS;
	while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &ts, NULL) == EINTR)
		;
}

ssize_t pread64(int fd, void *buf, size_t count, off64_t at)
{
	static ssize_t (*real)(int, void *, size_t, off64_t);
	uint64_t start = now_ns();
	ssize_t done;

	if (!real)
		real = dlsym(RTLD_NEXT, "pread64");
	done = real(fd, buf, count, at);
	if (done > 0 && is_disk(fd))
		take_time(start, at, done);
	return done;
}

ssize_t pwrite64(int fd, const void *buf, size_t count, off64_t at)
{
	static ssize_t (*real)(int, const void *, size_t, off64_t);
	uint64_t start = now_ns();
	ssize_t done;

	if (!real)
		real = dlsym(RTLD_NEXT, "pwrite64");
	done = real(fd, buf, count, at);
	if (done > 0 && is_disk(fd))
		take_time(start, at, done);
	return done;
}
