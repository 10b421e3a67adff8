// SPDX-License-Identifier: GPL-2.0-only
/*
 * No compressor writes past the limit it is told, or past what any page can become, not
 * even when the page changes under it.
 */
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/lz4.h>
#include <linux/lzo.h>
#include <linux/sizes.h>
#include <linux/string.h>

#include "test.h"

#define GUARD		0x3c
#define RACE_TIME	(HZ / 2)

static struct zcomp *this_comp(struct kunit *test)
{
	return zcomp_test_create(test, *(const char * const *)test->param_value, NULL);
}

/*
 * Where a codec that was told @limit must have stopped writing to its buffer, if not there:
 * see ZCOMP_OUT_SIZE for those that may go on.
 */
static unsigned int last_end(const struct zcomp *comp, unsigned int limit)
{
	if (!comp->ops->name)
		return ZCOMP_OUT_SIZE;
	if (!strcmp(comp->setup.name, "lz4"))
		return LZ4_COMPRESSBOUND(PAGE_SIZE);
	if (!strncmp(comp->setup.name, "lzo", 3))
		return lzo1x_worst_compress(PAGE_SIZE);
	if (!strcmp(comp->setup.name, "lz4hc") && PAGE_SIZE > SZ_4K)
		return limit + 8;
	return limit;
}

static void check_guard(struct kunit *test, const struct zcomp *comp, u8 *out,
			unsigned int limit)
{
	unsigned int from = last_end(comp, limit);

	KUNIT_EXPECT_NULL_MSG(test, memchr_inv(out + from, GUARD, ZCOMP_OUT_SIZE - from),
			      "written past a limit of %u", limit);
}

static void stays_below_any_limit(struct kunit *test)
{
	struct zcomp *comp = this_comp(test);
	void *page = zcomp_test_pages(test, PAGE_SIZE);
	u8 *out = zcomp_test_pages(test, ZCOMP_OUT_SIZE);
	unsigned int limit, kind, fits = 0;
	struct zcomp_writer *w;
	struct rnd_state rnd;

	zcomp_test_seed(test, &rnd);
	w = zcomp_writer_get(comp);
	for (kind = 0; kind < NR_ZCOMP_PAGE; kind++) {
		zcomp_test_page(&rnd, kind, page);
		for (limit = 16; limit < PAGE_SIZE; limit += 1 + zcomp_test_below(&rnd, 8)) {
			unsigned int len = limit;
			int ret;

			memset(out, GUARD, ZCOMP_OUT_SIZE);
			ret = comp->ops->compress(&comp->setup, w->ctx, page, out, &len);
			check_guard(test, comp, out, limit);
			KUNIT_EXPECT_TRUE(test, !ret || ret == -ENOSPC);
			if (!ret) {
				KUNIT_EXPECT_LE(test, len, limit);
				fits++;
			}
			cond_resched();
		}
	}
	KUNIT_EXPECT_GT(test, fits, 0);
	zcomp_writer_put(w);
}

struct scribbler {
	struct rnd_state rnd;
	u8 *page;
};

/* Turns parts of the page from easy to hard and back, as fast as it can. */
static int scribble(void *data)
{
	struct scribbler *s = data;

	while (!kthread_should_stop()) {
		unsigned int at = zcomp_test_below(&s->rnd, PAGE_SIZE);
		unsigned int len = zcomp_test_below(&s->rnd, PAGE_SIZE - at) + 1;

		if (zcomp_test_below(&s->rnd, 2))
			memset(s->page + at, at & 1, len);
		else
			prandom_bytes_state(&s->rnd, s->page + at, min(len, 256U));
		cond_resched();
	}
	return 0;
}

/*
 * What comes out of a page that changes meanwhile is some mixture of what it was and
 * became, has a length that is true, and can be decompressed. A codec of lib/ that is
 * given such a page itself leaves it at the end and runs into the guard page.
 */
static void bears_a_page_that_changes(struct kunit *test)
{
	struct zcomp *comp = this_comp(test);
	u8 *back = zcomp_test_pages(test, PAGE_SIZE);
	struct scribbler s = { .page = zcomp_test_pages(test, PAGE_SIZE) };
	struct task_struct *task;
	struct zcomp_reader *r;
	struct zcomp_writer *w;
	unsigned int done = 0;
	unsigned long end;

	if (num_online_cpus() < 2)
		kunit_skip(test, "needs two CPUs");
	zcomp_test_seed(test, &s.rnd);
	memset(s.page, 0, PAGE_SIZE);
	task = kthread_run(scribble, &s, "zcomp_scribble");
	KUNIT_ASSERT_FALSE(test, IS_ERR(task));

	w = zcomp_writer_get(comp);
	r = zcomp_reader_get(comp);
	memset(w->out, GUARD, ZCOMP_OUT_SIZE);
	end = jiffies + RACE_TIME;
	/* a slow machine gets more time for its first one that fits */
	while (time_before(jiffies, end + (done ? 0 : 20 * RACE_TIME))) {
		unsigned int len;
		int ret = zcomp_compress(w, s.page, &len);

		check_guard(test, comp, w->out, ZCOMP_LIMIT);
		if (!ret) {
			KUNIT_EXPECT_LE(test, len, ZCOMP_LIMIT);
			KUNIT_EXPECT_EQ(test, zcomp_decompress(r, w->out, len, back), 0);
			done++;
		}
		cond_resched();
	}
	zcomp_reader_put(r);
	zcomp_writer_put(w);
	kthread_stop(task);
	KUNIT_EXPECT_GT(test, done, 0);
}

static struct kunit_case bounds_cases[] = {
	KUNIT_CASE_PARAM(stays_below_any_limit, zcomp_test_names),
	KUNIT_CASE_PARAM(bears_a_page_that_changes, zcomp_test_names),
	{}
};

static struct kunit_suite bounds_suite = {
	.name = "zcomp_bounds",
	.test_cases = bounds_cases,
};

kunit_test_suite(bounds_suite);
