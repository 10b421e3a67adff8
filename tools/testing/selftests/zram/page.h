/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pages that say what they are: whose, which, and how often rewritten, with a
 * checksum over everything. A page that comes back in another's place, or in
 * an older state, is found by looking at that page alone.
 */
#ifndef ZRAM_SELFTEST_PAGE_H
#define ZRAM_SELFTEST_PAGE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

/* The unit of the tests: a block of the device; a page where the tests run. */
#define BLK 4096
#define BLK_WORDS (BLK / sizeof(uint64_t))

struct stamp {
	uint64_t who;		/* the process or the seed that wrote it */
	uint64_t index;		/* its place */
	uint64_t version;	/* its age */
	uint64_t sum;		/* page_sum() of the page with this field 0 */
};

/* splitmix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators" */
static inline uint64_t rng_next(uint64_t *state)
{
	uint64_t z = (*state += 0x9e3779b97f4a7c15ull);

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
	return z ^ (z >> 31);
}

static inline uint64_t page_sum(const void *page)
{
	const uint64_t *w = page;
	uint64_t h = 0x51ed270b0a1f39c1ull;

	for (unsigned int i = 0; i < BLK_WORDS; i++) {
		h = (h ^ w[i]) * 0x9fb21c651e98df25ull;
		h ^= h >> 32;
	}
	return h;
}

/* Text that compresses, between a share of random bytes that differs by page. */
static inline void page_fill(void *page, uint64_t who, uint64_t index, uint64_t version)
{
	static const char text[] = "a page is known by its words, not by its place; ";
	uint64_t state = who * 0x100000001b3ull ^ index << 20 ^ version;
	struct stamp *stamp = page;
	unsigned char *byte = page;
	unsigned int noise = rng_next(&state) % 8 * 584;
	unsigned int at = sizeof(*stamp);

	for (; at + 8 <= sizeof(*stamp) + noise && at + 8 <= BLK; at += 8) {
		uint64_t r = rng_next(&state);

		memcpy(byte + at, &r, sizeof(r));
	}
	for (; at < BLK; at++)
		byte[at] = text[(at + index) % (sizeof(text) - 1)];
	stamp->who = who;
	stamp->index = index;
	stamp->version = version;
	stamp->sum = 0;
	stamp->sum = page_sum(page);
}

/* True if the page is whole and has the right owner and place, of any version. */
static inline bool page_is(const void *page, uint64_t who, uint64_t index)
{
	uint64_t copy[BLK_WORDS];
	struct stamp *stamp = (struct stamp *)copy;
	uint64_t sum;

	memcpy(copy, page, BLK);
	sum = stamp->sum;
	stamp->sum = 0;
	return page_sum(copy) == sum && stamp->who == who && stamp->index == index;
}

static inline bool page_is_zero(const void *page)
{
	const uint64_t *w = page;

	for (unsigned int i = 0; i < BLK_WORDS; i++)
		if (w[i])
			return false;
	return true;
}

/* Says on stderr what a wrong page holds, next to what it should hold. */
static inline void page_complain(const void *page, uint64_t who, uint64_t index)
{
	const struct stamp *s = page;

	fprintf(stderr, "wrong page: should be %llx/%llu, says %llx/%llu version %llu%s\n",
		(unsigned long long)who, (unsigned long long)index,
		(unsigned long long)s->who, (unsigned long long)s->index,
		(unsigned long long)s->version, page_is_zero(page) ? " (all zero)" : "");
}

static inline double seconds_now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec + ts.tv_nsec / 1e9;
}

#endif /* ZRAM_SELFTEST_PAGE_H */
