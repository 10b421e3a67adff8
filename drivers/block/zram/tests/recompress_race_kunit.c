// SPDX-License-Identifier: GPL-2.0-only
/*
 * What happens to a page while it is compressed again counts; the result does not.
 */
#include <linux/completion.h>
#include <linux/kthread.h>

#include "recompress_fixture.h"
#include "../content.h"

/**
 * struct meanwhile - what another task does to page 0, and when
 * @f: the disk
 * @what: does it
 * @start: the page is being compressed
 * @done: it was done
 */
struct meanwhile {
	struct recompress_fixture *f;
	void (*what)(struct recompress_fixture *f);
	struct completion start, done;
};

static int other_task(void *arg)
{
	struct meanwhile *m = arg;

	wait_for_completion(&m->start);
	m->what(m->f);
	complete(&m->done);
	return 0;
}

/* In the task that compresses. It holds a writer, and so must not touch slots itself. */
static void let_it_happen(void *arg)
{
	struct meanwhile *m = arg;

	/* Once: the other algorithms may be tried, and the page again. */
	fake_codecs[0].meanwhile = NULL;
	complete(&m->start);
	wait_for_completion(&m->done);
}

static void recompress_while(struct kunit *test, void (*what)(struct recompress_fixture *f))
{
	struct recompress_fixture *f = test->priv;
	struct meanwhile m = { .f = f, .what = what };
	struct task_struct *task;

	init_completion(&m.start);
	init_completion(&m.done);
	task = kthread_run(other_task, &m, "zram-kunit");
	KUNIT_ASSERT_FALSE(test, IS_ERR(task));
	fake_codecs[0].meanwhile = let_it_happen;
	fake_codecs[0].arg = &m;
	KUNIT_EXPECT_EQ(test, RECOMPRESS(f, .max_pages = 1), 0);
	KUNIT_EXPECT_PTR_EQ(test, fake_codecs[0].meanwhile, NULL);
	expect_model(test);
	expect_counted(test);
}

static void write_other_text(struct recompress_fixture *f)
{
	struct rnd_state rnd;

	prandom_seed_state(&rnd, SEED + 4711);
	fill_page(f->model, FILL_TEXT, &rnd);
	memcpy(page_address(f->page), f->model, PAGE_SIZE);
	WARN_ON(zram_page_write(f->store, 0, f->page));
}

static void write_the_same(struct recompress_fixture *f)
{
	write_fill(f, 0, FILL_TEXT);
}

static void write_part(struct recompress_fixture *f)
{
	memset(f->model + 100, 0x77, 100);
	WARN_ON(zram_page_write_part(f->store, 0, 100, f->model + 100, 100));
}

static void write_word(struct recompress_fixture *f)
{
	write_fill(f, 0, FILL_WORD);
}

static void write_noise(struct recompress_fixture *f)
{
	write_fill(f, 0, FILL_RANDOM);
}

static void discard(struct recompress_fixture *f)
{
	memset(f->model, 0, PAGE_SIZE);
	zram_page_free_range(f->store, 0, 1);
}

static void discard_and_write(struct recompress_fixture *f)
{
	discard(f);
	write_other_text(f);
}

static void free_from_swap(struct recompress_fixture *f)
{
	memset(f->model, 0, PAGE_SIZE);
	zram_page_free_atomic(f->store, 0);
}

/* As often as the sequence has values. */
static void write_often(struct recompress_fixture *f)
{
	unsigned int i;

	for (i = 0; i < 4; i++)
		write_the_same(f);
}

static void changes_win(struct kunit *test)
{
	static void (* const changes[])(struct recompress_fixture *f) = {
		write_other_text, write_the_same, write_part, write_word, write_noise,
		discard, discard_and_write, free_from_swap, write_often,
	};
	struct recompress_fixture *f = test->priv;
	unsigned int i, last;

	/* The result is thrown away, or there is none: either way the change stays. */
	for (i = 0; i < 2 * ARRAY_SIZE(changes); i++) {
		last = i % ARRAY_SIZE(changes);
		fake_codecs[0].len = i < ARRAY_SIZE(changes) ? 100 : PAGE_SIZE + 1;
		fake_codecs[1].len = PAGE_SIZE + 1;
		fake_codecs[2].len = PAGE_SIZE + 1;
		write_fill(f, 0, FILL_TEXT);
		recompress_while(test, changes[last]);
		KUNIT_EXPECT_FALSE_MSG(test, has(test, 0, ZRAM_RECOMP), "change %u", last);
		KUNIT_EXPECT_FALSE_MSG(test, has(test, 0, ZRAM_INCOMP), "change %u", last);
	}
}

static void read_it(struct recompress_fixture *f)
{
	WARN_ON(zram_page_read(f->store, 0, f->page));
}

static void mark_idle(struct recompress_fixture *f)
{
	atomic_or(ZRAM_IDLE, &zram_table_find(&f->store->table, 0)->state);
}

static void change_others(struct recompress_fixture *f)
{
	write_fill(f, 1, FILL_TEXT);
	write_fill(f, 2, FILL_RANDOM);
}

