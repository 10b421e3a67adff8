// SPDX-License-Identifier: GPL-2.0-only
/*
 * See blobs.h.
 */
#include "blobs.h"

#define GFP_FUZZ	(GFP_KERNEL | __GFP_HIGHMEM | __GFP_MOVABLE)

struct zs_pool *pool;
struct blob blobs[MAX_BLOBS];
unsigned long stale[MAX_STALE];
unsigned int nr_stale, live;

static u8 content(const struct blob *b, size_t n)
{
	return b->seed + n * 7 + (n >> 8);
}

static void fill(const struct blob *b, u8 *to, size_t len)
{
	size_t n;

	for (n = 0; n < len; n++)
		to[n] = content(b, n);
}

void blob_same(const struct blob *b, const u8 *mem, size_t len)
{
	size_t n;

	for (n = 0; n < len; n++)
		expect(mem[n] == content(b, n));
}

bool blob_allocate(struct blob *b, u32 len)
{
	unsigned long failed = shim_failed;
	u8 buf[PAGE_SIZE], *mem;
	size_t n;

	if (b->handle)
		return false;
	b->len = len % PAGE_SIZE + 1;
	b->handle = zs_malloc(pool, b->len, GFP_FUZZ);
	if (IS_ERR_VALUE(b->handle)) {
		expect(b->handle == (unsigned long)-ENOMEM && shim_failed > failed);
		b->handle = 0;
		return false;
	}
	live++;
	/* nobody's old memory */
	mem = zs_obj_read_begin(pool, b->handle, b->len, buf);
	expect(mem);
	for (n = 0; n < b->len; n++)
		expect(!mem[n]);
	zs_obj_read_end(pool, b->handle, b->len, mem);
	return true;
}

void blob_fill(struct blob *b, u8 seed)
{
	u8 bytes[PAGE_SIZE];

	b->seed = seed;
	fill(b, bytes, b->len);
	expect(!zs_obj_write(pool, b->handle, bytes, b->len));
}

void blob_verify(const struct blob *b, size_t len)
{
	u8 buf[PAGE_SIZE], *mem = zs_obj_read_begin(pool, b->handle, len, buf);

	expect(mem);
	blob_same(b, mem, len);
	zs_obj_read_end(pool, b->handle, len, mem);
}

void blob_release(struct blob *b)
{
	blob_verify(b, b->len);
	zs_free(pool, b->handle);
	stale[nr_stale++ % MAX_STALE] = b->handle;
	b->handle = 0;
	live--;
}

void blob_refused(unsigned long handle)
{
	long before = zs_counted(pool, ZS_COUNT_REFUSED);
	u8 buf[1] = { };
	unsigned int n;

	for (n = 0; n < MAX_BLOBS; n++)
		if (blobs[n].handle && blobs[n].handle == handle)
			return;
	zs_free(pool, handle);
	expect(!zs_map_object(pool, handle, ZS_MM_RW));
	expect(!zs_obj_read_begin(pool, handle, 1, buf));
	expect(zs_obj_write(pool, handle, buf, 1) == -EINVAL);
	expect(zs_counted(pool, ZS_COUNT_REFUSED) - before ==
	       3 + (handle && !IS_ERR_VALUE(handle)));
}

void blob_write(struct blob *b, u32 len, u8 seed)
{
	u8 bytes[PAGE_SIZE], *mem;

	b->seed = seed;
	fill(b, bytes, b->len);
	expect(!zs_obj_write(pool, b->handle, bytes, len));
	if (len == b->len)
		return;
	mem = zs_map_object(pool, b->handle, ZS_MM_RW);
	expect(mem);
	memcpy(mem + len, bytes + len, b->len - len);
	zs_unmap_object(pool, b->handle);
}

void blob_wrong_length(const struct blob *b, size_t len)
{
	u8 buf[1];

	expect(!zs_obj_read_begin(pool, b->handle, len, buf));
	expect(zs_obj_write(pool, b->handle, buf, len) == -EINVAL);
}

void blob_check(void)
{
	expect(zs_check(pool) == ZS_OK);
	expect(zs_handle_live(&pool->handles) == live);
}
