// SPDX-License-Identifier: GPL-2.0-only
/*
 * Content of objects, and small steps that many cases take.
 */
#include "test.h"

void content_fill(u8 *to, u32 seed, size_t len)
{
	size_t words = len / sizeof(u64), n;
	u64 last;

	for (n = 0; n < words; n++) {
		u64 word = (seed + n + 1) * 0x9e3779b97f4a7c15ULL;

		memcpy(to + n * sizeof(word), &word, sizeof(word));
	}
	last = (seed + n + 1) * 0x9e3779b97f4a7c15ULL;
	memcpy(to + n * sizeof(last), &last, len % sizeof(last));
}

void content_write(struct zs_pool *pool, unsigned long handle, u32 seed, size_t len)
{
	u8 want[PAGE_SIZE];

	content_fill(want, seed, len);
	expect(zs_obj_write(pool, handle, want, len) == 0, "handle %#lx", handle);
}

void content_verify(struct zs_pool *pool, unsigned long handle, u32 seed, size_t len)
{
	u8 want[PAGE_SIZE], buf[PAGE_SIZE];
	void *mem = zs_obj_read_begin(pool, handle, len, buf);
	struct zs_reading reading;

	expect(mem, "handle %#lx, %zu bytes", handle, len);
	content_fill(want, seed, len);
	expect(!memcmp(mem, want, len), "handle %#lx, %zu bytes", handle, len);
	zs_obj_read_end(pool, handle, len, mem);

	mem = zs_read_begin(pool, handle, len, buf, &reading);
	expect(mem && !memcmp(mem, want, len), "handle %#lx, %zu bytes", handle, len);
	zs_read_end(&reading);
}

struct zs_pool *test_pool(void)
{
	struct zs_pool *pool = zs_create_pool("test");

	expect(pool);
	pool->background.permille = 1000;
	pool->demand.start = 0;
	pool->demand.stop = 0;
	return pool;
}

unsigned long test_malloc(struct zs_pool *pool, size_t size)
{
	unsigned long handle = zs_malloc(pool, size, GFP_TEST);

	expect(handle && !IS_ERR_VALUE(handle), "%zu bytes: %#lx", size, handle);
	return handle;
}

struct object test_find(struct zs_pool *pool, unsigned long handle)
{
	struct object object;
	struct zs_place place;
	const char *wrong;
	struct zs_ref ref;

	rcu_read_lock();
	wrong = zs_handle_find(&pool->handles, handle, &ref);
	place = zs_entry_place(ref.seen);
	rcu_read_unlock();
	expect(!wrong, "handle %#lx: %s", handle, wrong);

	object.zspage = xa_load(&pool->zspages, place.zspage);
	object.slot = place.slot;
	object.index = zs_zspage_back(object.zspage)[place.slot];
	return object;
}

struct page *test_any_page(struct rnd *rnd)
{
	unsigned int pages = shim_pages(), tries;

	for (tries = 0; pages && tries < 64; tries++) {
		struct page *page = shim_page(rnd_below(rnd, pages));

		if (page_count(page))
			return page;
	}
	return NULL;
}

void run_threads(void *(*body)(void *), unsigned int nr, pthread_t *threads)
{
	unsigned long n;

	for (n = 0; n < nr; n++)
		expect(!pthread_create(&threads[n], NULL, body, (void *)n));
}

void join_threads(unsigned int nr, pthread_t *threads)
{
	unsigned int n;

	for (n = 0; n < nr; n++)
		pthread_join(threads[n], NULL);
}
