// SPDX-License-Identifier: GPL-2.0-only
/*
 * Several tasks at the same few pages: nothing is torn, lost or leaked.
 */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/sched.h>

#include "fixture.h"
#include "../page_io.h"

#define SEED	6101920

static int make_disk(struct kunit *test)
{
	test->priv = make_store(test, 2, "lzo-rle");
	return 0;
}

static void free_disk(struct kunit *test)
{
	if (test->priv)
		zram_store_destroy(test->priv);
}

#define NR_TASKS	4
#define NR_PASSES	300

struct part_writer {
	struct zram_store *store;
	unsigned int number;
	int err;
	struct completion *done;
};

/* Each task has its own bytes of page 0, and counts up in them. */
static int write_own_part(void *arg)
{
	struct part_writer *writer = arg;
	unsigned int at = writer->number * 16;
	u8 part[16], back[16];
	unsigned int pass;

	for (pass = 1; pass <= NR_PASSES && !writer->err; pass++) {
		memset(part, pass, sizeof(part));
		writer->err = zram_page_write_part(writer->store, 0, at, part, sizeof(part));
		if (!writer->err)
			writer->err = zram_page_read_part(writer->store, 0, at, back, sizeof(back));
		if (!writer->err && memcmp(part, back, sizeof(part)))
			writer->err = -EILSEQ;
		cond_resched();
	}
	complete(writer->done);
	return 0;
}

static void no_partial_write_is_lost(struct kunit *test)
{
	struct zram_store *store = test->priv;
	struct part_writer writers[NR_TASKS] = { };
	DECLARE_COMPLETION_ONSTACK(done);
	u8 model[NR_TASKS * 16], back[NR_TASKS * 16];
	unsigned int i;

	for (i = 0; i < NR_TASKS; i++) {
		struct task_struct *task;

		writers[i].store = store;
		writers[i].number = i;
		writers[i].done = &done;
		task = kthread_run(write_own_part, &writers[i], "zram_part/%u", i);
		KUNIT_ASSERT_FALSE(test, IS_ERR(task));
	}
	for (i = 0; i < NR_TASKS; i++)
		wait_for_completion(&done);

	for (i = 0; i < NR_TASKS; i++) {
		KUNIT_EXPECT_EQ(test, writers[i].err, 0);
		memset(model + i * 16, NR_PASSES & 0xff, 16);
	}
	KUNIT_EXPECT_EQ(test, zram_page_read_part(store, 0, 0, back, sizeof(back)), 0);
	KUNIT_EXPECT_EQ(test, memcmp(model, back, sizeof(back)), 0);
	EXPECT_STAT(test, store, ZRAM_PAGES_STORED, 1);
}

struct mixer {
	struct zram_store *store;
	unsigned int number;
	unsigned int torn;
	int err;
	struct completion *done;
};

/* Every page that is written begins and ends with the same number. */
static int mix(void *arg)
{
	struct mixer *mixer = arg;
	struct page *page = alloc_page(GFP_KERNEL);
	struct rnd_state rnd;
	unsigned int pass;
	u32 *words;

	prandom_seed_state(&rnd, SEED + mixer->number);
	if (!page)
		mixer->err = -ENOMEM;
	for (pass = 0; pass < NR_PASSES && !mixer->err; pass++) {
		unsigned long index = prandom_u32_state(&rnd) % 2;

		words = page_address(page);
		if (mixer->number % 2) {
			fill_page(words, pass % NR_FILLS, &rnd);
			words[PAGE_SIZE / sizeof(*words) - 1] = words[0];
			mixer->err = zram_page_write(mixer->store, index, page);
		} else {
			mixer->err = zram_page_read(mixer->store, index, page);
			mixer->torn += words[0] != words[PAGE_SIZE / sizeof(*words) - 1];
		}
		if (pass % 8 == 0)
			zram_page_free_atomic(mixer->store, index);
		if (pass % 16 == 0)
			usleep_range(1, 20);
	}
	if (page)
		__free_page(page);
	complete(mixer->done);
	return 0;
}

static void readers_see_whole_pages_and_nothing_leaks(struct kunit *test)
{
	struct zram_store *store = test->priv;
	struct mixer mixers[NR_TASKS] = { };
	DECLARE_COMPLETION_ONSTACK(done);
	unsigned int i;

	for (i = 0; i < NR_TASKS; i++) {
		struct task_struct *task;

		mixers[i].store = store;
		mixers[i].number = i;
		mixers[i].done = &done;
		task = kthread_run(mix, &mixers[i], "zram_mix/%u", i);
		KUNIT_ASSERT_FALSE(test, IS_ERR(task));
	}
	for (i = 0; i < NR_TASKS; i++)
		wait_for_completion(&done);

	for (i = 0; i < NR_TASKS; i++) {
		KUNIT_EXPECT_EQ(test, mixers[i].err, 0);
		KUNIT_EXPECT_EQ(test, mixers[i].torn, 0U);
	}
	zram_page_free_range(store, 0, 2);
	EXPECT_STAT(test, store, ZRAM_PAGES_STORED, 0);
	EXPECT_STAT(test, store, ZRAM_COMPR_BYTES, 0);
	EXPECT_STAT(test, store, ZRAM_SAME_PAGES, 0);
	EXPECT_STAT(test, store, ZRAM_HUGE_PAGES, 0);
	zs_compact(store->pool);
	KUNIT_EXPECT_EQ(test, zs_get_total_pages(store->pool), 0UL);
}

static struct kunit_case page_io_race_cases[] = {
	KUNIT_CASE(no_partial_write_is_lost),
	KUNIT_CASE(readers_see_whole_pages_and_nothing_leaks),
	{ }
};

static struct kunit_suite page_io_race_suite = {
	.name = "zram_page_io_race",
	.init = make_disk,
	.exit = free_disk,
	.test_cases = page_io_race_cases,
};

kunit_test_suite(page_io_race_suite);
