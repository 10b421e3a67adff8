/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the suites of zswap share: zswap switched on with settings of the test's own, a
 * swap area that nobody else has, and pages of known content.
 */
#ifndef _ZSWAP_TEST_FIXTURE_H
#define _ZSWAP_TEST_FIXTURE_H

#include <kunit/test.h>
#include <linux/swap.h>

#include "../entry.h"

/* Number of a swap area that a machine which runs unit tests does not have. */
#define TEST_AREA	(MAX_SWAPFILES - 1)

enum zswap_test_content {
	ZSWAP_TEST_TEXT,	/* compresses well */
	ZSWAP_TEST_RANDOM,	/* does not */
	ZSWAP_TEST_SAME
};

/* Returns what a suite's init is to return; zswap_test_exit() undoes it. */
int zswap_test_init(struct kunit *test);
void zswap_test_exit(struct kunit *test);

void zswap_test_fill(struct page *page, enum zswap_test_content content, u32 seed);
bool zswap_test_is(struct page *page, enum zswap_test_content content, u32 seed);

/* Freed with @test. */
struct page *zswap_test_page(struct kunit *test);

/* An entry that is charged to nobody, and without an object unless @object. */
struct zswap_entry *zswap_test_entry(struct kunit *test, pgoff_t offset, bool object);

#endif /* _ZSWAP_TEST_FIXTURE_H */
