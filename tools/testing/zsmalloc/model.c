// SPDX-License-Identifier: GPL-2.0-only
/*
 * Every operation of the allocator next to a model too dumb to be wrong.
 */
#include "model.h"

/* Payload at a time: enough for many zspages in every class that is in use. */
#define PAYLOAD		(SZ_64K * 256)
#define MAX_BLOBS	8192

u32 model_any_size(struct rnd *rnd)
{
	return rnd_range(rnd, 1, PAGE_SIZE);
}

/* What LZO makes of pages with 4 KiB: mostly 500 to 2000 bytes, some full pages. */
u32 model_page_size(struct rnd *rnd)
{
	if (!rnd_below(rnd, 16))
		return PAGE_SIZE;
	return rnd_range(rnd, 500, 2000) * (PAGE_SIZE / SZ_4K);
}

u32 model_tiny_size(struct rnd *rnd)
{
	return rnd_range(rnd, 1, 128);
}

u32 model_huge_size(struct rnd *rnd)
{
	return rnd_range(rnd, PAGE_SIZE / 4 * 3, PAGE_SIZE);
}

u32 model_one_size(struct rnd *rnd)
{
	return PAGE_SIZE / 8 * 3;
}

struct model *model_new(u32 (*size)(struct rnd *rnd))
{
	struct model *m = calloc(1, sizeof(*m));

	m->pool = zs_create_pool("test");
	expect(m->pool);
	m->nr = min_t(unsigned int, MAX_BLOBS, PAYLOAD / PAGE_SIZE);
	m->blobs = calloc(m->nr, sizeof(*m->blobs));
	m->size = size;
	m->rnd.state = test_options.seed;
	return m;
}

static void want(struct model *m, const struct blob *b)
{
	content_fill(m->want, b->seed, b->len);
	content_fill(m->want, b->head_seed, b->head);
}

static void renew(struct model *m, struct blob *b)
{
	b->seed = rnd_next(&m->rnd);
	b->head = 0;
	want(m, b);
}

static void compare(struct model *m, const struct blob *b, const void *mem, size_t len,
		    const char *how)
{
	if (m->trash)
		return;
	want(m, b);
	expect(!memcmp(mem, m->want, len), "%s, handle %#lx, %zu of %u bytes", how,
	       b->handle, len, b->len);
}

static void read_by_map(struct model *m, struct blob *b)
{
	void *mem = zs_map_object(m->pool, b->handle, ZS_MM_RO);

	expect(mem && IS_ALIGNED((unsigned long)mem, 8), "handle %#lx", b->handle);
	compare(m, b, mem, b->len, "map for reading");
	zs_unmap_object(m->pool, b->handle);
	m->ops += 2;
}

static void read_by_copy(struct model *m, struct blob *b)
{
	size_t len = rnd_below(&m->rnd, 4) ? b->len : rnd_range(&m->rnd, 1, b->len);
	bool remember = rnd_below(&m->rnd, 2);
	struct zs_reading reading;
	void *mem;

	if (remember)
		mem = zs_read_begin(m->pool, b->handle, len, m->buf, &reading);
	else
		mem = zs_obj_read_begin(m->pool, b->handle, len, m->buf);
	expect(mem, "handle %#lx", b->handle);
	compare(m, b, mem, len, "read");
	if (remember)
		zs_read_end(&reading);
	else
		zs_obj_read_end(m->pool, b->handle, len, mem);
	m->ops += 2;
}

static void verify(struct model *m, struct blob *b)
{
	if (rnd_below(&m->rnd, 2))
		read_by_map(m, b);
	else
		read_by_copy(m, b);
}

static void write_by_map(struct model *m, struct blob *b, enum zs_mapmode mode)
{
	void *mem = zs_map_object(m->pool, b->handle, mode);

	expect(mem && IS_ALIGNED((unsigned long)mem, 8), "handle %#lx", b->handle);
	if (mode == ZS_MM_RW) {
		compare(m, b, mem, b->len, "map for reading and writing");
		b->head = rnd_range(&m->rnd, b->head, b->len);
		b->head_seed = rnd_next(&m->rnd);
		want(m, b);
		memcpy(mem, m->want, b->head);
	} else {
		renew(m, b);
		memcpy(mem, m->want, b->len);
	}
	zs_unmap_object(m->pool, b->handle);
	m->ops += 2;
}

