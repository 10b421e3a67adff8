// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which parameters each algorithm takes, and what a dictionary does.
 */
#include <linux/sizes.h>
#include <linux/string.h>

#include "test.h"

#define LEVEL	ZCOMP_LEVEL_DEFAULT
#define WIN	ZCOMP_WINBITS_DEFAULT

static const char dict[] = "what a page may hold more than once";

static const struct {
	const char *name;
	s32 level;
	s32 winbits;
	size_t dict_len;	/* of dict; SIZE_MAX is none, 0 an empty one */
	int ret;
} table[] = {
	{ "lzo",	LEVEL,	  WIN,	SIZE_MAX, 0 },
	{ "lzo",	1,	  WIN,	SIZE_MAX, -EINVAL },
	{ "lzo",	0,	  WIN,	SIZE_MAX, -EINVAL },
	{ "lzo",	LEVEL,	  12,	SIZE_MAX, -EINVAL },
	{ "lzo",	LEVEL,	  WIN,	16,	  -EINVAL },
	{ "lzo-rle",	1,	  WIN,	SIZE_MAX, -EINVAL },
	{ "lzo-rle",	LEVEL,	  WIN,	16,	  -EINVAL },
	{ "842",	1,	  WIN,	SIZE_MAX, -EINVAL },
	{ "842",	LEVEL,	  12,	SIZE_MAX, -EINVAL },
	{ "842",	LEVEL,	  WIN,	16,	  -EINVAL },
	{ "lz4",	1,	  WIN,	SIZE_MAX, 0 },
	{ "lz4",	65537,	  WIN,	SIZE_MAX, 0 },
	{ "lz4",	0,	  WIN,	SIZE_MAX, -EINVAL },
	{ "lz4",	65538,	  WIN,	SIZE_MAX, -EINVAL },
	{ "lz4",	-1,	  WIN,	SIZE_MAX, -EINVAL },
	{ "lz4",	LEVEL,	  12,	SIZE_MAX, -EINVAL },
	{ "lz4",	LEVEL,	  WIN,	0,	  -EINVAL },
	{ "lz4",	LEVEL,	  WIN,	1,	  0 },
	{ "lz4",	LEVEL,	  WIN,	16,	  0 },
	{ "lz4",	LEVEL,	  WIN,	1UL + INT_MAX, -EINVAL },
	{ "lz4hc",	1,	  WIN,	SIZE_MAX, 0 },
	{ "lz4hc",	16,	  WIN,	SIZE_MAX, 0 },
	{ "lz4hc",	0,	  WIN,	SIZE_MAX, -EINVAL },
	{ "lz4hc",	17,	  WIN,	SIZE_MAX, -EINVAL },
	{ "lz4hc",	LEVEL,	  12,	SIZE_MAX, -EINVAL },
	{ "lz4hc",	LEVEL,	  WIN,	0,	  -EINVAL },
	{ "lz4hc",	LEVEL,	  WIN,	16,	  0 },
	{ "zstd",	22,	  WIN,	SIZE_MAX, 0 },
	{ "zstd",	23,	  WIN,	SIZE_MAX, -EINVAL },
	{ "zstd",	-131072,  WIN,	SIZE_MAX, 0 },
	{ "zstd",	-131073,  WIN,	SIZE_MAX, -EINVAL },
	{ "zstd",	S32_MAX,  WIN,	SIZE_MAX, -EINVAL },
	{ "zstd",	LEVEL,	  12,	SIZE_MAX, -EINVAL },
	{ "zstd",	LEVEL,	  WIN,	16,	  -EOPNOTSUPP },
	{ "deflate",	-1,	  WIN,	SIZE_MAX, 0 },
	{ "deflate",	9,	  WIN,	SIZE_MAX, 0 },
	{ "deflate",	10,	  WIN,	SIZE_MAX, -EINVAL },
	{ "deflate",	-2,	  WIN,	SIZE_MAX, -EINVAL },
	{ "deflate",	LEVEL,	  8,	SIZE_MAX, -EINVAL },
	{ "deflate",	LEVEL,	  -8,	SIZE_MAX, -EINVAL },
	{ "deflate",	LEVEL,	  0,	SIZE_MAX, -EINVAL },
	{ "deflate",	LEVEL,	  16,	SIZE_MAX, -EINVAL },
	{ "deflate",	LEVEL,	  -16,	SIZE_MAX, -EINVAL },
	{ "deflate",	LEVEL,	  S32_MAX, SIZE_MAX, -EINVAL },
	{ "deflate",	LEVEL,	  9,	SIZE_MAX, 0 },
	{ "deflate",	LEVEL,	  -15,	SIZE_MAX, 0 },
	{ "deflate",	LEVEL,	  WIN,	16,	  -EINVAL },
	{ "lzo-generic", LEVEL,	  WIN,	SIZE_MAX, 0 },
	{ "lzo-generic", 1,	  WIN,	SIZE_MAX, -EINVAL },
	{ "lzo-generic", LEVEL,	  WIN,	16,	  -EINVAL },
};

