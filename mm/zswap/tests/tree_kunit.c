// SPDX-License-Identifier: GPL-2.0-only
/*
 * An entry is live from insertion until it is dropped or replaced, and no longer.
 */
#include <linux/swap.h>

#include "../group.h"
#include "../stats.h"
#include "../tree.h"
#include "fixture.h"

/* Live entries, and those of them that have no object. */
static void expect_counts(struct kunit *test, int stored, unsigned long same)
{
	KUNIT_EXPECT_EQ(test, atomic_read(&zswap_stored_pages), stored);
	KUNIT_EXPECT_EQ(test, zswap_stat(ZSWAP_SAME_FILLED_PAGES), same);
}

static void finds_what_was_inserted(struct kunit *test)
{
	struct zswap_tree tree;
	struct zswap_entry *one, *two, *found;

	zswap_tree_init(&tree);
	one = zswap_test_entry(test, 1, true);
	two = zswap_test_entry(test, 1000000, false);
	KUNIT_EXPECT_EQ(test, zswap_tree_insert(&tree, one), 0);
	KUNIT_EXPECT_EQ(test, zswap_tree_insert(&tree, two), 0);
	expect_counts(test, 2, 1);
	KUNIT_EXPECT_FALSE(test, list_empty(&one->lru));
	KUNIT_EXPECT_TRUE(test, list_empty(&two->lru));

	found = zswap_tree_get(&tree, 1);
	KUNIT_EXPECT_PTR_EQ(test, found, one);
	KUNIT_EXPECT_EQ(test, refcount_read(&one->refs), 3);
	zswap_entry_put(found);
	KUNIT_EXPECT_TRUE(test, zswap_tree_holds(&tree, two));
	KUNIT_EXPECT_NULL(test, zswap_tree_get(&tree, 2));

	zswap_tree_clear(&tree);
	expect_counts(test, 0, 0);
	KUNIT_EXPECT_FALSE(test, zswap_tree_holds(&tree, two));
	KUNIT_EXPECT_TRUE(test, list_empty(&one->lru));
	KUNIT_EXPECT_EQ(test, refcount_read(&one->refs), 1);
	zswap_entry_put(one);
	zswap_entry_put(two);
}

static void newer_entry_replaces_older(struct kunit *test)
{
	unsigned long duplicates = zswap_stat(ZSWAP_DUPLICATE_ENTRY);
	struct zswap_entry *older, *newer;
	struct zswap_tree tree;

	zswap_tree_init(&tree);
	older = zswap_test_entry(test, 5, true);
	newer = zswap_test_entry(test, 5, false);
	KUNIT_EXPECT_EQ(test, zswap_tree_insert(&tree, older), 0);
	KUNIT_EXPECT_EQ(test, zswap_tree_insert(&tree, newer), 0);
	expect_counts(test, 1, 1);
	KUNIT_EXPECT_EQ(test, zswap_stat(ZSWAP_DUPLICATE_ENTRY), duplicates + 1);
	KUNIT_EXPECT_FALSE(test, zswap_tree_holds(&tree, older));
	KUNIT_EXPECT_TRUE(test, list_empty(&older->lru));

	/* Who still has the older one in hand does not harm the newer one. */
	KUNIT_EXPECT_FALSE(test, zswap_tree_drop_entry(&tree, older));
	KUNIT_EXPECT_TRUE(test, zswap_tree_holds(&tree, newer));
	KUNIT_EXPECT_TRUE(test, zswap_tree_drop_entry(&tree, newer));
	KUNIT_EXPECT_FALSE(test, zswap_tree_drop_entry(&tree, newer));
	expect_counts(test, 0, 0);
	zswap_entry_put(older);
	zswap_entry_put(newer);
}

static void drops_once(struct kunit *test)
{
	struct zswap_entry *entry;
	struct zswap_tree tree;

	zswap_tree_init(&tree);
	KUNIT_EXPECT_FALSE(test, zswap_tree_drop(&tree, 7));
	entry = zswap_test_entry(test, 7, true);
	KUNIT_EXPECT_EQ(test, zswap_tree_insert(&tree, entry), 0);
	zswap_entry_put(entry);
	KUNIT_EXPECT_FALSE(test, zswap_tree_drop(&tree, 8));
	KUNIT_EXPECT_TRUE(test, zswap_tree_drop(&tree, 7));
	KUNIT_EXPECT_FALSE(test, zswap_tree_drop(&tree, 7));
	expect_counts(test, 0, 0);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(finds_what_was_inserted),
	KUNIT_CASE(newer_entry_replaces_older),
	KUNIT_CASE(drops_once),
	{ }
};

static struct kunit_suite suite = {
	.name = "zswap_tree",
	.init = zswap_test_init,
	.exit = zswap_test_exit,
	.test_cases = cases,
};

kunit_test_suite(suite);
