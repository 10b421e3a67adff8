// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is used is not idle; what is old can be; and nobody is mistaken for
 * somebody else.
 */
#include <linux/delay.h>
#include <linux/time64.h>

#include "fixture.h"
#include "../page_io.h"
#include "../tracking.h"

#define NR_PAGES	(4 * ZRAM_SLOTS_PER_LEAF)

struct fixture {
	struct zram_store *store;
	struct rnd_state rnd;
	struct page *page;
};

static int make_fixture(struct kunit *test)
{
	struct fixture *fixture = kunit_kzalloc(test, sizeof(*fixture), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, fixture);
	test->priv = fixture;
	prandom_seed_state(&fixture->rnd, 7);
	fixture->page = alloc_page(GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, fixture->page);
	fixture->store = make_store(test, NR_PAGES, "lzo");
	return 0;
}

static void free_fixture(struct kunit *test)
{
	struct fixture *fixture = test->priv;

	if (!fixture)
		return;
	if (fixture->store)
		zram_store_destroy(fixture->store);
	if (fixture->page)
		__free_page(fixture->page);
}

static void write_page(struct kunit *test, unsigned long index, enum fill fill)
{
	struct fixture *fixture = test->priv;

	fill_page(page_address(fixture->page), fill, &fixture->rnd);
	KUNIT_ASSERT_EQ(test, zram_page_write(fixture->store, index, fixture->page), 0);
}

static bool is_idle(struct kunit *test, unsigned long index)
{
	struct fixture *fixture = test->priv;

	return atomic_read(&slot_of(test, fixture->store, index)->state) & ZRAM_IDLE;
}

/* Every slot of every leaf, the first and the last among them. */
static void slots_know_their_page(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	struct zram_slot *slot;
	unsigned long index;

	for (index = 0; index < NR_PAGES; index++) {
		slot = zram_table_get(&fixture->store->table, index, GFP_KERNEL);
		KUNIT_ASSERT_NOT_NULL(test, slot);
		KUNIT_EXPECT_EQ(test, zram_slot_index(slot), index);
	}
}

static void only_objects_become_idle(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	struct zram_slot *slot;

	write_page(test, 0, FILL_TEXT);
	write_page(test, 1, FILL_RANDOM);
	write_page(test, 2, FILL_WORD);
	write_page(test, 3, FILL_TEXT);
	zram_page_free_range(fixture->store, 3, 4);
	/* A page on a backing device, as far as anybody can tell. */
	slot = zram_table_get(&fixture->store->table, 4, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, slot);
	atomic_or(ZRAM_WB | 100, &slot->state);

	zram_tracking_mark_idle(fixture->store, 0);
	KUNIT_EXPECT_TRUE(test, is_idle(test, 0));
	KUNIT_EXPECT_TRUE(test, is_idle(test, 1));
	KUNIT_EXPECT_FALSE(test, is_idle(test, 2));
	KUNIT_EXPECT_FALSE(test, is_idle(test, 3));
	KUNIT_EXPECT_FALSE(test, is_idle(test, 4));
	atomic_andnot(ZRAM_WB | 100, &slot->state);
}

static void use_takes_the_mark_away(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	struct zram_store *store = fixture->store;
	u8 byte = 1;
	unsigned long i;

	for (i = 0; i < 6; i++)
		write_page(test, i, FILL_TEXT);
	zram_tracking_mark_idle(store, 0);

	KUNIT_EXPECT_EQ(test, zram_page_read(store, 0, fixture->page), 0);
	KUNIT_EXPECT_EQ(test, zram_page_read_part(store, 1, 17, &byte, 1), 0);
	KUNIT_EXPECT_EQ(test, zram_page_write_part(store, 2, 17, &byte, 1), 0);
	write_page(test, 3, FILL_TEXT);
	zram_page_free_atomic(store, 4);
	for (i = 0; i < 5; i++)
		KUNIT_EXPECT_FALSE_MSG(test, is_idle(test, i), "page %lu", i);
	KUNIT_EXPECT_TRUE(test, is_idle(test, 5));
}

static void looking_is_no_use(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	struct zram_store *store = fixture->store;
	struct zram_slot *slot;

	write_page(test, 9, FILL_TEXT);
	zram_tracking_mark_idle(store, 0);
	slot = slot_of(test, store, 9);
	zram_slot_lock(&store->table, slot);
	zram_page_unlock(store, slot);
	KUNIT_EXPECT_TRUE(test, is_idle(test, 9));
}

