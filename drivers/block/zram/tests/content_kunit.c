// SPDX-License-Identifier: GPL-2.0-only
/*
 * Each page takes the form it should, and comes back as it was.
 */
#include "fixture.h"
#include "../content.h"

struct fixture {
	struct zram_store *store;
	struct rnd_state rnd;
	void *page;
	void *back;
};

#define SEED	20221211

static int make_fixture(struct kunit *test)
{
	struct fixture *fixture = kunit_kzalloc(test, sizeof(*fixture), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, fixture);
	test->priv = fixture;
	fixture->page = kunit_kmalloc(test, PAGE_SIZE, GFP_KERNEL);
	fixture->back = kunit_kmalloc(test, PAGE_SIZE, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, fixture->page);
	KUNIT_ASSERT_NOT_NULL(test, fixture->back);
	prandom_seed_state(&fixture->rnd, SEED);
	fixture->store = make_store(test, 1, "lzo-rle");
	return 0;
}

static void free_fixture(struct kunit *test)
{
	struct fixture *fixture = test->priv;

	if (fixture && fixture->store)
		zram_store_destroy(fixture->store);
}

static struct zram_content create(struct kunit *test, enum fill fill)
{
	struct fixture *fixture = test->priv;
	struct zram_content content;

	fill_page(fixture->page, fill, &fixture->rnd);
	KUNIT_ASSERT_EQ(test, zram_content_create(fixture->store, fixture->page, &content), 0);
	zram_content_count(&fixture->store->stats, &content, 1);
	return content;
}

static void expect_back(struct kunit *test, const struct zram_content *content)
{
	struct fixture *fixture = test->priv;

	memset(fixture->back, 0xee, PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, zram_content_read(fixture->store, content, fixture->back), 0);
	KUNIT_EXPECT_EQ(test, memcmp(fixture->back, fixture->page, PAGE_SIZE), 0);
}

static void repeated_word_costs_no_object(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	struct zram_content content;

	content = create(test, FILL_ZERO);
	KUNIT_EXPECT_EQ(test, content.bits, (u32)ZRAM_SAME);
	KUNIT_EXPECT_EQ(test, content.value, 0UL);
	expect_back(test, &content);

	content = create(test, FILL_WORD);
	KUNIT_EXPECT_EQ(test, content.bits, (u32)ZRAM_SAME);
	KUNIT_EXPECT_EQ(test, memcmp(&content.value, fixture->page, sizeof(long)), 0);
	expect_back(test, &content);

	EXPECT_STAT(test, fixture->store, ZRAM_SAME_PAGES, 2);
	EXPECT_STAT(test, fixture->store, ZRAM_COMPR_BYTES, 0);
	KUNIT_EXPECT_EQ(test, zs_get_total_pages(fixture->store->pool), 0UL);
}

static void one_other_byte_makes_an_object(struct kunit *test)
{
	static const unsigned int places[] = { 0, 1, 8, PAGE_SIZE / 2, PAGE_SIZE - 9,
					       PAGE_SIZE - 1 };
	struct fixture *fixture = test->priv;
	struct zram_content content;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(places); i++) {
		memset(fixture->page, 0, PAGE_SIZE);
		((u8 *)fixture->page)[places[i]] = 1;
		KUNIT_ASSERT_EQ(test, 0, zram_content_create(fixture->store, fixture->page,
							     &content));
		KUNIT_EXPECT_GT(test, zram_content_size(&content), 0U);
		KUNIT_EXPECT_EQ(test, content.bits, (u32)zram_content_size(&content));
		expect_back(test, &content);
		zram_content_count(&fixture->store->stats, &content, 1);
		zram_content_release(fixture->store, &content);
	}
	EXPECT_STAT(test, fixture->store, ZRAM_PAGES_STORED, 0);
	EXPECT_STAT(test, fixture->store, ZRAM_COMPR_BYTES, 0);
}

static void text_is_compressed(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	struct zram_content content = create(test, FILL_TEXT);

	KUNIT_EXPECT_EQ(test, content.bits, (u32)zram_content_size(&content));
	KUNIT_EXPECT_GT(test, zram_content_size(&content), (unsigned int)PAGE_SIZE / 4);
	KUNIT_EXPECT_LT(test, zram_content_size(&content), (unsigned int)PAGE_SIZE * 3 / 4);
	expect_back(test, &content);
	EXPECT_STAT(test, fixture->store, ZRAM_PAGES_STORED, 1);
	EXPECT_STAT(test, fixture->store, ZRAM_COMPR_BYTES, zram_content_size(&content));
	EXPECT_STAT(test, fixture->store, ZRAM_HUGE_SINCE, 0);

	zram_content_release(fixture->store, &content);
	EXPECT_STAT(test, fixture->store, ZRAM_COMPR_BYTES, 0);
	KUNIT_EXPECT_EQ(test, zs_get_total_pages(fixture->store->pool), 0UL);
}

static void noise_is_stored_as_it_is(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	struct zram_content content = create(test, FILL_RANDOM);

	KUNIT_EXPECT_EQ(test, content.bits, (u32)(PAGE_SIZE | ZRAM_HUGE));
	expect_back(test, &content);
	EXPECT_STAT(test, fixture->store, ZRAM_HUGE_PAGES, 1);
	EXPECT_STAT(test, fixture->store, ZRAM_COMPR_BYTES, PAGE_SIZE);

	zram_content_release(fixture->store, &content);
	EXPECT_STAT(test, fixture->store, ZRAM_HUGE_PAGES, 0);
	EXPECT_STAT(test, fixture->store, ZRAM_HUGE_SINCE, 1);
}

