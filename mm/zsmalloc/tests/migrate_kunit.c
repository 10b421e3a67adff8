// SPDX-License-Identifier: GPL-2.0-only
/*
 * Page migration, with the case in the part of the memory manager: it isolates a page,
 * offers another one for it, or puts it back, and does to locks, references and marks
 * what mm/migrate.c does.
 */
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/pagemap.h>

#include "../migrate.h"
#include "../page.h"
#include "testing.h"

#define NR	100
#define SIZE	1200

static void fill_pool(struct kunit *test, unsigned long *handles)
{
	int n;

	for (n = 0; n < NR; n++) {
		handles[n] = zs_test_malloc(test, SIZE);
		zs_test_fill(test, handles[n], SIZE, n);
	}
}

static void verify_and_free(struct kunit *test, unsigned long *handles)
{
	int n;

	KUNIT_EXPECT_EQ(test, zs_check(test->priv), ZS_OK);
	for (n = 0; n < NR; n++) {
		zs_test_verify(test, handles[n], SIZE, n);
		zs_free(test->priv, handles[n]);
	}
	KUNIT_EXPECT_EQ(test, zs_get_total_pages(test->priv), 0UL);
}

/* The first page of the zspage of an object. */
static struct page *page_of(struct kunit *test, unsigned long handle)
{
	struct zs_place place;

	return zs_test_locate(test, handle, &place)->pages[0];
}

static bool isolate(struct page *page)
{
	bool isolated;

	get_page(page);
	lock_page(page);
	isolated = PageMovable(page) && zs_movable_ops.isolate_page(page, 0);
	if (isolated)
		SetPageIsolated(page);
	unlock_page(page);
	if (!isolated)
		put_page(page);
	return isolated;
}

static void putback(struct page *page)
{
	lock_page(page);
	if (PageMovable(page))
		zs_movable_ops.putback_page(page);
	ClearPageIsolated(page);
	unlock_page(page);
	put_page(page);
}

/* Migrate an isolated page; it stays isolated when that fails. */
static int migrate(struct kunit *test, struct page *page)
{
	struct page *new = alloc_page(ZS_TEST_GFP);
	int err = MIGRATEPAGE_SUCCESS;

	KUNIT_ASSERT_NOT_NULL(test, new);
	lock_page(page);
	lock_page(new);
	if (PageMovable(page))
		err = zs_movable_ops.migrate_page(new, page, MIGRATE_SYNC);
	if (!err)
		ClearPageIsolated(page);
	unlock_page(new);
	put_page(new);
	unlock_page(page);
	if (!err)
		put_page(page);
	return err;
}

static void every_page_moves_and_no_handle_is_rewritten(struct kunit *test)
{
	unsigned long handles[NR];
	struct zs_pool *pool = test->priv;
	struct zs_zspage *zspage;
	unsigned long index, pages = 0;
	unsigned int nr;

	fill_pool(test, handles);
	xa_for_each(&pool->zspages, index, zspage) {
		for (nr = 0; nr < zspage->nr_pages; nr++, pages++) {
			struct page *old = zspage->pages[nr];

			KUNIT_ASSERT_TRUE(test, isolate(old));
			KUNIT_EXPECT_EQ(test, migrate(test, old), MIGRATEPAGE_SUCCESS);
			KUNIT_EXPECT_PTR_NE(test, zspage->pages[nr], old);
		}
	}
	KUNIT_EXPECT_EQ(test, pages, zs_get_total_pages(pool));
	KUNIT_EXPECT_EQ(test, zs_counted(pool, ZS_COUNT_MIGRATED), (long)pages);
	verify_and_free(test, handles);
}

static void a_reader_keeps_its_page(struct kunit *test)
{
	unsigned long handles[NR];
	struct zs_pool *pool = test->priv;
	struct page *page;
	u8 *buf = kunit_kzalloc(test, SIZE, GFP_KERNEL);
	void *mem;

	KUNIT_ASSERT_NOT_NULL(test, buf);
	fill_pool(test, handles);
	page = page_of(test, handles[0]);
	KUNIT_ASSERT_TRUE(test, isolate(page));

	mem = zs_obj_read_begin(pool, handles[0], SIZE, buf);
	KUNIT_EXPECT_EQ(test, migrate(test, page), -EAGAIN);
	KUNIT_EXPECT_PTR_EQ(test, page_of(test, handles[0]), page);
	zs_obj_read_end(pool, handles[0], SIZE, mem);

	KUNIT_EXPECT_EQ(test, migrate(test, page), MIGRATEPAGE_SUCCESS);
	KUNIT_EXPECT_PTR_NE(test, page_of(test, handles[0]), page);
	verify_and_free(test, handles);
}

static void isolated_pages_are_used_as_before(struct kunit *test)
{
	unsigned long handles[NR];
	struct page *page;
	int n;

	fill_pool(test, handles);
	page = page_of(test, handles[0]);
	KUNIT_ASSERT_TRUE(test, isolate(page));
	for (n = 1; n < NR; n += 2)
		zs_free(test->priv, handles[n]);
	zs_compact(test->priv);
	KUNIT_EXPECT_EQ(test, zs_check(test->priv), ZS_OK);
	for (n = 1; n < NR; n += 2) {
		handles[n] = zs_test_malloc(test, SIZE);
		zs_test_fill(test, handles[n], SIZE, n);
	}
	putback(page);
	verify_and_free(test, handles);
}

