// SPDX-License-Identifier: GPL-2.0-only
/* Which class serves N bytes, as a specification. */
#include <kunit/test.h>

#include "../size_class.h"
#include "../zspage.h"

static void smallest_slot_that_holds_the_size(struct kunit *test)
{
	size_t size;

	for (size = 1; size <= PAGE_SIZE; size++) {
		unsigned int nr = zs_class_of(size);

		KUNIT_ASSERT_LT(test, nr, zs_class_count());
		KUNIT_ASSERT_GE(test, (size_t)zs_class_geometry(nr)->size, size);
		if (nr)
			KUNIT_ASSERT_LT(test, (size_t)zs_class_geometry(nr - 1)->size, size);
	}
}

static void slots_fit_their_chain(struct kunit *test)
{
	unsigned int nr;

	for (nr = 0; nr < zs_class_count(); nr++) {
		const struct zs_geometry *geo = zs_class_geometry(nr);

		KUNIT_ASSERT_TRUE(test, IS_ALIGNED(geo->size, ZS_ALIGN));
		KUNIT_ASSERT_GE(test, geo->size, (u32)ZS_MIN_SIZE);
		KUNIT_ASSERT_GE(test, geo->pages, (u8)1);
		KUNIT_ASSERT_LE(test, geo->pages, (u8)ZS_MAX_CHAIN);
		KUNIT_ASSERT_LE(test, geo->slots * geo->size, geo->pages * (u32)PAGE_SIZE);
		KUNIT_ASSERT_LE(test, zs_zspage_bytes(geo), PAGE_SIZE);
		/* stretched: ZS_ALIGN more in each slot would not fit */
		KUNIT_ASSERT_GT(test, geo->slots * (geo->size + ZS_ALIGN),
				geo->pages * (u32)PAGE_SIZE);
	}
}

static void each_class_is_cheaper_than_the_next(struct kunit *test)
{
	unsigned int nr;

	for (nr = 1; nr < zs_class_count(); nr++) {
		const struct zs_geometry *small = zs_class_geometry(nr - 1);
		const struct zs_geometry *large = zs_class_geometry(nr);

		KUNIT_ASSERT_LT(test, small->size, large->size);
		KUNIT_ASSERT_LE(test, (u64)small->pages * large->slots * 1000,
				(u64)large->pages * small->slots * 996);
	}
}

static void waste_inside_a_slot_is_bounded(struct kunit *test)
{
	size_t size;
	u64 cost = 0, asked = 0;

	if (PAGE_SIZE != 4096)
		kunit_skip(test, "figures are for 4K pages");
	KUNIT_EXPECT_EQ(test, zs_class_count(), 276U);

	for (size = 512; size <= 3072; size++) {
		const struct zs_geometry *geo = zs_class_geometry(zs_class_of(size));

		cost += geo->pages * PAGE_SIZE * 1000 / geo->slots;
		asked += size * 1000;
	}
	/* the range where most compressed pages are: below 1 % of rounding in all */
	KUNIT_EXPECT_LT(test, cost * 100, asked * 101);
}

static void huge_starts_where_a_page_is_the_cost(struct kunit *test)
{
	size_t huge = zs_class_huge_size();

	KUNIT_EXPECT_EQ(test, zs_class_of(huge), zs_class_count() - 1);
	KUNIT_EXPECT_EQ(test, zs_class_of(huge - 1), zs_class_count() - 2);
	KUNIT_EXPECT_EQ(test, zs_class_geometry(zs_class_of(huge))->slots, (u16)1);
	KUNIT_EXPECT_EQ(test, zs_class_geometry(zs_class_of(huge))->size, (u32)PAGE_SIZE);
}

static void capacity_grows_with_every_page(struct kunit *test)
{
	unsigned int nr, pages;

	for (nr = 0; nr < zs_class_count(); nr++) {
		const struct zs_geometry *geo = zs_class_geometry(nr);

		KUNIT_ASSERT_EQ(test, zs_class_capacity(geo, 0), 0U);
		KUNIT_ASSERT_EQ(test, zs_class_capacity(geo, geo->pages), (unsigned int)geo->slots);
		for (pages = 1; pages <= geo->pages; pages++)
			KUNIT_ASSERT_GT(test, zs_class_capacity(geo, pages),
					zs_class_capacity(geo, pages - 1));
	}
}

static void packed_pages(struct kunit *test)
{
	/* 5 slots of 3272 bytes in 4 pages, were there such a class */
	const struct zs_geometry geo = {
		.size = PAGE_SIZE / 5 * 4, .slots = 5, .pages = 4
	};

	KUNIT_EXPECT_EQ(test, zs_class_packed(&geo, 0), 0UL);
	KUNIT_EXPECT_EQ(test, zs_class_packed(&geo, 1), 1UL);
	KUNIT_EXPECT_EQ(test, zs_class_packed(&geo, 2), 2UL);
	KUNIT_EXPECT_EQ(test, zs_class_packed(&geo, 4), 4UL);
	KUNIT_EXPECT_EQ(test, zs_class_packed(&geo, 5), 4UL);
	KUNIT_EXPECT_EQ(test, zs_class_packed(&geo, 6), 5UL);
	KUNIT_EXPECT_EQ(test, zs_class_packed(&geo, 5000), 4000UL);
}

static struct kunit_case size_class_cases[] = {
	KUNIT_CASE(smallest_slot_that_holds_the_size),
	KUNIT_CASE(slots_fit_their_chain),
	KUNIT_CASE(each_class_is_cheaper_than_the_next),
	KUNIT_CASE(waste_inside_a_slot_is_bounded),
	KUNIT_CASE(huge_starts_where_a_page_is_the_cost),
	KUNIT_CASE(capacity_grows_with_every_page),
	KUNIT_CASE(packed_pages),
	{}
};

static struct kunit_suite size_class_suite = {
	.name = "zsmalloc_size_class",
	.test_cases = size_class_cases,
};

kunit_test_suite(size_class_suite);
