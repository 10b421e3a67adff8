// SPDX-License-Identifier: GPL-2.0-only
/*
 * From every algorithm to every other: the page stays what it was.
 */
#include "recompress_fixture.h"

static const char * const names[] = { "lzo", "lzo-rle", "lz4", "lz4hc", "zstd", "deflate", "842" };

/* KUNIT_CASE_PARAM() generator: the algorithms there are. */
static const void *first_algorithm(const void *prev, char *desc)
{
	const char * const *p = prev ? (const char * const *)prev + 1 : names;

	while (p < names + ARRAY_SIZE(names) && !zcomp_find(*p))
		p++;
	if (p == names + ARRAY_SIZE(names))
		return NULL;
	strscpy(desc, *p, KUNIT_PARAM_DESC_SIZE);
	return p;
}

static int make_page(struct kunit *test)
{
	struct recompress_fixture *f = kunit_kzalloc(test, sizeof(*f), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, f);
	f->model = kunit_kzalloc(test, NR_PAGES * PAGE_SIZE, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, f->model);
	test->priv = f;
	f->page = alloc_page(GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, f->page);
	return 0;
}

static void to_every_other(struct kunit *test)
{
	const char *first = *(const char * const *)test->param_value;
	struct recompress_fixture *f = test->priv;
	unsigned int i, page;

	for (i = 0; i < ARRAY_SIZE(names); i++) {
		const char * const others[] = { NULL, names[i], "lzo-rle" };

		if (!zcomp_find(names[i]))
			continue;
		memset(f->model, 0, NR_PAGES * PAGE_SIZE);
		f->store = make_recompressible(test, first, others);
		for (page = 0; page < NR_PAGES - 1; page++)
			write_fill(f, page, page % NR_FILLS);
		KUNIT_EXPECT_EQ(test, RECOMPRESS(f), 0);
		expect_model(test);
		expect_counted(test);
		/* Each text is shorter now, or known not to get shorter. */
		for (page = FILL_TEXT; page < NR_PAGES - 1; page += NR_FILLS)
			KUNIT_EXPECT_TRUE_MSG(test, has(test, page, ZRAM_RECOMP) ||
					      has(test, page, ZRAM_INCOMP),
					      "%s to %s, page %u", first, names[i], page);
		KUNIT_EXPECT_EQ(test, RECOMPRESS(f, .priority = 3), 0);
		expect_model(test);
		expect_counted(test);

		zram_page_free_range(f->store, 0, NR_PAGES);
		EXPECT_STAT(test, f->store, ZRAM_COMPR_BYTES, 0);
		zs_compact(f->store->pool);
		KUNIT_EXPECT_EQ(test, zs_get_total_pages(f->store->pool), 0UL);
		zram_store_destroy(f->store);
		f->store = NULL;
	}
}

static void zstd_shortens_what_lzo_made(struct kunit *test)
{
	const char * const others[] = { "zstd", NULL, NULL };
	struct recompress_fixture *f = test->priv;
	unsigned int before;

	if (!zcomp_find("zstd"))
		kunit_skip(test, "no zstd");
	f->store = make_recompressible(test, "lzo", others);
	write_fill(f, 0, FILL_TEXT);
	before = size_of(test, 0);
	KUNIT_EXPECT_EQ(test, RECOMPRESS(f), 0);
	KUNIT_EXPECT_LT(test, size_of(test, 0), before);
	KUNIT_EXPECT_EQ(test, priority_of(test, 0), 1U);
	expect_model(test);
}

static struct kunit_case pairs_cases[] = {
	KUNIT_CASE_PARAM(to_every_other, first_algorithm),
	KUNIT_CASE(zstd_shortens_what_lzo_made),
	{ }
};

static struct kunit_suite pairs_suite = {
	.name = "zram_recompress_pairs",
	.init = make_page,
	.exit = free_fixture,
	.test_cases = pairs_cases,
};

kunit_test_suite(pairs_suite);
