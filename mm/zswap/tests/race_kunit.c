// SPDX-License-Identifier: GPL-2.0-only
/*
 * Stores, loads and invalidations of the same few pages at once, while the compressor
 * changes: nobody gets a page that was never stored there, and nothing is left.
 */
#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/kthread.h>
#include <linux/prandom.h>
#include <linux/sched.h>
#include <linux/swap.h>

#include "../pool.h"
#include "../store.h"
#include "../tree.h"
#include "fixture.h"

#define PLACES	4
#define THREADS	4
#define ROUNDS	1500

struct racer {
	struct page *page;
	struct rnd_state rnd;
	struct task_struct *task;
	struct completion done;
	int nr;
	unsigned int wrong, loads;
};

/* The seed says which place: another place's page would be noticed. */
static void do_one(struct racer *r)
{
	u32 dice = prandom_u32_state(&r->rnd);
	pgoff_t at = dice % PLACES;
	enum zswap_test_content content = at % 2 ? ZSWAP_TEST_TEXT : ZSWAP_TEST_SAME;

	switch (dice >> 8 & 3) {
	case 0:
		zswap_test_fill(r->page, content, at + 1);
		r->wrong += !!zswap_store(TEST_AREA, at, r->page);
		break;
	case 1:
		zswap_tree_drop(zswap_tree(TEST_AREA), at);
		break;
	default:
		if (zswap_load(TEST_AREA, at, r->page))
			break;
		r->loads++;
		r->wrong += !zswap_test_is(r->page, content, at + 1);
	}
}

static int race(void *arg)
{
	struct racer *r = arg;
	int i;

	for (i = 0; i < ROUNDS; i++) {
		do_one(r);
		if (r->nr == 0 && i % 100 == 0)
			r->wrong += !!zswap_pool_use(i % 200 ? "lzo" : "lzo-rle");
		cond_resched();
	}
	complete(&r->done);
	while (!kthread_should_stop())
		schedule_timeout_interruptible(1);
	return 0;
}

static void same_pages_at_once(struct kunit *test)
{
	struct racer *racers = kunit_kcalloc(test, THREADS, sizeof(*racers), GFP_KERNEL);
	unsigned int loads = 0;
	int i;

	KUNIT_ASSERT_NOT_NULL(test, racers);
	for (i = 0; i < THREADS; i++) {
		racers[i].nr = i;
		init_completion(&racers[i].done);
		racers[i].page = zswap_test_page(test);
		prandom_seed_state(&racers[i].rnd, i + 1);
	}
	for (i = 0; i < THREADS; i++)
		racers[i].task = kthread_run(race, &racers[i], "zswap-race/%d", i);
	for (i = 0; i < THREADS; i++) {
		KUNIT_ASSERT_FALSE(test, IS_ERR(racers[i].task));
		wait_for_completion(&racers[i].done);
		kthread_stop(racers[i].task);
		KUNIT_EXPECT_EQ(test, racers[i].wrong, 0);
		loads += racers[i].loads;
	}
	KUNIT_EXPECT_GT(test, loads, THREADS * ROUNDS / 10);
	zswap_tree_clear(zswap_tree(TEST_AREA));
	KUNIT_EXPECT_EQ(test, atomic_read(&zswap_stored_pages), 0);
	KUNIT_EXPECT_EQ(test, zswap_pool_use("lzo"), 0);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(same_pages_at_once),
	{ }
};

static struct kunit_suite suite = {
	.name = "zswap_race",
	.init = zswap_test_init,
	.exit = zswap_test_exit,
	.test_cases = cases,
};

kunit_test_suite(suite);