static void takes_and_refuses(struct kunit *test)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(table); i++) {
		struct zcomp_params params = {
			.level = table[i].level,
			.winbits = table[i].winbits,
		};
		struct zcomp *comp;

		if (!zcomp_find(table[i].name))
			continue;
		if (table[i].dict_len != SIZE_MAX) {
			params.dict = dict;
			params.dict_len = table[i].dict_len;
		}
		comp = zcomp_create(table[i].name, &params);
		KUNIT_EXPECT_EQ_MSG(test, PTR_ERR_OR_ZERO(comp), table[i].ret,
				    "table[%d], %s", i, table[i].name);
		if (!IS_ERR(comp))
			zcomp_destroy(comp);
	}
}

static void leaves_no_default_undecided(struct kunit *test)
{
	struct zcomp *comp;

	if (zcomp_find("zstd")) {
		comp = zcomp_test_create(test, "zstd", NULL);
		KUNIT_EXPECT_EQ(test, comp->setup.params.level, 3);
	}
	if (zcomp_find("lz4hc")) {
		comp = zcomp_test_create(test, "lz4hc", NULL);
		KUNIT_EXPECT_EQ(test, comp->setup.params.level, 9);
	}
	if (zcomp_find("deflate")) {
		comp = zcomp_test_create(test, "deflate", NULL);
		KUNIT_EXPECT_NE(test, comp->setup.params.winbits, ZCOMP_WINBITS_DEFAULT);
	}
}

static unsigned int size_of(struct kunit *test, struct zcomp *comp, const void *page,
			    void *result)
{
	struct zcomp_writer *w = zcomp_writer_get(comp);
	unsigned int len;

	KUNIT_EXPECT_EQ(test, zcomp_compress(w, page, &len), 0);
	memcpy(result, w->out, len);
	zcomp_writer_put(w);
	return len;
}

static int back(struct zcomp *comp, const void *result, unsigned int len, void *page)
{
	struct zcomp_reader *r = zcomp_reader_get(comp);
	int ret = zcomp_decompress(r, result, len, page);

	zcomp_reader_put(r);
	return ret;
}

/*
 * A page of random bytes, most of which are in the dictionary, and with it again as
 * the last thing before it in memory, which LZ4 treats as a case of its own.
 */
static void check_dictionary(struct kunit *test, const char *name)
{
	struct zcomp_params params = ZCOMP_PARAMS_DEFAULT;
	u8 *both = zcomp_test_pages(test, 3 * PAGE_SIZE);
	u8 *result = zcomp_test_pages(test, PAGE_SIZE);
	u8 *page = zcomp_test_pages(test, PAGE_SIZE);
	struct zcomp *with, *without;
	struct rnd_state rnd;
	unsigned int len;
	int i;

	zcomp_test_seed(test, &rnd);
	prandom_bytes_state(&rnd, both, 2 * PAGE_SIZE);
	for (i = 0; i < PAGE_SIZE; i += 64)
		memcpy(both + 2 * PAGE_SIZE + i, both + 2 * PAGE_SIZE - 64 - i, 64);
	params.dict = both;
	params.dict_len = 2 * PAGE_SIZE;
	with = zcomp_test_create(test, name, &params);
	without = zcomp_test_create(test, name, NULL);

	for (i = 0; i < 2; i++) {
		memcpy(page, both + 2 * PAGE_SIZE, PAGE_SIZE);
		len = size_of(test, with, i ? both + 2 * PAGE_SIZE : page, result);
		KUNIT_EXPECT_LT(test, len, PAGE_SIZE / 4);

		memset(page, 0, PAGE_SIZE);
		KUNIT_EXPECT_EQ(test, back(with, result, len, page), 0);
		KUNIT_EXPECT_EQ(test, memcmp(page, both + 2 * PAGE_SIZE, PAGE_SIZE), 0);
		KUNIT_EXPECT_EQ(test, back(without, result, len, page), -EBADMSG);
	}
}

