// SPDX-License-Identifier: GPL-2.0-only
/*
 * scribble DEVICE SLOTS SECONDS: writes pages to a disk while others change them.
 *
 * Every second block below 2 * SLOTS is a victim, written once. The blocks between them are written
 * over and over past the page cache, out of buffers that another thread turns at
 * random between a page of one word and noise, so that a page has one size when it is
 * measured and another when it is stored. The slab allocations of the writing threads that may not
 * sleep fail, if the kernel can do that (failslab, see scribble.sh). At the end
 * every victim must be what was written.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "page.h"

#define PAIRS 2
#define SEED 0x5c81b

static unsigned int nr_slots;
static atomic_ullong writes, failed, turns;
static atomic_bool stop;
static int fd;

struct pair {
	pthread_t writer, scribbler;
	unsigned int number;
	void *page;
};

/* From here on failslab may pick on the calling thread. */
static void make_it_fail(void)
{
	char path[64];
	int f;

	snprintf(path, sizeof(path), "/proc/self/task/%d/make-it-fail",
		 (int)syscall(SYS_gettid));
	f = open(path, O_WRONLY);
	if (f < 0)
		return;
	if (write(f, "1", 1) != 1)
		perror(path);
	close(f);
}

static void *writer(void *arg)
{
	struct pair *pair = arg;
	uint64_t rng = pair->number * 7919 + 1;

	make_it_fail();
	while (!stop) {
		uint64_t slot = rng_next(&rng) % nr_slots;

		if (pwrite(fd, pair->page, BLK, (2 * slot + 1) * BLK) == BLK)
			writes++;
		else
			failed++;
	}
	return NULL;
}

static void *scribbler(void *arg)
{
	struct pair *pair = arg;
	uint64_t rng = pair->number * 104729 + 7;
	volatile uint64_t *words = pair->page;

	while (!stop) {
		bool noise = rng_next(&rng) & 1;
		unsigned int pause = rng_next(&rng) % 2000;

		for (unsigned int i = 0; i < BLK_WORDS; i++)
			words[i] = noise ? rng_next(&rng) : i / 8;
		turns++;
		while (pause--)
			atomic_signal_fence(memory_order_seq_cst);
	}
	return NULL;
}

static unsigned int wrong_victims(void *page)
{
	unsigned int wrong = 0;

	for (uint64_t i = 0; i < nr_slots; i++) {
		if (pread(fd, page, BLK, 2 * i * BLK) == BLK && page_is(page, SEED, i))
			continue;
		page_complain(page, SEED, i);
		wrong++;
	}
	return wrong;
}

/* What was scribbled has no content one could know, but can be read. */
static unsigned int unreadable(void *page)
{
	unsigned int bad = 0;

	for (uint64_t i = 0; i < nr_slots; i++)
		if (pread(fd, page, BLK, (2 * i + 1) * BLK) != BLK)
			bad++;
	return bad;
}

int main(int argc, char **argv)
{
	struct pair pair[PAIRS];
	void *page = aligned_alloc(BLK, BLK);
	unsigned int wrong, unread;

	if (argc != 4 || !page) {
		fprintf(stderr, "usage: scribble DEVICE SLOTS SECONDS\n");
		return 2;
	}
	nr_slots = atoi(argv[2]);
	fd = open(argv[1], O_RDWR | O_DIRECT);
	if (fd < 0 || !nr_slots) {
		fprintf(stderr, "scribble: cannot run on %s\n", argv[1]);
		return 2;
	}
	for (uint64_t i = 0; i < nr_slots; i++) {
		page_fill(page, SEED, i, 0);
		if (pwrite(fd, page, BLK, 2 * i * BLK) != BLK) {
			perror("victim");
			return 2;
		}
	}
	for (unsigned int i = 0; i < PAIRS; i++) {
		pair[i].number = i;
		pair[i].page = aligned_alloc(BLK, BLK);
		if (!pair[i].page ||
		    pthread_create(&pair[i].scribbler, NULL, scribbler, &pair[i]) ||
		    pthread_create(&pair[i].writer, NULL, writer, &pair[i]))
			return 2;
	}
	sleep(atoi(argv[3]));
	stop = true;
	for (unsigned int i = 0; i < PAIRS; i++) {
		pthread_join(pair[i].writer, NULL);
		pthread_join(pair[i].scribbler, NULL);
	}
	wrong = wrong_victims(page);
	unread = unreadable(page);
	printf("%llu writes, %llu failed, %llu times scribbled, %u victims wrong, %u unreadable\n",
	       writes, failed, turns, wrong, unread);
	return wrong || unread || !writes || !turns;
}
