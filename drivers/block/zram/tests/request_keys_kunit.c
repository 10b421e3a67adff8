// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the texts of KEY=VALUE pairs accept, what that means, and what they refuse.
 */
#include <kunit/test.h>
#include <linux/kernel.h>
#include <linux/limits.h>
#include <linux/string.h>

#include "../request.h"

#define HUGE_SIZE	3000

/* 63 characters fit, 64 do not. */
#define LONGEST		"123456789012345678901234567890123456789012345678901234567890123"

struct refused {
	const char *text;
	size_t len;
	int err;
};

#define REFUSED(string, error) \
	{ .text = (string), .len = sizeof(string) - 1, .err = (error) }

/* What all three refuse. */
static const struct refused refused_everywhere[] = {
	REFUSED("", -EINVAL),
	REFUSED("\n \0", -EINVAL),
	REFUSED("zstd", -EINVAL),
	REFUSED("algo", -EINVAL),
	REFUSED("algo=", -EINVAL),
	REFUSED("algo= zstd", -EINVAL),
	REFUSED("algo =zstd", -EINVAL),
	REFUSED("=zstd", -EINVAL),
	REFUSED("=", -EINVAL),
	REFUSED("algo=zs\0td", -EINVAL),
	REFUSED("algo=zstd\0priority=1", -EINVAL),
	REFUSED("algo=zstd\0 priority=1", -EINVAL),
	REFUSED("\0algo=zstd", -EINVAL),
	REFUSED("Algo=zstd", -EINVAL),
	REFUSED("algorithm=zstd", -EINVAL),
	REFUSED("alg=zstd", -EINVAL),
	REFUSED("algo=zstd junk", -EINVAL),
	REFUSED("algo=zstd junk=1", -EINVAL),
	REFUSED("algo=zstd algo=zstd", -EINVAL),
	REFUSED("algo=zstd priority=1 priority=1", -EINVAL),
	REFUSED("algo=zstd priority=", -EINVAL),
	REFUSED("algo=zstd priority=4", -EINVAL),
	REFUSED("algo=zstd priority=-1", -EINVAL),
	REFUSED("algo=zstd priority=+1", -EINVAL),
	REFUSED("algo=zstd priority=1x", -EINVAL),
	REFUSED("algo=zstd priority=0x1", -EINVAL),
	REFUSED("algo=zstd priority=18446744073709551617", -EINVAL),
	REFUSED("algo=" LONGEST "4", -E2BIG),
	REFUSED("algo=" LONGEST "4 junk", -E2BIG),
	REFUSED("junk algo=" LONGEST "4", -EINVAL),
};

static const struct refused refused_recompress[] = {
	REFUSED("idle", -EINVAL),
	REFUSED("type=", -EINVAL),
	REFUSED("type=IDLE", -EINVAL),
	REFUSED("type=incompressible", -EINVAL),
	REFUSED("type=idle type=huge", -EINVAL),
	REFUSED("type=idle,huge", -EINVAL),
	REFUSED("priority=0", -EINVAL),
	REFUSED("priority=4", -EINVAL),
	REFUSED("threshold=", -EINVAL),
	REFUSED("threshold=3000", -EINVAL),
	REFUSED("threshold=4294967296", -EINVAL),
	REFUSED("threshold=-1", -EINVAL),
	REFUSED("threshold=1K", -EINVAL),
	REFUSED("threshold=1 threshold=1", -EINVAL),
	REFUSED("max_pages=", -EINVAL),
	REFUSED("max_pages=18446744073709551616", -EINVAL),
	REFUSED("max_pages=-1", -EINVAL),
	REFUSED("max_pages=1 max_pages=2", -EINVAL),
	REFUSED("page_index=1", -EINVAL),
	REFUSED("level=1", -EINVAL),
};

static const struct refused refused_recomp[] = {
	REFUSED("priority=1", -EINVAL),
	REFUSED("algo=zstd priority=0", -EINVAL),
	REFUSED("algo=zstd type=idle", -EINVAL),
};

