// SPDX-License-Identifier: GPL-2.0-only
/* Compaction: what it frees, what it leaves alone, and how long it holds the lock. */
#include <linux/sizes.h>

#include "../compact.h"
#include "testing.h"

#define NR	3000
#define SIZE	1200

/* NR objects, of which all but every @keep-th are then freed. */
static unsigned long *sparse(struct kunit *test, int keep)
{
	unsigned long *handles = kunit_kcalloc(test, NR, sizeof(long), GFP_KERNEL);
	int n;

	KUNIT_ASSERT_NOT_NULL(test, handles);
	for (n = 0; n < NR; n++) {
		handles[n] = zs_test_malloc(test, SIZE);
		zs_test_fill(test, handles[n], SIZE, n);
	}
	for (n = 0; n < NR; n++) {
		if (n % keep == 0)
			continue;
		zs_free(test->priv, handles[n]);
		handles[n] = 0;
	}
	return handles;
}

static void verify_and_free(struct kunit *test, unsigned long *handles)
{
	int n;

	for (n = 0; n < NR; n++) {
		if (!handles[n])
			continue;
		zs_test_verify(test, handles[n], SIZE, n);
		zs_free(test->priv, handles[n]);
	}
	KUNIT_EXPECT_EQ(test, zs_get_total_pages(test->priv), 0UL);
}

static struct zs_class *the_class(struct kunit *test)
{
	struct zs_pool *pool = test->priv;

	return pool->classes[zs_class_of(SIZE)];
}

static void packs_to_the_last_page(struct kunit *test)
{
	unsigned long *handles = sparse(test, 4);
	unsigned long before = zs_get_total_pages(test->priv);
	unsigned long freed = zs_compact(test->priv);
	struct zs_class *class = the_class(test);
	struct zs_pool_stats stats;

	KUNIT_EXPECT_EQ(test, zs_check(test->priv), ZS_OK);
	KUNIT_EXPECT_EQ(test, zs_get_total_pages(test->priv), before - freed);
	KUNIT_EXPECT_EQ(test, class->pages, zs_class_packed(class->geo, class->objects));
	KUNIT_EXPECT_GT(test, freed, before / 2);

	zs_pool_stats(test->priv, &stats);
	KUNIT_EXPECT_EQ(test, atomic_long_read(&stats.pages_compacted), (long)freed);
	verify_and_free(test, handles);
}

static void a_second_run_finds_nothing(struct kunit *test)
{
	unsigned long *handles = sparse(test, 3);

	KUNIT_EXPECT_GT(test, zs_compact(test->priv), 0UL);
	KUNIT_EXPECT_EQ(test, zs_compact(test->priv), 0UL);
	verify_and_free(test, handles);
}

static void an_empty_pool_has_nothing_to_give(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, zs_compact(test->priv), 0UL);
}

static void what_is_being_read_stays_where_it_is(struct kunit *test)
{
	unsigned long *handles = sparse(test, 4);
	u8 *buf = kunit_kzalloc(test, 2 * SIZE, GFP_KERNEL);
	struct zs_class *class = the_class(test);
	struct zs_pool *pool = test->priv;
	struct zs_place before, after;
	void *mem;

	KUNIT_ASSERT_NOT_NULL(test, buf);
	mem = zs_obj_read_begin(pool, handles[0], SIZE, buf);
	KUNIT_ASSERT_NOT_NULL(test, mem);
	zs_test_locate(test, handles[0], &before);
	KUNIT_EXPECT_GT(test, zs_compact(pool), 0UL);
	KUNIT_EXPECT_EQ(test, zs_check(pool), ZS_OK);

	zs_test_locate(test, handles[0], &after);
	KUNIT_EXPECT_EQ(test, before.zspage, after.zspage);
	KUNIT_EXPECT_EQ(test, before.slot, after.slot);
	zs_test_pattern(buf + SIZE, SIZE, 0);
	KUNIT_EXPECT_EQ(test, memcmp(mem, buf + SIZE, SIZE), 0);
	zs_obj_read_end(pool, handles[0], SIZE, mem);

	zs_compact(pool);
	KUNIT_EXPECT_EQ(test, class->pages, zs_class_packed(class->geo, class->objects));
	verify_and_free(test, handles);
}

static void the_lock_is_held_for_bounded_work(struct kunit *test)
{
	unsigned long *handles = sparse(test, 4), freed = 0;
	struct zs_pool *pool = test->priv;
	struct zs_class *class = the_class(test);
	enum zs_progress progress = ZS_MORE;
	struct page *spare = NULL;
	int steps;

	for (steps = 0; progress == ZS_MORE; steps++) {
		struct zs_budget budget = { .bytes = SZ_4K, .slots = 16 };

		KUNIT_ASSERT_LT(test, steps, 4 * NR);
		spin_lock(&class->lock);
		progress = zs_compact_step(pool, class, &budget, &spare, &freed);
		spin_unlock(&class->lock);
		KUNIT_ASSERT_GE(test, budget.bytes, 0);
		KUNIT_ASSERT_GE(test, budget.slots, -2);
		KUNIT_ASSERT_EQ(test, zs_check(pool), ZS_OK);
	}
	KUNIT_EXPECT_GT(test, steps, 10);
	KUNIT_EXPECT_EQ(test, class->pages, zs_class_packed(class->geo, class->objects));
	verify_and_free(test, handles);
}

