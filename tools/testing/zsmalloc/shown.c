// SPDX-License-Identifier: GPL-2.0-only
/*
 * What surrounds the allocator: what debugfs shows, what metadata is said to take,
 * the zpool driver, CPUs that go, many pools at a time.
 */
#include "budget.h"
#include "test.h"
#include "usage.h"

static void a_buffer_outlives_its_cpu(void)
{
	unsigned int cpu;

	shim_fail(0, 0);
	for_each_possible_cpu(cpu) {
		shim_cpu_down(cpu);
		expect(shim_cpu_up(cpu) == 0);
	}
	expect(!shim_sites, "%lu allocations", shim_sites);
}

static void debugfs_shows_the_sums(void)
{
	struct zs_pool *pool = test_pool(), *twin = test_pool();
	unsigned long zspages, pages, objects;
	char *text, *total;
	int n;

	for (n = 0; n < 500; n++)
		test_malloc(pool, n % 7 * (PAGE_SIZE / 8) + 40);
	text = shim_debugfs_read("test", "classes");
	expect(text);
	total = strstr(text, "total");
	expect(total && sscanf(total, "total %lu %lu %lu", &zspages, &pages, &objects) == 3);
	expect(pages == zs_get_total_pages(pool), "%lu", pages);
	expect(objects == 500, "%lu", objects);
	free(text);
	zs_destroy_pool(twin);
	zs_destroy_pool(pool);
	expect(!shim_debugfs_read("test", "classes"));
}

/* The number behind @name and a blank in debugfs file @file, or the case ends here. */
static unsigned long shown(const char *file, const char *name)
{
	char *text = shim_debugfs_read("test", file), *at, *line;
	unsigned long value = 0;

	expect(text);
	for (line = text; (at = strstr(line, name)); line = at + 1)
		if ((at == text || at[-1] == '\n') && at[strlen(name)] == ' ')
			break;
	expect(at && sscanf(at + strlen(name), "%lu", &value) == 1, "no %s", name);
	free(text);
	return value;
}

static void fullness_is_shown_by_quarters(void)
{
	const struct zs_geometry *geo = zs_class_geometry(zs_class_of(PAGE_SIZE / 64 * 3));
	u32 part[] = { 1, geo->slots / 3, geo->slots / 2 + 1, geo->slots - 1, geo->slots }, n, k;
	struct zs_pool *pool = test_pool();
	static unsigned long handles[5][ZS_MAX_SLOTS];
	unsigned int quarter[5];
	char *text, *line;

	/* five zspages, full first, so that each is one of its own */
	for (n = 0; n < 5; n++)
		for (k = 0; k < geo->slots; k++)
			handles[n][k] = test_malloc(pool, geo->size);
	for (n = 0; n < 5; n++)
		for (k = part[n]; k < geo->slots; k++)
			zs_free(pool, handles[n][k]);
	text = shim_debugfs_read("test", "classes");
	line = strchr(text, '\n') + 1;
	expect(sscanf(line, "%*u %*u %*u %*u %*u %*u %*u %*u %*u %u %u %u %u %u", quarter,
		      quarter + 1, quarter + 2, quarter + 3, quarter + 4) == 5, "%s", line);
	for (n = 0; n < 5; n++)
		expect(quarter[n] == 1, "%u: %u in\n%s", n, quarter[n], text);
	free(text);
	zs_destroy_pool(pool);
}

static void counters_say_what_compaction_did(void)
{
	struct zs_pool *pool = test_pool();
	static unsigned long handles[600];
	unsigned long freed;
	u32 n;

	for (n = 0; n < 600; n++)
		handles[n] = test_malloc(pool, PAGE_SIZE / 7 * (1 + n % 3));
	for (n = 0; n < 600; n++)
		if (n / 3 % 4)
			zs_free(pool, handles[n]);
	freed = zs_compact(pool);
	expect(freed);
	expect(shown("stats", "compactions_asked") == 1);
	expect(shown("stats", "pages_compacted") == freed);
	expect(shown("stats", "objects_moved") > 50);
	expect(shown("stats", "objects_moved") <= 200);
	expect(shown("stats", "bytes_moved") >= PAGE_SIZE / 7 * 50);
	expect(shown("stats", "compaction_steps") >=
	       shown("stats", "bytes_moved") / ZS_COMPACT_BYTES);
	expect(shown("stats", "max_bytes_locked") <= ZS_COMPACT_BYTES);
	expect(shown("stats", "max_slots_locked") <= ZS_COMPACT_SLOTS);
	expect(shown("stats", "malloc_failed") == 0);
	expect(IS_ERR_VALUE(zs_malloc(pool, 0, GFP_TEST)));
	shim_fail(1, 2);
	expect(IS_ERR_VALUE(zs_malloc(pool, PAGE_SIZE, GFP_TEST)));
	shim_fail(0, 0);
	expect(shown("stats", "malloc_failed") == 2);
	zs_free(pool, handles[0]);
	zs_free(pool, handles[0]);
	expect(shown("stats", "handles_refused") == 1);
	zs_destroy_pool(pool);
}

