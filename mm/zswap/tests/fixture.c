// SPDX-License-Identifier: GPL-2.0-only
/*
 * What do the suites of zswap have in common?
 */
#include <linux/highmem.h>
#include <linux/prandom.h>
#include <linux/zsmalloc.h>

#include "../group.h"
#include "../object.h"
#include "../params.h"
#include "../pool.h"
#include "../tree.h"
#include "fixture.h"

static struct zswap_params before;

int zswap_test_init(struct kunit *test)
{
	int err = zswap_object_pool_create();

	if (!err)
		err = zswap_pool_use("lzo");
	if (err)
		return err;
	before = zswap_params;
	zswap_params = (struct zswap_params){
		.enabled			= true,
		.same_filled			= true,
		.non_same_filled		= true,
		.checksum			= true,
		.max_pool_percent		= 50,
		.accept_threshold_percent	= 90,
		.max_compression_ratio		= 100,
	};
	return 0;
}

void zswap_test_exit(struct kunit *test)
{
	zswap_tree_clear(zswap_tree(TEST_AREA));
	zswap_params = before;
}

static u32 word(enum zswap_test_content content, struct rnd_state *rnd, u32 seed, unsigned int i)
{
	switch (content) {
	case ZSWAP_TEST_SAME:
		return seed;
	case ZSWAP_TEST_RANDOM:
		return prandom_u32_state(rnd);
	default:
		return i % 16 ? 0x20656761 + i % 3 : seed ^ i;
	}
}

void zswap_test_fill(struct page *page, enum zswap_test_content content, u32 seed)
{
	u32 *words = kmap_local_page(page);
	struct rnd_state rnd;
	unsigned int i;

	prandom_seed_state(&rnd, seed);
	for (i = 0; i < PAGE_SIZE / sizeof(u32); i++)
		words[i] = word(content, &rnd, seed, i);
	kunmap_local(words);
}

bool zswap_test_is(struct page *page, enum zswap_test_content content, u32 seed)
{
	const u32 *words = kmap_local_page(page);
	struct rnd_state rnd;
	bool same = true;
	unsigned int i;

	prandom_seed_state(&rnd, seed);
	for (i = 0; same && i < PAGE_SIZE / sizeof(u32); i++)
		same = words[i] == word(content, &rnd, seed, i);
	kunmap_local(words);
	return same;
}

static void free_page_of(struct kunit_resource *resource)
{
	__free_page(resource->data);
}

struct page *zswap_test_page(struct kunit *test)
{
	struct page *page = alloc_page(GFP_KERNEL | __GFP_ZERO);

	KUNIT_ASSERT_NOT_NULL(test, page);
	kunit_alloc_resource(test, NULL, free_page_of, GFP_KERNEL, page);
	return page;
}

struct zswap_entry *zswap_test_entry(struct kunit *test, pgoff_t offset, bool object)
{
	struct zswap_entry *entry = zswap_entry_create(swp_entry(0, offset), first_online_node);

	KUNIT_ASSERT_NOT_NULL(test, entry);
	entry->group = zswap_group_get(NULL);
	entry->pool = zswap_pool_get();
	if (object) {
		struct zswap_form form = { .other = true, .raw = true, .max = PAGE_SIZE };
		struct page *page = zswap_test_page(test);

		zswap_test_fill(page, ZSWAP_TEST_TEXT, offset);
		KUNIT_ASSERT_EQ(test, zswap_object_create(entry->pool->comp, &form, page,
							  &entry->object), 0);
	}
	return entry;
}