static void object_as_long_as_a_page_is_not_compressed(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	struct zram_content content;

	/* The very object that would have been one byte too long, and the next. */
	content = create(test, FILL_TEXT);
	fixture->store->huge_size = zram_content_size(&content);
	zram_content_release(fixture->store, &content);

	KUNIT_ASSERT_EQ(test, 0, zram_content_create(fixture->store, fixture->page, &content));
	KUNIT_EXPECT_EQ(test, content.bits, (u32)(PAGE_SIZE | ZRAM_HUGE));
	expect_back(test, &content);
	zs_free(fixture->store->pool, content.value);

	fixture->store->huge_size++;
	KUNIT_ASSERT_EQ(test, 0, zram_content_create(fixture->store, fixture->page, &content));
	KUNIT_EXPECT_EQ(test, content.bits, (u32)fixture->store->huge_size - 1);
	expect_back(test, &content);
	zs_free(fixture->store->pool, content.value);
}

static void any_part_is_that_part(struct kunit *test)
{
	static const unsigned int offsets[] = { 0, 1, 7, 8, 511, 512, 2048, PAGE_SIZE - 512,
						PAGE_SIZE - 1 };
	static const unsigned int lengths[] = { 1, 3, 8, 9, 512, 513, 1024 };
	struct fixture *fixture = test->priv;
	struct zram_content content;
	unsigned int i, j, at, len;
	enum fill fill;
	u8 *back = fixture->back;

	for (fill = 0; fill < NR_FILLS; fill++) {
		content = create(test, fill);
		for (i = 0; i < ARRAY_SIZE(offsets) * ARRAY_SIZE(lengths); i++) {
			at = offsets[i / ARRAY_SIZE(lengths)];
			len = min_t(unsigned int, lengths[i % ARRAY_SIZE(lengths)], PAGE_SIZE - at);
			/* Odd destinations too, with a guard on both sides. */
			j = 1 + i % 9;
			memset(back, 0xee, PAGE_SIZE);
			KUNIT_EXPECT_EQ(test, 0, zram_content_read_part(fixture->store, &content,
									at, back + j, len));
			KUNIT_EXPECT_EQ(test, 0, memcmp(back + j, fixture->page + at, len));
			KUNIT_EXPECT_EQ(test, back[j - 1], 0xee);
			KUNIT_EXPECT_EQ(test, back[j + len], 0xee);
		}
		zram_content_release(fixture->store, &content);
	}
}

static void empty_slot_reads_as_zeros(struct kunit *test)
{
	const struct zram_content empty = { };
	struct fixture *fixture = test->priv;

	memset(fixture->page, 0, PAGE_SIZE);
	expect_back(test, &empty);
}

static void limit_is_kept_and_leaks_nothing(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	struct zram_store *store = fixture->store;
	struct zram_content content[8], more;
	unsigned long used;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(content); i++)
		content[i] = create(test, FILL_RANDOM);
	used = zs_get_total_pages(store->pool);
	KUNIT_EXPECT_EQ(test, used, ARRAY_SIZE(content));
	store->limit_pages = used;

	fill_page(fixture->page, FILL_RANDOM, &fixture->rnd);
	for (i = 0; i < 100; i++)
		KUNIT_EXPECT_EQ(test, -ENOMEM,
				zram_content_create(store, fixture->page, &more));
	KUNIT_EXPECT_EQ(test, zs_get_total_pages(store->pool), used);
	KUNIT_EXPECT_EQ(test, atomic_long_read(&store->stats.max_used_pages), (long)used);
	EXPECT_STAT(test, store, ZRAM_HUGE_SINCE, ARRAY_SIZE(content));
	/* What needs no object is none of the limit's business. */
	content[0] = (zram_content_release(store, &content[0]), create(test, FILL_WORD));

	fill_page(fixture->page, FILL_RANDOM, &fixture->rnd);
	KUNIT_EXPECT_EQ(test, 0, zram_content_create(store, fixture->page, &more));
	KUNIT_EXPECT_EQ(test, zs_get_total_pages(store->pool), used);
	zs_free(store->pool, more.value);
	for (i = 0; i < ARRAY_SIZE(content); i++)
		zram_content_release(store, &content[i]);
	KUNIT_EXPECT_EQ(test, zs_get_total_pages(store->pool), 0UL);
}

static struct kunit_case content_cases[] = {
	KUNIT_CASE(repeated_word_costs_no_object),
	KUNIT_CASE(one_other_byte_makes_an_object),
	KUNIT_CASE(text_is_compressed),
	KUNIT_CASE(noise_is_stored_as_it_is),
	KUNIT_CASE(object_as_long_as_a_page_is_not_compressed),
	KUNIT_CASE(any_part_is_that_part),
	KUNIT_CASE(empty_slot_reads_as_zeros),
	KUNIT_CASE(limit_is_kept_and_leaks_nothing),
	{ }
};

static struct kunit_suite content_suite = {
	.name = "zram_content",
	.init = make_fixture,
	.exit = free_fixture,
	.test_cases = content_cases,
};

kunit_test_suite(content_suite);
