// SPDX-License-Identifier: GPL-2.0-only
/*
 * swapfill CORPUS MEGABYTES PROCESSES COMPACT MM_STAT: the main job's load.
 *
 * Several processes fill anonymous memory with real data (blocks of the corpus
 * image, read past the page cache so that the data itself costs the guest no
 * memory). The first bytes of every page say whose it is and which, and a
 * checksum of every page stays aside, so that a page which comes back damaged,
 * old or in another's place is found. Then all pages are read in random order and
 * verified, a random half is freed, the device is compacted, and what is left
 * is verified again. Prints facts, "= KEY VALUE", on descriptor 3.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "facts.h"
#include "page.h"

#define CHUNK 256		/* blocks a read takes from the corpus */
#define MAX_PROCS 16

enum phase { FILL, VERIFY, FREE, AGAIN, PHASES };

static const char *const phase_name[PHASES] = { "fill", "verify", "free", "again" };

/* What one process found; in memory that all share. */
struct tally {
	uint64_t verified;	/* pages right in VERIFY */
	uint64_t from_swap;	/* those of them that lay in swap when asked for */
	uint64_t again;		/* pages right in AGAIN */
	uint64_t freed;
	uint64_t wrong;
	uint64_t error;
};

static struct tally *tally;
struct worker {
	unsigned int who;
	uint64_t pages;
	unsigned char *mem;
	uint64_t *sum;		/* page_sum() of each page; 0 once freed */
	uint32_t *order;
	int pagemap;
	uint64_t rng;
};

/* A process that dies before its phases are over ends the whole job. */
static void child_died(int sig)
{
	static const char words[] = "swapfill: a process has died\n";

	(void)sig;
	if (write(2, words, sizeof(words) - 1) < 0)
		_exit(2);
	_exit(1);
}

