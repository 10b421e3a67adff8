// SPDX-License-Identifier: GPL-2.0-only
/*
 * A page comes back as it went in, whatever it holds and whichever algorithm.
 */
#include <linux/string.h>

#include "test.h"

#define PAGES_PER_KIND	40

struct trip {
	struct zcomp *comp;
	void *page;
	void *back;
};

static void init_trip(struct kunit *test, struct trip *t, const char *name,
		      const struct zcomp_params *params)
{
	t->comp = zcomp_test_create(test, name, params);
	t->page = zcomp_test_pages(test, PAGE_SIZE);
	t->back = zcomp_test_pages(test, PAGE_SIZE);
}

/* t->page there and back. What zcomp_compress() returned, and its length in @len. */
static int round_trip(struct kunit *test, struct trip *t, unsigned int *len)
{
	struct zcomp_writer *w = zcomp_writer_get(t->comp);
	struct zcomp_reader *r;
	int ret = zcomp_compress(w, t->page, len);

	if (!ret) {
		r = zcomp_reader_get(t->comp);
		memset(t->back, 0xa5, PAGE_SIZE);
		KUNIT_EXPECT_EQ(test, zcomp_decompress(r, w->out, *len, t->back), 0);
		KUNIT_EXPECT_EQ(test, memcmp(t->back, t->page, PAGE_SIZE), 0);
		zcomp_reader_put(r);
	}
	zcomp_writer_put(w);
	return ret;
}

static void returns_every_page_unchanged(struct kunit *test)
{
	const char *name = *(const char * const *)test->param_value;
	struct rnd_state rnd;
	struct trip t;
	int kind, i;

	zcomp_test_seed(test, &rnd);
	init_trip(test, &t, name, NULL);
	for (kind = 0; kind < NR_ZCOMP_PAGE; kind++) {
		for (i = 0; i < PAGES_PER_KIND; i++) {
			unsigned int len = 0;
			int ret;

			zcomp_test_page(&rnd, kind, t.page);
			ret = round_trip(test, &t, &len);
			if (kind < ZCOMP_PAGE_SHRINKS)
				KUNIT_EXPECT_EQ_MSG(test, ret, 0, "page kind %d", kind);
			KUNIT_EXPECT_TRUE(test, !ret || ret == -ENOSPC);
			KUNIT_EXPECT_GE(test, len, 1);
			if (ret)
				KUNIT_EXPECT_EQ(test, len, PAGE_SIZE);
			else
				KUNIT_EXPECT_LT(test, len, PAGE_SIZE);
		}
	}
}

static void says_so_when_a_page_gets_no_shorter(struct kunit *test)
{
	const char *name = *(const char * const *)test->param_value;
	struct rnd_state rnd;
	struct trip t;
	int i;

	zcomp_test_seed(test, &rnd);
	init_trip(test, &t, name, NULL);
	for (i = 0; i < PAGES_PER_KIND; i++) {
		unsigned int len = 0;

		zcomp_test_page(&rnd, ZCOMP_PAGE_RANDOM, t.page);
		KUNIT_EXPECT_EQ(test, round_trip(test, &t, &len), -ENOSPC);
		KUNIT_EXPECT_EQ(test, len, PAGE_SIZE);
		/* and the context still works after it */
		zcomp_test_page(&rnd, ZCOMP_PAGE_TEXT, t.page);
		KUNIT_EXPECT_EQ(test, round_trip(test, &t, &len), 0);
	}
}

/*
 * Random bytes in front, zeroes behind, the border moved through the page: somewhere
 * on the way the result is as long as the limit allows, and then one byte longer.
 */
static void keeps_pages_at_the_limit_intact(struct kunit *test)
{
	const char *name = *(const char * const *)test->param_value;
	unsigned int len, longest = 0, border;
	struct rnd_state rnd;
	struct trip t;

	zcomp_test_seed(test, &rnd);
	init_trip(test, &t, name, NULL);
	for (border = PAGE_SIZE / 8 * 7; border <= PAGE_SIZE; border++) {
		zcomp_test_page(&rnd, ZCOMP_PAGE_RANDOM, t.page);
		memset(t.page + border, 0, PAGE_SIZE - border);
		if (!round_trip(test, &t, &len))
			longest = max(longest, len);
	}
	/* zstd stores a block as it is unless it gets shorter by a 64th and 2 bytes */
	KUNIT_EXPECT_GT(test, longest, PAGE_SIZE - PAGE_SIZE / 32);
	KUNIT_EXPECT_LT(test, longest, PAGE_SIZE);
}

static void refuses_impossible_lengths(struct kunit *test)
{
	const char *name = *(const char * const *)test->param_value;
	struct zcomp_reader *r;
	struct trip t;

	init_trip(test, &t, name, NULL);
	memset(t.page, 0, PAGE_SIZE);
	r = zcomp_reader_get(t.comp);
	KUNIT_EXPECT_EQ(test, zcomp_decompress(r, t.page, 0, t.back), -EBADMSG);
	KUNIT_EXPECT_EQ(test, zcomp_decompress(r, t.page, PAGE_SIZE, t.back), -EBADMSG);
	KUNIT_EXPECT_EQ(test, zcomp_decompress(r, t.page, UINT_MAX, t.back), -EBADMSG);
	zcomp_reader_put(r);
}

