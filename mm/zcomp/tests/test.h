/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the suites of the compression layer share: pages worth compressing, buffers
 * that notice who leaves them, and every algorithm in turn.
 */
#ifndef _ZCOMP_TEST_H
#define _ZCOMP_TEST_H

#include <kunit/test.h>
#include <linux/prandom.h>

#include "../internal.h"

/* What pages of programs are made of, and what codecs have stumbled over. */
enum zcomp_page {
	ZCOMP_PAGE_ZERO,
	ZCOMP_PAGE_ONE_BIT,	/* zeroes but for one bit somewhere */
	ZCOMP_PAGE_SPARSE,	/* zeroes with some bytes among them */
	ZCOMP_PAGE_ZERO_RUNS,	/* runs of zeroes of any length, between literals */
	ZCOMP_PAGE_TEXT,
	ZCOMP_PAGE_POINTERS,
	ZCOMP_PAGE_COUNTERS,
	ZCOMP_PAGE_PERIODIC,	/* any period up to a page: matches of every length and distance */
	ZCOMP_PAGE_MIXED,	/* several of the above behind each other */
	ZCOMP_PAGE_SHRINKS,	/* all of the above are shorter afterwards */
	ZCOMP_PAGE_HALF_RANDOM = ZCOMP_PAGE_SHRINKS,
	ZCOMP_PAGE_RANDOM,	/* nothing makes it shorter */
	NR_ZCOMP_PAGE
};

void zcomp_test_page(struct rnd_state *rnd, enum zcomp_page kind, void *page);

/* Seed @rnd, and print the seed: zcomp.test_seed= at boot repeats the run. */
void zcomp_test_seed(struct kunit *test, struct rnd_state *rnd);

/* A number below @limit. */
static inline u32 zcomp_test_below(struct rnd_state *rnd, u32 limit)
{
	return prandom_u32_state(rnd) % limit;
}

/* vmalloc(): an access behind the last of its pages is a fault. Freed with @test. */
void *zcomp_test_pages(struct kunit *test, size_t size);

/* Set up an algorithm, fail @test if that does not work. Freed with @test. */
struct zcomp *zcomp_test_create(struct kunit *test, const char *name,
				const struct zcomp_params *params);

/*
 * KUNIT_CASE_PARAM() generator: the name of every algorithm there is, and at the end
 * one of the crypto API, if it is there.
 */
const void *zcomp_test_names(const void *prev, char *desc);

#endif /* _ZCOMP_TEST_H */
