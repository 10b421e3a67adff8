// SPDX-License-Identifier: GPL-2.0-only
/*
 * The table is as sparse as it says, and a slot changes the way it says.
 */
#include <kunit/test.h>
#include <linux/gfp.h>

#include "../slot.h"

static const struct zram_content nothing;

static void empty_table_costs_nothing(struct kunit *test)
{
	struct zram_table table;

	zram_table_init(&table, ULONG_MAX);
	KUNIT_EXPECT_EQ(test, atomic_long_read(&table.nr_leaves), 0L);
	KUNIT_EXPECT_PTR_EQ(test, zram_table_find(&table, 0), NULL);
	KUNIT_EXPECT_PTR_EQ(test, zram_table_find(&table, ULONG_MAX - 1), NULL);
	zram_table_destroy(&table);
}

static void leaf_appears_with_its_first_slot(struct kunit *test)
{
	const unsigned long last = 5 * ZRAM_SLOTS_PER_LEAF - 1;
	struct zram_table table;
	struct zram_slot *slot;

	zram_table_init(&table, ULONG_MAX);
	slot = zram_table_get(&table, last, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, slot);
	KUNIT_EXPECT_EQ(test, atomic_read(&slot->state), 0);
	KUNIT_EXPECT_EQ(test, slot->value, 0UL);
	KUNIT_EXPECT_EQ(test, atomic_long_read(&table.nr_leaves), 1L);

	/* The whole leaf is there, its neighbours are not. */
	KUNIT_EXPECT_PTR_EQ(test, zram_table_find(&table, last), slot);
	KUNIT_EXPECT_PTR_EQ(test, zram_table_find(&table, last - ZRAM_SLOTS_PER_LEAF + 1),
			    slot - ZRAM_SLOTS_PER_LEAF + 1);
	KUNIT_EXPECT_PTR_EQ(test, zram_table_find(&table, last + 1), NULL);
	KUNIT_EXPECT_PTR_EQ(test, zram_table_find(&table, last - ZRAM_SLOTS_PER_LEAF), NULL);

	KUNIT_EXPECT_PTR_EQ(test, zram_table_get(&table, last, GFP_KERNEL), slot);
	KUNIT_EXPECT_EQ(test, atomic_long_read(&table.nr_leaves), 1L);

	/* An index that needs every bit of a long. */
	slot = zram_table_get(&table, ULONG_MAX - 1, GFP_KERNEL);
	KUNIT_EXPECT_NOT_NULL(test, slot);
	KUNIT_EXPECT_PTR_EQ(test, zram_table_find(&table, ULONG_MAX - 1), slot);
	KUNIT_EXPECT_EQ(test, atomic_long_read(&table.nr_leaves), 2L);
	zram_table_destroy(&table);
}

static void nothing_is_beyond_the_end(struct kunit *test)
{
	struct zram_table table;

	zram_table_init(&table, 10);
	KUNIT_EXPECT_NOT_NULL(test, zram_table_get(&table, 9, GFP_KERNEL));
	/* In the same leaf, and yet not on the disk. */
	KUNIT_EXPECT_PTR_EQ(test, zram_table_get(&table, 10, GFP_KERNEL), NULL);
	KUNIT_EXPECT_PTR_EQ(test, zram_table_find(&table, 10), NULL);
	KUNIT_EXPECT_PTR_EQ(test, zram_table_get(&table, ULONG_MAX, GFP_KERNEL), NULL);
	KUNIT_EXPECT_EQ(test, atomic_long_read(&table.nr_leaves), 1L);

	zram_table_destroy(&table);
	KUNIT_EXPECT_PTR_EQ(test, zram_table_find(&table, 9), NULL);
	KUNIT_EXPECT_EQ(test, atomic_long_read(&table.nr_leaves), 0L);
}

static void walk_skips_what_is_not_there(struct kunit *test)
{
	const unsigned long far = 1000 * ZRAM_SLOTS_PER_LEAF + 7;
	struct zram_slot *near_slot, *far_slot;
	struct zram_table table;
	unsigned long index;

	zram_table_init(&table, far + 1);
	near_slot = zram_table_get(&table, 3, GFP_KERNEL);
	far_slot = zram_table_get(&table, far, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, near_slot);
	KUNIT_ASSERT_NOT_NULL(test, far_slot);

	index = 3;
	KUNIT_EXPECT_PTR_EQ(test, zram_table_next(&table, &index, ULONG_MAX), near_slot);
	KUNIT_EXPECT_EQ(test, index, 3UL);

	index = ZRAM_SLOTS_PER_LEAF;
	KUNIT_EXPECT_PTR_EQ(test, zram_table_next(&table, &index, ULONG_MAX), far_slot - 7);
	KUNIT_EXPECT_EQ(test, index, far - 7);

	/* The end may lie before, in, or after a leaf. */
	index = ZRAM_SLOTS_PER_LEAF;
	KUNIT_EXPECT_PTR_EQ(test, zram_table_next(&table, &index, far - 7), NULL);
	index = far;
	KUNIT_EXPECT_PTR_EQ(test, zram_table_next(&table, &index, far), NULL);
	index = far + 1;
	KUNIT_EXPECT_PTR_EQ(test, zram_table_next(&table, &index, ULONG_MAX), NULL);
	zram_table_destroy(&table);
}