static void the_memory_of_a_pool_is_shown_part_by_part(void)
{
	struct shim_usage before = shim_usage();
	struct zs_pool *pool = test_pool();
	static const char *const parts[] = { "bytes_pages", "bytes_spare", "bytes_descriptors",
		"bytes_leaves", "bytes_nodes", "bytes_classes", "bytes_fixed" };
	unsigned long sum = 0, descriptors = 0, index;
	struct zs_zspage *zspage;
	u32 n;

	for (n = 0; n < 3000; n++)
		test_malloc(pool, n % PAGE_SIZE + 1);
	for (n = 0; n < ARRAY_SIZE(parts); n++)
		sum += shown("stats", parts[n]);
	expect(shown("stats", "bytes_total") == sum);
	expect(shown("stats", "bytes_total") - shown("stats", "bytes_pages") ==
	       zs_pool_metadata(pool));
	expect(shown("stats", "bytes_pages") == zs_get_total_pages(pool) * PAGE_SIZE);
	expect(shown("stats", "bytes_leaves") ==
	       (shim_usage().lowmem - before.lowmem) * PAGE_SIZE);
	xa_for_each(&pool->zspages, index, zspage)
		descriptors += ksize(zspage);
	expect(shown("stats", "bytes_descriptors") == descriptors);
	expect(shown("stats", "bytes_nodes") > 0);
	expect(shown("stats", "bytes_spare") == 0);
	pool->spare = zs_page_alloc(GFP_TEST);
	expect(shown("stats", "bytes_spare") == PAGE_SIZE);
	zs_page_free(pool->spare);
	pool->spare = NULL;
	zs_destroy_pool(pool);
}

static void metadata_is_what_was_allocated(void)
{
	struct zs_pool *pool = test_pool();
	struct shim_usage before = shim_usage(), now;
	size_t empty = zs_pool_metadata(pool), filled;
	unsigned long handles[2000];
	int n;

	for (n = 0; n < 2000; n++)
		handles[n] = test_malloc(pool, 300);
	filled = zs_pool_metadata(pool);
	now = shim_usage();
	expect(filled > empty + (now.lowmem - before.lowmem) * PAGE_SIZE);
	for (n = 0; n < 2000; n++)
		zs_free(pool, handles[n]);
	now = shim_usage();
	/* one class state and one leaf stay, and what leads to it */
	expect(zs_pool_metadata(pool) == empty + (now.lowmem - before.lowmem) * PAGE_SIZE +
	       ksize(pool->classes[zs_class_of(300)]) +
	       zs_usage_nodes(&pool->handles.leaves) * sizeof(struct xa_node));
	expect(now.lowmem - before.lowmem == 1, "%ld leaves", now.lowmem - before.lowmem);
	zs_destroy_pool(pool);
}

static void the_zpool_driver_passes_on(void)
{
	struct zpool_driver *driver = shim_zpool_driver;
	unsigned long handle;
	void *pool, *mem;

	expect(driver && !strcmp(driver->type, "zsmalloc"));
	pool = driver->create("glue", GFP_KERNEL, NULL, NULL);
	expect(pool);
	expect(driver->malloc(pool, 0, GFP_KERNEL, &handle) == -EINVAL);
	expect(driver->malloc(pool, 1000, GFP_TEST, &handle) == 0);
	expect(driver->total_size(pool) == PAGE_SIZE);
	mem = driver->map(pool, handle, ZPOOL_MM_WO);
	expect(mem);
	memset(mem, 0x77, 1000);
	driver->unmap(pool, handle);
	mem = driver->map(pool, handle, ZPOOL_MM_RO);
	expect(mem && *(u8 *)mem == 0x77);
	driver->unmap(pool, handle);
	driver->free(pool, handle);
	expect(driver->total_size(pool) == 0);
	driver->destroy(pool);
}

static void more_pools_than_tags(void)
{
	static struct zs_pool *pools[300];
	static unsigned long handles[300];
	u32 n;

	for (n = 0; n < 300; n++) {
		pools[n] = test_pool();
		handles[n] = test_malloc(pools[n], 500);
		content_write(pools[n], handles[n], n, 500);
	}
	for (n = 0; n < 300; n++) {
		content_verify(pools[n], handles[n], n, 500);
		zs_free(pools[n], handles[n]);
		expect_ok(pools[n]);
		zs_destroy_pool(pools[n]);
	}
}

static const struct test_case shown_cases[] = {
	{ "a_buffer_outlives_its_cpu", a_buffer_outlives_its_cpu },
	{ "debugfs_shows_the_sums", debugfs_shows_the_sums },
	{ "fullness_is_shown_by_quarters", fullness_is_shown_by_quarters },
	{ "counters_say_what_compaction_did", counters_say_what_compaction_did },
	{ "the_memory_of_a_pool_is_shown_part_by_part",
	  the_memory_of_a_pool_is_shown_part_by_part },
	{ "metadata_is_what_was_allocated", metadata_is_what_was_allocated },
	{ "the_zpool_driver_passes_on", the_zpool_driver_passes_on },
	{ "more_pools_than_tags", more_pools_than_tags },
	{ }
};

const struct test_suite shown_suite = { "shown", shown_cases };
