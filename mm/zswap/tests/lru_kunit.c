// SPDX-License-Identifier: GPL-2.0-only
/*
 * The oldest goes first; what was used is spared once; what was spared is the youngest.
 */
#include "../group.h"
#include "../lru.h"
#include "../writeback.h"
#include "fixture.h"

#define NR 4

struct lru_test {
	struct zswap_entry *entry[NR];
	struct zswap_lru *lru;
	int nid;
};

static void add_all(struct kunit *test, struct lru_test *t)
{
	int i;

	t->nid = first_online_node;
	for (i = 0; i < NR; i++) {
		/* No swap area has a slot 0: a victim can be chosen and not be had. */
		t->entry[i] = zswap_test_entry(test, 0, false);
		t->lru = &t->entry[i]->group->lru[t->nid];
		if (!i)
			KUNIT_ASSERT_EQ(test, zswap_lru_nr(t->lru), 0);
		zswap_lru_add(t->entry[i]);
	}
	KUNIT_EXPECT_EQ(test, zswap_lru_nr(t->lru), NR);
}

static void remove_all(struct kunit *test, struct lru_test *t)
{
	int i;

	for (i = 0; i < NR; i++) {
		zswap_lru_del(t->entry[i]);
		KUNIT_EXPECT_TRUE(test, list_empty(&t->entry[i]->lru));
		/* It may have been taken out for being damaged before. */
		zswap_lru_del(t->entry[i]);
		zswap_entry_put(t->entry[i]);
	}
}

/* From the oldest to the youngest. */
static void expect_order(struct kunit *test, struct lru_test *t, const int order[NR])
{
	struct zswap_entry *entry;
	int i = 0;

	list_for_each_entry_reverse(entry, &t->lru->list, lru) {
		KUNIT_ASSERT_LT(test, i, NR);
		KUNIT_EXPECT_PTR_EQ_MSG(test, entry, t->entry[order[i]], "place %d", i);
		i++;
	}
	KUNIT_EXPECT_EQ(test, i, NR);
}

static void first_to_be_added_is_oldest(struct kunit *test)
{
	struct zswap_victim victim;
	struct lru_test t;

	add_all(test, &t);
	expect_order(test, &t, (const int[]){ 0, 1, 2, 3 });
	KUNIT_EXPECT_EQ(test, zswap_lru_pick(t.lru, true, &victim), ZSWAP_PICK_SPARED);
	expect_order(test, &t, (const int[]){ 1, 2, 3, 0 });
	remove_all(test, &t);
	KUNIT_EXPECT_EQ(test, zswap_lru_nr(t.lru), 0);
	KUNIT_EXPECT_EQ(test, zswap_lru_pick(t.lru, true, &victim), ZSWAP_PICK_EMPTY);
}

static void used_entry_is_spared_once(struct kunit *test)
{
	struct zswap_victim victim;
	struct lru_test t;

	add_all(test, &t);
	t.entry[0]->used = true;
	KUNIT_EXPECT_EQ(test, zswap_lru_pick(t.lru, true, &victim), ZSWAP_PICK_SPARED);
	KUNIT_EXPECT_FALSE(test, t.entry[0]->used);
	expect_order(test, &t, (const int[]){ 1, 2, 3, 0 });
	remove_all(test, &t);
}

static void spared_entries_do_not_count(struct kunit *test)
{
	struct lru_test t;
	int i;

	add_all(test, &t);
	for (i = 0; i < NR; i++)
		t.entry[i]->used = true;
	/* As many as are read ahead together, and more: whoever wants one goes on. */
	KUNIT_EXPECT_EQ(test, zswap_writeback_some(t.lru, 1, &(struct zswap_leave){ }), 0);
	for (i = 0; i < NR; i++)
		KUNIT_EXPECT_FALSE_MSG(test, t.entry[i]->used, "entry %d was not looked at", i);
	remove_all(test, &t);
}

