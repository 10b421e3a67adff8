// SPDX-License-Identifier: GPL-2.0-only
/*
 * A block belongs to one page at a time, and to nobody else before its readers are
 * gone.
 */
#include <kunit/test.h>
#include <linux/bitops.h>
#include <linux/prandom.h>
#include <linux/slab.h>

#include "../blocks.h"

#define NR_BLOCKS	200
#define SEED		74363

static struct zram_blocks *make_blocks(struct kunit *test, unsigned long nr_blocks)
{
	struct zram_blocks *blocks = kunit_kzalloc(test, sizeof(*blocks), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, blocks);
	KUNIT_ASSERT_EQ(test, zram_blocks_init(blocks, nr_blocks), 0);
	return blocks;
}

static void every_block_but_the_first_is_had_once(struct kunit *test)
{
	struct zram_blocks *blocks = make_blocks(test, NR_BLOCKS);
	DECLARE_BITMAP(seen, NR_BLOCKS) = { };
	unsigned long block;
	unsigned int i;

	for (i = 1; i < NR_BLOCKS; i++) {
		block = zram_blocks_get(blocks);
		KUNIT_ASSERT_GT(test, block, 0UL);
		KUNIT_ASSERT_LT(test, block, (unsigned long)NR_BLOCKS);
		KUNIT_EXPECT_FALSE(test, __test_and_set_bit(block, seen));
	}
	KUNIT_EXPECT_EQ(test, zram_blocks_get(blocks), 0UL);
	KUNIT_EXPECT_EQ(test, atomic_long_read(&blocks->nr_used), (long)NR_BLOCKS - 1);

	/* One that comes back is had again, wherever it lies. */
	zram_blocks_put(blocks, 5);
	KUNIT_EXPECT_EQ(test, zram_blocks_get(blocks), 5UL);
	zram_blocks_put(blocks, NR_BLOCKS - 1);
	KUNIT_EXPECT_EQ(test, zram_blocks_get(blocks), (unsigned long)NR_BLOCKS - 1);
	zram_blocks_put(blocks, 1);
	KUNIT_EXPECT_EQ(test, zram_blocks_get(blocks), 1UL);
	KUNIT_EXPECT_EQ(test, zram_blocks_get(blocks), 0UL);
	for (i = 1; i < NR_BLOCKS; i++)
		zram_blocks_put(blocks, i);
	KUNIT_EXPECT_EQ(test, atomic_long_read(&blocks->nr_used), 0L);
	zram_blocks_destroy(blocks);
}

static void smallest_device_has_one_block(struct kunit *test)
{
	struct zram_blocks *blocks = make_blocks(test, 2);

	KUNIT_EXPECT_EQ(test, zram_blocks_get(blocks), 1UL);
	KUNIT_EXPECT_EQ(test, zram_blocks_get(blocks), 0UL);
	zram_blocks_put(blocks, 1);
	KUNIT_EXPECT_EQ(test, zram_blocks_get(blocks), 1UL);
	KUNIT_EXPECT_EQ(test, zram_blocks_drop(blocks), 1UL);
	KUNIT_EXPECT_EQ(test, zram_blocks_drop(blocks), 0UL);
	KUNIT_EXPECT_EQ(test, zram_blocks_get(blocks), 1UL);
	KUNIT_EXPECT_EQ(test, zram_blocks_get(blocks), 0UL);
	zram_blocks_put(blocks, 1);
	zram_blocks_destroy(blocks);
}

static void a_block_just_freed_is_not_the_next(struct kunit *test)
{
	struct zram_blocks *blocks = make_blocks(test, NR_BLOCKS);

	KUNIT_EXPECT_EQ(test, zram_blocks_get(blocks), 1UL);
	zram_blocks_put(blocks, 1);
	KUNIT_EXPECT_EQ(test, zram_blocks_get(blocks), 2UL);
	zram_blocks_put(blocks, 2);
	zram_blocks_destroy(blocks);
}

