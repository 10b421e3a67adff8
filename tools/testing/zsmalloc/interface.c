// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the interface promises beside content: where objects land, which contexts are
 * allowed, what compaction and a pin do.
 */
#include "compact.h"
#include "test.h"

/* Sizes in steps that make the same number of them with every page size. */
#define STEP	(PAGE_SIZE / SZ_4K)

/* Census row 10: all sizes at a time, each twice, filled to the last byte. */
static void objects_of_every_size_keep_apart(void)
{
	static unsigned long handles[SZ_4K][2];
	struct zs_pool *pool = test_pool();
	u32 n, k;

	for (n = 0; n < SZ_4K; n++)
		for (k = 0; k < 2; k++) {
			handles[n][k] = test_malloc(pool, (n + 1) * STEP);
			content_write(pool, handles[n][k], 2 * n + k, (n + 1) * STEP);
		}
	expect_ok(pool);
	for (n = 0; n < SZ_4K; n++)
		for (k = 0; k < 2; k++)
			content_verify(pool, handles[n][k], 2 * n + k, (n + 1) * STEP);
	zs_compact(pool);
	for (n = 0; n < SZ_4K; n++)
		for (k = 0; k < 2; k++) {
			content_verify(pool, handles[n][k], 2 * n + k, (n + 1) * STEP);
			zs_free(pool, handles[n][k]);
		}
	expect(zs_get_total_pages(pool) == 0, "%lu pages", zs_get_total_pages(pool));
	zs_destroy_pool(pool);
}

/* Census row 19: the class that is looked up is the one that is used. */
static void a_size_is_served_by_its_class(void)
{
	struct zs_pool *pool = test_pool();
	u32 size;

	for (size = 1; size <= PAGE_SIZE; size += size % STEP ? 1 : max(STEP - 1, 1UL)) {
		unsigned long handle = test_malloc(pool, size);

		expect(test_find(pool, handle).zspage->class == pool->classes[zs_class_of(size)],
		       "size %u", size);
		zs_free(pool, handle);
	}
	zs_destroy_pool(pool);
}

/* One page less than a chain needs, one object at a time: chains grow and shrink at the end. */
static void a_chain_is_as_long_as_its_objects_need(void)
{
	const struct zs_geometry *geo = zs_class_geometry(zs_class_of(PAGE_SIZE / 8 * 3 - 64));
	struct zs_pool *pool = test_pool();
	unsigned long handles[64];
	int n, nr = geo->slots;

	expect(nr <= 64 && geo->pages > 1);
	for (n = 0; n < nr; n++) {
		handles[n] = test_malloc(pool, geo->size);
		expect(zs_get_total_pages(pool) == zs_class_packed(geo, n + 1), "%d and one", n);
	}
	while (n-- > 0) {
		zs_free(pool, handles[n]);
		expect(zs_get_total_pages(pool) == zs_class_packed(geo, n), "%d objects", n);
	}
	zs_destroy_pool(pool);
}

static void compaction_gives_back_half_of_half_empty(void)
{
	enum { NR = 2000, SIZE = 700 };
	struct zs_pool *pool = test_pool();
	static unsigned long handles[NR];
	unsigned long before, after, freed;
	struct zs_pool_stats stats;
	int n;

	for (n = 0; n < NR; n++) {
		handles[n] = test_malloc(pool, SIZE * STEP);
		content_write(pool, handles[n], n, SIZE * STEP);
	}
	before = zs_get_total_pages(pool);
	for (n = 0; n < NR; n += 2)
		zs_free(pool, handles[n]);
	freed = zs_compact(pool);
	after = zs_get_total_pages(pool);
	zs_pool_stats(pool, &stats);
	note("%lu pages, after freeing every other object and compaction %lu, %lu given back",
	     before, after, freed);
	expect(after <= before / 2 + 1);
	expect(atomic_long_read(&stats.pages_compacted) == (long)freed);
	expect(zs_compact(pool) == 0);
	expect_ok(pool);
	for (n = 1; n < NR; n += 2)
		content_verify(pool, handles[n], n, SIZE * STEP);
	zs_destroy_pool(pool);
}