static void entry_that_is_put_back_is_oldest_again(struct kunit *test)
{
	struct lru_test t;

	add_all(test, &t);
	zswap_lru_put_back(t.entry[2]);
	expect_order(test, &t, (const int[]){ 2, 0, 1, 3 });
	/* It was dropped while somebody had it. */
	zswap_lru_del(t.entry[2]);
	zswap_lru_put_back(t.entry[2]);
	KUNIT_EXPECT_TRUE(test, list_empty(&t.entry[2]->lru));
	KUNIT_EXPECT_EQ(test, zswap_lru_nr(t.lru), NR - 1);
	remove_all(test, &t);
}

static void counts_what_no_cgroup_has(struct kunit *test)
{
	struct lru_test t;
	unsigned long before;

	before = zswap_lru_common(first_online_node);
	add_all(test, &t);
	KUNIT_EXPECT_EQ(test, zswap_lru_common(t.nid), before + NR);
	/* Being told again changes nothing. */
	zswap_lru_make_common(t.lru, t.nid);
	KUNIT_EXPECT_EQ(test, zswap_lru_common(t.nid), before + NR);
	remove_all(test, &t);
	KUNIT_EXPECT_EQ(test, zswap_lru_common(t.nid), before);
}

static void turns_go_round(struct kunit *test)
{
	struct zswap_group *group;
	struct lru_test t;

	KUNIT_EXPECT_NULL(test, zswap_group_next(ZSWAP_ALL, NULL, first_online_node));
	add_all(test, &t);
	group = zswap_group_next(ZSWAP_ALL, NULL, t.nid);
	KUNIT_EXPECT_PTR_EQ(test, group, t.entry[0]->group);
	zswap_group_put(group);
	group = zswap_group_next(ZSWAP_COMMON, NULL, t.nid);
	KUNIT_EXPECT_PTR_EQ(test, group, t.entry[0]->group);
	zswap_group_put(group);
	remove_all(test, &t);
}

static void missed_pages_keep_others_here_for_a_while(struct kunit *test)
{
	struct lru_test t;
	int i;

	add_all(test, &t);
	KUNIT_EXPECT_EQ(test, zswap_lru_wanted(t.lru), 0);
	zswap_lru_missed(t.lru);
	KUNIT_EXPECT_EQ(test, zswap_lru_wanted(t.lru), 1);
	/* No more than there are. */
	for (i = 0; i < 2 * NR; i++)
		zswap_lru_missed(t.lru);
	KUNIT_EXPECT_EQ(test, zswap_lru_wanted(t.lru), NR);
	/* One for every so many stores. */
	for (i = 0; i < ZSWAP_REGRET; i++) {
		zswap_lru_del(t.entry[i % NR]);
		zswap_lru_add(t.entry[i % NR]);
	}
	KUNIT_EXPECT_EQ(test, zswap_lru_wanted(t.lru), NR - 1);
	for (i = 0; i < NR * ZSWAP_REGRET; i++) {
		zswap_lru_del(t.entry[i % NR]);
		zswap_lru_add(t.entry[i % NR]);
	}
	KUNIT_EXPECT_EQ(test, zswap_lru_wanted(t.lru), 0);
	remove_all(test, &t);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(first_to_be_added_is_oldest),
	KUNIT_CASE(used_entry_is_spared_once),
	KUNIT_CASE(spared_entries_do_not_count),
	KUNIT_CASE(entry_that_is_put_back_is_oldest_again),
	KUNIT_CASE(counts_what_no_cgroup_has),
	KUNIT_CASE(turns_go_round),
	KUNIT_CASE(missed_pages_keep_others_here_for_a_while),
	{ }
};

static struct kunit_suite suite = {
	.name = "zswap_lru",
	.init = zswap_test_init,
	.exit = zswap_test_exit,
	.test_cases = cases,
};

kunit_test_suite(suite);
