// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a dictionary does, and what it must not do.
 */
#include <linux/sizes.h>
#include <linux/string.h>

#include "test.h"

/* What a dictionary in zstd's own format begins with. */
#define ZSTD_DICT_MAGIC	0xec30a437

/* KUNIT_CASE_PARAM() generator: the algorithms that take a dictionary here. */
static const void *takers(const void *prev, char *desc)
{
	static const char * const names[] = {
		"lz4", "lz4hc", IS_ENABLED(CONFIG_ZCOMP_ZSTD_DICT) ? "zstd" : "",
	};
	const char * const *p = prev ? (const char * const *)prev + 1 : names;

	while (p < names + ARRAY_SIZE(names) && !zcomp_find(*p))
		p++;
	if (p == names + ARRAY_SIZE(names))
		return NULL;
	strscpy(desc, *p, KUNIT_PARAM_DESC_SIZE);
	return p;
}

static const char *taker(struct kunit *test)
{
	return *(const char * const *)test->param_value;
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
static void makes_pages_shorter(struct kunit *test)
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
	with = zcomp_test_create(test, taker(test), &params);
	without = zcomp_test_create(test, taker(test), NULL);

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

/*
 * @lengths: dictionaries shorter than a match, about a page, as long as LZ4 can refer
 * back, and longer. Input, output and dictionary end where their areas do, the
 * dictionary begins where its area does as well if it fills whole pages.
 */
static void any_length_stays_in_bounds(struct kunit *test)
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
		comp = zcomp_test_create(test, taker(test), &params);

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

/* Made with one dictionary and read with another: an error or other bytes, no more. */
static void another_dictionary_stays_in_bounds(struct kunit *test)
{
	u8 *right = zcomp_test_pages(test, 4 * PAGE_SIZE);
	u8 *wrong = zcomp_test_pages(test, PAGE_SIZE);
	u8 *result = zcomp_test_pages(test, PAGE_SIZE);
	u8 *page = zcomp_test_pages(test, PAGE_SIZE);
	u8 *out = zcomp_test_pages(test, PAGE_SIZE);
	struct zcomp_params params = ZCOMP_PARAMS_DEFAULT;
	struct zcomp *writes, *reads;
	unsigned int len, same = 0;
	struct rnd_state rnd;
	int i, ret;

	zcomp_test_seed(test, &rnd);
	prandom_bytes_state(&rnd, right, 4 * PAGE_SIZE);
	prandom_bytes_state(&rnd, wrong, PAGE_SIZE);
	params.dict = right;
	params.dict_len = 4 * PAGE_SIZE;
	writes = zcomp_test_create(test, taker(test), &params);
	params.dict = wrong;
	params.dict_len = PAGE_SIZE;
	reads = zcomp_test_create(test, taker(test), &params);

	for (i = 0; i < 3; i++) {
		memcpy(page, right + i * PAGE_SIZE + 64, PAGE_SIZE);
		len = size_of(test, writes, page, result);
		ret = back(reads, result, len, out);
		KUNIT_EXPECT_TRUE(test, !ret || ret == -EBADMSG);
		same += !ret && !memcmp(out, page, PAGE_SIZE);
	}
	KUNIT_EXPECT_EQ(test, same, 0U);
}

/* A context is made for the dictionary at hand: no level may find it too small. */
static void every_level_has_room(struct kunit *test)
{
	static const size_t lengths[] = { 8, 1000, PAGE_SIZE + 1, SZ_64K + PAGE_SIZE };
	u8 *words = zcomp_test_pages(test, SZ_64K + PAGE_SIZE);
	u8 *result = zcomp_test_pages(test, PAGE_SIZE);
	u8 *page = zcomp_test_pages(test, PAGE_SIZE);
	u8 *out = zcomp_test_pages(test, PAGE_SIZE);
	struct zcomp_params params = ZCOMP_PARAMS_DEFAULT;
	struct rnd_state rnd;
	struct zcomp *comp;
	unsigned int len, i;
	s32 level;

	zcomp_test_seed(test, &rnd);
	for (i = 0; i < (SZ_64K + PAGE_SIZE) / PAGE_SIZE; i++)
		zcomp_test_page(&rnd, ZCOMP_PAGE_MIXED, words + i * PAGE_SIZE);
	zcomp_test_page(&rnd, ZCOMP_PAGE_TEXT, page);
	params.dict = words;
	for (level = -3; level <= 22; level++) {
		params.level = level;
		params.dict_len = lengths[(level + 3) % ARRAY_SIZE(lengths)];
		/* Not every algorithm has all of them. */
		if (zcomp_check(taker(test), &params))
			continue;
		comp = zcomp_create(taker(test), &params);
		KUNIT_ASSERT_FALSE(test, IS_ERR(comp));
		len = size_of(test, comp, page, result);
		KUNIT_EXPECT_EQ_MSG(test, back(comp, result, len, out), 0, "level %d", level);
		KUNIT_EXPECT_EQ_MSG(test, memcmp(out, page, PAGE_SIZE), 0, "level %d", level);
		zcomp_destroy(comp);
	}
}

static void damaged_one_of_zstd_is_refused(struct kunit *test)
{
	u8 *words = zcomp_test_pages(test, PAGE_SIZE);
	struct zcomp_params params = ZCOMP_PARAMS_DEFAULT;
	__le32 magic = cpu_to_le32(ZSTD_DICT_MAGIC);
	struct rnd_state rnd;
	int i;

	if (!IS_ENABLED(CONFIG_ZCOMP_ZSTD_DICT))
		kunit_skip(test, "this kernel's zstd takes no dictionary");
	zcomp_test_seed(test, &rnd);
	params.dict = words;
	for (i = 0; i < 100; i++) {
		prandom_bytes_state(&rnd, words, PAGE_SIZE);
		memcpy(words, &magic, sizeof(magic));
		/* Tables of entropy come first, in a format that chance does not meet. */
		memset(words + 8, 0xff, 16);
		params.dict_len = i ? 8 + zcomp_test_below(&rnd, PAGE_SIZE - 8) : PAGE_SIZE;
		KUNIT_EXPECT_EQ(test, zcomp_check("zstd", &params), -EINVAL);
	}
}

static struct kunit_case dict_cases[] = {
	KUNIT_CASE_PARAM(makes_pages_shorter, takers),
	KUNIT_CASE_PARAM(any_length_stays_in_bounds, takers),
	KUNIT_CASE_PARAM(another_dictionary_stays_in_bounds, takers),
	KUNIT_CASE_PARAM(every_level_has_room, takers),
	KUNIT_CASE(damaged_one_of_zstd_is_refused),
	{}
};

static struct kunit_suite dict_suite = {
	.name = "zcomp_dict",
	.test_cases = dict_cases,
};

kunit_test_suite(dict_suite);
