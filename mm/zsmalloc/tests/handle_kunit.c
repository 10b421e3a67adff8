// SPDX-License-Identifier: GPL-2.0-only
/* The handle table on its own: what a handle promises, and what it refuses. */
#include <kunit/test.h>
#include <linux/slab.h>

#include "../handle.h"

static int table_init(struct kunit *test)
{
	struct zs_handles *t = kunit_kzalloc(test, sizeof(*t), GFP_KERNEL);

	if (!t)
		return -ENOMEM;
	test->priv = t;
	return zs_handles_init(t);
}

static void table_exit(struct kunit *test)
{
	zs_handles_destroy(test->priv);
}

static atomic64_t *reserve(struct kunit *test)
{
	atomic64_t *entry = zs_handle_reserve(test->priv);

	if (!entry) {
		struct zs_leaf *leaf = zs_leaf_alloc(test->priv, GFP_KERNEL);

		KUNIT_ASSERT_NOT_NULL(test, leaf);
		zs_leaf_join(test->priv, leaf);
		entry = zs_handle_reserve(test->priv);
	}
	KUNIT_ASSERT_NOT_NULL(test, entry);
	return entry;
}

static unsigned long get(struct kunit *test, u32 zspage, u32 slot,
			 atomic64_t **entry)
{
	struct zs_place place = { .zspage = zspage, .slot = slot };

	*entry = reserve(test);
	return zs_handle_publish(test->priv, *entry, place);
}

static const char *find(struct zs_handles *t, unsigned long handle, struct zs_place *place)
{
	const char *wrong;
	struct zs_ref ref;

	rcu_read_lock();
	wrong = zs_handle_find(t, handle, &ref);
	rcu_read_unlock();
	if (!wrong)
		*place = zs_entry_place(ref.seen);
	return wrong;
}

static void put(struct kunit *test, unsigned long handle)
{
	struct zs_place place;
	atomic64_t *entry;

	KUNIT_ASSERT_NULL(test, zs_handle_claim(test->priv, handle, &place, &entry));
	zs_handle_release(test->priv, entry);
}

static bool same(struct zs_place a, struct zs_place b)
{
	return a.zspage == b.zspage && a.slot == b.slot;
}

static void leads_to_its_place(struct kunit *test)
{
	const struct zs_place first = {
		.zspage = BIT_ULL(ZS_ENTRY_ZSPAGE_BITS) - 1, .slot = ZS_MAX_SLOTS - 1
	};
	const struct zs_place then = { .zspage = 7, .slot = 3 };
	struct zs_place place;
	atomic64_t *entry;
	unsigned long handle = get(test, first.zspage, first.slot, &entry);

	KUNIT_ASSERT_NULL(test, find(test->priv, handle, &place));
	KUNIT_EXPECT_TRUE(test, same(place, first));

	KUNIT_EXPECT_TRUE(test, zs_handle_move(test->priv, zs_entry_index(entry), first, then, 0));
	KUNIT_ASSERT_NULL(test, find(test->priv, handle, &place));
	KUNIT_EXPECT_TRUE(test, same(place, then));
}

static void a_move_that_comes_too_late_is_refused(struct kunit *test)
{
	const struct zs_place here = { .zspage = 1, .slot = 1 }, there = { .zspage = 2 };
	struct zs_place place;
	atomic64_t *entry, *claimed;
	unsigned long handle = get(test, here.zspage, here.slot, &entry);

	/* not where the mover believes it is */
	KUNIT_EXPECT_FALSE(test, zs_handle_move(test->priv, zs_entry_index(entry), there, here, 0));
	KUNIT_ASSERT_NULL(test, find(test->priv, handle, &place));
	KUNIT_EXPECT_TRUE(test, same(place, here));

	/* being freed */
	KUNIT_ASSERT_NULL(test, zs_handle_claim(test->priv, handle, &place, &claimed));
	KUNIT_EXPECT_PTR_EQ(test, claimed, entry);
	KUNIT_EXPECT_TRUE(test, same(place, here));
	KUNIT_EXPECT_FALSE(test, zs_handle_move(test->priv, zs_entry_index(entry), here, there, 0));
	KUNIT_EXPECT_NOT_NULL(test, zs_handle_claim(test->priv, handle, &place, &claimed));
	zs_handle_release(test->priv, entry);
}

static void never_zero_nor_an_error(struct kunit *test)
{
	atomic64_t *entry;
	int i;

	for (i = 0; i < 3 * ZS_LEAF_ENTRIES; i++) {
		unsigned long handle = get(test, i, 0, &entry);

		KUNIT_ASSERT_NE(test, handle, 0UL);
		KUNIT_ASSERT_FALSE(test, IS_ERR_VALUE(handle));
		KUNIT_ASSERT_GT(test, zs_entry_index(entry), 0U);
	}
}

static void refused_after_free(struct kunit *test)
{
	struct zs_place place;
	atomic64_t *entry, *again;
	unsigned long handle = get(test, 1, 1, &entry);
	unsigned long next;

	put(test, handle);
	KUNIT_EXPECT_NOT_NULL(test, find(test->priv, handle, &place));

	/* the same entry serves the next object, under another handle */
	next = get(test, 2, 2, &again);
	KUNIT_EXPECT_PTR_EQ(test, again, entry);
	KUNIT_EXPECT_NE(test, next, handle);
	KUNIT_EXPECT_NOT_NULL(test, find(test->priv, handle, &place));
	KUNIT_EXPECT_NULL(test, find(test->priv, next, &place));
}

