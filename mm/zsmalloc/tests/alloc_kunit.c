// SPDX-License-Identifier: GPL-2.0-only
/* Allocation and freeing: sizes, chains that grow and shrink, refusals. */
#include <linux/highmem.h>

#include "testing.h"

static void impossible_sizes_are_refused(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, (long)zs_malloc(test->priv, 0, ZS_TEST_GFP), (long)-EINVAL);
	KUNIT_EXPECT_EQ(test, (long)zs_malloc(test->priv, PAGE_SIZE + 1, ZS_TEST_GFP),
			(long)-EINVAL);
	KUNIT_EXPECT_EQ(test, (long)zs_malloc(test->priv, SIZE_MAX, ZS_TEST_GFP), (long)-EINVAL);
	KUNIT_EXPECT_EQ(test, zs_get_total_pages(test->priv), 0UL);
}

static void every_size_twice_and_to_the_last_byte(struct kunit *test)
{
	unsigned long *handles = kunit_kcalloc(test, 2 * PAGE_SIZE + 2, sizeof(long), GFP_KERNEL);
	size_t size;

	KUNIT_ASSERT_NOT_NULL(test, handles);
	for (size = 1; size <= PAGE_SIZE; size++) {
		handles[2 * size] = zs_test_malloc(test, size);
		handles[2 * size + 1] = zs_test_malloc(test, size);
		zs_test_fill(test, handles[2 * size], size, size);
		zs_test_fill(test, handles[2 * size + 1], size, ~size);
	}
	for (size = 1; size <= PAGE_SIZE; size++) {
		zs_test_verify(test, handles[2 * size], size, size);
		zs_test_verify(test, handles[2 * size + 1], size, ~size);
	}
	KUNIT_EXPECT_EQ(test, zs_check(test->priv), ZS_OK);
	for (size = 2; size < 2 * PAGE_SIZE + 2; size++)
		zs_free(test->priv, handles[size]);
	KUNIT_EXPECT_EQ(test, zs_get_total_pages(test->priv), 0UL);
}

/* A class with a long chain, to see it grow. */
static unsigned int long_chain(void)
{
	unsigned int nr = 0;

	while (zs_class_geometry(nr)->pages < 4)
		nr++;
	return nr;
}

static void chains_grow_by_one_page_and_shrink_from_the_end(struct kunit *test)
{
	const struct zs_geometry *geo = zs_class_geometry(long_chain());
	unsigned long *handles = kunit_kcalloc(test, geo->slots, sizeof(long), GFP_KERNEL);
	unsigned int n;

	KUNIT_ASSERT_NOT_NULL(test, handles);
	for (n = 0; n < geo->slots; n++) {
		handles[n] = zs_test_malloc(test, geo->size);
		KUNIT_ASSERT_EQ(test, zs_get_total_pages(test->priv),
				DIV_ROUND_UP((n + 1UL) * geo->size, PAGE_SIZE));
	}
	while (n--) {
		zs_free(test->priv, handles[n]);
		KUNIT_ASSERT_EQ(test, zs_get_total_pages(test->priv),
				DIV_ROUND_UP(n * (unsigned long)geo->size, PAGE_SIZE));
	}
}

static void a_hole_is_filled_before_the_chain_grows(struct kunit *test)
{
	const struct zs_geometry *geo = zs_class_geometry(long_chain());
	unsigned int two = zs_class_capacity(geo, 2), n;
	unsigned long *handles = kunit_kcalloc(test, two, sizeof(long), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, handles);
	for (n = 0; n < two; n++)
		handles[n] = zs_test_malloc(test, geo->size);
	zs_free(test->priv, handles[0]);
	KUNIT_EXPECT_EQ(test, zs_get_total_pages(test->priv), 2UL);
	handles[0] = zs_test_malloc(test, geo->size);
	KUNIT_EXPECT_EQ(test, zs_get_total_pages(test->priv), 2UL);
	for (n = 0; n < two; n++)
		zs_free(test->priv, handles[n]);
}

static void what_is_no_handle_frees_nothing(struct kunit *test)
{
	struct zs_pool *pool = test->priv;
	unsigned long handle = zs_test_malloc(test, 1000);
	unsigned long stale = zs_test_malloc(test, 1000);

	zs_free(pool, stale);
	zs_test_fill(test, handle, 1000, 1);

	/* tolerated in silence */
	zs_free(pool, 0);
	zs_free(pool, (unsigned long)ERR_PTR(-ENOMEM));
	KUNIT_EXPECT_EQ(test, zs_counted(pool, ZS_COUNT_REFUSED), 0L);

	zs_free(pool, stale);
	zs_free(pool, handle ^ BIT(ZS_HANDLE_INDEX_SHIFT + 3));
	zs_free(pool, handle ^ BIT(ZS_HANDLE_TAG_SHIFT));
	zs_free(pool, handle + 1);
	KUNIT_EXPECT_EQ(test, zs_counted(pool, ZS_COUNT_REFUSED), 4L);

	KUNIT_EXPECT_EQ(test, zs_check(pool), ZS_OK);
	zs_test_verify(test, handle, 1000, 1);
	zs_free(pool, handle);
	KUNIT_EXPECT_EQ(test, zs_get_total_pages(pool), 0UL);
}

