// SPDX-License-Identifier: GPL-2.0-only
/*
 * swappages PAGES [huge | FILE]: a process whose pages do what they are told. They are its
 * own; its own, in huge pages where there are some; or those of FILE, in a tmpfs.
 *
 * Commands come on standard input, one a line, and each is answered by one line:
 *
 *	fill KIND	gives every page content that nothing else has: text, small, random,
 *			same (one word, another one for each page), marked (words that the
 *			host finds in the machine's memory, also in compressed pages)
 *	out		has all of them swapped out; says how many were
 *	verify [WAY]	gets all of them; "right N wrong N old N bus N": old are those that
 *			hold what was in the swap area before (0x5a), bus are those that
 *			the kernel says it has lost. WAY is touch, or mem (/proc/self/mem), write
 *			(of the page, to a pipe), read (of FILE)
 *	verify2		the same by two threads at once, on the same pages in the same order
 *	willneed	has them read ahead
 *	collapse	has them made huge pages again; says whether that went well
 *	drop		gives all of them back
 *	await		answers when the host has changed the first word of a page that says
 *			"zmem host, answer here"
 *	fail 0|1	whether allocations of this task may be made to fail
 *	quit		ends it
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "swapcontent.h"
#include "swapregion.h"

struct tally {
	uint64_t right, wrong, old, bus;
};

static uint64_t version;
static enum kind kind;

static void verify(struct tally *t, enum way way)
{
	static __thread uint64_t should[BLK_WORDS], is[BLK_WORDS];

	for (uint64_t i = 0; i < pages; i++) {
		fill_page(should, kind, version, i);
		if (!get(way, is, i)) {
			t->bus++;
		} else if (!memcmp(is, should, BLK)) {
			t->right++;
		} else if (is_old(is)) {
			t->old++;
		} else {
			t->wrong++;
			page_complain(is, getpid(), i);
		}
	}
}

static void *verify_too(void *arg)
{
	verify(arg, TOUCH);
	return NULL;
}

static void answer_tally(const struct tally *t)
{
	printf("right %llu wrong %llu old %llu bus %llu\n", (unsigned long long)t->right,
	       (unsigned long long)t->wrong, (unsigned long long)t->old,
	       (unsigned long long)t->bus);
}

static void verify_twice(void)
{
	struct tally one = { 0 }, two = { 0 };
	pthread_t other;

	if (pthread_create(&other, NULL, verify_too, &two)) {
		puts("error");
		return;
	}
	verify(&one, TOUCH);
	pthread_join(other, NULL);
	one.right = one.right < two.right ? one.right : two.right;
	one.wrong += two.wrong;
	one.old += two.old;
	one.bus += two.bus;
	answer_tally(&one);
}

static void do_verify(const char *name)
{
	struct tally t = { 0 };
	enum way way;

	for (way = TOUCH; way < WAYS; way++)
		if (!strcmp(name, ways[way].name))
			break;
	if (way == WAYS || (way == READ && file < 0)) {
		puts("error");
		return;
	}
	verify(&t, way);
	answer_tally(&t);
}

static void do_fill(const char *name)
{
	version++;
	for (kind = TEXT; kind < KINDS; kind++)
		if (!strcmp(name, kind_name[kind]))
			break;
	if (kind == KINDS) {
		puts("error");
		return;
	}
	for (uint64_t i = 0; i < pages; i++)
		fill_page((uint64_t *)(mem + i * BLK), kind, version, i);
	puts("filled");
}

static void do_fail(const char *how)
{
	int fd = open("/proc/self/make-it-fail", O_WRONLY);

	puts(fd >= 0 && write(fd, how, 1) == 1 ? "set" : "error");
	close(fd);
}

/* In two halves, so that the program's own text is not taken for the page. */
static void do_await(void)
{
	static volatile unsigned char page[BLK] __attribute__((aligned(BLK)));

	snprintf((char *)page, BLK, "%s%s", "zmem host, ", "answer here");
	mlock((void *)page, BLK);
	while (page[0] == 'z')
		usleep(10000);
	puts("damaged");
}

static void do_advise(int advice, const char *done)
{
	if (madvise(mem, pages * BLK, advice))
		printf("error %d\n", errno);
	else
		puts(done);
}

/* Huge pages are made only where there is a page already that may be written to. */
static void do_collapse(void)
{
	for (uint64_t i = 0; i < pages; i += HUGE_PAGE / BLK) {
		volatile unsigned char *byte = mem + i * BLK;

		*byte = *byte;
	}
	do_advise(MADV_COLLAPSE, "collapsed");
}

static void obey(char *line)
{
	line[strcspn(line, "\n")] = 0;
	if (!strncmp(line, "fill ", 5)) {
		do_fill(line + 5);
	} else if (!strcmp(line, "out")) {
		/* The first time some are still on their way to the list of inactive pages. */
		for (int i = 0; i < 5 && swapped() < pages; i++)
			if (madvise(mem, pages * BLK, MADV_PAGEOUT))
				perror("swappages: MADV_PAGEOUT");
		printf("swapped %llu\n", (unsigned long long)swapped());
	} else if (!strcmp(line, "verify")) {
		do_verify("touch");
	} else if (!strncmp(line, "verify ", 7)) {
		do_verify(line + 7);
	} else if (!strcmp(line, "verify2")) {
		verify_twice();
	} else if (!strcmp(line, "drop")) {
		do_advise(file < 0 ? MADV_DONTNEED : MADV_REMOVE, "dropped");
	} else if (!strcmp(line, "willneed")) {
		do_advise(MADV_WILLNEED, "read");
	} else if (!strcmp(line, "collapse")) {
		do_collapse();
	} else if (!strcmp(line, "await")) {
		do_await();
	} else if (!strncmp(line, "fail ", 5)) {
		do_fail(line + 5);
	} else if (!strcmp(line, "quit")) {
		exit(0);
	} else {
		puts("error");
	}
}

int main(int argc, char **argv)
{
	struct sigaction bus = { .sa_handler = bus_error };
	char line[80];

	if (argc < 2 || argc > 3) {
		fprintf(stderr, "usage: swappages PAGES [huge | FILE]\n");
		return 2;
	}
	pages = strtoull(argv[1], NULL, 0);
	/* Its pages go to swap, and may be lost there; the program itself is none of them. */
	if (mlockall(MCL_CURRENT) || !map(argv[2]) || sigaction(SIGBUS, &bus, NULL)) {
		perror("swappages");
		return 2;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	while (fgets(line, sizeof(line), stdin))
		obey(line);
	return 0;
}
