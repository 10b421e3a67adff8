// SPDX-License-Identifier: GPL-2.0-only
/*
 * Words that never were handles, and sizes and lengths that do not fit: refused by
 * every function, said in the log, and nothing else is touched.
 */
#include "refuse.h"

static void zero_and_error_pointers(void)
{
	long err;

	refuse_begin();
	refuse(0, 0);
	for (err = 1; err <= MAX_ERRNO; err++)
		refuse((unsigned long)-err, 0);
	refuse_end();
}

static void one_bit_wrong(void)
{
	int n, bit;

	refuse_begin();
	for (n = 0; n < REFUSE_NR; n += 3)
		for (bit = 0; bit < BITS_PER_LONG; bit++) {
			unsigned long forged = refuse_handles[n] ^ 1UL << bit;

			if (!refuse_live(forged))
				refuse(forged, forged && !IS_ERR_VALUE(forged));
		}
	refuse_end();
}

static void words_at_random(void)
{
	struct rnd rnd = { test_options.seed };
	int n;

	refuse_begin();
	for (n = 0; n < 100000; n++) {
		unsigned long word = rnd_next(&rnd);

#ifdef CONFIG_64BIT
		word |= (unsigned long)rnd_next(&rnd) << 32;
#endif
		if (!refuse_live(word))
			refuse(word, word && !IS_ERR_VALUE(word));
	}
	refuse_end();
}

/* Forgeries that have all but one part right. */
static void index_out_of_range(void)
{
	const unsigned long tag = 1UL << ZS_HANDLE_INDEX_SHIFT;
	unsigned long forged = refuse_handles[0];
	u32 pos, number;

	refuse_begin();
	forged = refuse_handles[0] & ~(((1UL << ZS_LEAF_SHIFT) - 1) * tag);
	for (pos = 0; pos < ZS_LEAF_FIRST; pos++)
		refuse(forged + pos * tag, 1);
	for (number = 1; number < ZS_LEAF_MAX && number < 1 << 30; number = 2 * number + 1) {
		forged = refuse_handles[0] + (((unsigned long)number + 8) << ZS_LEAF_SHIFT) * tag;
		if (!refuse_live(forged))
			refuse(forged, !IS_ERR_VALUE(forged));
	}
	refuse_end();
}

static void a_leaf_about_to_join(void)
{
	struct zs_leaf *leaf;
	unsigned long forged;
	u32 pos, gen;

	refuse_begin();
	leaf = zs_leaf_alloc(&refuse_pool->handles, GFP_KERNEL);
	expect(leaf && leaf->number);
	for (pos = 0; pos < ZS_LEAF_ENTRIES; pos++)
		for (gen = 0; gen < 3; gen++) {
			forged = refuse_pool->handles.tag;
			forged = forged << ZS_HANDLE_TAG_SHIFT | gen;
			forged |= ((unsigned long)leaf->number << ZS_LEAF_SHIFT | pos)
				  << ZS_HANDLE_INDEX_SHIFT;
			refuse(forged, 1);
		}
	zs_leaf_discard(&refuse_pool->handles, leaf);
	refuse_end();
}

static void pointers_and_small_numbers(void)
{
	unsigned long word;
	int here;

	refuse_begin();
	for (word = 1; word < 5000; word++)
		if (!refuse_live(word))
			refuse(word, 1);
	refuse((unsigned long)refuse_pool, 1);
	refuse((unsigned long)&here, 1);
	refuse((unsigned long)refuse_pool->handles.shards[0].partial.next, 1);
	refuse((unsigned long)test_find(refuse_pool, refuse_handles[3]).zspage->pages[0], 1);
	refuse_end();
}

static void sizes_that_cannot_be_had(void)
{
	static const size_t sizes[] = { 0, PAGE_SIZE + 1, 2 * PAGE_SIZE, SIZE_MAX, SIZE_MAX / 2 };
	unsigned int n;

	refuse_begin();
	for (n = 0; n < ARRAY_SIZE(sizes); n++) {
		unsigned long said = shim_log_lines;

		expect(zs_malloc(refuse_pool, sizes[n], GFP_TEST) == (unsigned long)-EINVAL, "%zu",
		       sizes[n]);
		expect(shim_log_lines == said + 1, "%zu", sizes[n]);
	}
	refuse_end();
}

static void lengths_that_do_not_fit(void)
{
	static u8 buf[2 * PAGE_SIZE];
	u32 n;

	refuse_begin();
	for (n = 0; n < REFUSE_NR; n++) {
		size_t slot = test_find(refuse_pool, refuse_handles[n]).zspage->class->geo->size;
		const size_t lens[] = { 0, slot + 1, PAGE_SIZE + 1, SIZE_MAX - 1, SIZE_MAX / 2 };
		unsigned int k;

		for (k = 0; k < ARRAY_SIZE(lens); k++) {
			unsigned long handle = refuse_handles[n];

			expect(!zs_obj_read_begin(refuse_pool, handle, lens[k], buf), "%zu",
			       lens[k]);
			expect(zs_obj_write(refuse_pool, handle, buf, lens[k]) == -EINVAL, "%zu",
			       lens[k]);
		}
		expect(!atomic_read(&test_find(refuse_pool, refuse_handles[n]).zspage->pins));
	}
	refuse_end();
}

/* SIZE_MAX is a length like any other to a caller. */
static void the_largest_length(void)
{
	static u8 buf[PAGE_SIZE];

	refuse_begin();
	expect(!zs_obj_read_begin(refuse_pool, refuse_handles[20], SIZE_MAX, buf));
	expect(zs_obj_write(refuse_pool, refuse_handles[20], buf, SIZE_MAX) == -EINVAL);
	refuse_end();
}

static const struct test_case forged_cases[] = {
	{ "zero_and_error_pointers", zero_and_error_pointers },
	{ "one_bit_wrong", one_bit_wrong },
	{ "words_at_random", words_at_random },
	{ "index_out_of_range", index_out_of_range },
	{ "a_leaf_about_to_join", a_leaf_about_to_join },
	{ "pointers_and_small_numbers", pointers_and_small_numbers },
	{ "sizes_that_cannot_be_had", sizes_that_cannot_be_had },
	{ "lengths_that_do_not_fit", lengths_that_do_not_fit },
	{ "the_largest_length", the_largest_length },
	{ }
};

const struct test_suite forged_suite = { "forged", forged_cases };
