// SPDX-License-Identifier: GPL-2.0-only
/* The most that compaction does under one hold of a lock, as it counts it itself. */
#include <linux/slab.h>

#include "../compact.h"
#include "testing.h"

static void within_bounds(struct kunit *test)
{
	struct zs_pool *pool = test->priv;

	KUNIT_EXPECT_LE(test, zs_counted(pool, ZS_COUNT_MAX_BYTES), (long)ZS_COMPACT_BYTES);
	KUNIT_EXPECT_LE(test, zs_counted(pool, ZS_COUNT_MAX_SLOTS), (long)ZS_COMPACT_SLOTS);
}

/* @nr objects of each size of @sizes, of which every @keep-th stays. */
static unsigned long *sparse(struct kunit *test, const u32 *sizes, int nr_sizes, int nr, int keep)
{
	unsigned long *handles = kvcalloc(nr * nr_sizes, sizeof(long), GFP_KERNEL);
	int n;

	KUNIT_ASSERT_NOT_NULL(test, handles);
	for (n = 0; n < nr * nr_sizes; n++)
		handles[n] = zs_test_malloc(test, sizes[n % nr_sizes]);
	for (n = 0; n < nr * nr_sizes; n++) {
		if (n / nr_sizes % keep == 0)
			continue;
		zs_free(test->priv, handles[n]);
		handles[n] = 0;
	}
	return handles;
}

static void free_all(struct kunit *test, unsigned long *handles, int nr)
{
	int n;

	KUNIT_EXPECT_EQ(test, zs_check(test->priv), ZS_OK);
	for (n = 0; n < nr; n++)
		zs_free(test->priv, handles[n]);
	kvfree(handles);
}

static void compaction_of_objects_of_all_sizes_stays_within_its_bounds(struct kunit *test)
{
	/* the bound is of slots for the small ones and of bytes for the large ones */
	static const u32 sizes[] = { 32, 40, 100, 600, 1200, 2600, 3000, 3400, PAGE_SIZE };
	unsigned long *handles = sparse(test, sizes, ARRAY_SIZE(sizes), 1000, 3);
	struct zs_pool *pool = test->priv;

	KUNIT_EXPECT_GT(test, zs_compact(pool), 100UL);
	within_bounds(test);
	/* and comes near them, so that they have been looked at */
	KUNIT_EXPECT_GT(test, zs_counted(pool, ZS_COUNT_MAX_BYTES), ZS_COMPACT_BYTES / 2L);
	KUNIT_EXPECT_GT(test, zs_counted(pool, ZS_COUNT_MAX_SLOTS), ZS_COMPACT_SLOTS * 9L / 10);
	KUNIT_EXPECT_GT(test, zs_counted(pool, ZS_COUNT_MOVED), 1000L);
	free_all(test, handles, 1000 * ARRAY_SIZE(sizes));
}

static void a_class_of_many_zspages_is_searched_in_pieces(struct kunit *test)
{
	/* one page with one object each, of twice as many zspages as one look takes in */
	static const u32 size = PAGE_SIZE / 8 * 5;
	unsigned int slots = zs_class_geometry(zs_class_of(size))->slots;
	int nr = 2 * ZS_COMPACT_SLOTS * slots;
	unsigned long *handles = sparse(test, &size, 1, nr, slots);
	struct zs_pool *pool = test->priv;
	struct zs_class *class = pool->classes[zs_class_of(size)];

	KUNIT_EXPECT_EQ(test, class->zspages, 2UL * ZS_COMPACT_SLOTS);
	zs_compact(pool);
	KUNIT_EXPECT_EQ(test, class->recoverable, 0UL);
	KUNIT_EXPECT_GT(test, zs_counted(pool, ZS_COUNT_TRADED), 0L);
	KUNIT_EXPECT_EQ(test, zs_counted(pool, ZS_COUNT_MAX_SLOTS), (long)ZS_COMPACT_SLOTS);
	within_bounds(test);
	free_all(test, handles, nr);
}

static void spilling_is_bounded_like_compaction(struct kunit *test)
{
	/* free slots in the larger class, and more sparse zspages below it than one look */
	static const u32 small = 1200, large = 1400;
	const struct zs_geometry *geo = zs_class_geometry(zs_class_of(small));
	int nr = 2 * ZS_COMPACT_SLOTS * geo->slots, nr_large = nr / 4;
	unsigned long *into = sparse(test, &large, 1, nr_large, 3);
	unsigned long *handles = sparse(test, &small, 1, nr, 2);
	struct zs_pool *pool = test->priv;
	struct zs_class *class = pool->classes[zs_class_of(small)];
	unsigned long pages = zs_get_total_pages(pool), freed = 0, n;

	KUNIT_EXPECT_GT(test, class->zspages, (unsigned long)ZS_COMPACT_SLOTS);
	mutex_lock(&pool->compact_lock);
	for (n = 0; n < 100; n++)
		freed += zs_spill(pool, class);
	mutex_unlock(&pool->compact_lock);

	KUNIT_EXPECT_GE(test, freed, 100UL);
	KUNIT_EXPECT_EQ(test, zs_get_total_pages(pool), pages - freed);
	KUNIT_EXPECT_GE(test, zs_counted(pool, ZS_COUNT_SPILLED), 100L);
	KUNIT_EXPECT_EQ(test, zs_counted(pool, ZS_COUNT_MAX_SLOTS), (long)ZS_COMPACT_SLOTS);
	within_bounds(test);
	free_all(test, handles, nr);
	free_all(test, into, nr_large);
}

static void a_step_without_budget_for_a_move_visits_nothing(struct kunit *test)
{
	static const u32 size = 1200;
	unsigned long *handles = sparse(test, &size, 1, 100, 4), freed = 0;
	struct zs_pool *pool = test->priv;
	struct zs_class *class = pool->classes[zs_class_of(size)];
	struct zs_budget no_slots = { .bytes = PAGE_SIZE, .slots = ZS_MOVE_SLOTS - 1 };
	struct zs_budget no_bytes = { .bytes = class->geo->size - 1, .slots = 100 };
	struct page *spare = NULL;

	spin_lock(&class->lock);
	KUNIT_EXPECT_EQ(test, zs_compact_step(pool, class, &no_slots, &spare, &freed), ZS_MORE);
	KUNIT_EXPECT_EQ(test, zs_compact_step(pool, class, &no_bytes, &spare, &freed), ZS_MORE);
	spin_unlock(&class->lock);
	KUNIT_EXPECT_EQ(test, no_slots.slots, ZS_MOVE_SLOTS - 1);
	KUNIT_EXPECT_EQ(test, no_bytes.slots, 100);
	KUNIT_EXPECT_EQ(test, freed, 0UL);
	free_all(test, handles, 100);
}

static struct kunit_case budget_cases[] = {
	KUNIT_CASE(compaction_of_objects_of_all_sizes_stays_within_its_bounds),
	KUNIT_CASE(a_class_of_many_zspages_is_searched_in_pieces),
	KUNIT_CASE(spilling_is_bounded_like_compaction),
	KUNIT_CASE(a_step_without_budget_for_a_move_visits_nothing),
	{}
};

static struct kunit_suite budget_suite = {
	.name = "zsmalloc_budget",
	.init = zs_test_init,
	.exit = zs_test_exit,
	.test_cases = budget_cases,
};

kunit_test_suite(budget_suite);
