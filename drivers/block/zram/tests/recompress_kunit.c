// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which pages are compressed again, with what, and which result is kept.
 */
#include "recompress_fixture.h"

#define NEVER	(PAGE_SIZE + 1)

/* Pages 0 to 5: text, idle text, huge, idle huge, one word, idle word; 6, 7: nothing. */
static void write_every_kind(struct recompress_fixture *f)
{
	static const enum fill fills[] = {
		FILL_TEXT, FILL_TEXT, FILL_RANDOM, FILL_RANDOM, FILL_WORD, FILL_WORD,
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(fills); i++) {
		write_fill(f, i, fills[i]);
		if (i % 2)
			atomic_or(ZRAM_IDLE, &zram_table_find(&f->store->table, i)->state);
	}
}

static void takes_the_kind_that_is_asked_for(struct kunit *test)
{
	static const struct {
		enum zram_select select;
		u32 pages;
	} table[] = {
		{ ZRAM_SELECT_IDLE,		BIT(1) | BIT(3) },
		{ ZRAM_SELECT_HUGE,		BIT(2) | BIT(3) },
		{ ZRAM_SELECT_HUGE_IDLE,	BIT(3) },
		{ ZRAM_SELECT_NONE,		BIT(0) | BIT(1) | BIT(2) | BIT(3) },
		{ ZRAM_SELECT_INCOMPRESSIBLE,	0 },
	};
	struct recompress_fixture *f = test->priv;
	unsigned int i, page;

	set_lengths(100, NEVER, NEVER);
	for (i = 0; i < ARRAY_SIZE(table); i++) {
		write_every_kind(f);
		KUNIT_EXPECT_EQ(test, RECOMPRESS(f, .select = table[i].select), 0);
		for (page = 0; page < NR_PAGES; page++)
			KUNIT_EXPECT_EQ_MSG(test, has(test, page, ZRAM_RECOMP),
					    !!(table[i].pages & BIT(page)),
					    "row %u, page %u", i, page);
		expect_model(test);
		expect_counted(test);
	}
}

static void threshold_is_the_shortest_object_taken(struct kunit *test)
{
	struct recompress_fixture *f = test->priv;
	unsigned int size;

	set_lengths(16, NEVER, NEVER);
	write_fill(f, 0, FILL_TEXT);
	size = size_of(test, 0);
	KUNIT_EXPECT_EQ(test, RECOMPRESS(f, .threshold = size + 1), 0);
	KUNIT_EXPECT_EQ(test, size_of(test, 0), size);
	expect_calls(test, 0, 0, 0);
	KUNIT_EXPECT_EQ(test, RECOMPRESS(f, .threshold = size), 0);
	KUNIT_EXPECT_EQ(test, size_of(test, 0), 16U);
	expect_calls(test, 1, 0, 0);
}

static void algorithms_are_tried_in_order_until_one_helps(struct kunit *test)
{
	static const struct {
		unsigned int len[FAKE_CODECS];
		u32 threshold;
		unsigned int calls, priority;	/* 0: stays as it is */
	} table[] = {
		{ { 400, 300, 200 },	 0,	1, 1 },
		{ { NEVER, 300, 200 },	 0,	2, 2 },
		{ { NEVER, NEVER, 200 }, 0,	3, 3 },
		{ { NEVER, NEVER, NEVER }, 0,	3, 0 },
		/* Not below the threshold: go on, and keep the best. */
		{ { 400, 300, 200 },	 350,	2, 2 },
		{ { 350, 344, 200 },	 350,	2, 2 },
		{ { 350, 349, 200 },	 350,	3, 3 },
		{ { 400, 300, 200 },	 100,	3, 3 },
		{ { 300, 400, 200 },	 250,	3, 3 },
		{ { 300, 400, 500 },	 100,	3, 1 },
		{ { 400, 300, 304 },	 100,	3, 2 },
	};
	struct recompress_fixture *f = test->priv;
	unsigned int i, calls, priority;

	for (i = 0; i < ARRAY_SIZE(table); i++) {
		memset(fake_codecs, 0, sizeof(fake_codecs));
		set_lengths(table[i].len[0], table[i].len[1], table[i].len[2]);
		write_fill(f, 0, FILL_TEXT);
		KUNIT_EXPECT_EQ(test, RECOMPRESS(f, .threshold = table[i].threshold), 0);
		calls = fake_codecs[0].calls + fake_codecs[1].calls + fake_codecs[2].calls;
		priority = table[i].priority;
		KUNIT_EXPECT_EQ_MSG(test, calls, table[i].calls, "row %u", i);
		KUNIT_EXPECT_EQ_MSG(test, priority_of(test, 0), priority, "row %u", i);
		KUNIT_EXPECT_EQ_MSG(test, has(test, 0, ZRAM_RECOMP), !!priority, "row %u", i);
		KUNIT_EXPECT_EQ_MSG(test, has(test, 0, ZRAM_INCOMP), !priority, "row %u", i);
		if (priority)
			KUNIT_EXPECT_EQ_MSG(test, size_of(test, 0), table[i].len[priority - 1],
					    "row %u", i);
		expect_model(test);
		expect_counted(test);
	}
}

