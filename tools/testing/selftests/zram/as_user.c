// SPDX-License-Identifier: GPL-2.0-only
/*
 * as_user UID PROGRAM [ARGUMENT...]: runs PROGRAM without any privilege. Exits with
 * 127 if that cannot be done, so that it is no proof of a refusal.
 */
#include <grp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	uid_t uid;

	if (argc < 3) {
		fprintf(stderr, "usage: as_user UID PROGRAM [ARGUMENT...]\n");
		return 127;
	}
	uid = strtoul(argv[1], NULL, 10);
	if (setgroups(0, NULL) || setgid(uid) || setuid(uid)) {
		perror("as_user");
		return 127;
	}
	execvp(argv[2], argv + 2);
	perror(argv[2]);
	return 127;
}
