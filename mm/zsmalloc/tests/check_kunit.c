// SPDX-License-Identifier: GPL-2.0-only
/*
 * The checker is believed elsewhere, so here it has to prove that it sees: each
 * case breaks a pool by hand, wants to hear of it, and mends it. The user-space
 * harness does this for every invariant; here are those that need real pages.
 */
#include "../page.h"
#include "testing.h"

#define SIZE	1200

static struct zs_zspage *some_zspage(struct kunit *test, struct zs_place *place)
{
	unsigned long handle;
	int n;

	for (n = 0; n < 10; n++)
		handle = zs_test_malloc(test, SIZE);
	KUNIT_ASSERT_EQ(test, zs_check(test->priv), ZS_OK);
	return zs_test_locate(test, handle, place);
}

static void sees_a_page_that_is_somebody_elses(struct kunit *test)
{
	struct zs_place place;
	struct zs_zspage *zspage = some_zspage(test, &place);
	struct page *stranger = zs_page_alloc(GFP_KERNEL), *mine = zspage->pages[0];

	KUNIT_ASSERT_NOT_NULL(test, stranger);
	zspage->pages[0] = stranger;
	KUNIT_EXPECT_EQ(test, zs_check(test->priv), ZS_BAD_PAGE);
	zspage->pages[0] = NULL;
	KUNIT_EXPECT_EQ(test, zs_check(test->priv), ZS_BAD_CHAIN);
	zspage->pages[0] = mine;
	zs_page_free(stranger);
}

static void sees_a_lost_object(struct kunit *test)
{
	struct zs_place place;
	struct zs_zspage *zspage = some_zspage(test, &place);

	__clear_bit(place.slot, zs_zspage_used(zspage));
	KUNIT_EXPECT_EQ(test, zs_check(test->priv), ZS_BAD_COUNT);
	__set_bit(place.slot, zs_zspage_used(zspage));

	zs_zspage_back(zspage)[place.slot] ^= 1;
	KUNIT_EXPECT_EQ(test, zs_check(test->priv), ZS_BAD_ENTRY);
	zs_zspage_back(zspage)[place.slot] ^= 1;
}

static void sees_a_page_too_many(struct kunit *test)
{
	struct zs_place place;
	struct zs_zspage *zspage = some_zspage(test, &place);
	struct zs_pool *pool = test->priv;
	struct page *page = zs_page_alloc(GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, page);
	spin_lock(&zspage->class->lock);
	zs_zspage_grow(pool, zspage, page);
	spin_unlock(&zspage->class->lock);
	KUNIT_EXPECT_EQ(test, zs_check(pool), ZS_BAD_TAIL);

	spin_lock(&zspage->class->lock);
	KUNIT_EXPECT_EQ(test, zs_zspage_trim(pool, zspage), 1UL);
	spin_unlock(&zspage->class->lock);
	KUNIT_EXPECT_EQ(test, zs_check(pool), ZS_OK);
}

static void sees_a_wrong_sum(struct kunit *test)
{
	struct zs_place place;
	struct zs_zspage *zspage = some_zspage(test, &place);
	struct zs_pool *pool = test->priv;

	zspage->class->objects++;
	KUNIT_EXPECT_EQ(test, zs_check(pool), ZS_BAD_CLASS);
	zspage->class->objects--;
	atomic_long_inc(&pool->pages);
	KUNIT_EXPECT_EQ(test, zs_check(pool), ZS_BAD_POOL);
	atomic_long_dec(&pool->pages);
}

static struct kunit_case check_cases[] = {
	KUNIT_CASE(sees_a_page_that_is_somebody_elses),
	KUNIT_CASE(sees_a_lost_object),
	KUNIT_CASE(sees_a_page_too_many),
	KUNIT_CASE(sees_a_wrong_sum),
	{}
};

static struct kunit_suite check_suite = {
	.name = "zsmalloc_check",
	.init = zs_test_init,
	.exit = zs_test_exit,
	.test_cases = check_cases,
};

kunit_test_suite(check_suite);
