// SPDX-License-Identifier: GPL-2.0-only
/* The memory a pool is said to take is the memory it takes. */
#include <linux/slab.h>

#include "../usage.h"
#include "testing.h"

#define INDICES	20000

static unsigned long nodes_below(void *entry)
{
	struct xa_node *node;
	unsigned long nodes = 1;
	unsigned int n;

	if (!xa_is_node(entry))
		return 0;
	node = xa_to_node(entry);
	for (n = 0; n < XA_CHUNK_SIZE; n++)
		nodes += nodes_below(rcu_dereference_raw(node->slots[n]));
	return nodes;
}

/* Every node, by following the pointers. */
static unsigned long nodes_there(struct xarray *xa)
{
	return nodes_below(rcu_dereference_raw(xa->xa_head));
}

static void nodes_are_counted_exactly(struct kunit *test)
{
	struct rnd_state rnd;
	struct xarray xa;
	u32 index, n;

	xa_init_flags(&xa, XA_FLAGS_ALLOC);
	KUNIT_EXPECT_EQ(test, zs_usage_nodes(&xa), 0UL);
	for (n = 0; n < INDICES; n++) {
		KUNIT_ASSERT_EQ(test, xa_alloc(&xa, &index, test, xa_limit_32b, GFP_KERNEL), 0);
		if (is_power_of_2(n) || is_power_of_2(n + 1))
			KUNIT_ASSERT_EQ(test, zs_usage_nodes(&xa), nodes_there(&xa));
	}
	prandom_seed_state(&rnd, 20220122);
	for (n = 0; n < INDICES; n++) {
		xa_erase(&xa, prandom_u32_state(&rnd) % INDICES);
		if (n % 1000 == 0)
			KUNIT_ASSERT_EQ(test, zs_usage_nodes(&xa), nodes_there(&xa));
	}
	/* from the end, so that levels disappear, down to index 0 alone and to nothing */
	for (n = INDICES; n-- > 0;) {
		xa_erase(&xa, n);
		if (n < 200 || n % 1000 == 0)
			KUNIT_ASSERT_EQ(test, zs_usage_nodes(&xa), nodes_there(&xa));
	}
	xa_destroy(&xa);
}

static void all_memory_of_a_pool_is_counted(struct kunit *test)
{
	struct zs_pool *pool = test->priv;
	unsigned long *handles = kvcalloc(INDICES, sizeof(long), GFP_KERNEL);
	unsigned long descriptors = 0, leaves = 0, classes = 0, index;
	struct zs_zspage *zspage;
	struct zs_usage usage;
	struct zs_leaf *leaf;
	unsigned int n;

	KUNIT_ASSERT_NOT_NULL(test, handles);
	for (n = 0; n < INDICES; n++)
		handles[n] = zs_test_malloc(test, 32 + n * 7 % 1000);
	for (n = 0; n < INDICES; n += 3) {
		zs_free(pool, handles[n]);
		handles[n] = 0;
	}
	xa_for_each(&pool->zspages, index, zspage)
		descriptors += ksize(zspage);
	xa_for_each(&pool->handles.leaves, index, leaf)
		leaves += PAGE_SIZE;
	for (n = 0; n < zs_class_count(); n++)
		classes += ksize(pool->classes[n]);

	zs_usage(pool, &usage);
	KUNIT_EXPECT_EQ(test, usage.pages, zs_get_total_pages(pool) * PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, usage.spare, 0UL);
	KUNIT_EXPECT_EQ(test, usage.descriptors, descriptors);
	KUNIT_EXPECT_EQ(test, usage.leaves, leaves);
	KUNIT_EXPECT_EQ(test, usage.classes, classes);
	KUNIT_EXPECT_EQ(test, usage.nodes, (nodes_there(&pool->zspages) +
			nodes_there(&pool->handles.leaves)) * sizeof(struct xa_node));
	KUNIT_EXPECT_GE(test, usage.fixed, sizeof(*pool) + zs_class_count() *
			(sizeof(pool->classes[0]) + sizeof(pool->demand.wanted[0])));
	KUNIT_EXPECT_LT(test, usage.fixed, 4 * PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, zs_pool_metadata(pool), usage.descriptors + usage.leaves +
			usage.nodes + usage.classes + usage.fixed);

	for (n = 0; n < INDICES; n++)
		zs_free(pool, handles[n]);
	kvfree(handles);
	zs_usage(pool, &usage);
	KUNIT_EXPECT_EQ(test, usage.pages + usage.descriptors, 0UL);
}

static struct kunit_case usage_cases[] = {
	KUNIT_CASE(nodes_are_counted_exactly),
	KUNIT_CASE(all_memory_of_a_pool_is_counted),
	{}
};

static struct kunit_suite usage_suite = {
	.name = "zsmalloc_usage",
	.init = zs_test_init,
	.exit = zs_test_exit,
	.test_cases = usage_cases,
};

kunit_test_suite(usage_suite);
