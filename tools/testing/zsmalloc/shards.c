// SPDX-License-Identifier: GPL-2.0-only
/*
 * The handle table as it grows, is shared by CPUs and shrinks.
 */
#include "test.h"

/* From so many leaves on a second shard is in use, which CPU 1 has. */
#define LEAVES	8

static struct zs_pool *pool;
static unsigned long *handles;
static unsigned int nr;

static long leaves(void)
{
	return atomic_long_read(&pool->handles.nr_leaves);
}

/* CPU 0 fills @LEAVES leaves and one entry of another. */
static void set_up(void)
{
	pool = test_pool();
	handles = calloc((LEAVES + 1) * ZS_LEAF_ENTRIES, sizeof(*handles));
	for (nr = 0; leaves() <= LEAVES; nr++)
		handles[nr] = test_malloc(pool, 32);
	expect_ok(pool);
}

static void tear_down(void)
{
	shim_self.cpu = 0;
	expect_ok(pool);
	while (nr-- > 0)
		if (handles[nr])
			zs_free(pool, handles[nr]);
	expect_ok(pool);
	expect(zs_get_total_pages(pool) == 0);
	zs_destroy_pool(pool);
	free(handles);
}

static struct zs_leaf *leaf_of(unsigned long handle)
{
	return zs_leaf_of(&pool->handles, test_find(pool, handle).index);
}

static void a_cpu_takes_over_a_leaf_with_room(void)
{
	unsigned long mine[20];
	long before;
	int n;

	set_up();
	before = leaves();
	for (n = 0; n < 10; n++) {
		zs_free(pool, handles[n]);
		handles[n] = 0;
	}
	shim_self.cpu = 1;
	for (n = 0; n < 20; n++)
		mine[n] = test_malloc(pool, 32);
	expect(leaves() == before, "%ld leaves, not %ld", leaves(), before);
	expect(leaf_of(mine[0])->shard == 1);
	expect_ok(pool);

	/* entries go back to where their leaf is now, from whichever CPU */
	shim_self.cpu = 0;
	for (n = 0; n < 20; n++)
		zs_free(pool, mine[n]);
	tear_down();
}

static void leaves_without_a_live_entry_go(void)
{
	set_up();
	shim_self.cpu = 1;
	zs_free(pool, test_malloc(pool, 32));
	while (nr-- > 0)
		zs_free(pool, handles[nr]);
	nr = 0;
	expect(leaves() <= num_possible_cpus(), "%ld leaves", leaves());
	tear_down();
}

static void a_small_pool_has_one_leaf(void)
{
	int n;

	pool = test_pool();
	for (n = 0; n < 100; n++) {
		shim_self.cpu = n % num_possible_cpus();
		test_malloc(pool, 32);
	}
	shim_self.cpu = 0;
	expect(leaves() == 1, "%ld leaves", leaves());
	zs_destroy_pool(pool);
}

/* Each handle differs from all others, also from those of earlier leaves. */
static void handles_are_not_handed_out_again(void)
{
	unsigned int n, round, same = 0;
	unsigned long *first;

	set_up();
	first = calloc(nr, sizeof(*first));
	for (round = 0; round < 3; round++) {
		unsigned int was = nr;

		memcpy(first, handles, was * sizeof(*first));
		for (n = 0; n < was; n++)
			zs_free(pool, handles[n]);
		for (n = 0; n < was; n++)
			handles[n] = test_malloc(pool, 32);
		for (n = 0; n < was; n += 11) {
			u8 buf;

			same += !!zs_obj_read_begin(pool, first[n], 1, &buf);
		}
		expect(!same, "%u stale handles are good again", same);
	}
	free(first);
	tear_down();
}

/* One entry of a leaf was used often, the others hardly: its last generation counts. */
static void a_leaf_leaves_its_busiest_entry_behind(void)
{
	unsigned long stale[20];
	unsigned int n;
	long before;

	set_up();
	/* the last leaf has one live entry, which comes and goes */
	before = leaves();
	stale[0] = handles[--nr];
	zs_free(pool, stale[0]);
	for (n = 1; n < ARRAY_SIZE(stale); n++) {
		stale[n] = test_malloc(pool, 32);
		if (n == ARRAY_SIZE(stale) - 1) {
			zs_free(pool, handles[0]);
			handles[0] = 0;
		}
		zs_free(pool, stale[n]);
	}
	expect(leaves() == before - 1, "%ld leaves", leaves());

	handles[0] = test_malloc(pool, 32);
	for (; leaves() < before; nr++)
		handles[nr] = test_malloc(pool, 32);
	expect(handles[nr - 1] >> ZS_HANDLE_INDEX_SHIFT == stale[0] >> ZS_HANDLE_INDEX_SHIFT,
	       "the entry was not used again: the case proves nothing");
	for (n = 0; n < ARRAY_SIZE(stale); n++) {
		u8 buf;

		expect(!zs_obj_read_begin(pool, stale[n], 1, &buf), "%u", n);
	}
	tear_down();
}

static const struct test_case shards_cases[] = {
	{ "a_cpu_takes_over_a_leaf_with_room", a_cpu_takes_over_a_leaf_with_room },
	{ "leaves_without_a_live_entry_go", leaves_without_a_live_entry_go },
	{ "a_small_pool_has_one_leaf", a_small_pool_has_one_leaf },
	{ "handles_are_not_handed_out_again", handles_are_not_handed_out_again },
	{ "a_leaf_leaves_its_busiest_entry_behind", a_leaf_leaves_its_busiest_entry_behind },
	{ }
};

const struct test_suite shards_suite = { "shards", shards_cases };
