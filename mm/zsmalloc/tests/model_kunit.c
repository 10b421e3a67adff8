// SPDX-License-Identifier: GPL-2.0-only
/*
 * A million random operations against a model too dumb to be wrong: an array of
 * (handle, length, seed). Every object is verified when it is read and before it
 * is freed; every invariant is checked now and then. The seed is printed.
 */
#include <linux/random.h>

#include "testing.h"

#define OPERATIONS	1000000
#define CHECK_EVERY	50000
#define OBJECTS		4096

struct blob {
	unsigned long handle;
	u32 seed;
	u16 len;
};

struct model {
	struct blob blobs[OBJECTS];
	struct rnd_state rnd;
	u8 want[PAGE_SIZE];
	u8 buf[PAGE_SIZE];
};

static u32 below(struct model *m, u32 limit)
{
	return prandom_u32_state(&m->rnd) % limit;
}

/* Sizes: mostly those of compressed pages, some tiny, some huge, some any. */
static u16 some_size(struct model *m)
{
	switch (below(m, 8)) {
	case 0:
		return 1 + below(m, 64);
	case 1:
		return PAGE_SIZE - below(m, 256);
	case 2:
		return 1 + below(m, PAGE_SIZE - 1);
	default:
		return 500 + below(m, 1500);
	}
}

/* Enough of the content to tell whose it is, wherever it is damaged. */
static void content(struct model *m, const struct blob *b)
{
	u32 *word = (u32 *)m->want, x = b->seed;
	unsigned int i;

	for (i = 0; i < DIV_ROUND_UP(b->len, sizeof(*word)); i++) {
		x = x * 1664525 + 1013904223;
		word[i] = x;
	}
}

static void write(struct kunit *test, struct model *m, struct blob *b)
{
	b->seed = prandom_u32_state(&m->rnd);
	content(m, b);
	if (below(m, 2)) {
		KUNIT_ASSERT_EQ(test, zs_obj_write(test->priv, b->handle, m->want, b->len), 0);
	} else {
		void *mem = zs_map_object(test->priv, b->handle, ZS_MM_WO);

		if (mem) {
			memcpy(mem, m->want, b->len);
			zs_unmap_object(test->priv, b->handle);
		}
		KUNIT_ASSERT_NOT_NULL(test, mem);
	}
}

static void verify(struct kunit *test, struct model *m, struct blob *b)
{
	bool same = false;
	void *mem;

	content(m, b);
	if (below(m, 2)) {
		mem = zs_obj_read_begin(test->priv, b->handle, b->len, m->buf);
		if (mem) {
			same = !memcmp(mem, m->want, b->len);
			zs_obj_read_end(test->priv, b->handle, b->len, mem);
		}
	} else {
		mem = zs_map_object(test->priv, b->handle, ZS_MM_RO);
		if (mem) {
			same = !memcmp(mem, m->want, b->len);
			zs_unmap_object(test->priv, b->handle);
		}
	}
	KUNIT_ASSERT_TRUE(test, same);
}

static void step(struct kunit *test, struct model *m, bool shrinking)
{
	struct blob *b = &m->blobs[below(m, OBJECTS)];

	if (!b->handle) {
		if (shrinking && below(m, 4))
			return;
		b->len = some_size(m);
		b->handle = zs_test_malloc(test, b->len);
		write(test, m, b);
		return;
	}
	switch (below(m, 4)) {
	case 0:
		write(test, m, b);
		break;
	case 1:
		verify(test, m, b);
		zs_free(test->priv, b->handle);
		b->handle = 0;
		break;
	default:
		verify(test, m, b);
	}
}

static void random_operations_match_the_model(struct kunit *test)
{
	struct model *m = kvzalloc(sizeof(*m), GFP_KERNEL);
	u32 seed = get_random_u32();
	int i;

	KUNIT_ASSERT_NOT_NULL(test, m);
	kunit_info(test, "seed %#x", seed);
	prandom_seed_state(&m->rnd, seed);

	for (i = 1; i <= OPERATIONS; i++) {
		step(test, m, i / 100000 % 2);
		if (i % 2000 == 0)
			zs_compact(test->priv);
		if (i % CHECK_EVERY == 0) {
			KUNIT_ASSERT_EQ(test, zs_check(test->priv), ZS_OK);
			cond_resched();
		}
	}

	for (i = 0; i < OBJECTS; i++) {
		if (!m->blobs[i].handle)
			continue;
		verify(test, m, &m->blobs[i]);
		zs_free(test->priv, m->blobs[i].handle);
	}
	KUNIT_EXPECT_EQ(test, zs_get_total_pages(test->priv), 0UL);
	kvfree(m);
}

static struct kunit_case model_cases[] = {
	KUNIT_CASE(random_operations_match_the_model),
	{}
};

static struct kunit_suite model_suite = {
	.name = "zsmalloc_model",
	.init = zs_test_init,
	.exit = zs_test_exit,
	.test_cases = model_cases,
};

kunit_test_suite(model_suite);