static void content_changes_and_the_lock_stays(struct kunit *test)
{
	const struct zram_content word = { .value = 0x5a5a, .bits = ZRAM_SAME };
	const struct zram_content object = {
		.value = 77,
		.bits = PAGE_SIZE | ZRAM_HUGE | ZRAM_PRIO_MASK,
		.checksum = 0xdeadbeef,
	};
	struct zram_slot slot = { };
	struct zram_content old;

	atomic_set(&slot.state, ZRAM_LOCKED | ZRAM_WAITERS | ZRAM_PENDING_FREE);
	old = zram_slot_replace(&slot, &word);
	KUNIT_EXPECT_TRUE(test, zram_content_empty(&old));
	KUNIT_EXPECT_EQ(test, (u32)atomic_read(&slot.state),
			(u32)(ZRAM_LOCK_MASK | ZRAM_SAME | ZRAM_SEQ_ONE));

	/* Marks of the policies were about the old content. */
	atomic_or(ZRAM_IDLE | ZRAM_PP, &slot.state);
	old = zram_slot_replace(&slot, &object);
	KUNIT_EXPECT_EQ(test, old.value, 0x5a5aUL);
	KUNIT_EXPECT_EQ(test, old.bits, (u32)ZRAM_SAME);
	KUNIT_EXPECT_EQ(test, zram_content_size(&old), 0U);
	KUNIT_EXPECT_EQ(test, (u32)atomic_read(&slot.state),
			(u32)(ZRAM_LOCK_MASK | object.bits | 2 * ZRAM_SEQ_ONE));

	old = zram_slot_replace(&slot, &nothing);
	KUNIT_EXPECT_EQ(test, old.value, 77UL);
	KUNIT_EXPECT_EQ(test, old.checksum, 0xdeadbeefU);
	KUNIT_EXPECT_EQ(test, zram_content_size(&old), (unsigned int)PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, (u32)atomic_read(&slot.state),
			(u32)(ZRAM_LOCK_MASK | ZRAM_SEQ_MASK));

	/* The sequence comes round and spills into nothing. */
	zram_slot_replace(&slot, &nothing);
	KUNIT_EXPECT_EQ(test, (u32)atomic_read(&slot.state), (u32)ZRAM_LOCK_MASK);
}

static void free_of_a_locked_slot_is_left_to_its_owner(struct kunit *test)
{
	struct zram_table table;
	struct zram_slot *slot;

	zram_table_init(&table, 1);
	slot = zram_table_get(&table, 0, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, slot);

	KUNIT_EXPECT_TRUE(test, zram_slot_lock_or_defer(&table, slot));
	KUNIT_EXPECT_FALSE(test, zram_slot_lock_or_defer(&table, slot));
	KUNIT_EXPECT_FALSE(test, zram_slot_lock_or_defer(&table, slot));

	/* Told once, and still the owner. */
	KUNIT_EXPECT_FALSE(test, zram_slot_unlock(&table, slot));
	KUNIT_EXPECT_EQ(test, atomic_read(&slot->state), (int)ZRAM_LOCKED);
	/* Another may arrive while the first is seen to. */
	KUNIT_EXPECT_FALSE(test, zram_slot_lock_or_defer(&table, slot));
	KUNIT_EXPECT_FALSE(test, zram_slot_unlock(&table, slot));

	KUNIT_EXPECT_TRUE(test, zram_slot_unlock(&table, slot));
	KUNIT_EXPECT_EQ(test, atomic_read(&slot->state), 0);
	zram_table_destroy(&table);
}

static struct kunit_case slot_cases[] = {
	KUNIT_CASE(empty_table_costs_nothing),
	KUNIT_CASE(leaf_appears_with_its_first_slot),
	KUNIT_CASE(nothing_is_beyond_the_end),
	KUNIT_CASE(walk_skips_what_is_not_there),
	KUNIT_CASE(content_changes_and_the_lock_stays),
	KUNIT_CASE(free_of_a_locked_slot_is_left_to_its_owner),
	{ }
};

static struct kunit_suite slot_suite = {
	.name = "zram_slot",
	.test_cases = slot_cases,
};

kunit_test_suite(slot_suite);