static void one_algorithm_may_be_named(struct kunit *test)
{
	struct zram_recompress_request named = { .max_pages = U64_MAX };
	struct recompress_fixture *f = test->priv;

	set_lengths(400, 300, 200);
	write_fill(f, 0, FILL_TEXT);
	KUNIT_EXPECT_EQ(test, RECOMPRESS(f, .priority = 2), 0);
	expect_calls(test, 0, 1, 0);
	KUNIT_EXPECT_EQ(test, priority_of(test, 0), 2U);

	/* As strong, and weaker: there is nothing to do. */
	KUNIT_EXPECT_EQ(test, RECOMPRESS(f, .priority = 2), 0);
	KUNIT_EXPECT_EQ(test, RECOMPRESS(f, .priority = 1), 0);
	expect_calls(test, 0, 1, 0);

	strscpy(named.algorithm, fake_name(2), sizeof(named.algorithm));
	KUNIT_EXPECT_EQ(test, zram_recompress(f->store, &named), 0);
	expect_calls(test, 0, 1, 1);
	KUNIT_EXPECT_EQ(test, size_of(test, 0), 200U);

	/* Both, and they agree or do not; and what the disk does not have. */
	named.priority = 3;
	KUNIT_EXPECT_EQ(test, zram_recompress(f->store, &named), 0);
	named.priority = 1;
	KUNIT_EXPECT_EQ(test, zram_recompress(f->store, &named), -EINVAL);
	named.priority = 0;
	strscpy(named.algorithm, "lzo-rle", sizeof(named.algorithm));
	KUNIT_EXPECT_EQ(test, zram_recompress(f->store, &named), -EINVAL);
	expect_calls(test, 0, 1, 1);
	expect_model(test);
	expect_counted(test);
}

static void nothing_to_compress_with_is_an_error(struct kunit *test)
{
	static const char * const none[ZRAM_MAX_COMPS - 1];
	const char * const one[] = { NULL, fake_name(1), NULL };
	struct recompress_fixture *f = test->priv;

	zram_store_destroy(f->store);
	f->store = make_recompressible(test, "lzo-rle", none);
	KUNIT_EXPECT_EQ(test, RECOMPRESS(f), -EINVAL);
	zram_store_destroy(f->store);
	f->store = make_recompressible(test, "lzo-rle", one);
	KUNIT_EXPECT_EQ(test, RECOMPRESS(f, .priority = 1), -EINVAL);
	KUNIT_EXPECT_EQ(test, RECOMPRESS(f, .priority = 3), -EINVAL);
	KUNIT_EXPECT_EQ(test, RECOMPRESS(f, .priority = 2), 0);
}

static void what_saves_no_memory_is_not_kept(struct kunit *test)
{
	struct recompress_fixture *f = test->priv;
	unsigned int size, huge = f->store->huge_size;

	write_fill(f, 0, FILL_TEXT);
	write_fill(f, 1, FILL_RANDOM);
	size = size_of(test, 0);
	/* The same unit of the allocator; an object that takes a page anyway. */
	set_lengths(round_down(size - 1, 8) + 1, NEVER, NEVER);
	KUNIT_EXPECT_EQ(test, RECOMPRESS(f, .priority = 1, .max_pages = 1), 0);
	set_lengths(huge, NEVER, NEVER);
	KUNIT_EXPECT_EQ(test, RECOMPRESS(f, .priority = 1, .select = ZRAM_SELECT_HUGE), 0);
	expect_calls(test, 2, 0, 0);
	KUNIT_EXPECT_EQ(test, size_of(test, 0), size);
	KUNIT_EXPECT_EQ(test, size_of(test, 1), (unsigned int)PAGE_SIZE);
	/* Others have not been tried: who knows. */
	KUNIT_EXPECT_FALSE(test, has(test, 0, ZRAM_INCOMP));
	KUNIT_EXPECT_FALSE(test, has(test, 1, ZRAM_INCOMP));

	set_lengths(huge - 1, round_down(size - 1, 8), NEVER);
	KUNIT_EXPECT_EQ(test, RECOMPRESS(f), 0);
	KUNIT_EXPECT_EQ(test, priority_of(test, 0), 2U);
	KUNIT_EXPECT_EQ(test, size_of(test, 1), huge - 1);
	expect_model(test);
	expect_counted(test);
}

