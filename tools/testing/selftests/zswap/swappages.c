// SPDX-License-Identifier: GPL-2.0-only
/*
 * swappages PAGES: a process whose pages do what they are told.
 *
 * Commands come on standard input, one a line, and each is answered by one line:
 *
 *	fill KIND	gives every page content that nothing else has: text, small, random,
 *			same (one word, another one for each page), marked (words that the
 *			host finds in the machine's memory, also in compressed pages)
 *	out		has all of them swapped out; says how many were
 *	verify		reads all of them; "right N wrong N old N bus N": old are those that
 *			hold what was in the swap area before (0x5a), bus are those that
 *			the kernel says it has lost
 *	verify2		the same by two threads at once, on the same pages in the same order
 *	drop		gives all of them back
 *	await		answers when the host has changed the first word of a page that says
 *			"zmem host, answer here"
 *	fail 0|1	whether allocations of this task may be made to fail
 *	quit		ends it
 */
#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "page.h"

#ifndef MADV_PAGEOUT
#define MADV_PAGEOUT 21
#endif

enum kind { TEXT, SMALL, RANDOM, SAME, MARKED, KINDS };

static const char *const kind_name[KINDS] = { "text", "small", "random", "same", "marked" };

struct tally {
	uint64_t right, wrong, old, bus;
};

static unsigned char *mem;
static uint64_t pages, version;
static enum kind kind;

static __thread sigjmp_buf lost;
static __thread volatile bool reading;

static void bus_error(int sig)
{
	if (!reading)
		_exit(128 + sig);
	siglongjmp(lost, 1);
}

/* A mark, random bytes, so that both are literal when compressed, and then words that repeat. */
static void mark_page(uint64_t *w, uint64_t state)
{
	memcpy(w, "zmem marked page", 16);
	for (unsigned int i = 2; i < 64; i++)
		w[i] = rng_next(&state);
	for (unsigned int i = 64; i < BLK_WORDS; i++)
		w[i] = (uint64_t)(i / 32) << 40;
}

static void fill_page(uint64_t *w, uint64_t index)
{
	uint64_t state = (uint64_t)getpid() << 40 ^ version << 24 ^ index;
	uint64_t word = rng_next(&state);

	for (unsigned int i = 0; i < BLK_WORDS; i++) {
		switch (kind) {
		case RANDOM:
			w[i] = rng_next(&state);
			break;
		case SMALL:
			w[i] = i < 8 ? rng_next(&state) : i;
			break;
		default:
			w[i] = word;
		}
	}
	if (kind == MARKED)
		mark_page(w, state);
	if (kind == TEXT)
		page_fill(w, getpid(), index, version);
}

static bool is_old(const uint64_t *w)
{
	for (unsigned int i = 0; i < BLK_WORDS; i++)
		if (w[i] != 0x5a5a5a5a5a5a5a5aull)
			return false;
	return true;
}

static void *verify(void *arg)
{
	static __thread uint64_t should[BLK_WORDS];
	struct tally *t = arg;

	for (volatile uint64_t i = 0; i < pages; i++) {
		const uint64_t *w = (uint64_t *)(mem + i * BLK);

		fill_page(should, i);
		reading = true;
		if (sigsetjmp(lost, 1)) {
			t->bus++;
		} else if (!memcmp(w, should, BLK)) {
			t->right++;
		} else if (is_old(w)) {
			t->old++;
		} else {
			t->wrong++;
			page_complain(w, getpid(), i);
		}
		reading = false;
	}
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

	if (pthread_create(&other, NULL, verify, &two)) {
		puts("error");
		return;
	}
	verify(&one);
	pthread_join(other, NULL);
	one.right = one.right < two.right ? one.right : two.right;
	one.wrong += two.wrong;
	one.old += two.old;
	one.bus += two.bus;
	answer_tally(&one);
}

static uint64_t swapped(void)
{
	int fd = open("/proc/self/pagemap", O_RDONLY);
	uint64_t entry, found = 0;

	for (uint64_t i = 0; i < pages; i++)
		if (pread(fd, &entry, sizeof(entry), ((uintptr_t)mem / BLK + i) * 8) == 8)
			found += entry >> 62 & 1;
	close(fd);
	return found;
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
		fill_page((uint64_t *)(mem + i * BLK), i);
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
		struct tally t = { 0 };

		verify(&t);
		answer_tally(&t);
	} else if (!strcmp(line, "verify2")) {
		verify_twice();
	} else if (!strcmp(line, "drop")) {
		puts(madvise(mem, pages * BLK, MADV_DONTNEED) ? "error" : "dropped");
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

	if (argc != 2) {
		fprintf(stderr, "usage: swappages PAGES\n");
		return 2;
	}
	pages = strtoull(argv[1], NULL, 0);
	mem = mmap(NULL, pages * BLK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (mem == MAP_FAILED || sigaction(SIGBUS, &bus, NULL)) {
		perror("swappages");
		return 2;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	while (fgets(line, sizeof(line), stdin))
		obey(line);
	return 0;
}