static void a_reader_keeps_its_object_in_place(void)
{
	enum { NR = 200 };
	struct zs_pool *pool = test_pool();
	u32 size = PAGE_SIZE / 4 - 100, n;
	unsigned long handles[NR];
	u8 buf[PAGE_SIZE], want[PAGE_SIZE];
	struct zs_reading reading;
	struct object object;
	void *mem;

	for (n = 0; n < NR; n++) {
		handles[n] = test_malloc(pool, size);
		content_write(pool, handles[n], n, size);
	}
	for (n = 0; n < NR; n++)
		if (n % 10 != 9)
			zs_free(pool, handles[n]);
	object = test_find(pool, handles[99]);
	mem = zs_read_begin(pool, handles[99], size, buf, &reading);
	expect(mem);
	expect(atomic_read(&object.zspage->pins) == 1);
	zs_compact(pool);
	expect(test_find(pool, handles[99]).zspage == object.zspage);
	expect(test_find(pool, handles[99]).slot == object.slot);
	content_fill(want, 99, size);
	expect(!memcmp(mem, want, size));
	zs_read_end(&reading);
	expect(atomic_read(&object.zspage->pins) == 0);
	zs_compact(pool);
	content_verify(pool, handles[99], 99, size);
	expect_ok(pool);
	zs_destroy_pool(pool);
}

/* The victim of a compaction that stopped half way has got a reader. */
static void a_victim_with_a_reader_is_left_alone(void)
{
	enum { NR = 100 };
	struct zs_pool *pool = test_pool();
	u32 size = PAGE_SIZE / 4 - 100, n;
	unsigned long handles[NR], freed = 0;
	struct zs_zspage *victim;
	struct zs_class *class;
	struct page *spare = NULL;
	u8 buf[PAGE_SIZE];
	void *mem = NULL;

	for (n = 0; n < NR; n++) {
		handles[n] = test_malloc(pool, size);
		content_write(pool, handles[n], n, size);
	}
	for (n = 0; n < NR; n += 2)
		zs_free(pool, handles[n]);
	class = pool->classes[zs_class_of(size)];
	/* one move at a time, until one is begun and not done */
	do {
		struct zs_budget budget = { .bytes = class->geo->size, .slots = 1000 };

		spin_lock(&class->lock);
		expect(zs_compact_step(pool, class, &budget, &spare, &freed) == ZS_MORE);
		victim = class->victim;
		spin_unlock(&class->lock);
	} while (!victim);
	for (n = 1; n < NR && !mem; n += 2)
		if (test_find(pool, handles[n]).zspage == victim)
			mem = zs_obj_read_begin(pool, handles[n], size, buf);
	expect(mem);
	expect(zs_compact(pool) > 0);
	expect(class->victim != victim && victim->objects);
	zs_obj_read_end(pool, handles[n - 2], size, mem);
	for (n = 1; n < NR; n += 2)
		content_verify(pool, handles[n], n, size);
	expect_ok(pool);
	zs_destroy_pool(pool);
}

static void a_huge_object_takes_a_page(void)
{
	struct zs_pool *pool = test_pool();
	size_t huge = zs_huge_class_size(pool);
	unsigned int n;

	for (n = 1; n <= 50; n++) {
		test_malloc(pool, huge);
		expect(zs_get_total_pages(pool) == n);
	}
	for (n = 0; n < 50; n++)
		test_malloc(pool, huge - 1);
	expect(zs_get_total_pages(pool) < 100, "%lu", zs_get_total_pages(pool));
	zs_destroy_pool(pool);
}

static void free_and_access_allocate_nothing(void)
{
	struct zs_pool *pool = test_pool();
	unsigned long handles[100];
	u8 buf[PAGE_SIZE];
	void *mem;
	int n;

	for (n = 0; n < 100; n++)
		handles[n] = test_malloc(pool, PAGE_SIZE / 3);
	shim_fail(0, 0);
	for (n = 0; n < 100; n += 3)
		zs_free(pool, handles[n]);
	for (n = 1; n < 100; n += 3) {
		content_write(pool, handles[n], n, PAGE_SIZE / 3);
		mem = zs_obj_read_begin(pool, handles[n], PAGE_SIZE / 3, buf);
		zs_obj_read_end(pool, handles[n], PAGE_SIZE / 3, mem);
		expect(zs_map_object(pool, handles[n], ZS_MM_RW));
		zs_unmap_object(pool, handles[n]);
	}
	expect(!shim_sites, "%lu allocations", shim_sites);
	zs_destroy_pool(pool);
}

