// SPDX-License-Identifier: GPL-2.0-only
/*
 * swapstress MEGABYTES PROCESSES SECONDS [spoil]: anonymous memory in and out of
 * swap. With "spoil" one byte is changed behind the checksum's back, which must be found.
 *
 * Every process has a region of pages that say what they are. Each round it rewrites some of
 * them, pushes all of them out (MADV_PAGEOUT), and then has two threads fault in the same pages in
 * the same order, while a forked child reads them too and changes a part of its
 * own copy. Pages of one repeated word are among them. Every byte is verified.
 */
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "page.h"

#ifndef MADV_PAGEOUT
#define MADV_PAGEOUT 21
#endif

struct region {
	uint64_t who;
	uint64_t pages;
	unsigned char *mem;
	uint64_t *version;	/* of each page; bit 63: a page of one repeated word */
};

static bool spoil;

#define REPEATED (1ull << 63)

static void rewrite(struct region *r, uint64_t index, uint64_t version)
{
	uint64_t *w = (uint64_t *)(r->mem + index * BLK);

	if (version % 8 == 7) {
		for (unsigned int i = 0; i < BLK_WORDS; i++)
			w[i] = version << 40 ^ r->who << 32 ^ index;
		version |= REPEATED;
	} else {
		page_fill(w, r->who, index, version);
	}
	r->version[index] = version;
}

static bool right(const struct region *r, uint64_t index)
{
	const uint64_t *w = (uint64_t *)(r->mem + index * BLK);
	uint64_t version = r->version[index];

	if (version & REPEATED) {
		for (unsigned int i = 0; i < BLK_WORDS; i++)
			if (w[i] != ((version & ~REPEATED) << 40 ^ r->who << 32 ^ index))
				return false;
		return true;
	}
	return page_is(w, r->who, index) && ((const struct stamp *)w)->version == version;
}

/* Returns the number of pages that are not what they should be. */
static void *verify(void *arg)
{
	struct region *r = arg;
	uintptr_t wrong = 0;

	for (uint64_t i = 0; i < r->pages; i++) {
		if (right(r, i))
			continue;
		wrong++;
		page_complain(r->mem + i * BLK, r->who, i);
	}
	return (void *)wrong;
}

static uintptr_t child(struct region *r, uint64_t rng)
{
	uintptr_t wrong = (uintptr_t)verify(r);

	for (unsigned int i = 0; i < r->pages / 8; i++)
		rewrite(r, rng_next(&rng) % r->pages, rng_next(&rng) >> 20);
	madvise(r->mem, r->pages * BLK, MADV_PAGEOUT);
	return wrong + (uintptr_t)verify(r);
}

static uintptr_t round_of(struct region *r, uint64_t *rng)
{
	pthread_t other;
	void *theirs;
	uintptr_t wrong;
	int status;
	pid_t pid;

	for (unsigned int i = 0; i < r->pages / 4; i++)
		rewrite(r, rng_next(rng) % r->pages, rng_next(rng) >> 20);
	if (spoil)
		r->mem[r->pages / 2 * BLK + 1234] ^= 0x10;
	if (madvise(r->mem, r->pages * BLK, MADV_PAGEOUT)) {
		perror("swapstress: MADV_PAGEOUT");
		return 1;
	}
	pid = fork();
	if (pid < 0)
		return 1;
	if (pid == 0)
		_exit(child(r, *rng) ? 1 : 0);
	if (pthread_create(&other, NULL, verify, r))
		return 1;
	wrong = (uintptr_t)verify(r);
	pthread_join(other, &theirs);
	waitpid(pid, &status, 0);
	return wrong + (uintptr_t)theirs + (status != 0);
}

static int process(uint64_t who, uint64_t pages, double until)
{
	struct region r = { .who = who, .pages = pages };
	uint64_t rng = who * 104729, rounds = 0;
	uintptr_t wrong = 0;

	r.mem = mmap(NULL, pages * BLK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	r.version = calloc(pages, sizeof(*r.version));
	if (r.mem == MAP_FAILED || !r.version)
		return 1;
	for (uint64_t i = 0; i < pages; i++)
		rewrite(&r, i, i);
	do {
		wrong += round_of(&r, &rng);
		rounds++;
	} while (seconds_now() < until && !wrong);
	printf("process %llu: %llu rounds over %llu pages, %llu wrong\n",
	       (unsigned long long)who, (unsigned long long)rounds, (unsigned long long)pages,
	       (unsigned long long)wrong);
	return wrong ? 1 : 0;
}

int main(int argc, char **argv)
{
	unsigned int procs, failed = 0;
	uint64_t pages;
	double until;
	int status;

	if (argc < 4 || !atoi(argv[2])) {
		fprintf(stderr, "usage: swapstress MEGABYTES PROCESSES SECONDS [spoil]\n");
		return 2;
	}
	spoil = argc > 4 && !strcmp(argv[4], "spoil");
	procs = atoi(argv[2]);
	pages = strtoull(argv[1], NULL, 0) * (1 << 20) / BLK / procs;
	until = seconds_now() + atoi(argv[3]);
	for (unsigned int i = 1; i <= procs; i++) {
		switch (fork()) {
		case -1:
			return 2;
		case 0:
			exit(process(i, pages, until));
		}
	}
	while (wait(&status) > 0)
		failed += status != 0;
	return failed ? 1 : 0;
}