static void incompressible_until_it_is_written_again(struct kunit *test)
{
	struct recompress_fixture *f = test->priv;

	set_lengths(NEVER, NEVER, NEVER);
	write_fill(f, 0, FILL_RANDOM);
	KUNIT_EXPECT_EQ(test, RECOMPRESS(f), 0);
	KUNIT_EXPECT_TRUE(test, has(test, 0, ZRAM_INCOMP | ZRAM_HUGE));
	KUNIT_EXPECT_FALSE(test, has(test, 0, ZRAM_RECOMP));
	expect_calls(test, 1, 1, 1);
	set_lengths(100, 100, 100);
	KUNIT_EXPECT_EQ(test, RECOMPRESS(f), 0);
	KUNIT_EXPECT_EQ(test, RECOMPRESS(f, .priority = 3), 0);
	expect_calls(test, 1, 1, 1);

	write_fill(f, 0, FILL_RANDOM);
	KUNIT_EXPECT_FALSE(test, has(test, 0, ZRAM_INCOMP));
	KUNIT_EXPECT_EQ(test, RECOMPRESS(f), 0);
	expect_calls(test, 2, 1, 1);

	/* Nothing stronger shortens what has been shortened: that is known, too. */
	set_lengths(100, 100, 100);
	KUNIT_EXPECT_EQ(test, RECOMPRESS(f), 0);
	KUNIT_EXPECT_TRUE(test, has(test, 0, ZRAM_INCOMP | ZRAM_RECOMP));
	expect_calls(test, 2, 2, 2);
	expect_model(test);
	expect_counted(test);
}

static void huge_pages_that_shrink_are_huge_no_more(struct kunit *test)
{
	struct recompress_fixture *f = test->priv;

	set_lengths(1000, NEVER, NEVER);
	write_fill(f, 0, FILL_RANDOM);
	write_fill(f, 1, FILL_RANDOM);
	EXPECT_STAT(test, f->store, ZRAM_HUGE_PAGES, 2);
	KUNIT_EXPECT_EQ(test, RECOMPRESS(f, .select = ZRAM_SELECT_HUGE, .max_pages = 1), 0);
	KUNIT_EXPECT_FALSE(test, has(test, 0, ZRAM_HUGE));
	EXPECT_STAT(test, f->store, ZRAM_HUGE_PAGES, 1);
	EXPECT_STAT(test, f->store, ZRAM_HUGE_SINCE, 2);
	EXPECT_STAT(test, f->store, ZRAM_COMPR_BYTES, 1000 + PAGE_SIZE);
	EXPECT_STAT(test, f->store, ZRAM_NOTIFY_FREE, 0);
	expect_model(test);
}

static void idle_goes_with_what_it_was_said_of(struct kunit *test)
{
	struct recompress_fixture *f = test->priv;

	write_every_kind(f);
	set_lengths(NEVER, NEVER, NEVER);
	KUNIT_EXPECT_EQ(test, RECOMPRESS(f, .select = ZRAM_SELECT_IDLE), 0);
	KUNIT_EXPECT_TRUE(test, has(test, 1, ZRAM_IDLE | ZRAM_INCOMP));
	KUNIT_EXPECT_TRUE(test, has(test, 3, ZRAM_IDLE | ZRAM_INCOMP));

	write_every_kind(f);
	set_lengths(100, NEVER, NEVER);
	KUNIT_EXPECT_EQ(test, RECOMPRESS(f), 0);
	KUNIT_EXPECT_FALSE(test, has(test, 1, ZRAM_IDLE));
	KUNIT_EXPECT_FALSE(test, has(test, 3, ZRAM_IDLE));
	KUNIT_EXPECT_TRUE(test, has(test, 5, ZRAM_IDLE));
}

static void no_more_pages_than_allowed(struct kunit *test)
{
	const struct zram_recompress_request none = { .max_pages = 0 };
	struct recompress_fixture *f = test->priv;
	unsigned int i;

	set_lengths(100, NEVER, NEVER);
	for (i = 0; i < 4; i++)
		write_fill(f, 2 * i, i == 1 ? FILL_WORD : FILL_TEXT);
	KUNIT_EXPECT_EQ(test, zram_recompress(f->store, &none), 0);
	expect_calls(test, 0, 0, 0);
	/* The page of one word was not asked for. */
	KUNIT_EXPECT_EQ(test, RECOMPRESS(f, .max_pages = 2, .priority = 1), 0);
	expect_calls(test, 2, 0, 0);
	KUNIT_EXPECT_TRUE(test, has(test, 4, ZRAM_RECOMP));
	KUNIT_EXPECT_EQ(test, RECOMPRESS(f, .max_pages = 2, .priority = 1), 0);
	expect_calls(test, 3, 0, 0);
	expect_model(test);
}

static struct kunit_case recompress_cases[] = {
	KUNIT_CASE(takes_the_kind_that_is_asked_for),
	KUNIT_CASE(threshold_is_the_shortest_object_taken),
	KUNIT_CASE(algorithms_are_tried_in_order_until_one_helps),
	KUNIT_CASE(one_algorithm_may_be_named),
	KUNIT_CASE(nothing_to_compress_with_is_an_error),
	KUNIT_CASE(what_saves_no_memory_is_not_kept),
	KUNIT_CASE(incompressible_until_it_is_written_again),
	KUNIT_CASE(huge_pages_that_shrink_are_huge_no_more),
	KUNIT_CASE(idle_goes_with_what_it_was_said_of),
	KUNIT_CASE(no_more_pages_than_allowed),
	{ }
};

static struct kunit_suite recompress_suite = {
	.name = "zram_recompress",
	.suite_init = fake_codecs_register,
	.suite_exit = fake_codecs_unregister,
	.init = make_fixture,
	.exit = free_fixture,
	.test_cases = recompress_cases,
};

kunit_test_suite(recompress_suite);