static const struct refused refused_params[] = {
	REFUSED("algo=zstd priority=0", -EINVAL),
	REFUSED("priority=1 algo=zstd", -EINVAL),
	REFUSED("priority=4", -EINVAL),
	REFUSED("level=", -EINVAL),
	REFUSED("level=-", -EINVAL),
	REFUSED("level=+", -EINVAL),
	REFUSED("level=--1", -EINVAL),
	REFUSED("level=+-1", -EINVAL),
	REFUSED("level=1.5", -EINVAL),
	REFUSED("level=0x1", -EINVAL),
	REFUSED("level=2147483648", -EINVAL),
	REFUSED("level=-2147483649", -EINVAL),
	REFUSED("level=18446744073709551617", -EINVAL),
	REFUSED("level=-18446744073709551617", -EINVAL),
	REFUSED("level=1 level=1", -EINVAL),
	REFUSED("winbits=15", -EINVAL),
	REFUSED("deflate.winbits=", -EINVAL),
	REFUSED("deflate.winbits=15.", -EINVAL),
	REFUSED("deflate=15", -EINVAL),
	REFUSED("dict=", -EINVAL),
	REFUSED("dict=dictionary", -EINVAL),
	REFUSED("dict=./dictionary", -EINVAL),
	REFUSED("dict=\"/a\"", -EINVAL),
	REFUSED("dict=/a b", -EINVAL),
	REFUSED("dict=/a\0b", -EINVAL),
	REFUSED("dict=/a\0 level=1", -EINVAL),
	REFUSED("dict=/a dict=/b", -EINVAL),
	REFUSED("type=idle", -EINVAL),
};

/* The three of them behind one type of function. */
union any_request {
	struct zram_recompress_request recompress;
	struct zram_recomp_request recomp;
	struct zram_params_request params;
};

static int recompress(const char *text, size_t len, union any_request *request)
{
	return zram_request_recompress(text, len, HUGE_SIZE, &request->recompress);
}

static int recomp(const char *text, size_t len, union any_request *request)
{
	return zram_request_recomp(text, len, &request->recomp);
}

static int params(const char *text, size_t len, union any_request *request)
{
	return zram_request_params(text, len, &request->params);
}

static void check_refused(struct kunit *test, const struct refused *texts, size_t nr,
			  int (*read)(const char *text, size_t len, union any_request *request))
{
	union any_request request, before;
	size_t i;
	int err;

	for (i = 0; i < nr; i++) {
		memset(&request, 0x5a, sizeof(request));
		before = request;
		err = read(texts[i].text, texts[i].len, &request);
		KUNIT_EXPECT_EQ_MSG(test, err, texts[i].err, "\"%s\"", texts[i].text);
		KUNIT_EXPECT_EQ_MSG(test, memcmp(&request, &before, sizeof(request)), 0,
				    "\"%s\"", texts[i].text);
	}
}

static void other_texts_are_refused(struct kunit *test)
{
	check_refused(test, refused_everywhere, ARRAY_SIZE(refused_everywhere), recompress);
	check_refused(test, refused_everywhere, ARRAY_SIZE(refused_everywhere), recomp);
	check_refused(test, refused_everywhere, ARRAY_SIZE(refused_everywhere), params);
	check_refused(test, refused_recompress, ARRAY_SIZE(refused_recompress), recompress);
	check_refused(test, refused_recomp, ARRAY_SIZE(refused_recomp), recomp);
	check_refused(test, refused_params, ARRAY_SIZE(refused_params), params);
}

#define TEXT(string)	.text = (string), .len = sizeof(string) - 1

static const struct {
	const char *text;
	size_t len;
	struct zram_recompress_request request;
} accepted_recompress[] = {
	{ TEXT("type=idle"), { ZRAM_SELECT_IDLE, 0, "", 0, U64_MAX } },
	{ TEXT("type=huge\n"), { ZRAM_SELECT_HUGE, 0, "", 0, U64_MAX } },
	{ TEXT("type=huge_idle\0"), { ZRAM_SELECT_HUGE_IDLE, 0, "", 0, U64_MAX } },
	{ TEXT("threshold=2999"), { ZRAM_SELECT_NONE, 2999, "", 0, U64_MAX } },
	{ TEXT("threshold=0"), { ZRAM_SELECT_NONE, 0, "", 0, U64_MAX } },
	{ TEXT("algo=zstd"), { ZRAM_SELECT_NONE, 0, "zstd", 0, U64_MAX } },
	{ TEXT("algo=" LONGEST), { ZRAM_SELECT_NONE, 0, LONGEST, 0, U64_MAX } },
	{ TEXT("algo=zstd,level=1"), { ZRAM_SELECT_NONE, 0, "zstd,level=1", 0, U64_MAX } },
	{ TEXT("algo=a=b"), { ZRAM_SELECT_NONE, 0, "a=b", 0, U64_MAX } },
	{ TEXT("priority=3"), { ZRAM_SELECT_NONE, 0, "", 3, U64_MAX } },
	{ TEXT("max_pages=0"), { ZRAM_SELECT_NONE, 0, "", 0, 0 } },
	{ TEXT("max_pages=18446744073709551615"), { ZRAM_SELECT_NONE, 0, "", 0, U64_MAX } },
	{ TEXT("\tmax_pages=42 priority=1\nalgo=zstd  threshold=100 type=huge_idle\t\n"),
	  { ZRAM_SELECT_HUGE_IDLE, 100, "zstd", 1, 42 } },
};

