// SPDX-License-Identifier: GPL-2.0-only
/*
 * What goes into a block comes out of it as the page that it was, and which slots
 * are asked for it.
 */
#include "fixture.h"
#include "../content.h"
#include "../wb_form.h"
#include "../writeback.h"

#define SEED	2766182

struct form_fixture {
	struct zram_store *store;
	u8 *page, *block, *back;
};

static int make_form(struct kunit *test)
{
	struct form_fixture *form = kunit_kzalloc(test, sizeof(*form), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, form);
	form->page = kunit_kmalloc(test, PAGE_SIZE, GFP_KERNEL);
	form->block = kunit_kmalloc(test, PAGE_SIZE, GFP_KERNEL);
	form->back = kunit_kmalloc(test, PAGE_SIZE, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, form->page);
	KUNIT_ASSERT_NOT_NULL(test, form->block);
	KUNIT_ASSERT_NOT_NULL(test, form->back);
	form->store = make_store(test, 1, "lzo-rle");
	test->priv = form;
	return 0;
}

static void free_form(struct kunit *test)
{
	struct form_fixture *form = test->priv;

	if (form)
		zram_store_destroy(form->store);
}

/* There and back. */
static void round_trip(struct kunit *test, enum fill fill, bool compressed,
		       struct zram_content *result)
{
	struct form_fixture *form = test->priv;
	struct zram_content content;
	struct rnd_state rnd;

	prandom_seed_state(&rnd, SEED);
	fill_page(form->page, fill, &rnd);
	memset(form->block, 0xee, PAGE_SIZE);
	KUNIT_ASSERT_EQ(test, zram_content_create(form->store, form->page, &content), 0);
	zram_content_count(&form->store->stats, &content, 1);
	KUNIT_EXPECT_EQ(test, zram_wb_form_encode(form->store, &content, compressed, form->block,
						  result), 0);
	zram_content_release(form->store, &content);

	KUNIT_EXPECT_TRUE(test, result->bits & ZRAM_WB);
	KUNIT_EXPECT_FALSE(test, result->bits & ZRAM_HUGE);
	KUNIT_EXPECT_EQ(test, zram_wb_form_decode(form->store, result, form->block, form->back), 0);
	KUNIT_EXPECT_EQ(test, memcmp(form->page, form->back, PAGE_SIZE), 0);
}

static void page_lies_there_as_it_is(struct kunit *test)
{
	struct form_fixture *form = test->priv;
	struct zram_content result;

	round_trip(test, FILL_TEXT, false, &result);
	KUNIT_EXPECT_EQ(test, zram_content_size(&result), (unsigned int)PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, memcmp(form->page, form->block, PAGE_SIZE), 0);
	round_trip(test, FILL_RANDOM, false, &result);
	KUNIT_EXPECT_EQ(test, memcmp(form->page, form->block, PAGE_SIZE), 0);
	round_trip(test, FILL_RANDOM, true, &result);
	KUNIT_EXPECT_EQ(test, zram_content_size(&result), (unsigned int)PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, memcmp(form->page, form->block, PAGE_SIZE), 0);
}

static void object_has_zeros_behind_it(struct kunit *test)
{
	struct form_fixture *form = test->priv;
	struct zram_content result;
	unsigned int size;

	round_trip(test, FILL_TEXT, true, &result);
	size = zram_content_size(&result);
	KUNIT_EXPECT_GT(test, size, 0U);
	KUNIT_EXPECT_LT(test, size, (unsigned int)form->store->huge_size);
	KUNIT_EXPECT_PTR_EQ(test, memchr_inv(form->block + size, 0, PAGE_SIZE - size), NULL);
}

static void object_on_the_device_is_not_believed(struct kunit *test)
{
	struct form_fixture *form = test->priv;
	struct zram_content result;

	round_trip(test, FILL_TEXT, true, &result);
	memset(form->block, 0xff, PAGE_SIZE);
	KUNIT_EXPECT_NE(test, zram_wb_form_decode(form->store, &result, form->block, form->back),
			0);
}

static void selection_is_by_mark_and_has_an_object(struct kunit *test)
{
	static const struct {
		u32 state;
		bool any, idle, huge, huge_idle, incompressible;
	} table[] = {
		{ 0 },
		{ ZRAM_SAME },
		{ ZRAM_SAME | ZRAM_IDLE },
		{ 100, .any = true },
		{ 100 | ZRAM_LOCKED | ZRAM_SEQ_MASK, .any = true },
		{ 100 | ZRAM_IDLE, .any = true, .idle = true },
		{ PAGE_SIZE | ZRAM_HUGE, .any = true, .huge = true },
		{ PAGE_SIZE | ZRAM_HUGE | ZRAM_IDLE, .any = true, .idle = true, .huge = true,
		  .huge_idle = true },
		{ PAGE_SIZE | ZRAM_HUGE | ZRAM_INCOMP, .any = true, .huge = true,
		  .incompressible = true },
		/* Gone already, or somebody is at it. */
		{ PAGE_SIZE | ZRAM_WB | ZRAM_IDLE | ZRAM_INCOMP },
		{ PAGE_SIZE | ZRAM_HUGE | ZRAM_IDLE | ZRAM_PP },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(table); i++) {
		u32 state = table[i].state;

		KUNIT_EXPECT_EQ(test, zram_writeback_selects(ZRAM_SELECT_NONE, state),
				table[i].any);
		KUNIT_EXPECT_EQ(test, zram_writeback_selects(ZRAM_SELECT_IDLE, state),
				table[i].idle);
		KUNIT_EXPECT_EQ(test, zram_writeback_selects(ZRAM_SELECT_HUGE, state),
				table[i].huge);
		KUNIT_EXPECT_EQ(test, zram_writeback_selects(ZRAM_SELECT_HUGE_IDLE, state),
				table[i].huge_idle);
		KUNIT_EXPECT_EQ(test, zram_writeback_selects(ZRAM_SELECT_INCOMPRESSIBLE, state),
				table[i].incompressible);
	}
}

static struct kunit_case wb_form_cases[] = {
	KUNIT_CASE(page_lies_there_as_it_is),
	KUNIT_CASE(object_has_zeros_behind_it),
	KUNIT_CASE(object_on_the_device_is_not_believed),
	KUNIT_CASE(selection_is_by_mark_and_has_an_object),
	{ }
};

static struct kunit_suite wb_form_suite = {
	.name = "zram_wb_form",
	.init = make_form,
	.exit = free_form,
	.test_cases = wb_form_cases,
};

kunit_test_suite(wb_form_suite);
