// SPDX-License-Identifier: GPL-2.0-only
/*
 * What nobody asks for: the worker, the shrinker, classes that share slots.
 */
#include "background.h"
#include "test.h"

#define NR	3000

static struct zs_pool *pool;
static unsigned long handles[NR];

static u32 len_of(u32 n)
{
	return (700 + n % 5 * 64) * (PAGE_SIZE / SZ_4K);
}

/* Full of objects, and nothing is due. */
static void set_up(void)
{
	u32 n;

	pool = zs_create_pool("test");
	expect(pool);
	for (n = 0; n < NR; n++) {
		handles[n] = test_malloc(pool, len_of(n));
		content_write(pool, handles[n], n, len_of(n));
	}
	shim_run_work();
}

static void free_every(u32 step)
{
	u32 n;

	for (n = 0; n < NR; n += step) {
		if (!handles[n])
			continue;
		zs_free(pool, handles[n]);
		handles[n] = 0;
	}
}

static void tear_down(void)
{
	u32 n;

	expect_ok(pool);
	for (n = 0; n < NR; n++) {
		if (!handles[n])
			continue;
		content_verify(pool, handles[n], n, len_of(n));
		zs_free(pool, handles[n]);
		handles[n] = 0;
	}
	expect(zs_get_total_pages(pool) == 0);
	zs_destroy_pool(pool);
	expect(!shim_run_work(), "the worker outlives its pool");
}

static void the_worker_comes_when_it_is_worth_it(void)
{
	unsigned long before, recoverable;

	set_up();
	before = zs_get_total_pages(pool);
	expect(!shim_run_work(), "the worker comes though nothing was freed");
	free_every(3);
	recoverable = atomic_long_read(&pool->recoverable);
	expect(recoverable > before / 10, "%lu", recoverable);
	expect(shim_run_work(), "the worker does not come");
	note("%lu pages, %lu recoverable, after the worker %lu and %ld", before, recoverable,
	     zs_get_total_pages(pool), atomic_long_read(&pool->recoverable));
	expect(atomic_long_read(&pool->recoverable) <= (long)zs_background_threshold(pool) + 1);
	tear_down();
}

static void the_worker_can_be_switched_off(void)
{
	unsigned long before;

	set_up();
	pool->background.permille = 1000;
	free_every(2);
	before = zs_get_total_pages(pool);
	expect(!shim_run_work());
	expect(zs_get_total_pages(pool) == before);
	tear_down();
}

static void the_shrinker_frees_what_it_counts(void)
{
	unsigned long before, counted, freed;

	set_up();
	pool->background.permille = 1000;
	free_every(2);
	before = zs_get_total_pages(pool);
	freed = shim_shrink(ULONG_MAX / 4, &counted);
	note("%lu pages, %lu counted, %lu freed", before, counted, freed);
	expect(counted > 100 && freed >= counted - counted / 10);
	expect(before - zs_get_total_pages(pool) == freed);
	expect(freed <= counted);
	tear_down();
}

static void the_shrinker_stops_where_it_was_told(void)
{
	unsigned long before, counted, freed;

	set_up();
	pool->background.permille = 1000;
	free_every(2);
	before = zs_get_total_pages(pool);
	freed = shim_shrink(20, &counted);
	expect(freed >= 20 && freed < 20 + 2 * ZS_MAX_CHAIN, "%lu", freed);
	expect(before - zs_get_total_pages(pool) == freed);
	tear_down();
}

/* Neither waits for the lock of a compaction: the shrinker may be called by its holder. */
static void both_leave_a_compaction_alone(void)
{
	unsigned long before, counted;

	set_up();
	free_every(2);
	before = zs_get_total_pages(pool);
	mutex_lock(&pool->compact_lock);
	shim_run_work();
	expect(shim_shrink(100, &counted) == 0);
	mutex_unlock(&pool->compact_lock);
	expect(zs_get_total_pages(pool) == before);
	tear_down();
}

static void few_objects_of_many_sizes_share_slots(void)
{
	struct zs_pool *own = test_pool(), *shared = zs_create_pool("shared");
	unsigned int n;

	expect(shared);
	for (n = 0; n < 100; n++) {
		test_malloc(own, PAGE_SIZE / 3 + n * PAGE_SIZE / 512);
		test_malloc(shared, PAGE_SIZE / 3 + n * PAGE_SIZE / 512);
	}
	note("100 objects of 100 sizes: %lu pages, with classes of their own %lu",
	     zs_get_total_pages(shared), zs_get_total_pages(own));
	expect(zs_get_total_pages(shared) < zs_get_total_pages(own));
	expect_ok(shared);
	zs_destroy_pool(shared);
	zs_destroy_pool(own);
}

static const struct test_case background_cases[] = {
	{ "the_worker_comes_when_it_is_worth_it", the_worker_comes_when_it_is_worth_it },
	{ "the_worker_can_be_switched_off", the_worker_can_be_switched_off },
	{ "the_shrinker_frees_what_it_counts", the_shrinker_frees_what_it_counts },
	{ "the_shrinker_stops_where_it_was_told", the_shrinker_stops_where_it_was_told },
	{ "both_leave_a_compaction_alone", both_leave_a_compaction_alone },
	{ "few_objects_of_many_sizes_share_slots", few_objects_of_many_sizes_share_slots },
	{ }
};

const struct test_suite background_suite = { "background", background_cases };
