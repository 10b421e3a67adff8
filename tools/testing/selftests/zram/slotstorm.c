// SPDX-License-Identifier: GPL-2.0-only
/*
 * slotstorm DEVICE SLOTS SECONDS THREADS: threads write, read and discard the
 * same few blocks of a device at once, past the page cache.
 *
 * Every block says its place, its version and a checksum. The lower three quarters have one writer
 * each, so that the order of versions is known: a read that begins after
 * version V was complete must show V or later, and never a version that had
 * not begun when the read was over. A discard is a version whose content is zero. The
 * upper quarter is written by everybody: there a block must be whole and in its place.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "page.h"

#define MAX_SLOTS 4096
#define SEED 0x51075

struct slot {
	_Atomic uint64_t begun;		/* last version whose write has begun */
	_Atomic uint64_t done;		/* last version whose write is complete */
	_Atomic uint64_t erased;	/* last version that is a discard */
};

static struct slot slots[MAX_SLOTS];
static unsigned int nr_slots, nr_threads;
static atomic_ullong reads, writes, discards, wrong;
static atomic_bool stop;
static int fd;

static void bad(const void *page, uint64_t index, const char *what)
{
	wrong++;
	fprintf(stderr, "slot %llu: %s\n", (unsigned long long)index, what);
	page_complain(page, SEED, index);
}

static bool shared(uint64_t index)
{
	return index >= nr_slots / 4 * 3;
}

static bool erase(uint64_t index)
{
	uint64_t range[2] = { index * BLK, BLK };

	return ioctl(fd, BLKDISCARD, range) == 0;
}

static void change(void *page, uint64_t index, uint64_t *rng)
{
	struct slot *s = &slots[index];
	bool discard = rng_next(rng) % 8 == 0;
	uint64_t version = atomic_fetch_add(&s->begun, 1) + 1;
	bool fine;

	if (discard) {
		atomic_store(&s->erased, version);
		fine = erase(index);
		discards++;
	} else {
		page_fill(page, SEED, index, version);
		fine = pwrite(fd, page, BLK, index * BLK) == BLK;
		writes++;
	}
	if (!fine)
		bad(page, index, strerrorname_np(errno));
	if (!shared(index))
		atomic_store(&s->done, version);
}

static void look(void *page, uint64_t index)
{
	struct slot *s = &slots[index];
	uint64_t oldest = atomic_load(&s->done), newest, version;

	if (pread(fd, page, BLK, index * BLK) != BLK) {
		bad(page, index, strerrorname_np(errno));
		return;
	}
	newest = atomic_load(&s->begun);
	reads++;
	if (page_is_zero(page)) {
		/* Never written, or erased and not older than what was complete. */
		uint64_t erased = atomic_load(&s->erased);

		if (!shared(index) && oldest && erased < oldest)
			bad(page, index, "lost");
		return;
	}
	if (!page_is(page, SEED, index)) {
		bad(page, index, "is not itself");
		return;
	}
	version = ((struct stamp *)page)->version;
	if (version > newest || (!shared(index) && version < oldest))
		bad(page, index, "has a version that cannot be");
}

static void *storm(void *arg)
{
	uint64_t me = (uintptr_t)arg, rng = me * 7919 + 1;
	void *page = aligned_alloc(BLK, BLK);

	if (!page)
		abort();
	while (!stop) {
		uint64_t r = rng_next(&rng);
		uint64_t index = r % nr_slots;

		if (r >> 40 & 1)
			look(page, index);
		else if (shared(index))
			change(page, index, &rng);
		else
			/* The next slot that is this thread's own */
			change(page, (index - index % nr_threads + me) % (nr_slots / 4 * 3 -
			       nr_slots / 4 * 3 % nr_threads), &rng);
	}
	free(page);
	return NULL;
}

int main(int argc, char **argv)
{
	pthread_t thread[64];
	void *page = aligned_alloc(BLK, BLK);

	if (argc != 5 || !page) {
		fprintf(stderr, "usage: slotstorm DEVICE SLOTS SECONDS THREADS\n");
		return 2;
	}
	nr_slots = atoi(argv[2]);
	nr_threads = atoi(argv[4]);
	fd = open(argv[1], O_RDWR | O_DIRECT);
	if (fd < 0 || nr_slots < 4 * nr_threads || nr_slots > MAX_SLOTS || nr_threads > 64) {
		fprintf(stderr, "slotstorm: cannot run on %s\n", argv[1]);
		return 2;
	}
	for (uintptr_t i = 0; i < nr_threads; i++)
		if (pthread_create(&thread[i], NULL, storm, (void *)i))
			return 2;
	sleep(atoi(argv[3]));
	stop = true;
	for (unsigned int i = 0; i < nr_threads; i++)
		pthread_join(thread[i], NULL);
	/* All is quiet: now every block must show its last version. */
	for (uint64_t i = 0; i < nr_slots; i++) {
		look(page, i);
		if (!shared(i) && !page_is_zero(page) &&
		    ((struct stamp *)page)->version != slots[i].done)
			bad(page, i, "does not show its last version");
	}
	printf("%llu reads, %llu writes, %llu discards, %llu wrong\n", reads, writes, discards,
	       wrong);
	return wrong || !reads || !writes || !discards;
}
