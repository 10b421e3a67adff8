// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which parameters each algorithm takes.
 */
#include <linux/string.h>

#include "test.h"

#define LEVEL	ZCOMP_LEVEL_DEFAULT
#define WIN	ZCOMP_WINBITS_DEFAULT

/* What zstd says to a dictionary: on a stock kernel it has no calls for one. */
#define ZSTD_DICT	(IS_ENABLED(CONFIG_ZCOMP_ZSTD_DICT) ? 0 : -EOPNOTSUPP)

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
	{ "zstd",	LEVEL,	  12,	16,	  -EINVAL },
	{ "zstd",	23,	  WIN,	16,	  -EINVAL },
	{ "zstd",	LEVEL,	  WIN,	0,	  -EINVAL },
	{ "zstd",	LEVEL,	  WIN,	16,	  ZSTD_DICT },
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
		KUNIT_EXPECT_EQ_MSG(test, zcomp_check(table[i].name, &params), table[i].ret,
				    "check of table[%d], %s", i, table[i].name);
		comp = zcomp_create(table[i].name, &params);
		KUNIT_EXPECT_EQ_MSG(test, PTR_ERR_OR_ZERO(comp), table[i].ret,
				    "table[%d], %s", i, table[i].name);
		if (!IS_ERR(comp))
			zcomp_destroy(comp);
	}
}

static void nothing_is_an_algorithm_by_mistake(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, zcomp_check("no-such-thing", NULL), -EINVAL);
	KUNIT_EXPECT_EQ(test, zcomp_check("", NULL), -EINVAL);
	KUNIT_EXPECT_EQ(test, zcomp_check("lzo", NULL), 0);
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

static struct kunit_case params_cases[] = {
	KUNIT_CASE(takes_and_refuses),
	KUNIT_CASE(nothing_is_an_algorithm_by_mistake),
	KUNIT_CASE(leaves_no_default_undecided),
	{}
};

static struct kunit_suite params_suite = {
	.name = "zcomp_params",
	.test_cases = params_cases,
};

kunit_test_suite(params_suite);