static void *anonymous(size_t len)
{
	void *p = mmap(NULL, len, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (p == MAP_FAILED)
		die("mmap");
	return p;
}

static void shuffle(struct worker *w)
{
	for (uint64_t i = w->pages - 1; i > 0; i--) {
		uint64_t j = rng_next(&w->rng) % (i + 1);
		uint32_t t = w->order[i];

		w->order[i] = w->order[j];
		w->order[j] = t;
	}
}

static void fill(struct worker *w, int corpus, uint64_t blocks)
{
	uint64_t chunks = (blocks - CHUNK) / CHUNK;

	for (uint64_t i = 0; i < w->pages; i += CHUNK) {
		uint64_t n = w->pages - i < CHUNK ? w->pages - i : CHUNK;
		/* Each process has a part of its own; a short corpus repeats. */
		uint64_t chunk = (w->who * w->pages + i) / CHUNK % chunks;
		unsigned char *p = w->mem + i * BLK;

		if (pread(corpus, p, n * BLK, (1 + chunk * CHUNK) * BLK) != (ssize_t)(n * BLK))
			die("corpus");
		for (uint64_t j = i; j < i + n; j++, p += BLK) {
			/* Sixteen bytes make equal blocks of the corpus differ. */
			uint64_t mark[2] = { (uint64_t)w->who << 32 | j, ~j };

			memcpy(p, mark, sizeof(mark));
			w->sum[j] = page_sum(p);
		}
	}
}

static bool in_swap(struct worker *w, uint64_t page)
{
	uint64_t entry = 0;
	off_t at = ((uintptr_t)w->mem / BLK + page) * sizeof(entry);

	if (pread(w->pagemap, &entry, sizeof(entry), at) != sizeof(entry))
		die("pagemap");
	return entry >> 62 & 1;
}

static uint64_t verify(struct worker *w, uint64_t *from_swap)
{
	uint64_t good = 0;

	shuffle(w);
	for (uint64_t i = 0; i < w->pages; i++) {
		uint64_t j = w->order[i];
		const unsigned char *p = w->mem + j * BLK;
		bool swapped;

		if (!w->sum[j])
			continue;
		swapped = in_swap(w, j);
		if (page_sum(p) != w->sum[j]) {
			tally[w->who].wrong++;
			page_complain(p, w->who, j);
			continue;
		}
		good++;
		if (from_swap && swapped)
			++*from_swap;
	}
	return good;
}

static void free_half(struct worker *w)
{
	shuffle(w);
	for (uint64_t i = 0; i < w->pages / 2; i++) {
		uint64_t j = w->order[i];

		if (madvise(w->mem + j * BLK, BLK, MADV_DONTNEED))
			die("madvise");
		w->sum[j] = 0;
		tally[w->who].freed++;
	}
}

/* A process does a phase when told, and says when it has done it. */
static void work(struct worker *w, int corpus, uint64_t blocks, int told, int say)
{
	unsigned char phase;

	w->mem = anonymous(w->pages * BLK);
	w->sum = anonymous(w->pages * sizeof(*w->sum));
	w->order = anonymous(w->pages * sizeof(*w->order));
	w->pagemap = open("/proc/self/pagemap", O_RDONLY);
	if (w->pagemap < 0)
		die("pagemap");
	for (uint64_t i = 0; i < w->pages; i++)
		w->order[i] = i;
	while (read(told, &phase, 1) == 1) {
		if (phase == FILL)
			fill(w, corpus, blocks);
		else if (phase == VERIFY)
			tally[w->who].verified = verify(w, &tally[w->who].from_swap);
		else if (phase == FREE)
			free_half(w);
		else
			tally[w->who].again = verify(w, NULL);
		if (write(say, &phase, 1) != 1)
			die("pipe");
	}
	exit(0);
}

int main(int argc, char **argv)
{
	int told[MAX_PROCS][2], say[2], corpus;
	uint64_t header[BLK_WORDS] __attribute__((aligned(BLK)));
	uint64_t pages, total[6] = { 0 };
	unsigned int procs;

	if (argc != 6) {
		fprintf(stderr, "usage: swapfill CORPUS MEGABYTES PROCESSES COMPACT MM_STAT\n");
		return 2;
	}
	procs = atoi(argv[3]);
	if (!procs || procs > MAX_PROCS)
		die("1 to 16 processes");
	pages = strtoull(argv[2], NULL, 0) * (1 << 20) / BLK / procs;
	facts_open();
	corpus = open(argv[1], O_RDONLY | O_DIRECT);
	if (corpus < 0 || pread(corpus, header, BLK, 0) != BLK)
		die(argv[1]);
	if (memcmp(header, "zmem corpus", 11) || header[2] < 4 * CHUNK)
		die("not a corpus");
	tally = mmap(NULL, MAX_PROCS * sizeof(*tally), PROT_READ | PROT_WRITE,
		     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (tally == MAP_FAILED || pipe(say))
		die("set-up");

	signal(SIGCHLD, child_died);
	for (unsigned int i = 0; i < procs; i++) {
		struct worker w = { .who = i, .pages = pages, .rng = 1000 + i };

		if (pipe(told[i]))
			die("pipe");
		switch (fork()) {
		case -1:
			die("fork");
			break;
		case 0:
			signal(SIGCHLD, SIG_DFL);
			for (unsigned int j = 0; j <= i; j++)
				close(told[j][1]);
			work(&w, corpus, header[2], told[i][0], say[1]);
		}
		close(told[i][0]);
	}
	close(say[1]);

	for (enum phase phase = FILL; phase < PHASES; phase++) {
		uint64_t out = vmstat("pswpout"), in = vmstat("pswpin");
		double begin = seconds_now();
		unsigned char c = phase;

		if (phase == AGAIN) {
			fact_file("mm_before", argv[5]);
			compact(argv[4]);
			fact_file("mm_after", argv[5]);
		}
		for (unsigned int i = 0; i < procs; i++)
			if (write(told[i][1], &c, 1) != 1)
				die("pipe");
		for (unsigned int i = 0; i < procs; i++)
			if (read(say[0], &c, 1) != 1)
				die("pipe");
		fprintf(facts, "= %s_seconds %.3f\n", phase_name[phase], seconds_now() - begin);
		fprintf(facts, "= %s_out %llu\n", phase_name[phase],
			(unsigned long long)(vmstat("pswpout") - out));
		fprintf(facts, "= %s_in %llu\n", phase_name[phase],
			(unsigned long long)(vmstat("pswpin") - in));
		if (phase == FILL)
			fact_file("mm_full", argv[5]);
	}
	signal(SIGCHLD, SIG_DFL);
	for (unsigned int i = 0; i < procs; i++) {
		total[0] += tally[i].verified;
		total[1] += tally[i].from_swap;
		total[2] += tally[i].freed;
		total[3] += tally[i].again;
		total[4] += tally[i].wrong;
		close(told[i][1]);
	}
	fprintf(facts, "= pages %llu\n= verified %llu\n= from_swap %llu\n= freed %llu\n"
		"= again %llu\n= wrong %llu\n",
		(unsigned long long)(pages * procs), (unsigned long long)total[0],
		(unsigned long long)total[1], (unsigned long long)total[2],
		(unsigned long long)total[3], (unsigned long long)total[4]);
	while (wait(NULL) > 0)
		;
	return total[4] || total[0] != pages * procs || total[3] != total[0] - total[2];
}
