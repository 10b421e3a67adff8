/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the suites share: how a case fails, random numbers, content of objects.
 */
#ifndef _TEST_H
#define _TEST_H

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <linux/zsmalloc.h>

#include "check.h"
#include "extent.h"
#include "page.h"
#include "rnd.h"
#include "zspage.h"
#include "shim.h"

#define GFP_TEST	(GFP_KERNEL | __GFP_HIGHMEM | __GFP_MOVABLE)

/**
 * struct test_case - one line of results
 * @name: what is claimed
 * @run: returns when the claim holds, else calls fail()
 */
struct test_case {
	const char *name;
	void (*run)(void);
};

/**
 * struct test_suite - cases that run in one process
 * @name: as given on the command line
 * @cases: ends with an empty one
 */
struct test_suite {
	const char *name;
	const struct test_case *cases;
};

/**
 * struct test_options - from the command line
 * @seed: where random numbers start
 * @ops: operations of each case of the model
 * @long_form: everything, however long it takes
 */
struct test_options {
	u64 seed;
	unsigned long ops;
	bool long_form;
};

extern struct test_options test_options;

void fail(const char *fmt, ...) __printf(1, 2) __attribute__((noreturn));
void fail_at(const char *file, int line, const char *cond, const char *fmt, ...)
	__printf(4, 5) __attribute__((noreturn));
void note(const char *fmt, ...) __printf(1, 2);

/* The claim of a case, or the case ends here and has failed. */
#define expect(cond, ...)							\
	do {									\
		if (!(cond))							\
			fail_at(__FILE__, __LINE__, #cond, " " __VA_ARGS__);			\
	} while (0)
#define expect_ok(pool)								\
	do {									\
		enum zs_invariant __bad = zs_check(pool);			\
										\
		if (__bad)							\
			fail("%s:%d: zs_check() returns %d", __FILE__, __LINE__, __bad); \
	} while (0)

/* The bytes of an object are a function of a seed and their position. */
void content_fill(u8 *to, u32 seed, size_t len);
void content_write(struct zs_pool *pool, unsigned long handle, u32 seed, size_t len);
void content_verify(struct zs_pool *pool, unsigned long handle, u32 seed, size_t len);

/* A pool that does nothing by itself, with every object in the class its size asks for. */
struct zs_pool *test_pool(void);
unsigned long test_malloc(struct zs_pool *pool, size_t size);

/**
 * struct object - where an object is
 * @zspage: its zspage
 * @slot: its slot there
 * @index: of the entry of its handle
 */
struct object {
	struct zs_zspage *zspage;
	u32 slot;
	u32 index;
};

struct object test_find(struct zs_pool *pool, unsigned long handle);

/* A page that somebody has at the moment, or NULL. */
struct page *test_any_page(struct rnd *rnd);

/* Threads that are called with the numbers from 0 on. */
void run_threads(void *(*body)(void *arg), unsigned int nr, pthread_t *threads);
void join_threads(unsigned int nr, pthread_t *threads);

extern const struct test_suite model_suite;
extern const struct test_suite trash_suite;
extern const struct test_suite geometry_suite;
extern const struct test_suite invariants_suite;
extern const struct test_suite stale_suite;
extern const struct test_suite forged_suite;
extern const struct test_suite shown_suite;
extern const struct test_suite tunables_suite;
extern const struct test_suite redzone_suite;
extern const struct test_suite shards_suite;
extern const struct test_suite background_suite;
extern const struct test_suite failure_suite;
extern const struct test_suite interface_suite;
extern const struct test_suite threads_suite;
extern const struct test_suite races_suite;
extern const struct test_suite hardening_suite;
extern const struct test_suite badraces_suite;
extern const struct test_suite shim_suite;

#endif /* _TEST_H */
