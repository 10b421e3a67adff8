// SPDX-License-Identifier: GPL-2.0-only
/*
 * Handles that were good once, or are good elsewhere: refused by every function, said
 * in the log, and nothing else is touched.
 */
#include "refuse.h"

static void freed_twice(void)
{
	refuse_begin();
	zs_free(refuse_pool, refuse_handles[7]);
	refuse(refuse_handles[7], 1);
	expect(strstr(shim_log_last, "already freed"), "%s", shim_log_last);
	refuse_handles[7] = 0;
	refuse_end();
}

static void freed_and_the_entry_used_again(void)
{
	unsigned long stale;

	refuse_begin();
	stale = refuse_handles[9];
	zs_free(refuse_pool, stale);
	refuse_handles[9] = test_malloc(refuse_pool, refuse_len(9));
	content_write(refuse_pool, refuse_handles[9], 9, refuse_len(9));
	expect(refuse_handles[9] != stale);
	expect(refuse_handles[9] >> ZS_HANDLE_INDEX_SHIFT == stale >> ZS_HANDLE_INDEX_SHIFT,
	       "the entry was not used again: the case proves nothing");
	refuse(stale, 1);
	expect(strstr(shim_log_last, "anew"), "%s", shim_log_last);
	refuse_end();
}

/* As long as its generation has not come round. */
static void freed_often(void)
{
	unsigned long stale[30];
	unsigned int n;

	refuse_begin();
	for (n = 0; n < ARRAY_SIZE(stale); n++) {
		stale[n] = test_malloc(refuse_pool, 100);
		zs_free(refuse_pool, stale[n]);
	}
	for (n = 0; n < ARRAY_SIZE(stale); n++)
		refuse(stale[n], 1);
	refuse_end();
}

static void freed_and_the_leaf_given_back(void)
{
	unsigned int nr = 4 * ZS_LEAF_ENTRIES, n, round;
	unsigned long *many = calloc(nr, sizeof(*many));
	long leaves;

	refuse_begin();
	for (round = 0; round < 3; round++) {
		for (n = 0; n < nr; n++)
			many[n] = test_malloc(refuse_pool, 32);
		leaves = atomic_long_read(&refuse_pool->handles.nr_leaves);
		for (n = 0; n < nr; n++)
			zs_free(refuse_pool, many[n]);
		expect(atomic_long_read(&refuse_pool->handles.nr_leaves) < leaves);
		for (n = 0; n < nr; n += 97)
			refuse(many[n], 1);
		/* others are where those were, and must not be found through them */
		for (n = 0; n < nr; n += 97)
			many[n] = test_malloc(refuse_pool, 32) ^ many[n];
		for (n = 0; n < nr; n += 97)
			many[n] = 0;
	}
	free(many);
	zs_destroy_pool(refuse_pool);
}

static void of_another_pool(void)
{
	struct zs_pool *other;
	int n;

	refuse_begin();
	other = test_pool();
	expect(other->handles.tag != refuse_pool->handles.tag);
	for (n = 0; n < 100; n++)
		refuse(test_malloc(other, 500), 1);
	expect(strstr(shim_log_last, "not from this pool"), "%s", shim_log_last);
	expect_ok(other);
	zs_destroy_pool(other);
	refuse_end();
}

/* So often that the tags have come round where there are few. */
static void of_a_pool_that_is_gone(void)
{
	unsigned long old[REFUSE_NR];
	struct zs_pool *gone;
	int n, round;

	for (round = 0; round < 20; round++) {
		/* also those that follow at an odd distance */
		if (round == 10)
			zs_destroy_pool(test_pool());
		gone = test_pool();
		for (n = 0; n < REFUSE_NR; n++)
			old[n] = test_malloc(gone, refuse_len(n));
		zs_destroy_pool(gone);
		refuse_begin();
		for (n = 0; n < REFUSE_NR; n += 10)
			refuse(old[n], 1);
		refuse_end();
	}
}

/* Until the tags have come round everywhere, and past a pool that stays. */
static void pools_in_a_row_have_different_tags(void)
{
	struct zs_pool *pool, *stays = test_pool();
	u32 last = U32_MAX;
	int n;

	for (n = 0; n < 1 << 15; n++) {
		pool = test_pool();
		expect(pool->handles.tag != last, "pool %d has tag %u again", n, last);
		last = pool->handles.tag;
		zs_destroy_pool(pool);
	}
	zs_destroy_pool(stays);
}

/* A caller's bug that must not become ours; the object crosses a border, so no mapping is lost. */
static void freed_under_its_reader(void)
{
	unsigned long crossing = 0;
	u8 buf[PAGE_SIZE];
	u32 len = PAGE_SIZE / 8 * 3 - 64, n;
	void *mem;

	refuse_begin();
	for (n = 0; n < 8 && !crossing; n++) {
		unsigned long handle = test_malloc(refuse_pool, len);
		struct object object = test_find(refuse_pool, handle);

		if (zs_extent(object.zspage, object.slot, len).next)
			crossing = handle;
	}
	expect(crossing, "no object crosses a border");
	mem = zs_obj_read_begin(refuse_pool, crossing, len, buf);
	expect(mem == buf);
	zs_free(refuse_pool, crossing);
	zs_obj_read_end(refuse_pool, crossing, len, mem);
	expect(strstr(shim_log_last, "end of read"), "%s", shim_log_last);
	expect_ok(refuse_pool);
	for (n = 0; n < REFUSE_NR; n++)
		content_verify(refuse_pool, refuse_handles[n], n, refuse_len(n));
	zs_destroy_pool(refuse_pool);
}

static const struct test_case stale_cases[] = {
	{ "freed_twice", freed_twice },
	{ "freed_and_the_entry_used_again", freed_and_the_entry_used_again },
	{ "freed_often", freed_often },
	{ "freed_and_the_leaf_given_back", freed_and_the_leaf_given_back },
	{ "of_another_pool", of_another_pool },
	{ "of_a_pool_that_is_gone", of_a_pool_that_is_gone },
	{ "pools_in_a_row_have_different_tags", pools_in_a_row_have_different_tags },
	{ "freed_under_its_reader", freed_under_its_reader },
	{ }
};

const struct test_suite stale_suite = { "stale", stale_cases };