static void a_page_freed_while_isolated_is_let_go(struct kunit *test)
{
	unsigned long handle = zs_test_malloc(test, SIZE);
	struct page *moved = page_of(test, handle), *kept;

	KUNIT_ASSERT_TRUE(test, isolate(moved));
	zs_free(test->priv, handle);
	KUNIT_EXPECT_EQ(test, zs_get_total_pages(test->priv), 0UL);
	KUNIT_EXPECT_EQ(test, page_count(moved), 1);
	KUNIT_EXPECT_EQ(test, migrate(test, moved), MIGRATEPAGE_SUCCESS);

	handle = zs_test_malloc(test, SIZE);
	kept = page_of(test, handle);
	KUNIT_ASSERT_TRUE(test, isolate(kept));
	zs_free(test->priv, handle);
	putback(kept);
}

static void a_page_that_is_locked_leaves_later(struct kunit *test)
{
	unsigned long handle = zs_test_malloc(test, SIZE);
	struct page *page = page_of(test, handle), *new = alloc_page(ZS_TEST_GFP);
	struct zs_pool *pool = test->priv;

	KUNIT_ASSERT_NOT_NULL(test, new);
	KUNIT_ASSERT_TRUE(test, isolate(page));
	lock_page(page);
	zs_free(pool, handle);
	/* as good as gone, but still memory of the pool */
	KUNIT_EXPECT_EQ(test, zs_get_total_pages(pool), 1UL);
	KUNIT_EXPECT_TRUE(test, PageMovable(page));
	KUNIT_EXPECT_FALSE(test, zs_movable_ops.isolate_page(page, 0));
	lock_page(new);
	KUNIT_EXPECT_EQ(test, zs_movable_ops.migrate_page(new, page, MIGRATE_SYNC), -EAGAIN);
	unlock_page(new);
	put_page(new);
	unlock_page(page);

	flush_work(&pool->reaper);
	KUNIT_EXPECT_EQ(test, zs_get_total_pages(pool), 0UL);
	KUNIT_EXPECT_EQ(test, migrate(test, page), MIGRATEPAGE_SUCCESS);
}

static void a_pool_waits_for_its_pages(struct kunit *test)
{
	struct zs_pool *pool = zs_create_pool("migrate");
	struct zs_zspage *zspage;
	struct page *page;
	unsigned long handle, index = 0;

	KUNIT_ASSERT_NOT_NULL(test, pool);
	handle = zs_malloc(pool, SIZE, ZS_TEST_GFP);
	KUNIT_ASSERT_FALSE(test, IS_ERR_VALUE(handle));
	zspage = xa_find(&pool->zspages, &index, ULONG_MAX, XA_PRESENT);
	KUNIT_ASSERT_NOT_NULL(test, zspage);
	page = zspage->pages[0];
	KUNIT_ASSERT_TRUE(test, isolate(page));
	zs_destroy_pool(pool);
	/* nothing of the pool is needed for the rest */
	KUNIT_EXPECT_EQ(test, migrate(test, page), MIGRATEPAGE_SUCCESS);
}

static void refuses_when_told_to(struct kunit *test)
{
	unsigned long handle = zs_test_malloc(test, SIZE);
	struct page *page = page_of(test, handle);

	WRITE_ONCE(zs_migrate_refuse, true);
	KUNIT_EXPECT_FALSE(test, isolate(page));
	WRITE_ONCE(zs_migrate_refuse, false);
	KUNIT_EXPECT_TRUE(test, isolate(page));
	putback(page);
	zs_free(test->priv, handle);
}

static void devices_copy_their_own_memory(struct kunit *test)
{
	unsigned long handle = zs_test_malloc(test, SIZE);
	struct page *page = page_of(test, handle);

	lock_page(page);
	KUNIT_EXPECT_EQ(test, zs_movable_ops.migrate_page(page, page, MIGRATE_SYNC_NO_COPY),
			-EINVAL);
	unlock_page(page);
	zs_free(test->priv, handle);
}

static struct kunit_case migrate_cases[] = {
	KUNIT_CASE(every_page_moves_and_no_handle_is_rewritten),
	KUNIT_CASE(a_reader_keeps_its_page),
	KUNIT_CASE(isolated_pages_are_used_as_before),
	KUNIT_CASE(a_page_freed_while_isolated_is_let_go),
	KUNIT_CASE(a_page_that_is_locked_leaves_later),
	KUNIT_CASE(a_pool_waits_for_its_pages),
	KUNIT_CASE(refuses_when_told_to),
	KUNIT_CASE(devices_copy_their_own_memory),
	{ }
};

static struct kunit_suite migrate_suite = {
	.name = "zsmalloc_migrate",
	.init = zs_test_init,
	.exit = zs_test_exit,
	.test_cases = migrate_cases,
};

kunit_test_suite(migrate_suite);