static void pinned_block_is_not_given_away(struct kunit *test)
{
	struct zram_blocks *blocks = make_blocks(test, 2);
	struct zram_pin first, second, third;
	unsigned long block = zram_blocks_get(blocks);

	zram_blocks_pin(blocks, &first, block);
	zram_blocks_pin(blocks, &second, block);
	zram_blocks_pin(blocks, &third, block);
	zram_blocks_put(blocks, block);
	KUNIT_EXPECT_EQ(test, zram_blocks_get(blocks), 0UL);
	/* In an order in which each may be the one that has to put it. */
	zram_blocks_unpin(blocks, &third);
	KUNIT_EXPECT_EQ(test, zram_blocks_get(blocks), 0UL);
	zram_blocks_unpin(blocks, &first);
	KUNIT_EXPECT_EQ(test, zram_blocks_get(blocks), 0UL);
	zram_blocks_unpin(blocks, &second);
	KUNIT_EXPECT_EQ(test, zram_blocks_get(blocks), block);

	/* Without a put the block stays with its slot. */
	zram_blocks_pin(blocks, &first, block);
	zram_blocks_unpin(blocks, &first);
	KUNIT_EXPECT_EQ(test, zram_blocks_get(blocks), 0UL);
	zram_blocks_put(blocks, block);
	zram_blocks_destroy(blocks);
}

/* Blocks of one bucket, any number of pins, against counters that anybody can check. */
static void pins_and_blocks_as_in_the_model(struct kunit *test)
{
	enum { PINS = 40 };
	struct zram_blocks *blocks = make_blocks(test, NR_BLOCKS);
	struct zram_pin *pins = kunit_kcalloc(test, PINS, sizeof(*pins), GFP_KERNEL);
	unsigned int *held = kunit_kcalloc(test, NR_BLOCKS, sizeof(*held), GFP_KERNEL);
	bool *owned = kunit_kcalloc(test, NR_BLOCKS, sizeof(*owned), GFP_KERNEL);
	bool pinned[PINS] = { };
	struct rnd_state rnd;
	unsigned int i, wrong = 0;

	KUNIT_ASSERT_NOT_NULL(test, pins);
	KUNIT_ASSERT_NOT_NULL(test, held);
	KUNIT_ASSERT_NOT_NULL(test, owned);
	prandom_seed_state(&rnd, SEED);
	for (i = 0; i < 20000; i++) {
		unsigned long block = prandom_u32_state(&rnd) % NR_BLOCKS;
		unsigned int pin = prandom_u32_state(&rnd) % PINS;

		switch (prandom_u32_state(&rnd) % 3) {
		case 0:
			block = zram_blocks_get(blocks);
			if (block) {
				wrong += owned[block] || held[block];
				owned[block] = true;
			}
			break;
		case 1:
			if (owned[block]) {
				zram_blocks_put(blocks, block);
				owned[block] = false;
			}
			break;
		default:
			if (pinned[pin]) {
				held[pins[pin].block]--;
				zram_blocks_unpin(blocks, &pins[pin]);
				pinned[pin] = false;
			} else if (owned[block]) {
				zram_blocks_pin(blocks, &pins[pin], block);
				held[block]++;
				pinned[pin] = true;
			}
		}
	}
	KUNIT_EXPECT_EQ(test, wrong, 0U);

	for (i = 0; i < PINS; i++)
		if (pinned[i])
			zram_blocks_unpin(blocks, &pins[i]);
	for (i = 1; i < NR_BLOCKS; i++)
		if (owned[i])
			zram_blocks_put(blocks, i);
	KUNIT_EXPECT_EQ(test, atomic_long_read(&blocks->nr_used), 0L);
	KUNIT_EXPECT_EQ(test, find_next_bit(blocks->used, NR_BLOCKS, 1), (unsigned long)NR_BLOCKS);
	zram_blocks_destroy(blocks);
}

static struct kunit_case blocks_cases[] = {
	KUNIT_CASE(every_block_but_the_first_is_had_once),
	KUNIT_CASE(smallest_device_has_one_block),
	KUNIT_CASE(a_block_just_freed_is_not_the_next),
	KUNIT_CASE(pinned_block_is_not_given_away),
	KUNIT_CASE(pins_and_blocks_as_in_the_model),
	{ }
};

static struct kunit_suite blocks_suite = {
	.name = "zram_blocks",
	.test_cases = blocks_cases,
};

kunit_test_suite(blocks_suite);
