// SPDX-License-Identifier: GPL-2.0-only
/*
 * failio DEVICE read|write START COUNT: block I/O past the page cache, one request a
 * block, by a task whose allocations fail as the fault injector is set up. Goes on
 * after an error. Prints how many requests ended in EIO, which is what a driver's
 * failure becomes; exits with 1 if anything else went wrong.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "page.h"

static unsigned char page[BLK] __attribute__((aligned(BLK)));

static bool inject(int fd, bool on)
{
	return pwrite(fd, on ? "1" : "0", 1, 0) == 1;
}

int main(int argc, char **argv)
{
	unsigned long start, count, failed = 0, odd = 0;
	int fd, knob, err = 0;
	bool reading;

	if (argc < 5) {
		fprintf(stderr, "usage: failio DEVICE read|write START COUNT\n");
		return 2;
	}
	reading = !strcmp(argv[2], "read");
	start = strtoul(argv[3], NULL, 0);
	count = strtoul(argv[4], NULL, 0);
	fd = open(argv[1], O_RDWR | O_DIRECT);
	knob = open("/proc/self/make-it-fail", O_WRONLY);
	if (fd < 0 || knob < 0) {
		perror(fd < 0 ? argv[1] : "make-it-fail");
		return 2;
	}
	for (unsigned long i = start; i < start + count; i++) {
		ssize_t n;

		page_fill((uint64_t *)page, 77, i, 0);
		if (!inject(knob, true))
			return 2;
		if (reading)
			n = pread(fd, page, BLK, (off_t)i * BLK);
		else
			n = pwrite(fd, page, BLK, (off_t)i * BLK);
		err = errno;
		if (!inject(knob, false))
			return 2;
		failed += n < 0 && err == EIO;
		/* The block layer itself had no memory: the driver saw nothing of it. */
		odd += n != BLK && !(n < 0 && (err == EIO || err == ENOMEM || err == EFAULT));
	}
	printf("%lu\n", failed);
	return odd != 0;
}
