// SPDX-License-Identifier: GPL-2.0-only
/* Who writes past his object is found, who does not is left in peace. */
#include <linux/highmem.h>

#include "../compact.h"
#include "testing.h"

/* A pool with red zones, and every object in the class its size asks for. */
static int red_init(struct kunit *test)
{
	int err = zs_test_init(test);

	if (!err)
		zs_red_init(test->priv);
	return err;
}

static long damaged(struct kunit *test)
{
	return zs_counted(test->priv, ZS_COUNT_DAMAGED);
}

static size_t usable(struct kunit *test, unsigned long handle)
{
	struct zs_place place;

	return zs_red_usable(test->priv, zs_test_locate(test, handle, &place)->class->geo);
}

#ifdef CONFIG_ZSMALLOC_DEBUG

/* In one page, across two pages, and so that the red zone begins a page. */
#define SIZES	{ 24, 1000, 2000, 2728, 3000, 3500 }

/* Bytes from the end of what is the caller's on. */
static void write_past(struct kunit *test, unsigned long handle, size_t bytes)
{
	size_t end = usable(test, handle);
	u8 *mem = zs_map_object(test->priv, handle, ZS_MM_RW);

	KUNIT_ASSERT_NOT_NULL(test, mem);
	memset(mem + end, 0x11, bytes);
	zs_unmap_object(test->priv, handle);
}

/* Behind the allocator's back, so that nothing is noticed yet. */
static void spoil(struct kunit *test, unsigned long handle)
{
	struct zs_place place;
	struct zs_zspage *zspage = zs_test_locate(test, handle, &place);
	size_t at = place.slot * zspage->class->geo->size + usable(test, handle);
	const u8 byte = 0x11;

	memcpy_to_page(zspage->pages[at / PAGE_SIZE], at % PAGE_SIZE, &byte, 1);
}

static void one_byte_too_many_is_found_when_unmapped(struct kunit *test)
{
	static const size_t sizes[] = SIZES;
	static unsigned long handles[ARRAY_SIZE(sizes)][20];
	unsigned int n, k;
	long found = 0;

	for (n = 0; n < ARRAY_SIZE(sizes); n++)
		for (k = 0; k < 20; k++) {
			handles[n][k] = zs_test_malloc(test, sizes[n]);
			zs_test_fill(test, handles[n][k], sizes[n], 20 * n + k);
		}
	KUNIT_EXPECT_EQ(test, damaged(test), 0L);
	for (n = 0; n < ARRAY_SIZE(sizes); n++)
		for (k = 0; k < 20; k++) {
			write_past(test, handles[n][k], 1 + k % ZS_RED_BYTES);
			KUNIT_ASSERT_EQ_MSG(test, damaged(test), ++found, "%zu bytes, %u",
					    sizes[n], k);
		}
	/* once each; nobody else's bytes were touched */
	for (n = 0; n < ARRAY_SIZE(sizes); n++)
		for (k = 0; k < 20; k++)
			zs_test_verify(test, handles[n][k], sizes[n], 20 * n + k);
	KUNIT_EXPECT_EQ(test, zs_check(test->priv), ZS_OK);
	for (n = 0; n < ARRAY_SIZE(sizes); n++)
		for (k = 0; k < 20; k++)
			zs_free(test->priv, handles[n][k]);
	KUNIT_EXPECT_EQ(test, damaged(test), found);
}

static void damage_is_found_by_whatever_comes_next(struct kunit *test)
{
	unsigned long handle = zs_test_malloc(test, 1000);

	spoil(test, handle);
	zs_test_fill(test, handle, 1000, 1);
	KUNIT_EXPECT_EQ(test, damaged(test), 1L);

	spoil(test, handle);
	KUNIT_ASSERT_NOT_NULL(test, zs_map_object(test->priv, handle, ZS_MM_RO));
	zs_unmap_object(test->priv, handle);
	KUNIT_EXPECT_EQ(test, damaged(test), 2L);

	spoil(test, handle);
	zs_free(test->priv, handle);
	KUNIT_EXPECT_EQ(test, damaged(test), 3L);
}

static void every_byte_that_was_asked_for_may_be_written(struct kunit *test)
{
	u8 *buf = kunit_kzalloc(test, PAGE_SIZE, GFP_KERNEL);
	size_t size;

	KUNIT_ASSERT_NOT_NULL(test, buf);
	memset(buf, 0x77, PAGE_SIZE);
	for (size = 1; size <= PAGE_SIZE; size++) {
		unsigned long handle = zs_test_malloc(test, size);
		enum zs_mapmode mode = size % 2 ? ZS_MM_RW : ZS_MM_WO;
		u8 *mem;

		KUNIT_ASSERT_GE(test, usable(test, handle), size);
		KUNIT_ASSERT_EQ(test, zs_obj_write(test->priv, handle, buf, size), 0);
		mem = zs_map_object(test->priv, handle, mode);
		KUNIT_ASSERT_NOT_NULL(test, mem);
		memset(mem, 0x78, size);
		zs_unmap_object(test->priv, handle);
		/* keep some, so that all slots of a chain are seen */
		if (size % 3)
			zs_free(test->priv, handle);
	}
	KUNIT_EXPECT_GT(test, zs_compact(test->priv), 0UL);
	KUNIT_EXPECT_EQ(test, damaged(test), 0L);
}

