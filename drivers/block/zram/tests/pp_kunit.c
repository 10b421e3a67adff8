// SPDX-License-Identifier: GPL-2.0-only
/*
 * Work on a slot counts only if nothing happened to the slot meanwhile.
 */
#include <kunit/test.h>
#include <linux/gfp.h>

#include "../pp.h"

static const struct zram_content nothing;
static const struct zram_content object = { .value = 0x1000, .bits = 100 };
static const struct zram_content other = { .value = 0x2000, .bits = 100 };
static const struct zram_content word = { .value = 0x55, .bits = ZRAM_SAME };
static const struct zram_content block = { .value = 7, .bits = PAGE_SIZE | ZRAM_WB };

struct pp_fixture {
	struct zram_table table;
	struct zram_slot *slot;
};

static int lock_a_slot(struct kunit *test)
{
	struct pp_fixture *f = kunit_kzalloc(test, sizeof(*f), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, f);
	test->priv = f;
	zram_table_init(&f->table, 16);
	f->slot = zram_table_get(&f->table, 3, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, f->slot);
	zram_slot_lock(&f->table, f->slot);
	return 0;
}

static void unlock_the_slot(struct kunit *test)
{
	struct pp_fixture *f = test->priv;

	if (!f || !f->slot)
		return;
	zram_slot_replace(f->slot, &nothing);
	zram_slot_unlock(&f->table, f->slot);
	zram_table_destroy(&f->table);
}

static void only_objects_are_worked_on(struct kunit *test)
{
	struct pp_fixture *f = test->priv;
	struct zram_pp pp;

	KUNIT_EXPECT_FALSE(test, zram_pp_begin(f->slot, &pp));
	zram_slot_replace(f->slot, &word);
	KUNIT_EXPECT_FALSE(test, zram_pp_begin(f->slot, &pp));
	zram_slot_replace(f->slot, &block);
	KUNIT_EXPECT_FALSE(test, zram_pp_begin(f->slot, &pp));
	zram_slot_replace(f->slot, &object);
	KUNIT_EXPECT_TRUE(test, zram_pp_begin(f->slot, &pp));
}

static void one_at_a_time(struct kunit *test)
{
	struct pp_fixture *f = test->priv;
	struct zram_pp one, two;

	zram_slot_replace(f->slot, &object);
	KUNIT_EXPECT_TRUE(test, zram_pp_begin(f->slot, &one));
	KUNIT_EXPECT_FALSE(test, zram_pp_begin(f->slot, &two));
	KUNIT_EXPECT_TRUE(test, zram_pp_end(&one));
	KUNIT_EXPECT_FALSE(test, zram_pp_end(&one));
	KUNIT_EXPECT_TRUE(test, zram_pp_begin(f->slot, &two));
	KUNIT_EXPECT_EQ(test, two.content.value, object.value);
	KUNIT_EXPECT_TRUE(test, zram_pp_end(&two));
}

static void a_change_makes_the_work_void(struct kunit *test)
{
	const struct zram_content *changes[] = { &nothing, &other, &word, &block, &object };
	struct pp_fixture *f = test->priv;
	struct zram_pp pp;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(changes); i++) {
		zram_slot_replace(f->slot, &object);
		KUNIT_ASSERT_TRUE(test, zram_pp_begin(f->slot, &pp));
		zram_slot_replace(f->slot, changes[i]);
		KUNIT_EXPECT_FALSE_MSG(test, zram_pp_end(&pp), "change %u", i);
	}
}

static void the_work_of_the_next_is_left_alone(struct kunit *test)
{
	struct pp_fixture *f = test->priv;
	struct zram_pp one, two;
	unsigned int changes;

	/* As many changes as the sequence has values bring the old one back. */
	for (changes = 1; changes <= 4; changes++) {
		unsigned int i;

		zram_slot_replace(f->slot, &object);
		KUNIT_ASSERT_TRUE(test, zram_pp_begin(f->slot, &one));
		for (i = 0; i < changes; i++)
			zram_slot_replace(f->slot, &other);
		KUNIT_ASSERT_TRUE(test, zram_pp_begin(f->slot, &two));
		KUNIT_EXPECT_FALSE(test, zram_pp_end(&one));
		KUNIT_EXPECT_TRUE(test, atomic_read(&f->slot->state) & ZRAM_PP);
		KUNIT_EXPECT_TRUE(test, zram_pp_end(&two));
	}
}

static void reading_and_marking_do_not_matter(struct kunit *test)
{
	struct pp_fixture *f = test->priv;
	struct zram_pp pp;

	zram_slot_replace(f->slot, &object);
	KUNIT_ASSERT_TRUE(test, zram_pp_begin(f->slot, &pp));
	KUNIT_EXPECT_TRUE(test, zram_slot_unlock(&f->table, f->slot));
	zram_slot_lock(&f->table, f->slot);
	atomic_or(ZRAM_IDLE, &f->slot->state);
	KUNIT_EXPECT_TRUE(test, zram_pp_end(&pp));
	KUNIT_EXPECT_TRUE(test, atomic_read(&f->slot->state) & ZRAM_IDLE);
}

static struct kunit_case pp_cases[] = {
	KUNIT_CASE(only_objects_are_worked_on),
	KUNIT_CASE(one_at_a_time),
	KUNIT_CASE(a_change_makes_the_work_void),
	KUNIT_CASE(the_work_of_the_next_is_left_alone),
	KUNIT_CASE(reading_and_marking_do_not_matter),
	{ }
};

static struct kunit_suite pp_suite = {
	.name = "zram_pp",
	.init = lock_a_slot,
	.exit = unlock_the_slot,
	.test_cases = pp_cases,
};

kunit_test_suite(pp_suite);