static const struct {
	const char *name;
	struct zcomp_params params;
} tuned[] = {
	{ "lz4", { .level = 1, .winbits = ZCOMP_WINBITS_DEFAULT } },
	{ "lz4", { .level = 65537, .winbits = ZCOMP_WINBITS_DEFAULT } },
	{ "lz4hc", { .level = 1, .winbits = ZCOMP_WINBITS_DEFAULT } },
	{ "lz4hc", { .level = 16, .winbits = ZCOMP_WINBITS_DEFAULT } },
	{ "zstd", { .level = -131072, .winbits = ZCOMP_WINBITS_DEFAULT } },
	{ "zstd", { .level = -1, .winbits = ZCOMP_WINBITS_DEFAULT } },
	{ "zstd", { .level = 1, .winbits = ZCOMP_WINBITS_DEFAULT } },
	{ "zstd", { .level = 13, .winbits = ZCOMP_WINBITS_DEFAULT } },
	{ "zstd", { .level = 22, .winbits = ZCOMP_WINBITS_DEFAULT } },
	{ "deflate", { .level = 1, .winbits = ZCOMP_WINBITS_DEFAULT } },
	{ "deflate", { .level = 9, .winbits = -15 } },
	{ "deflate", { .level = ZCOMP_LEVEL_DEFAULT, .winbits = -9 } },
	{ "deflate", { .level = ZCOMP_LEVEL_DEFAULT, .winbits = 9 } },
	{ "deflate", { .level = ZCOMP_LEVEL_DEFAULT, .winbits = 15 } },
};

static void works_at_both_ends_of_every_scale(struct kunit *test)
{
	struct rnd_state rnd;
	int i, n, kind;

	zcomp_test_seed(test, &rnd);
	for (i = 0; i < ARRAY_SIZE(tuned); i++) {
		struct trip t;

		if (!zcomp_find(tuned[i].name))
			continue;
		init_trip(test, &t, tuned[i].name, &tuned[i].params);
		for (kind = 0; kind < NR_ZCOMP_PAGE; kind++) {
			for (n = 0; n < 4; n++) {
				unsigned int len;
				int ret;

				zcomp_test_page(&rnd, kind, t.page);
				ret = round_trip(test, &t, &len);
				KUNIT_EXPECT_TRUE_MSG(test, !ret || ret == -ENOSPC,
						      "tuned[%d], page kind %d: %d", i, kind, ret);
			}
		}
	}
}

static void level_changes_the_result(struct kunit *test)
{
	static const struct { const char *name; s32 fast, good; } levels[] = {
		{ "lz4", 64, 1 }, { "lz4hc", 1, 16 }, { "zstd", -50, 19 }, { "deflate", 1, 9 },
	};
	struct zcomp_params params = ZCOMP_PARAMS_DEFAULT;
	struct rnd_state rnd;
	int i, n;

	zcomp_test_seed(test, &rnd);
	for (i = 0; i < ARRAY_SIZE(levels); i++) {
		unsigned long fast = 0, good = 0;
		struct trip a, b;

		if (!zcomp_find(levels[i].name))
			continue;
		params.level = levels[i].fast;
		init_trip(test, &a, levels[i].name, &params);
		params.level = levels[i].good;
		init_trip(test, &b, levels[i].name, &params);
		for (n = 0; n < 16; n++) {
			unsigned int len = PAGE_SIZE;
			int ret;

			zcomp_test_page(&rnd, ZCOMP_PAGE_TEXT, a.page);
			memcpy(b.page, a.page, PAGE_SIZE);
			/* in a hurry even a text may come out no shorter, now and then */
			ret = round_trip(test, &a, &len);
			KUNIT_EXPECT_TRUE(test, !ret || ret == -ENOSPC);
			fast += len;
			KUNIT_EXPECT_EQ(test, round_trip(test, &b, &len), 0);
			good += len;
		}
		KUNIT_EXPECT_LT_MSG(test, good, fast, "%s", levels[i].name);
	}
}

static struct kunit_case main_cases[] = {
	KUNIT_CASE_PARAM(returns_every_page_unchanged, zcomp_test_names),
	KUNIT_CASE_PARAM(says_so_when_a_page_gets_no_shorter, zcomp_test_names),
	KUNIT_CASE_PARAM(keeps_pages_at_the_limit_intact, zcomp_test_names),
	KUNIT_CASE_PARAM(refuses_impossible_lengths, zcomp_test_names),
	KUNIT_CASE(works_at_both_ends_of_every_scale),
	KUNIT_CASE(level_changes_the_result),
	{}
};

static struct kunit_suite main_suite = {
	.name = "zcomp_main",
	.test_cases = main_cases,
};

kunit_test_suite(main_suite);