static void write(struct model *m, struct blob *b)
{
	switch (rnd_below(&m->rnd, 4)) {
	case 0:
		write_by_map(m, b, ZS_MM_WO);
		break;
	case 1:
		write_by_map(m, b, ZS_MM_RW);
		break;
	case 2:
		b->head = rnd_range(&m->rnd, max(b->head, 1U), b->len);
		b->head_seed = rnd_next(&m->rnd);
		want(m, b);
		expect(zs_obj_write(m->pool, b->handle, m->want, b->head) == 0);
		m->ops++;
		break;
	default:
		renew(m, b);
		expect(zs_obj_write(m->pool, b->handle, m->want, b->len) == 0);
		m->ops++;
	}
}

static void allocate(struct model *m, struct blob *b)
{
	static const gfp_t gfps[] = {
		GFP_TEST, GFP_NOIO, GFP_NOWAIT | __GFP_HIGHMEM, GFP_ATOMIC, GFP_KERNEL
	};

	gfp_t gfp = gfps[rnd_below(&m->rnd, ARRAY_SIZE(gfps))];
	bool at_once = rnd_below(&m->rnd, 2);

	b->len = m->size(&m->rnd);
	renew(m, b);
	b->handle = at_once ? zs_obj_create(m->pool, m->want, b->len, gfp) :
			      zs_malloc(m->pool, b->len, gfp);
	expect(b->handle && !IS_ERR_VALUE(b->handle), "%u bytes: %#lx", b->len, b->handle);
	m->live++;
	m->ops++;
	if (at_once)
		return;
	expect(zs_obj_write(m->pool, b->handle, m->want, b->len) == 0);
	m->ops++;
}

static void release(struct model *m, struct blob *b)
{
	verify(m, b);
	zs_free(m->pool, b->handle);
	b->handle = 0;
	m->live--;
	m->ops++;
}

static struct blob *any_blob(struct model *m)
{
	return &m->blobs[rnd_below(&m->rnd, m->nr)];
}

/* Readers that stay while others come, go and are moved; they end in reverse order. */
static void read_long(struct model *m)
{
	enum { READERS = 4 };
	static u8 bufs[READERS][PAGE_SIZE];
	struct blob *held[READERS];
	void *mem[READERS];
	int n = 0, tries;

	for (tries = 0; tries < 2 * READERS && n < READERS; tries++) {
		struct blob *b = any_blob(m);

		if (!b->handle)
			continue;
		held[n] = b;
		mem[n] = zs_obj_read_begin(m->pool, b->handle, b->len, bufs[n]);
		expect(mem[n], "handle %#lx", b->handle);
		n++;
		m->readers++;
	}
	for (tries = 0; tries < 16; tries++) {
		struct blob *b = any_blob(m);
		int k;

		for (k = 0; k < n && held[k] != b; k++)
			;
		if (k < n)
			continue;
		if (b->handle)
			release(m, b);
		else
			allocate(m, b);
	}
	if (rnd_below(&m->rnd, 2))
		model_compact(m);
	model_background(m);
	for (tries = 0; tries < 16; tries++)
		model_migrate(m);
	while (n-- > 0) {
		compare(m, held[n], mem[n], held[n]->len, "a long read");
		zs_obj_read_end(m->pool, held[n]->handle, held[n]->len, mem[n]);
		m->readers--;
		m->ops += 2;
	}
}

void model_step(struct model *m, unsigned int appetite)
{
	struct blob *b = any_blob(m);

	if (!rnd_below(&m->rnd, 1024))
		read_long(m);
	if (!rnd_below(&m->rnd, 64))
		model_migrate(m);
	if (!b->handle) {
		if (rnd_below(&m->rnd, 8) < appetite)
			allocate(m, b);
		return;
	}
	switch (rnd_below(&m->rnd, 8)) {
	case 0:
	case 1:
		write(m, b);
		break;
	case 2:
	case 3:
		if (rnd_below(&m->rnd, 8) >= appetite)
			release(m, b);
		break;
	default:
		verify(m, b);
	}
}

void model_end(struct model *m)
{
	unsigned int n;

	for (n = 0; n < m->nr; n++)
		if (m->blobs[n].handle)
			release(m, &m->blobs[n]);
	model_migrate_end(m);
	model_check(m);
	expect(zs_get_total_pages(m->pool) == 0, "%lu pages", zs_get_total_pages(m->pool));
	zs_destroy_pool(m->pool);
	free(m->blobs);
	free(m);
}
