// SPDX-License-Identifier: GPL-2.0-only
/*
 * order2 WANTED: how many pieces of 16 KiB can the kernel have at once, up to WANTED?
 *
 * A pipe of 256 slots keeps 256 descriptors of 40 bytes in one such piece, allocated
 * like a kernel stack: where there is none, somebody is killed for it. With
 * vm.oom_kill_allocating_task = 1 that is the child which makes the pipes; what it had until
 * then is the answer.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define SLOTS 256

static void take(atomic_long *had, long wanted)
{
	struct rlimit files = { 3 * wanted + 64, 3 * wanted + 64 };
	int ends[2];

	if (setrlimit(RLIMIT_NOFILE, &files))
		_exit(2);
	while (*had < wanted) {
		if (pipe(ends))
			_exit(3);
		if (fcntl(ends[1], F_SETPIPE_SZ, SLOTS * 4096) != SLOTS * 4096)
			_exit(errno == ENOMEM ? 0 : 4);
		(*had)++;
	}
	_exit(0);
}

int main(int argc, char **argv)
{
	atomic_long *had = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
				-1, 0);
	int status;
	pid_t child;

	if (argc != 2 || had == MAP_FAILED) {
		fprintf(stderr, "usage: order2 WANTED\n");
		return 2;
	}
	*had = 0;
	child = fork();
	if (!child)
		take(had, atol(argv[1]));
	if (child < 0 || waitpid(child, &status, 0) != child) {
		fprintf(stderr, "order2: %s\n", strerror(errno));
		return 2;
	}
	if ((WIFEXITED(status) && WEXITSTATUS(status)) ||
	    (WIFSIGNALED(status) && WTERMSIG(status) != SIGKILL)) {
		fprintf(stderr, "order2: the child ended with %#x\n", status);
		return 2;
	}
	printf("%ld\n", *had);
	return 0;
}
