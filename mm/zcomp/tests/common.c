// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the suites of the compression layer share, see test.h.
 */
#include <linux/moduleparam.h>
#include <linux/random.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#include "test.h"

static unsigned long test_seed;
module_param(test_seed, ulong, 0444);
MODULE_PARM_DESC(test_seed, "Seed of the tests' random numbers; 0, the default, picks one");

void zcomp_test_seed(struct kunit *test, struct rnd_state *rnd)
{
	unsigned long seed = test_seed ?: get_random_long();

	prandom_seed_state(rnd, seed);
	kunit_info(test, "zcomp.test_seed=%lu", seed);
}

static void fill_text(struct rnd_state *rnd, char *p, size_t n)
{
	static const char * const words[] = {
		"the ", "page ", "memory ", "of ", "a ", "compress", "ed ", "swap ",
		"is ", "\n", "0x", "1234 ", "in ", "return ", "if (", ") {\n\t", "and ",
	};
	size_t at = 0;

	while (at < n) {
		const char *w = words[zcomp_test_below(rnd, ARRAY_SIZE(words))];
		size_t len = min(strlen(w), n - at);

		memcpy(p + at, w, len);
		at += len;
	}
}

static void fill_words(struct rnd_state *rnd, char *p, size_t n, bool pointers)
{
	unsigned long base = pointers ? (unsigned long)rnd & PAGE_MASK : 0;
	size_t at;

	for (at = 0; at + sizeof(long) <= n; at += sizeof(long)) {
		unsigned long v = pointers ? base + 16 * zcomp_test_below(rnd, 4096) : ++base;

		memcpy(p + at, &v, sizeof(v));
	}
}

static void fill_periodic(struct rnd_state *rnd, char *p, size_t n)
{
	size_t period = 1 + zcomp_test_below(rnd, n / 2), at;

	prandom_bytes_state(rnd, p, period);
	for (at = period; at < n; at++)
		p[at] = p[at - period];
	/* A page of one period is random to codecs that look for short matches. */
	memset(p + n / 4, 0, n / 2);
}

static void fill_runs(struct rnd_state *rnd, char *p, size_t n)
{
	size_t at = 0;

	memset(p, 0, n);
	while (at < n) {
		size_t len = 1 + zcomp_test_below(rnd, 1 + zcomp_test_below(rnd, 60));

		len = min(len, n - at);
		prandom_bytes_state(rnd, p + at, len);
		at += len + 4 * len + zcomp_test_below(rnd, 1 + zcomp_test_below(rnd, n));
	}
}

static void fill(struct rnd_state *rnd, enum zcomp_page kind, char *p, size_t n)
{
	size_t i, at;

	memset(p, 0, n);
	switch (kind) {
	case ZCOMP_PAGE_ONE_BIT:
		p[zcomp_test_below(rnd, n)] = 1 << zcomp_test_below(rnd, 8);
		break;
	case ZCOMP_PAGE_SPARSE:
		for (i = 0; i < n / 32; i++)
			p[zcomp_test_below(rnd, n)] = prandom_u32_state(rnd);
		break;
	case ZCOMP_PAGE_ZERO_RUNS:
		fill_runs(rnd, p, n);
		break;
	case ZCOMP_PAGE_TEXT:
		fill_text(rnd, p, n);
		break;
	case ZCOMP_PAGE_POINTERS:
		fill_words(rnd, p, n, true);
		break;
	case ZCOMP_PAGE_COUNTERS:
		fill_words(rnd, p, n, false);
		break;
	case ZCOMP_PAGE_PERIODIC:
		fill_periodic(rnd, p, n);
		break;
	case ZCOMP_PAGE_MIXED:
		for (at = 0; at < n; at += n / 8)
			fill(rnd, zcomp_test_below(rnd, ZCOMP_PAGE_MIXED), p + at, n / 8);
		break;
	case ZCOMP_PAGE_HALF_RANDOM:
		prandom_bytes_state(rnd, p + zcomp_test_below(rnd, n / 2), n / 2);
		break;
	case ZCOMP_PAGE_RANDOM:
		prandom_bytes_state(rnd, p, n);
		break;
	default:
		break;
	}
}

void zcomp_test_page(struct rnd_state *rnd, enum zcomp_page kind, void *page)
{
	fill(rnd, kind, page, PAGE_SIZE);
}

static int pages_init(struct kunit_resource *res, void *size)
{
	res->data = vmalloc(*(size_t *)size);
	return res->data ? 0 : -ENOMEM;
}

static void pages_free(struct kunit_resource *res)
{
	vfree(res->data);
}

void *zcomp_test_pages(struct kunit *test, size_t size)
{
	void *pages = kunit_alloc_resource(test, pages_init, pages_free, GFP_KERNEL, &size);

	KUNIT_ASSERT_NOT_NULL(test, pages);
	return pages;
}

static int comp_init(struct kunit_resource *res, void *comp)
{
	res->data = comp;
	return 0;
}

static void comp_free(struct kunit_resource *res)
{
	zcomp_destroy(res->data);
}

struct zcomp *zcomp_test_create(struct kunit *test, const char *name,
				const struct zcomp_params *params)
{
	struct zcomp *comp = zcomp_create(name, params);

	KUNIT_ASSERT_FALSE_MSG(test, IS_ERR(comp), "%s: %ld", name, PTR_ERR(comp));
	kunit_alloc_resource(test, comp_init, comp_free, GFP_KERNEL, comp);
	return comp;
}

const void *zcomp_test_names(const void *prev, char *desc)
{
	static const char * const names[] = {
		"lzo", "lzo-rle", "lz4", "lz4hc", "zstd", "deflate", "842", "lzo-generic",
	};
	const char * const *p = prev ? (const char * const *)prev + 1 : names;

	while (p < names + ARRAY_SIZE(names) && !zcomp_find(*p))
		p++;
	if (p == names + ARRAY_SIZE(names))
		return NULL;
	strscpy(desc, *p, KUNIT_PARAM_DESC_SIZE);
	return p;
}