#ifdef CONFIG_ZRAM_TRACK_ENTRY_ACTIME
static void ages_are_rounded_up_and_have_an_end(struct kunit *test)
{
	const u64 longest = div_u64((u64)U32_MAX << ZRAM_TIME_SHIFT, NSEC_PER_SEC);
	u64 seconds;

	KUNIT_EXPECT_EQ(test, zram_tracking_units(0), 0ULL);
	for (seconds = 1; seconds <= longest; seconds = seconds * 3 + 1) {
		u64 ns = zram_tracking_units(seconds) << ZRAM_TIME_SHIFT;

		KUNIT_EXPECT_GE(test, ns, seconds * NSEC_PER_SEC);
		KUNIT_EXPECT_LT(test, ns - seconds * NSEC_PER_SEC, 1ULL << ZRAM_TIME_SHIFT);
	}
	KUNIT_EXPECT_LE(test, zram_tracking_units(longest), (u64)U32_MAX);
	KUNIT_EXPECT_GT(test, zram_tracking_units(longest + 1), (u64)U32_MAX);
	KUNIT_EXPECT_GT(test, zram_tracking_units(U64_MAX), (u64)U32_MAX);
}

/* The time of a page is set back, also to before boot, where the count wraps. */
static void only_old_pages_become_idle(struct kunit *test)
{
	static const u32 ages[] = { 0, 30, 1000, 100000, U32_MAX / 2, U32_MAX - 1000 };
	struct fixture *fixture = test->priv;
	unsigned int i, j;

	for (j = 0; j < ARRAY_SIZE(ages); j++) {
		u64 seconds = ((u64)ages[j] << ZRAM_TIME_SHIFT) / NSEC_PER_SEC;

		for (i = 0; i < ARRAY_SIZE(ages); i++) {
			write_page(test, i, FILL_TEXT);
			*zram_tracking_cell(slot_of(test, fixture->store, i)) -= ages[i];
		}
		zram_tracking_mark_idle(fixture->store, seconds);
		for (i = 0; i < ARRAY_SIZE(ages); i++)
			KUNIT_EXPECT_EQ_MSG(test, is_idle(test, i), i >= j, "%u units, %llu s",
					    ages[i], seconds);
	}
	zram_tracking_mark_idle(fixture->store, U64_MAX);
	KUNIT_EXPECT_FALSE(test, is_idle(test, 0));
}

static void time_is_that_of_the_last_use(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	const u64 unit = 1ULL << ZRAM_TIME_SHIFT;
	struct zram_slot *slot;
	u64 before, written, read;

	/* The coarse clock is as late as the tick of a busy host. */
	before = ktime_get_coarse_boottime_ns();
	write_page(test, 5, FILL_TEXT);
	slot = slot_of(test, fixture->store, 5);
	written = zram_tracking_time(slot);
	KUNIT_EXPECT_GT(test, written + unit, before);
	KUNIT_EXPECT_LE(test, written, ktime_get_boottime_ns());

	msleep(150);
	KUNIT_EXPECT_EQ(test, zram_tracking_time(slot), written);
	KUNIT_EXPECT_EQ(test, zram_page_read(fixture->store, 5, fixture->page), 0);
	read = zram_tracking_time(slot);
	KUNIT_EXPECT_GT(test, read, written);
	KUNIT_EXPECT_EQ(test, read % unit, 0ULL);
}

/* No two slots of a leaf share a time, and no time is part of a slot. */
static void times_are_apart(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	void *first, *last;
	unsigned long i;

	for (i = 1; i < ZRAM_SLOTS_PER_LEAF; i++) {
		struct zram_slot *one = zram_table_get(&fixture->store->table, i - 1, GFP_KERNEL);
		struct zram_slot *two = zram_table_get(&fixture->store->table, i, GFP_KERNEL);

		KUNIT_ASSERT_NOT_NULL(test, one);
		KUNIT_EXPECT_PTR_EQ(test, zram_tracking_cell(one) + 1, zram_tracking_cell(two));
	}
	first = zram_tracking_cell(slot_of(test, fixture->store, 0));
	last = zram_tracking_cell(slot_of(test, fixture->store, ZRAM_SLOTS_PER_LEAF - 1));
	KUNIT_EXPECT_PTR_EQ(test, first,
			    (void *)(slot_of(test, fixture->store, ZRAM_SLOTS_PER_LEAF - 1) + 1));
	KUNIT_EXPECT_LE(test, offset_in_page(last) + sizeof(u32), PAGE_SIZE);
}
#endif

static struct kunit_case tracking_cases[] = {
	KUNIT_CASE(slots_know_their_page),
	KUNIT_CASE(only_objects_become_idle),
	KUNIT_CASE(use_takes_the_mark_away),
	KUNIT_CASE(looking_is_no_use),
#ifdef CONFIG_ZRAM_TRACK_ENTRY_ACTIME
	KUNIT_CASE(ages_are_rounded_up_and_have_an_end),
	KUNIT_CASE(only_old_pages_become_idle),
	KUNIT_CASE(time_is_that_of_the_last_use),
	KUNIT_CASE(times_are_apart),
#endif
	{ }
};

static struct kunit_suite tracking_suite = {
	.name = "zram_tracking",
	.init = make_fixture,
	.exit = free_fixture,
	.test_cases = tracking_cases,
};

kunit_test_suite(tracking_suite);
