// SPDX-License-Identifier: GPL-2.0-only
/*
 * sysfs_store PATH TEXT: stores TEXT with one write(2) and prints "OK" or the
 * name of the error. A shell's echo hides the error's number, and may split a
 * long text into several writes.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	ssize_t done;
	int fd;

	if (argc != 3) {
		fprintf(stderr, "usage: sysfs_store PATH TEXT\n");
		return 2;
	}
	fd = open(argv[1], O_WRONLY);
	if (fd < 0) {
		printf("open: %s\n", strerrorname_np(errno));
		return 1;
	}
	done = write(fd, argv[2], strlen(argv[2]));
	if (done < 0) {
		/* One that no program should see has no name. */
		printf("%s\n", strerrorname_np(errno) ? strerrorname_np(errno) : "nameless");
		return 1;
	}
	if ((size_t)done != strlen(argv[2])) {
		printf("short\n");
		return 1;
	}
	printf("OK\n");
	return 0;
}