static void reading_and_marking_do_not_disturb(struct kunit *test)
{
	static void (* const uses[])(struct recompress_fixture *f) = {
		read_it, mark_idle, change_others,
	};
	struct recompress_fixture *f = test->priv;
	unsigned int i;

	fake_codecs[0].len = 100;
	for (i = 0; i < ARRAY_SIZE(uses); i++) {
		write_fill(f, 0, FILL_TEXT);
		recompress_while(test, uses[i]);
		KUNIT_EXPECT_TRUE_MSG(test, has(test, 0, ZRAM_RECOMP), "use %u", i);
		KUNIT_EXPECT_FALSE_MSG(test, has(test, 0, ZRAM_IDLE), "use %u", i);
		KUNIT_EXPECT_EQ(test, size_of(test, 0), 100U);
	}
}

static void no_memory_changes_nothing(struct kunit *test)
{
	struct recompress_fixture *f = test->priv;
	unsigned int size;

	fake_codecs[0].len = 100;
	write_fill(f, 0, FILL_TEXT);
	write_fill(f, 1, FILL_RANDOM);
	size = size_of(test, 0);
	f->store->limit_pages = 1;
	KUNIT_EXPECT_EQ(test, RECOMPRESS(f), -ENOMEM);
	KUNIT_EXPECT_EQ(test, size_of(test, 0), size);
	KUNIT_EXPECT_EQ(test, fake_codecs[0].calls, 1U);
	expect_model(test);
	expect_counted(test);
	f->store->limit_pages = 0;
	KUNIT_EXPECT_EQ(test, RECOMPRESS(f), 0);
	KUNIT_EXPECT_EQ(test, size_of(test, 0), 100U);
	expect_model(test);
}

static void somebody_wants_the_store(struct recompress_fixture *f)
{
	WRITE_ONCE(f->store->pp_stop, true);
}

static void ends_for_who_wants_the_store(struct kunit *test)
{
	struct recompress_fixture *f = test->priv;

	fake_codecs[0].len = 100;
	write_fill(f, 0, FILL_TEXT);
	write_fill(f, 1, FILL_TEXT);
	/* After the page at hand. */
	recompress_while(test, somebody_wants_the_store);
	KUNIT_EXPECT_TRUE(test, has(test, 0, ZRAM_RECOMP));
	KUNIT_EXPECT_EQ(test, RECOMPRESS(f), -EBUSY);
	KUNIT_EXPECT_FALSE(test, has(test, 1, ZRAM_RECOMP));
	WRITE_ONCE(f->store->pp_stop, false);
	KUNIT_EXPECT_EQ(test, RECOMPRESS(f), 0);
	KUNIT_EXPECT_TRUE(test, has(test, 1, ZRAM_RECOMP));
}

static void one_damaged_page_does_not_stop_the_others(struct kunit *test)
{
	struct recompress_fixture *f = test->priv;
	struct zram_content content;
	u8 bytes[100];
	unsigned int i;

	/* Algorithm 1 notices every damage. */
	fake_codecs[0].len = sizeof(bytes);
	fake_codecs[1].len = 50;
	for (i = 0; i < 3; i++)
		write_fill(f, i, FILL_TEXT);
	KUNIT_ASSERT_EQ(test, RECOMPRESS(f, .priority = 1), 0);
	content = content_of(test, 1);
	memset(bytes, 0xff, sizeof(bytes));
	KUNIT_ASSERT_EQ(test, zs_obj_write(f->store->pool, content.value, bytes, sizeof(bytes)), 0);

	KUNIT_EXPECT_EQ(test, RECOMPRESS(f, .priority = 2), -EIO);
	KUNIT_EXPECT_EQ(test, priority_of(test, 0), 2U);
	KUNIT_EXPECT_EQ(test, priority_of(test, 1), 1U);
	KUNIT_EXPECT_EQ(test, priority_of(test, 2), 2U);
	KUNIT_EXPECT_EQ(test, content_of(test, 1).value, content.value);
	expect_counted(test);
	KUNIT_EXPECT_NE(test, zram_page_read(f->store, 1, f->page), 0);

	write_fill(f, 1, FILL_TEXT);
	KUNIT_EXPECT_EQ(test, RECOMPRESS(f, .priority = 2), 0);
	KUNIT_EXPECT_EQ(test, priority_of(test, 1), 2U);
	expect_model(test);
}

static struct kunit_case race_cases[] = {
	KUNIT_CASE(changes_win),
	KUNIT_CASE(reading_and_marking_do_not_disturb),
	KUNIT_CASE(no_memory_changes_nothing),
	KUNIT_CASE(ends_for_who_wants_the_store),
	KUNIT_CASE(one_damaged_page_does_not_stop_the_others),
	{ }
};

static struct kunit_suite race_suite = {
	.name = "zram_recompress_race",
	.suite_init = fake_codecs_register,
	.suite_exit = fake_codecs_unregister,
	.init = make_fixture,
	.exit = free_fixture,
	.test_cases = race_cases,
};

kunit_test_suite(race_suite);