static void a_victim_freed_meanwhile_is_forgotten(struct kunit *test)
{
	unsigned long *handles = sparse(test, 2), freed = 0;
	struct zs_budget budget = { .bytes = 2 * SIZE, .slots = 200 };
	struct page *spare = NULL;
	struct zs_pool *pool = test->priv;
	struct zs_class *class = the_class(test);
	int n;

	spin_lock(&class->lock);
	KUNIT_EXPECT_EQ(test, zs_compact_step(pool, class, &budget, &spare, &freed), ZS_MORE);
	KUNIT_EXPECT_NOT_NULL(test, class->victim);
	spin_unlock(&class->lock);

	for (n = 0; n < NR; n++) {
		zs_free(pool, handles[n]);
		handles[n] = 0;
	}
	KUNIT_EXPECT_NULL(test, class->victim);
	KUNIT_EXPECT_EQ(test, zs_compact(pool), 0UL);
	verify_and_free(test, handles);
}

static void a_lone_zspage_closes_its_own_gaps(struct kunit *test)
{
	const struct zs_geometry *geo = zs_class_geometry(zs_class_of(SIZE));
	unsigned long *handles = kunit_kcalloc(test, geo->slots, sizeof(long), GFP_KERNEL);
	unsigned int n;

	KUNIT_ASSERT_NOT_NULL(test, handles);
	for (n = 0; n < geo->slots; n++) {
		handles[n] = zs_test_malloc(test, geo->size);
		zs_test_fill(test, handles[n], geo->size, n);
	}
	/* the last slot holds on to the whole chain */
	for (n = 0; n < geo->slots - 1; n++)
		zs_free(test->priv, handles[n]);
	KUNIT_EXPECT_EQ(test, zs_get_total_pages(test->priv), (unsigned long)geo->pages);
	KUNIT_EXPECT_EQ(test, zs_compact(test->priv), geo->pages - 1UL);
	zs_test_verify(test, handles[geo->slots - 1], geo->size, geo->slots - 1);
	zs_free(test->priv, handles[geo->slots - 1]);
}

static void short_chains_are_joined_for_a_page_traded_in(struct kunit *test)
{
	/* one slot in the first page of a chain, three in the first two */
	size_t size = PAGE_SIZE / 8 * 5;
	unsigned int nr = zs_class_of(size), slots = zs_class_geometry(nr)->slots, n;
	unsigned long *handles = kunit_kcalloc(test, 4 * slots, sizeof(long), GFP_KERNEL);
	struct zs_pool *pool = test->priv;

	KUNIT_ASSERT_NOT_NULL(test, handles);
	for (n = 0; n < 4 * slots; n++) {
		handles[n] = zs_test_malloc(test, size);
		zs_test_fill(test, handles[n], size, n);
	}
	/* of each of the four zspages the first page stays, and has no free slot */
	for (n = 0; n < 4 * slots; n++)
		if (n % slots)
			zs_free(pool, handles[n]);
	KUNIT_EXPECT_TRUE(test, list_empty(&pool->classes[nr]->partial));
	KUNIT_EXPECT_EQ(test, pool->classes[nr]->zspages, 4UL);
	KUNIT_EXPECT_EQ(test, zs_get_total_pages(pool), 4UL);

	KUNIT_EXPECT_EQ(test, zs_compact(pool), 1UL);
	KUNIT_EXPECT_EQ(test, zs_get_total_pages(pool), 3UL);
	for (n = 0; n < 4 * slots; n += slots) {
		zs_test_verify(test, handles[n], size, n);
		zs_free(pool, handles[n]);
	}
}

static void more_zspages_than_one_look_takes_in(struct kunit *test)
{
	size_t size = PAGE_SIZE / 8 * 5;
	unsigned int nr = zs_class_of(size), slots = zs_class_geometry(nr)->slots, n;
	unsigned int all = 2 * ZS_COMPACT_SLOTS * slots;
	unsigned long *handles = kvcalloc(all, sizeof(long), GFP_KERNEL);
	struct zs_pool *pool = test->priv;

	KUNIT_ASSERT_NOT_NULL(test, handles);
	for (n = 0; n < all; n++)
		handles[n] = zs_test_malloc(test, size);
	/* as above, but the search for a victim alone uses the budget up */
	for (n = 0; n < all; n++)
		if (n % slots)
			zs_free(pool, handles[n]);
	KUNIT_EXPECT_EQ(test, pool->classes[nr]->zspages, 2UL * ZS_COMPACT_SLOTS);
	KUNIT_EXPECT_GT(test, pool->classes[nr]->recoverable, 100UL);

	zs_compact(pool);
	KUNIT_EXPECT_EQ(test, pool->classes[nr]->recoverable, 0UL);
	KUNIT_EXPECT_EQ(test, zs_check(pool), ZS_OK);
	for (n = 0; n < all; n += slots)
		zs_free(pool, handles[n]);
	kvfree(handles);
}

static struct kunit_case compact_cases[] = {
	KUNIT_CASE(packs_to_the_last_page),
	KUNIT_CASE(a_second_run_finds_nothing),
	KUNIT_CASE(an_empty_pool_has_nothing_to_give),
	KUNIT_CASE(what_is_being_read_stays_where_it_is),
	KUNIT_CASE(the_lock_is_held_for_bounded_work),
	KUNIT_CASE(a_victim_freed_meanwhile_is_forgotten),
	KUNIT_CASE(a_lone_zspage_closes_its_own_gaps),
	KUNIT_CASE(short_chains_are_joined_for_a_page_traded_in),
	KUNIT_CASE(more_zspages_than_one_look_takes_in),
	{}
};

static struct kunit_suite compact_suite = {
	.name = "zsmalloc_compact",
	.init = zs_test_init,
	.exit = zs_test_exit,
	.test_cases = compact_cases,
};

kunit_test_suite(compact_suite);
