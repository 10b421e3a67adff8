/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pages to store, and a store to put them into.
 */
#ifndef _ZRAM_TESTS_FIXTURE_H
#define _ZRAM_TESTS_FIXTURE_H

#include <kunit/test.h>
#include <linux/err.h>
#include <linux/mm.h>
#include <linux/prandom.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/zcomp.h>
#include <linux/zsmalloc.h>

#include "../store.h"

enum fill {
	FILL_ZERO,
	FILL_WORD,
	FILL_TEXT,
	FILL_RANDOM,
	NR_FILLS
};

/* Make a page of a kind. Same kind and state of @rnd: same page. */
static inline void fill_page(void *mem, enum fill fill, struct rnd_state *rnd)
{
	unsigned long word = prandom_u32_state(rnd) | 1;
	u8 *bytes = mem;
	unsigned int i;

	switch (fill) {
	case FILL_ZERO:
		memset(mem, 0, PAGE_SIZE);
		break;
	case FILL_WORD:
		for (i = 0; i < PAGE_SIZE; i += sizeof(word))
			memcpy(mem + i, &word, sizeof(word));
		break;
	case FILL_TEXT:
		/* A quarter of it is noise. */
		for (i = 0; i < PAGE_SIZE; i++)
			bytes[i] = i / 64 % 4 ? 'a' + i % 8 : prandom_u32_state(rnd);
		break;
	default:
		prandom_bytes_state(rnd, mem, PAGE_SIZE);
	}
}

static inline void free_stats(struct kunit_resource *resource)
{
	zram_stats_destroy(resource->data);
}

/* Counters that go after the test, when whatever counts is gone. */
static inline void make_stats(struct kunit *test, struct zram_stats *stats)
{
	KUNIT_ASSERT_EQ(test, zram_stats_init(stats), 0);
	kunit_alloc_resource(test, NULL, free_stats, GFP_KERNEL, stats);
}

static inline struct zram_store *make_store(struct kunit *test, unsigned long nr_pages,
					    const char *algorithm)
{
	struct zram_setup setup;
	struct zram_store *store = kunit_kzalloc(test, sizeof(*store), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, store);
	make_stats(test, &store->stats);
	zram_setup_init(&setup);
	setup.algorithm[0] = algorithm;
	KUNIT_ASSERT_EQ(test, zram_store_init(store, nr_pages, "kunit", &setup), 0);
	return store;
}

/* The slot of a page that was written. */
static inline struct zram_slot *slot_of(struct kunit *test, struct zram_store *store,
					unsigned long index)
{
	struct zram_slot *slot = zram_table_find(&store->table, index);

	KUNIT_ASSERT_NOT_NULL(test, slot);
	return slot;
}

#define EXPECT_STAT(test, store, which, value)	\
	KUNIT_EXPECT_EQ(test, zram_stats_read(&(store)->stats, (which)), (u64)(value))

#endif /* _ZRAM_TESTS_FIXTURE_H */
