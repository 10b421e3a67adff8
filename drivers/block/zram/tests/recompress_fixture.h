/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A disk with algorithms to compress again with, which do what a test says.
 */
#ifndef _ZRAM_TESTS_RECOMPRESS_FIXTURE_H
#define _ZRAM_TESTS_RECOMPRESS_FIXTURE_H

#include "fake_codec.h"
#include "fixture.h"
#include "../page_io.h"
#include "../recompress.h"
#include "../request.h"

#define NR_PAGES	8
#define SEED		5711926

/* Each test has one. */
struct recompress_fixture {
	struct zram_store *store;
	struct page *page;
	u8 *model;
};

static inline struct zram_store *make_recompressible(struct kunit *test, const char *first,
						     const char * const *others)
{
	struct zram_store *store = kunit_kzalloc(test, sizeof(*store), GFP_KERNEL);
	struct zram_setup setup;
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, store);
	make_stats(test, &store->stats);
	zram_setup_init(&setup);
	setup.algorithm[0] = first;
	for (i = 1; i < ZRAM_MAX_COMPS; i++)
		setup.algorithm[i] = others[i - 1];
	KUNIT_ASSERT_EQ(test, zram_store_init(store, NR_PAGES, "kunit", &setup), 0);
	return store;
}

static inline int make_fixture(struct kunit *test)
{
	const char * const fakes[] = { fake_name(0), fake_name(1), fake_name(2) };
	struct recompress_fixture *f = kunit_kzalloc(test, sizeof(*f), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, f);
	memset(fake_codecs, 0, sizeof(fake_codecs));
	f->model = kunit_kzalloc(test, NR_PAGES * PAGE_SIZE, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, f->model);
	test->priv = f;
	f->store = make_recompressible(test, "lzo-rle", fakes);
	f->page = alloc_page(GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, f->page);
	return 0;
}

static inline void free_fixture(struct kunit *test)
{
	struct recompress_fixture *f = test->priv;

	if (!f)
		return;
	if (f->page)
		__free_page(f->page);
	if (f->store)
		zram_store_destroy(f->store);
}

/* Each page has text and noise of its own. */
static inline void write_fill(struct recompress_fixture *f, unsigned long index, enum fill fill)
{
	struct rnd_state rnd;
	void *mem = f->model + index * PAGE_SIZE;

	prandom_seed_state(&rnd, SEED + index);
	fill_page(mem, fill, &rnd);
	memcpy(page_address(f->page), mem, PAGE_SIZE);
	WARN_ON(zram_page_write(f->store, index, f->page));
}

static inline void expect_model(struct kunit *test)
{
	struct recompress_fixture *f = test->priv;
	unsigned long i;

	for (i = 0; i < NR_PAGES; i++) {
		memset(page_address(f->page), 0xee, PAGE_SIZE);
		KUNIT_EXPECT_EQ(test, zram_page_read(f->store, i, f->page), 0);
		KUNIT_EXPECT_EQ_MSG(test, memcmp(page_address(f->page), f->model + i * PAGE_SIZE,
						 PAGE_SIZE), 0, "page %lu", i);
	}
}

static inline struct zram_content content_of(struct kunit *test, unsigned long index)
{
	struct recompress_fixture *f = test->priv;
	struct zram_slot *slot = slot_of(test, f->store, index);
	struct zram_content content;

	zram_slot_lock(&f->store->table, slot);
	content = zram_slot_content(slot);
	zram_slot_unlock(&f->store->table, slot);
	return content;
}

static inline bool has(struct kunit *test, unsigned long index, u32 bits)
{
	struct recompress_fixture *f = test->priv;

	return (atomic_read(&slot_of(test, f->store, index)->state) & bits) == bits;
}

static inline unsigned int size_of(struct kunit *test, unsigned long index)
{
	struct zram_content content = content_of(test, index);

	return zram_content_size(&content);
}

static inline unsigned int priority_of(struct kunit *test, unsigned long index)
{
	struct zram_content content = content_of(test, index);

	return zram_content_priority(&content);
}

/* The counters say what the slots hold, and no slot is being worked on. */
static inline void expect_counted(struct kunit *test)
{
	struct recompress_fixture *f = test->priv;
	u64 stored = 0, bytes = 0, same = 0, huge = 0;
	struct zram_content content;
	unsigned long i;

	for (i = 0; i < NR_PAGES; i++) {
		if (!zram_table_find(&f->store->table, i))
			continue;
		content = content_of(test, i);
		stored += !zram_content_empty(&content);
		bytes += zram_content_size(&content);
		same += !!(content.bits & ZRAM_SAME);
		huge += !!(content.bits & ZRAM_HUGE);
		KUNIT_EXPECT_FALSE(test, has(test, i, ZRAM_PP));
	}
	EXPECT_STAT(test, f->store, ZRAM_PAGES_STORED, stored);
	EXPECT_STAT(test, f->store, ZRAM_COMPR_BYTES, bytes);
	EXPECT_STAT(test, f->store, ZRAM_SAME_PAGES, same);
	EXPECT_STAT(test, f->store, ZRAM_HUGE_PAGES, huge);
}

/* A request with what is not named left open; no pages at all is not one of these. */
#define RECOMPRESS(f, ...) ({						\
	struct zram_recompress_request __request = { __VA_ARGS__ };	\
									\
	if (!__request.max_pages)					\
		__request.max_pages = U64_MAX;				\
	zram_recompress((f)->store, &__request);			\
})

#endif /* _ZRAM_TESTS_RECOMPRESS_FIXTURE_H */
