// SPDX-License-Identifier: GPL-2.0-only
/*
 * Red zones, in the variant that has them: every byte too many is found, once, and
 * whose it is. That no legal write is taken for one, the other suites say.
 */
#include "redzone.h"
#include "test.h"

#ifdef CONFIG_ZSMALLOC_DEBUG

/* Every size, and every number of bytes too many, by way of zs_map_object(). */
static void who_writes_past_his_object_is_named(void)
{
	struct zs_pool *pool = test_pool();
	long found = 0;
	u32 size;

	for (size = 1; size <= PAGE_SIZE; size += 13) {
		unsigned long handle = test_malloc(pool, size), lines;
		size_t end = zs_red_usable(pool, test_find(pool, handle).zspage->class->geo);
		char want[40];
		u8 *mem;

		expect(end >= size);
		content_write(pool, handle, size, end);
		if (end == PAGE_SIZE)
			continue;
		lines = shim_log_lines;
		mem = zs_map_object(pool, handle, size % 2 ? ZS_MM_RW : ZS_MM_WO);
		content_fill(mem, size, end);
		memset(mem + end, 0, 1 + size % ZS_RED_BYTES);
		zs_unmap_object(pool, handle);
		expect(zs_counted(pool, ZS_COUNT_DAMAGED) == ++found, "%u bytes", size);
		expect(shim_log_lines == lines + 1);
		snprintf(want, sizeof(want), "handle %#lx was", handle);
		expect(strstr(shim_log_last, want), "%s", shim_log_last);
		content_verify(pool, handle, size, end);
		/* every other one stays, so that all slots of a chain are seen */
		if (size % 2)
			zs_free(pool, handle);
	}
	zs_compact(pool);
	expect(zs_counted(pool, ZS_COUNT_DAMAGED) == found);
	expect_ok(pool);
	zs_destroy_pool(pool);
}

static const struct test_case redzone_cases[] = {
	{ "who_writes_past_his_object_is_named", who_writes_past_his_object_is_named },
	{ }
};

#else

static const struct test_case redzone_cases[] = { { } };

#endif

const struct test_suite redzone_suite = { "redzone", redzone_cases };
