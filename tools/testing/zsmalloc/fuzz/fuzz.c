// SPDX-License-Identifier: GPL-2.0-only
/*
 * Bytes are a sequence of operations on a pool, next to a model. For libFuzzer, and for
 * replay.c, which needs nothing but a compiler.
 *
 * An operation is a byte and takes what it needs from those that follow; what is
 * missing at the end is 0.
 */
#include "blobs.h"
#include "replay.h"

#define MAX_ISOLATED	4

static const u8 *at, *end;
static struct blob *held;
static struct page *isolated[MAX_ISOLATED];
static unsigned int nr_isolated;
static u8 *held_mem, held_buf[PAGE_SIZE];

static u8 byte(void)
{
	return at < end ? *at++ : 0;
}

static u32 word(void)
{
	u32 low = byte();

	return low | (u32)byte() << 8;
}

static struct blob *any(void)
{
	struct blob *b = &blobs[byte()];

	return b->handle && b != held ? b : NULL;
}

static unsigned long forged(void)
{
	unsigned long handle = blobs[byte()].handle;
	u32 how = word();

	switch (how % 3) {
	case 0:
		return handle ^ 1UL << how / 3 % BITS_PER_LONG;
	case 1:
		return handle + how / 3;
	default:
		return (unsigned long)how << byte() % BITS_PER_LONG;
	}
}

/* A reader stays until the next of these. */
static void hold(struct blob *b)
{
	if (held) {
		blob_same(held, held_mem, held->len);
		zs_obj_read_end(pool, held->handle, held->len, held_mem);
		held = NULL;
	} else if (b) {
		held_mem = zs_obj_read_begin(pool, b->handle, b->len, held_buf);
		expect(held_mem);
		held = b;
	}
}

static void isolate(void)
{
	unsigned int nr = word();
	struct page *page;

	if (!shim_pages() || nr_isolated == MAX_ISOLATED)
		return;
	page = shim_page(nr % shim_pages());
	if (shim_isolate(page))
		isolated[nr_isolated++] = page;
}

static void move_or_put_back(bool move)
{
	unsigned int nr = byte();
	int err;

	if (!nr_isolated)
		return;
	nr %= nr_isolated;
	if (move) {
		err = shim_migrate(isolated[nr], MIGRATE_SYNC);
		expect(!err || err == -ENOMEM || (err == -EAGAIN && held));
		if (err)
			return;
	} else {
		shim_putback(isolated[nr]);
	}
	isolated[nr] = isolated[--nr_isolated];
}

static void allocate(struct blob *b, u32 len)
{
	if (blob_allocate(b, len))
		blob_fill(b, byte());
}

static void write_part(struct blob *b)
{
	u32 len = word() % b->len + 1;

	blob_write(b, len, byte());
}

static void wrong_length(const struct blob *b)
{
	static const size_t lens[] = { 0, PAGE_SIZE + 1, SIZE_MAX, SIZE_MAX / 2 };

	blob_wrong_length(b, lens[byte() % ARRAY_SIZE(lens)]);
}

static void many(bool allocating)
{
	u32 first = byte(), nr = byte() % 64, step = byte() % 8 + 1, len = word(), n;

	for (n = first; nr && n < MAX_BLOBS; n += step, nr--) {
		if (allocating)
			allocate(&blobs[n], len);
		else if (blobs[n].handle && &blobs[n] != held)
			blob_release(&blobs[n]);
	}
}

static void operate(void)
{
	unsigned long counted;
	struct blob *b;

	switch (byte() % 20) {
	case 0 ... 2:
		b = &blobs[byte()];
		return allocate(b, word());
	case 3 ... 4:
		b = any();
		return b ? blob_release(b) : (void)0;
	case 5:
		return blob_refused(stale[byte() % MAX_STALE]);
	case 6:
		return blob_refused(forged());
	case 7:
		b = any();
		return b ? blob_verify(b, word() % b->len + 1) : (void)0;
	case 8:
		b = any();
		return b ? write_part(b) : (void)0;
	case 9:
		b = any();
		return b ? wrong_length(b) : (void)0;
	case 10:
		return hold(any());
	case 11:
		zs_compact(pool);
		return;
	case 12:
		shim_shrink(byte(), &counted);
		return;
	case 13:
		shim_run_work();
		return;
	case 14:
		return isolate();
	case 15:
		return move_or_put_back(true);
	case 16:
		return move_or_put_back(false);
	case 17:
		return shim_fail(byte() % 16, byte() % 32);
	case 18:
		return many(true);
	default:
		return many(false);
	}
}

static void boot(void)
{
	static bool booted;

	if (booted)
		return;
	booted = true;
	shim_percpu_boot();
	expect(!shim_module_init());
}

void fuzz_done(void)
{
	shim_module_exit();
	shim_percpu_halt();
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	struct shim_usage before;
	unsigned int n;

	boot();
	before = shim_usage();
	at = data;
	end = data + size;
	nr_stale = 0;
	memset(stale, 0, sizeof(stale));
	shim_fail(0, 0);
	pool = zs_create_pool("fuzzed");
	expect(pool);
	for (n = 1; at < end; n++) {
		operate();
		if (n % 16 == 0)
			blob_check();
	}
	shim_fail(0, 0);
	if (held)
		hold(NULL);
	blob_check();
	for (n = 0; n < MAX_BLOBS; n++)
		if (blobs[n].handle)
			blob_release(&blobs[n]);
	while (nr_isolated)
		shim_putback(isolated[--nr_isolated]);
	blob_check();
	expect(zs_get_total_pages(pool) == 0);
	zs_destroy_pool(pool);
	expect(shim_usage_same(before, shim_usage()));
	return 0;
}