static void dictionary_makes_pages_shorter(struct kunit *test)
{
	if (zcomp_find("lz4"))
		check_dictionary(test, "lz4");
	if (zcomp_find("lz4hc"))
		check_dictionary(test, "lz4hc");
}

/*
 * @lengths: dictionaries shorter than a match, about a page, as long as LZ4 can refer
 * back, and longer. Input, output and dictionary end where their areas do, the
 * dictionary begins where its area does as well if it fills whole pages.
 */
static void check_dictionary_bounds(struct kunit *test, const char *name)
{
	static const size_t lengths[] = {
		1, 3, 4, 7, 8, PAGE_SIZE, PAGE_SIZE + 9, SZ_64K - 1, SZ_64K, SZ_64K + PAGE_SIZE,
	};
	struct zcomp_params params = ZCOMP_PARAMS_DEFAULT;
	u8 *in = zcomp_test_pages(test, PAGE_SIZE), *src;
	u8 *good = zcomp_test_pages(test, PAGE_SIZE);
	u8 *page = zcomp_test_pages(test, PAGE_SIZE);
	u8 *out = zcomp_test_pages(test, PAGE_SIZE);
	struct rnd_state rnd;
	unsigned int len;
	int i, n;

	zcomp_test_seed(test, &rnd);
	for (i = 0; i < ARRAY_SIZE(lengths); i++) {
		size_t area = PAGE_ALIGN(lengths[i]);
		u8 *words = zcomp_test_pages(test, area);
		struct zcomp *comp;

		for (n = 0; n < area / PAGE_SIZE; n++)
			zcomp_test_page(&rnd, ZCOMP_PAGE_TEXT, words + n * PAGE_SIZE);
		params.dict = words + area - lengths[i];
		params.dict_len = lengths[i];
		comp = zcomp_test_create(test, name, &params);

		zcomp_test_page(&rnd, ZCOMP_PAGE_TEXT, page);
		len = size_of(test, comp, page, good);
		src = in + PAGE_SIZE - len;
		for (n = 0; n < 500; n++) {
			int ret;

			memcpy(src, good, len);
			src[zcomp_test_below(&rnd, len)] ^= n ? prandom_u32_state(&rnd) : 0;
			ret = back(comp, src, len, out);
			KUNIT_EXPECT_TRUE(test, !ret || (n && ret == -EBADMSG));
			if (!n)
				KUNIT_EXPECT_EQ(test, memcmp(out, page, PAGE_SIZE), 0);
		}
	}
}

static void any_length_of_dictionary_stays_in_bounds(struct kunit *test)
{
	if (zcomp_find("lz4"))
		check_dictionary_bounds(test, "lz4");
	if (zcomp_find("lz4hc"))
		check_dictionary_bounds(test, "lz4hc");
}

static struct kunit_case params_cases[] = {
	KUNIT_CASE(takes_and_refuses),
	KUNIT_CASE(leaves_no_default_undecided),
	KUNIT_CASE(dictionary_makes_pages_shorter),
	KUNIT_CASE(any_length_of_dictionary_stays_in_bounds),
	{}
};

static struct kunit_suite params_suite = {
	.name = "zcomp_params",
	.test_cases = params_cases,
};

kunit_test_suite(params_suite);