/* The shim ends the program where something sleeps that must not. */
static void free_and_atomic_malloc_work_under_a_spinlock(void)
{
	struct zs_pool *pool = test_pool();
	unsigned long handles[50];
	DEFINE_SPINLOCK(lock);
	int n;

	spin_lock(&lock);
	for (n = 0; n < 50; n++) {
		handles[n] = zs_malloc(pool, 900, GFP_NOWAIT | __GFP_HIGHMEM | __GFP_MOVABLE);
		expect(!IS_ERR_VALUE(handles[n]));
	}
	for (n = 0; n < 50; n++)
		zs_free(pool, handles[n]);
	spin_unlock(&lock);
	zs_destroy_pool(pool);
}

/* The shim's pages are full of noise unless they were asked to be zero. */
static void what_was_never_written_is_zero(void)
{
	static const u32 sizes[] = { 1, 40, 100, 500, 1000, 2500, 3000, 3900, SZ_4K };
	struct zs_pool *pool = test_pool();
	u8 buf[PAGE_SIZE], *mem;
	u32 n, k, at;

	for (n = 0; n < ARRAY_SIZE(sizes); n++)
		for (k = 0; k < 50; k++) {
			u32 len = sizes[n] * STEP;
			unsigned long handle = test_malloc(pool, len);

			mem = zs_obj_read_begin(pool, handle, len, buf);
			expect(mem);
			for (at = 0; at < len; at++)
				expect(!mem[at], "%u bytes, byte %u: %#x", len, at, mem[at]);
			zs_obj_read_end(pool, handle, len, mem);
			/* the next one must be in another slot */
			content_write(pool, handle, k, len);
		}
	zs_destroy_pool(pool);
}

static struct zs_pool *pool_of_3000(void)
{
	struct zs_pool *pool = test_pool();
	int n;

	for (n = 0; n < 3000; n++)
		test_malloc(pool, n % PAGE_SIZE + 1);
	return pool;
}

static void a_pool_may_go_with_objects_in_it(void)
{
	zs_destroy_pool(pool_of_3000());
	expect(strstr(shim_log_last, "3000"), "the log says: %s", shim_log_last);
	zs_destroy_pool(NULL);
	*shim_log_last = 0;	/* on purpose: without a word */
	expect(zs_drop_pool(pool_of_3000()) == 3000 && !*shim_log_last && !zs_drop_pool(NULL));
}

static const struct test_case interface_cases[] = {
	{ "objects_of_every_size_keep_apart", objects_of_every_size_keep_apart },
	{ "a_size_is_served_by_its_class", a_size_is_served_by_its_class },
	{ "a_chain_is_as_long_as_its_objects_need", a_chain_is_as_long_as_its_objects_need },
	{ "compaction_gives_back_half_of_half_empty", compaction_gives_back_half_of_half_empty },
	{ "a_reader_keeps_its_object_in_place", a_reader_keeps_its_object_in_place },
	{ "a_victim_with_a_reader_is_left_alone", a_victim_with_a_reader_is_left_alone },
	{ "a_huge_object_takes_a_page", a_huge_object_takes_a_page },
	{ "free_and_access_allocate_nothing", free_and_access_allocate_nothing },
	{ "free_and_atomic_malloc_work_under_a_spinlock",
	  free_and_atomic_malloc_work_under_a_spinlock },
	{ "what_was_never_written_is_zero", what_was_never_written_is_zero },
	{ "a_pool_may_go_with_objects_in_it", a_pool_may_go_with_objects_in_it },
	{ }
};

const struct test_suite interface_suite = { "interface", interface_cases };