static void a_write_that_is_longer_than_the_object_is_refused(struct kunit *test)
{
	unsigned long handle = zs_test_malloc(test, 1000);
	size_t len = usable(test, handle);
	u8 *buf = kunit_kzalloc(test, PAGE_SIZE, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, buf);
	KUNIT_EXPECT_EQ(test, zs_obj_write(test->priv, handle, buf, len), 0);
	KUNIT_EXPECT_EQ(test, zs_obj_write(test->priv, handle, buf, len + 1), -EINVAL);
	KUNIT_EXPECT_NULL(test, zs_obj_read_begin(test->priv, handle, len + 1, buf));
	KUNIT_EXPECT_EQ(test, damaged(test), 0L);
	zs_free(test->priv, handle);
}

static size_t size_of(int n)
{
	return 1000 + n % 7 * 40;
}

static void a_moved_object_takes_its_red_zone_along(struct kunit *test)
{
	static unsigned long handles[300];
	long found, kept = 0;
	int n;

	for (n = 0; n < 300; n++) {
		handles[n] = zs_test_malloc(test, size_of(n));
		zs_test_fill(test, handles[n], size_of(n), n);
	}
	for (n = 0; n < 300; n++)
		if (n / 7 % 3) {
			zs_free(test->priv, handles[n]);
		} else {
			spoil(test, handles[n]);
			kept++;
		}

	/* what is moved is looked at, and has a whole one in its new place, larger or not */
	KUNIT_EXPECT_GT(test, zs_compact(test->priv), 10UL);
	found = damaged(test);
	KUNIT_EXPECT_GT(test, found, 20L);
	KUNIT_EXPECT_LT(test, found, kept);
	KUNIT_EXPECT_GT(test, zs_counted(test->priv, ZS_COUNT_SPILLED), 0L);
	for (n = 0; n < 300; n++)
		if (n / 7 % 3 == 0) {
			zs_test_verify(test, handles[n], size_of(n), n);
			zs_free(test->priv, handles[n]);
		}
	/* the others are found when they are freed: each once, none twice */
	KUNIT_EXPECT_EQ(test, damaged(test), kept);
}

static void an_object_of_a_whole_page_has_none(struct kunit *test)
{
	unsigned long handle = zs_test_malloc(test, PAGE_SIZE);
	size_t huge = zs_huge_class_size(test->priv);

	zs_test_fill(test, handle, PAGE_SIZE, 1);
	zs_test_verify(test, handle, PAGE_SIZE, 1);
	zs_free(test->priv, handle);
	KUNIT_EXPECT_EQ(test, damaged(test), 0L);

	/* and where that begins takes account of the others' */
	handle = zs_test_malloc(test, huge);
	KUNIT_EXPECT_EQ(test, usable(test, handle), PAGE_SIZE);
	zs_free(test->priv, handle);
	handle = zs_test_malloc(test, huge - 1);
	KUNIT_EXPECT_LT(test, usable(test, handle), PAGE_SIZE);
	zs_free(test->priv, handle);
}

static struct kunit_case redzone_cases[] = {
	KUNIT_CASE(one_byte_too_many_is_found_when_unmapped),
	KUNIT_CASE(damage_is_found_by_whatever_comes_next),
	KUNIT_CASE(every_byte_that_was_asked_for_may_be_written),
	KUNIT_CASE(a_write_that_is_longer_than_the_object_is_refused),
	KUNIT_CASE(a_moved_object_takes_its_red_zone_along),
	KUNIT_CASE(an_object_of_a_whole_page_has_none),
	{}
};

#else

static void without_the_option_all_of_a_slot_is_the_callers(struct kunit *test)
{
	u8 *buf = kunit_kzalloc(test, PAGE_SIZE, GFP_KERNEL);
	unsigned int nr;

	KUNIT_ASSERT_NOT_NULL(test, buf);
	for (nr = 0; nr < zs_class_count(); nr++) {
		size_t size = zs_class_geometry(nr)->size;
		unsigned long handle = zs_test_malloc(test, size);

		KUNIT_EXPECT_EQ(test, usable(test, handle), size);
		KUNIT_EXPECT_EQ(test, zs_obj_write(test->priv, handle, buf, size), 0);
		zs_free(test->priv, handle);
	}
	KUNIT_EXPECT_EQ(test, damaged(test), 0L);
}

static struct kunit_case redzone_cases[] = {
	KUNIT_CASE(without_the_option_all_of_a_slot_is_the_callers),
	{}
};

#endif

static struct kunit_suite redzone_suite = {
	.name = "zsmalloc_redzone",
	.init = red_init,
	.exit = zs_test_exit,
	.test_cases = redzone_cases,
};

kunit_test_suite(redzone_suite);