static void recompress_says_which_and_how(struct kunit *test)
{
	const struct zram_recompress_request *want;
	struct zram_recompress_request got;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(accepted_recompress); i++) {
		want = &accepted_recompress[i].request;
		KUNIT_ASSERT_EQ_MSG(test, 0,
				    zram_request_recompress(accepted_recompress[i].text,
							    accepted_recompress[i].len,
							    HUGE_SIZE, &got),
				    "\"%s\"", accepted_recompress[i].text);
		KUNIT_EXPECT_EQ(test, got.select, want->select);
		KUNIT_EXPECT_EQ(test, got.threshold, want->threshold);
		KUNIT_EXPECT_STREQ(test, got.algorithm, want->algorithm);
		KUNIT_EXPECT_EQ(test, got.priority, want->priority);
		KUNIT_EXPECT_EQ(test, got.max_pages, want->max_pages);
	}
}

static void recomp_has_priority_one_by_default(struct kunit *test)
{
	struct zram_recomp_request request;

	KUNIT_EXPECT_EQ(test, zram_request_recomp("algo=zstd\n", 10, &request), 0);
	KUNIT_EXPECT_STREQ(test, request.algorithm, "zstd");
	KUNIT_EXPECT_EQ(test, request.priority, 1);
	KUNIT_EXPECT_EQ(test, zram_request_recomp("priority=3 algo=lz4", 19, &request), 0);
	KUNIT_EXPECT_STREQ(test, request.algorithm, "lz4");
	KUNIT_EXPECT_EQ(test, request.priority, 3);
}

static const struct {
	const char *text;
	size_t len;
	const char *algorithm;
	int priority;
	s32 level, winbits;
	const char *dict;
} accepted_params[] = {
	{ TEXT("algo=zstd level=3"), "zstd", 0, 3, ZCOMP_WINBITS_DEFAULT, NULL },
	{ TEXT("priority=3 level=-7\n"), "", 3, -7, ZCOMP_WINBITS_DEFAULT, NULL },
	{ TEXT("level=+9"), "", 0, 9, ZCOMP_WINBITS_DEFAULT, NULL },
	{ TEXT("level=2147483647"), "", 0, S32_MAX, ZCOMP_WINBITS_DEFAULT, NULL },
	{ TEXT("level=-2147483647"), "", 0, -S32_MAX, ZCOMP_WINBITS_DEFAULT, NULL },
	{ TEXT("level=-2147483648"), "", 0, ZCOMP_LEVEL_DEFAULT, ZCOMP_WINBITS_DEFAULT, NULL },
	{ TEXT("algo=zstd"), "zstd", 0, ZCOMP_LEVEL_DEFAULT, ZCOMP_WINBITS_DEFAULT, NULL },
	{ TEXT("dict=/d"), "", 0, ZCOMP_LEVEL_DEFAULT, ZCOMP_WINBITS_DEFAULT, "/d" },
	{ TEXT("dict=/etc/a=b level=1 deflate.winbits=-15 algo=deflate\t\n"),
	  "deflate", 0, 1, -15, "/etc/a=b" },
};

static void params_say_what_is_tuned(struct kunit *test)
{
	struct zram_params_request got;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(accepted_params); i++) {
		const char *dict = accepted_params[i].dict;

		KUNIT_ASSERT_EQ_MSG(test, 0, zram_request_params(accepted_params[i].text,
								 accepted_params[i].len, &got),
				    "\"%s\"", accepted_params[i].text);
		KUNIT_EXPECT_STREQ(test, got.algorithm, accepted_params[i].algorithm);
		KUNIT_EXPECT_EQ(test, got.priority, accepted_params[i].priority);
		KUNIT_EXPECT_EQ(test, got.level, accepted_params[i].level);
		KUNIT_EXPECT_EQ(test, got.winbits, accepted_params[i].winbits);
		KUNIT_EXPECT_EQ(test, got.dict_len, dict ? strlen(dict) : 0);
		if (dict && got.dict)
			KUNIT_EXPECT_EQ(test, memcmp(got.dict, dict, strlen(dict)), 0);
		KUNIT_EXPECT_EQ(test, !got.dict, !dict);
	}
}

static struct kunit_case request_keys_cases[] = {
	KUNIT_CASE(other_texts_are_refused),
	KUNIT_CASE(recompress_says_which_and_how),
	KUNIT_CASE(recomp_has_priority_one_by_default),
	KUNIT_CASE(params_say_what_is_tuned),
	{ }
};

static struct kunit_suite request_keys_suite = {
	.name = "zram_request_keys",
	.test_cases = request_keys_cases,
};

kunit_test_suite(request_keys_suite);