static void generations_last_as_long_as_promised(struct kunit *test)
{
	struct zs_place place;
	atomic64_t *entry;
	u32 i;
	unsigned long first = get(test, 1, 1, &entry);

	put(test, first);
	for (i = 1; i < 1U << ZS_HANDLE_GEN_BITS; i++) {
		unsigned long handle = get(test, 1, 1, &entry);

		KUNIT_ASSERT_NE(test, handle, first);
		KUNIT_ASSERT_NOT_NULL(test, find(test->priv, first, &place));
		put(test, handle);
	}
}

static void refused_after_its_leaf_is_gone(struct kunit *test)
{
	struct zs_handles *t = test->priv;
	const unsigned int nr = 2 * ZS_LEAF_USABLE;
	struct zs_place place;
	unsigned long *old;
	atomic64_t *entry;
	int i;

	old = kunit_kcalloc(test, nr, sizeof(*old), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, old);
	for (i = 0; i < nr; i++)
		old[i] = get(test, i, 0, &entry);
	KUNIT_EXPECT_EQ(test, zs_handle_live(t), (unsigned long)nr);
	for (i = 0; i < nr; i++)
		put(test, old[i]);
	KUNIT_EXPECT_EQ(test, atomic_long_read(&t->nr_leaves), 1L);
	KUNIT_EXPECT_EQ(test, zs_handle_live(t), 0UL);

	for (i = 0; i < nr; i++)
		get(test, i, 0, &entry);
	for (i = 0; i < nr; i++)
		KUNIT_ASSERT_NOT_NULL(test, find(t, old[i], &place));
}

static void foreign_and_forged_are_refused(struct kunit *test)
{
	struct zs_handles *t = test->priv, *other;
	struct zs_place place;
	atomic64_t *entry;
	unsigned long handle = get(test, 1, 1, &entry);
	int bit;

	other = kunit_kzalloc(test, sizeof(*other), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, other);
	KUNIT_ASSERT_EQ(test, zs_handles_init(other), 0);
	KUNIT_EXPECT_NE(test, other->tag, t->tag);
	KUNIT_EXPECT_NOT_NULL(test, find(other, handle, &place));
	zs_handles_destroy(other);

	/* one object: no other word can be a live handle */
	for (bit = 0; bit < BITS_PER_LONG; bit++)
		KUNIT_EXPECT_NOT_NULL(test, find(t, handle ^ BIT(bit), &place));
	KUNIT_EXPECT_NOT_NULL(test, find(t, 0, &place));
	KUNIT_EXPECT_NOT_NULL(test, find(t, ~0UL, &place));
	KUNIT_EXPECT_NULL(test, find(t, handle, &place));
}

static void a_leaf_that_did_not_join_is_harmless(struct kunit *test)
{
	struct zs_handles *t = test->priv;
	struct zs_leaf *leaf = zs_leaf_alloc(t, GFP_KERNEL);
	struct zs_place place;
	unsigned long forged;

	KUNIT_ASSERT_NOT_NULL(test, leaf);
	forged = (unsigned long)t->tag << ZS_HANDLE_TAG_SHIFT |
		 (unsigned long)ZS_LEAF_FIRST << ZS_HANDLE_INDEX_SHIFT;
	KUNIT_EXPECT_NOT_NULL(test, find(t, forged, &place));
	zs_leaf_discard(t, leaf);
	KUNIT_EXPECT_NOT_NULL(test, find(t, forged, &place));
	KUNIT_EXPECT_EQ(test, atomic_long_read(&t->nr_leaves), 0L);
	zs_leaf_discard(t, NULL);
}

static void a_shard_takes_over_what_another_has_left(struct kunit *test)
{
	struct zs_handles *t = test->priv;
	unsigned long old = 0;
	struct zs_leaf *leaf;
	atomic64_t *entry;

	if (ZS_SHARDS == 1)
		kunit_skip(test, "one CPU, one shard");

	/* put the only leaf into the last shard, as if a large pool had shrunk */
	old = get(test, 1, 1, &entry);
	leaf = zs_leaf_of_entry(entry);
	leaf->shard = ZS_SHARDS - 1;
	list_move(&leaf->node, &t->shards[ZS_SHARDS - 1].partial);

	entry = zs_handle_reserve(t);
	KUNIT_ASSERT_NOT_NULL(test, entry);
	KUNIT_EXPECT_EQ(test, leaf->shard, (u16)0);
	KUNIT_EXPECT_EQ(test, atomic_long_read(&t->nr_leaves), 1L);
	zs_handle_release(t, entry);
	put(test, old);
}

static struct kunit_case handle_cases[] = {
	KUNIT_CASE(leads_to_its_place),
	KUNIT_CASE(a_move_that_comes_too_late_is_refused),
	KUNIT_CASE(never_zero_nor_an_error),
	KUNIT_CASE(refused_after_free),
	KUNIT_CASE(generations_last_as_long_as_promised),
	KUNIT_CASE(refused_after_its_leaf_is_gone),
	KUNIT_CASE(foreign_and_forged_are_refused),
	KUNIT_CASE(a_leaf_that_did_not_join_is_harmless),
	KUNIT_CASE(a_shard_takes_over_what_another_has_left),
	{}
};

static struct kunit_suite handle_suite = {
	.name = "zsmalloc_handle",
	.init = table_init,
	.exit = table_exit,
	.test_cases = handle_cases,
};

kunit_test_suite(handle_suite);