static void a_foreign_handle_frees_nothing(struct kunit *test)
{
	struct zs_pool *other = zs_create_pool("kunit-other");
	unsigned long mine = zs_test_malloc(test, 100), theirs;

	KUNIT_ASSERT_NOT_NULL(test, other);
	theirs = zs_malloc(other, 100, ZS_TEST_GFP);
	KUNIT_ASSERT_FALSE(test, IS_ERR_VALUE(theirs));

	zs_free(other, mine);
	zs_free(test->priv, theirs);
	KUNIT_EXPECT_EQ(test, zs_get_total_pages(other), 1UL);
	KUNIT_EXPECT_EQ(test, zs_get_total_pages(test->priv), 1UL);

	zs_free(other, theirs);
	zs_free(test->priv, mine);
	zs_destroy_pool(other);
}

static void metadata_is_counted_and_goes_away(struct kunit *test)
{
	size_t before = zs_pool_metadata(test->priv), full;
	unsigned long *handles = kunit_kcalloc(test, 2000, sizeof(long), GFP_KERNEL);
	int n;

	KUNIT_ASSERT_NOT_NULL(test, handles);
	for (n = 0; n < 2000; n++)
		handles[n] = zs_test_malloc(test, 1500);
	full = zs_pool_metadata(test->priv);
	KUNIT_EXPECT_GT(test, full, before + 2000 * sizeof(u64));
	for (n = 0; n < 2000; n++)
		zs_free(test->priv, handles[n]);
	/* one leaf, the node that leads to it and the state of the class stay */
	KUNIT_EXPECT_LE(test, zs_pool_metadata(test->priv),
			before + PAGE_SIZE + sizeof(struct xa_node) +
			2 * sizeof(struct zs_class));
}

/* Objects in fresh pages, of which many held something else just before. */
static void what_was_never_written_is_zero(struct kunit *test)
{
	static const size_t sizes[] = { 1, 40, 100, 500, 1000, 2500, 3000, 3900, PAGE_SIZE };
	struct page **pages = kunit_kcalloc(test, 1024, sizeof(*pages), GFP_KERNEL);
	u8 *buf = kunit_kzalloc(test, PAGE_SIZE, GFP_KERNEL), *mem;
	unsigned int n, k;

	KUNIT_ASSERT_NOT_NULL(test, pages);
	KUNIT_ASSERT_NOT_NULL(test, buf);
	for (n = 0; n < 1024; n++) {
		pages[n] = alloc_page(ZS_TEST_GFP);
		KUNIT_ASSERT_NOT_NULL(test, pages[n]);
		mem = kmap_local_page(pages[n]);
		memset(mem, 0xa5, PAGE_SIZE);
		kunmap_local(mem);
	}
	for (n = 0; n < 1024; n++)
		__free_page(pages[n]);

	for (n = 0; n < ARRAY_SIZE(sizes); n++)
		for (k = 0; k < 50; k++) {
			unsigned long handle = zs_test_malloc(test, sizes[n]);

			mem = zs_obj_read_begin(test->priv, handle, sizes[n], buf);
			KUNIT_ASSERT_NOT_NULL(test, mem);
			KUNIT_EXPECT_NULL(test, memchr_inv(mem, 0, sizes[n]));
			zs_obj_read_end(test->priv, handle, sizes[n], mem);
		}
}

static void a_pool_with_objects_can_be_destroyed(struct kunit *test)
{
	struct zs_pool *pool = zs_create_pool("kunit-full");
	int n;

	KUNIT_ASSERT_NOT_NULL(test, pool);
	for (n = 1; n < 3000; n++)
		KUNIT_ASSERT_FALSE(test, IS_ERR_VALUE(zs_malloc(pool, n, ZS_TEST_GFP)));
	zs_destroy_pool(pool);
	zs_destroy_pool(NULL);
}

static void a_pool_is_dropped_with_what_is_in_it(struct kunit *test)
{
	struct zs_pool *pool = zs_create_pool("kunit-drop");
	unsigned long freed, pages = global_zone_page_state(NR_ZSPAGES);
	int n;

	KUNIT_ASSERT_NOT_NULL(test, pool);
	KUNIT_EXPECT_EQ(test, zs_drop_pool(pool), 0UL);
	KUNIT_EXPECT_EQ(test, zs_drop_pool(NULL), 0UL);

	pool = zs_create_pool("kunit-drop");
	KUNIT_ASSERT_NOT_NULL(test, pool);
	for (n = 1; n < 3000; n++) {
		freed = zs_malloc(pool, n, ZS_TEST_GFP);
		KUNIT_ASSERT_FALSE(test, IS_ERR_VALUE(freed));
	}
	zs_free(pool, freed);
	KUNIT_EXPECT_GT(test, global_zone_page_state(NR_ZSPAGES), pages);
	KUNIT_EXPECT_EQ(test, zs_drop_pool(pool), 2998UL);
	KUNIT_EXPECT_EQ(test, global_zone_page_state(NR_ZSPAGES), pages);
}

static struct kunit_case alloc_cases[] = {
	KUNIT_CASE(impossible_sizes_are_refused),
	KUNIT_CASE(every_size_twice_and_to_the_last_byte),
	KUNIT_CASE(chains_grow_by_one_page_and_shrink_from_the_end),
	KUNIT_CASE(a_hole_is_filled_before_the_chain_grows),
	KUNIT_CASE(what_is_no_handle_frees_nothing),
	KUNIT_CASE(a_foreign_handle_frees_nothing),
	KUNIT_CASE(metadata_is_counted_and_goes_away),
	KUNIT_CASE(what_was_never_written_is_zero),
	KUNIT_CASE(a_pool_with_objects_can_be_destroyed),
	KUNIT_CASE(a_pool_is_dropped_with_what_is_in_it),
	{}
};

static struct kunit_suite alloc_suite = {
	.name = "zsmalloc_alloc",
	.init = zs_test_init,
	.exit = zs_test_exit,
	.test_cases = alloc_cases,
};

kunit_test_suite(alloc_suite);
