// SPDX-License-Identifier: GPL-2.0-only
/*
 * See refuse.h.
 */
#include "refuse.h"

struct zs_pool *refuse_pool;
unsigned long refuse_handles[REFUSE_NR];

u32 refuse_len(u32 n)
{
	return n * (u32)(PAGE_SIZE / REFUSE_NR) + 1;
}

void refuse_begin(void)
{
	u32 n;

	refuse_pool = test_pool();
	for (n = 0; n < REFUSE_NR; n++) {
		refuse_handles[n] = test_malloc(refuse_pool, refuse_len(n));
		content_write(refuse_pool, refuse_handles[n], n, refuse_len(n));
	}
}

void refuse_end(void)
{
	u32 n;

	expect_ok(refuse_pool);
	for (n = 0; n < REFUSE_NR; n++) {
		if (!refuse_handles[n])
			continue;
		content_verify(refuse_pool, refuse_handles[n], n, refuse_len(n));
		zs_free(refuse_pool, refuse_handles[n]);
	}
	expect(zs_get_total_pages(refuse_pool) == 0);
	zs_destroy_pool(refuse_pool);
}

bool refuse_live(unsigned long handle)
{
	int n;

	for (n = 0; n < REFUSE_NR; n++)
		if (refuse_handles[n] == handle)
			return true;
	return false;
}

void refuse(unsigned long handle, unsigned long lines)
{
	unsigned long before = zs_get_total_pages(refuse_pool), said = shim_log_lines;
	long refusals = zs_counted(refuse_pool, ZS_COUNT_REFUSED);
	u8 buf[8] = { };

	zs_free(refuse_pool, handle);
	expect(shim_log_lines - said == lines, "free of %#lx: %lu lines", handle,
	       shim_log_lines - said);
	expect(!zs_map_object(refuse_pool, handle, ZS_MM_RO), "%#lx", handle);
	expect(!zs_map_object(refuse_pool, handle, ZS_MM_RW), "%#lx", handle);
	expect(!zs_map_object(refuse_pool, handle, ZS_MM_WO), "%#lx", handle);
	expect(!zs_obj_read_begin(refuse_pool, handle, 1, buf), "%#lx", handle);
	expect(zs_obj_write(refuse_pool, handle, buf, 1) == -EINVAL, "%#lx", handle);
	expect(shim_log_lines - said == lines + 5, "%#lx: %lu lines", handle,
	       shim_log_lines - said);
	expect(zs_counted(refuse_pool, ZS_COUNT_REFUSED) - refusals == (long)lines + 5);
	expect(zs_get_total_pages(refuse_pool) == before);
}
