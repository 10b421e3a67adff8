// SPDX-License-Identifier: GPL-2.0-only
/* Reaching the bytes: in place, across a page border, in every mode. */
#include "testing.h"

#define NR	64

/* Objects of which some cross a page border: no multiple divides a page. */
static size_t crossing(void)
{
	return PAGE_SIZE / 8 * 3 + ZS_ALIGN;
}

static void get_many(struct kunit *test, unsigned long *handles)
{
	int n;

	for (n = 0; n < NR; n++) {
		handles[n] = zs_test_malloc(test, crossing());
		zs_test_fill(test, handles[n], crossing(), n);
	}
}

static void put_many(struct kunit *test, unsigned long *handles)
{
	int n;

	for (n = 0; n < NR; n++)
		zs_free(test->priv, handles[n]);
}

static void in_place_unless_it_crosses(struct kunit *test)
{
	unsigned long handles[NR];
	u8 *buf = kunit_kzalloc(test, crossing(), GFP_KERNEL);
	int n, copied = 0;

	KUNIT_ASSERT_NOT_NULL(test, buf);
	get_many(test, handles);
	for (n = 0; n < NR; n++) {
		void *mem = zs_obj_read_begin(test->priv, handles[n], crossing(), buf);

		copied += mem == buf;
		zs_obj_read_end(test->priv, handles[n], crossing(), mem);
	}
	KUNIT_EXPECT_GT(test, copied, 0);
	KUNIT_EXPECT_LT(test, copied, NR / 2);
	for (n = 0; n < NR; n++)
		zs_test_verify(test, handles[n], crossing(), n);
	put_many(test, handles);
}

static void mapping_shows_and_takes_the_same_bytes(struct kunit *test)
{
	unsigned long handles[NR];
	u8 *buf = kunit_kzalloc(test, crossing(), GFP_KERNEL);
	int n;

	KUNIT_ASSERT_NOT_NULL(test, buf);
	get_many(test, handles);
	for (n = 0; n < NR; n++) {
		void *mem;

		zs_test_pattern(buf, crossing(), n);
		mem = zs_map_object(test->priv, handles[n], ZS_MM_RO);
		KUNIT_EXPECT_TRUE(test, IS_ALIGNED((unsigned long)mem, 8));
		KUNIT_EXPECT_EQ(test, memcmp(mem, buf, crossing()), 0);
		zs_unmap_object(test->priv, handles[n]);

		mem = zs_map_object(test->priv, handles[n], ZS_MM_RW);
		KUNIT_EXPECT_EQ(test, memcmp(mem, buf, crossing()), 0);
		*(u8 *)mem ^= 0xff;
		zs_unmap_object(test->priv, handles[n]);

		mem = zs_map_object(test->priv, handles[n], ZS_MM_RO);
		buf[0] ^= 0xff;
		KUNIT_EXPECT_EQ(test, memcmp(mem, buf, crossing()), 0);
		zs_unmap_object(test->priv, handles[n]);

		zs_test_pattern(buf, crossing(), ~n);
		mem = zs_map_object(test->priv, handles[n], ZS_MM_WO);
		memcpy(mem, buf, crossing());
		zs_unmap_object(test->priv, handles[n]);
	}
	for (n = 0; n < NR; n++)
		zs_test_verify(test, handles[n], crossing(), ~n);
	put_many(test, handles);
}

static void bad_handles_and_lengths_are_refused(struct kunit *test)
{
	struct zs_pool *pool = test->priv;
	unsigned long handle = zs_test_malloc(test, 100);
	u8 *buf = kunit_kzalloc(test, PAGE_SIZE, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, buf);
	zs_test_fill(test, handle, 100, 1);

	KUNIT_EXPECT_EQ(test, zs_obj_write(pool, handle, buf, PAGE_SIZE), -EINVAL);
	KUNIT_EXPECT_NULL(test, zs_obj_read_begin(pool, handle, PAGE_SIZE, buf));
	KUNIT_EXPECT_EQ(test, zs_obj_write(pool, handle, buf, 0), -EINVAL);
	KUNIT_EXPECT_NULL(test, zs_obj_read_begin(pool, handle, 0, buf));
	zs_test_verify(test, handle, 100, 1);

	zs_free(pool, handle);
	KUNIT_EXPECT_NULL(test, zs_map_object(pool, handle, ZS_MM_RO));
	KUNIT_EXPECT_NULL(test, zs_obj_read_begin(pool, handle, 100, buf));
	KUNIT_EXPECT_EQ(test, zs_obj_write(pool, handle, buf, 100), -EINVAL);
}

/* Some of them across a page border, as those that are allocated first and written then. */
static void created_object_has_its_bytes(struct kunit *test)
{
	u8 *buf = kunit_kzalloc(test, crossing(), GFP_KERNEL);
	unsigned long handles[NR];
	int n;

	KUNIT_ASSERT_NOT_NULL(test, buf);
	get_many(test, handles);
	put_many(test, handles);
	for (n = 0; n < NR; n++) {
		memset(buf, n, crossing());
		handles[n] = zs_obj_create(test->priv, buf, crossing(), GFP_KERNEL);
		KUNIT_ASSERT_FALSE(test, IS_ERR_VALUE(handles[n]));
	}
	for (n = 0; n < NR; n++) {
		u8 *mem = zs_obj_read_begin(test->priv, handles[n], crossing(), buf);

		KUNIT_EXPECT_EQ(test, mem[0], n);
		KUNIT_EXPECT_NULL(test, memchr_inv(mem, n, crossing()));
		zs_obj_read_end(test->priv, handles[n], crossing(), mem);
	}
	put_many(test, handles);
	KUNIT_EXPECT_EQ(test, zs_obj_create(test->priv, buf, 0, GFP_KERNEL),
			(unsigned long)ERR_PTR(-EINVAL));
	KUNIT_EXPECT_EQ(test, zs_obj_create(test->priv, buf, PAGE_SIZE + 1, GFP_KERNEL),
			(unsigned long)ERR_PTR(-EINVAL));
}

static struct kunit_case access_cases[] = {
	KUNIT_CASE(in_place_unless_it_crosses),
	KUNIT_CASE(mapping_shows_and_takes_the_same_bytes),
	KUNIT_CASE(bad_handles_and_lengths_are_refused),
	KUNIT_CASE(created_object_has_its_bytes),
	{}
};

static struct kunit_suite access_suite = {
	.name = "zsmalloc_access",
	.init = zs_test_init,
	.exit = zs_test_exit,
	.test_cases = access_cases,
};

kunit_test_suite(access_suite);
