// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which pages a text for writeback names, and which texts name none.
 */
#include <kunit/test.h>
#include <linux/kernel.h>
#include <linux/string.h>

#include "../request.h"

#define PAGES		1000UL
#define MAX_RANGES	4

#define TEXT(string)	.text = (string), .len = sizeof(string) - 1

static const struct {
	const char *text;
	size_t len;
	enum zram_select select;
} kinds[] = {
	{ TEXT("idle"), ZRAM_SELECT_IDLE },
	{ TEXT("huge\n"), ZRAM_SELECT_HUGE },
	{ TEXT("huge_idle"), ZRAM_SELECT_HUGE_IDLE },
	{ TEXT("incompressible \t\n"), ZRAM_SELECT_INCOMPRESSIBLE },
	{ TEXT("type=idle"), ZRAM_SELECT_IDLE },
	{ TEXT("type=huge\0"), ZRAM_SELECT_HUGE },
	{ TEXT("type=huge_idle"), ZRAM_SELECT_HUGE_IDLE },
	{ TEXT(" \ttype=incompressible"), ZRAM_SELECT_INCOMPRESSIBLE },
};

static const struct {
	const char *text;
	size_t len;
	unsigned int nr;
	unsigned long first[MAX_RANGES], last[MAX_RANGES];
} ranges[] = {
	{ TEXT("page_index=0"), 1, { 0 }, { 0 } },
	{ TEXT("page_index=999\n"), 1, { 999 }, { 999 } },
	{ TEXT("page_indexes=0-999"), 1, { 0 }, { 999 } },
	{ TEXT("page_indexes=7-7"), 1, { 7 }, { 7 } },
	{ TEXT("page_indexes=007-0010"), 1, { 7 }, { 10 } },
	/* As often as one likes, in any order, and the same ones again. */
	{ TEXT("page_index=5 page_index=5"), 2, { 5, 5 }, { 5, 5 } },
	{ TEXT("  page_indexes=100-200\tpage_index=3\n\npage_indexes=0-150\r\npage_index=9 \0"),
	  4, { 100, 3, 0, 9 }, { 200, 3, 150, 9 } },
};

static const struct {
	const char *text;
	size_t len;
	int err;
} refused[] = {
	{ TEXT(""), -EINVAL },
	{ TEXT(" \t\n"), -EINVAL },
	{ TEXT("\0"), -EINVAL },
	{ TEXT("none"), -EINVAL },
	{ TEXT("all"), -EINVAL },
	{ TEXT("Idle"), -EINVAL },
	{ TEXT("idl"), -EINVAL },
	{ TEXT("idles"), -EINVAL },
	{ TEXT("huge-idle"), -EINVAL },
	{ TEXT("idle\0x"), -EINVAL },
	{ TEXT("page_index=1\0 page_index=2"), -EINVAL },
	{ TEXT("page_index=1000\0 page_index=2"), -EINVAL },
	{ TEXT("\0idle"), -EINVAL },
	{ TEXT("type"), -EINVAL },
	{ TEXT("type="), -EINVAL },
	{ TEXT("=idle"), -EINVAL },
	{ TEXT("="), -EINVAL },
	{ TEXT("type= idle"), -EINVAL },
	{ TEXT("type =idle"), -EINVAL },
	{ TEXT("type=type=idle"), -EINVAL },
	{ TEXT("Type=idle"), -EINVAL },
	{ TEXT("type=\"idle\""), -EINVAL },
	{ TEXT("mode=idle"), -EINVAL },
	/* A kind is said once. */
	{ TEXT("idle idle"), -EINVAL },
	{ TEXT("idle huge"), -EINVAL },
	{ TEXT("type=idle type=idle"), -EINVAL },
	{ TEXT("type=idle huge"), -EINVAL },
	{ TEXT("idle junk"), -EINVAL },
	/* A kind or pages, not both. */
	{ TEXT("idle page_index=1"), -EINVAL },
	{ TEXT("page_index=1 idle"), -EINVAL },
	{ TEXT("type=huge page_indexes=1-2"), -EINVAL },
	{ TEXT("page_indexes=1-2 type=huge"), -EINVAL },
	/* What is no index. */
	{ TEXT("page_index"), -EINVAL },
	{ TEXT("page_index="), -EINVAL },
	{ TEXT("page_index=x"), -EINVAL },
	{ TEXT("page_index=-1"), -EINVAL },
	{ TEXT("page_index=+1"), -EINVAL },
	{ TEXT("page_index=0x1"), -EINVAL },
	{ TEXT("page_index=1-2"), -EINVAL },
	{ TEXT("page_index=1,2"), -EINVAL },
	{ TEXT("page_index=1\0002"), -EINVAL },
	{ TEXT("page_index=18446744073709551616"), -EINVAL },
	{ TEXT("page_indexes=1"), -EINVAL },
	{ TEXT("page_indexes=-1"), -EINVAL },
	{ TEXT("page_indexes=1-"), -EINVAL },
	{ TEXT("page_indexes=-"), -EINVAL },
	{ TEXT("page_indexes=1--2"), -EINVAL },
	{ TEXT("page_indexes=1-2-3"), -EINVAL },
	{ TEXT("page_indexes=2-1"), -EINVAL },
	{ TEXT("page_indexes=0-18446744073709551616"), -EINVAL },
	{ TEXT("page_indexes=5000-4000"), -EINVAL },
	{ TEXT("page_index=1 page_index=2x"), -EINVAL },
	{ TEXT("page_index=1 2"), -EINVAL },
	/* Outside of the disk; of several errors the first counts. */
	{ TEXT("page_index=1000"), -ERANGE },
	{ TEXT("page_index=4294967296"), -ERANGE },
	{ TEXT("page_index=18446744073709551615"), -ERANGE },
	{ TEXT("page_indexes=0-1000"), -ERANGE },
	{ TEXT("page_indexes=1000-1001"), -ERANGE },
	{ TEXT("page_index=1 page_index=1000"), -ERANGE },
	{ TEXT("page_index=1000 junk"), -ERANGE },
	{ TEXT("junk page_index=1000"), -EINVAL },
};

static void names_a_kind_of_pages(struct kunit *test)
{
	struct zram_writeback_request request;
	unsigned long first, last;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(kinds); i++) {
		KUNIT_EXPECT_EQ_MSG(test, 0, zram_request_writeback(kinds[i].text, kinds[i].len,
								    PAGES, &request),
				    "\"%s\"", kinds[i].text);
		KUNIT_EXPECT_EQ_MSG(test, request.select, kinds[i].select,
				    "\"%s\"", kinds[i].text);
		KUNIT_EXPECT_EQ(test, request.nr_ranges, 0U);
		KUNIT_EXPECT_FALSE(test, zram_request_next_range(&request, &first, &last));
	}
}

static void names_single_pages(struct kunit *test)
{
	struct zram_writeback_request request;
	unsigned long first, last;
	unsigned int i, n;

	for (i = 0; i < ARRAY_SIZE(ranges); i++) {
		KUNIT_ASSERT_EQ_MSG(test, 0, zram_request_writeback(ranges[i].text, ranges[i].len,
								    PAGES, &request),
				    "\"%s\"", ranges[i].text);
		KUNIT_EXPECT_EQ(test, request.select, ZRAM_SELECT_NONE);
		KUNIT_EXPECT_EQ(test, request.nr_ranges, ranges[i].nr);
		for (n = 0; n < ranges[i].nr; n++) {
			KUNIT_ASSERT_TRUE(test, zram_request_next_range(&request, &first, &last));
			KUNIT_EXPECT_EQ(test, first, ranges[i].first[n]);
			KUNIT_EXPECT_EQ(test, last, ranges[i].last[n]);
		}
		KUNIT_EXPECT_FALSE(test, zram_request_next_range(&request, &first, &last));
		KUNIT_EXPECT_FALSE(test, zram_request_next_range(&request, &first, &last));
	}
}

static void other_texts_are_refused(struct kunit *test)
{
	struct zram_writeback_request request, before;
	unsigned int i;

	memset(&request, 0x5a, sizeof(request));
	before = request;
	for (i = 0; i < ARRAY_SIZE(refused); i++)
		KUNIT_EXPECT_EQ_MSG(test, refused[i].err,
				    zram_request_writeback(refused[i].text, refused[i].len,
							   PAGES, &request),
				    "\"%s\"", refused[i].text);
	KUNIT_EXPECT_EQ(test, memcmp(&request, &before, sizeof(request)), 0);
}

static void disk_without_pages_has_no_index(struct kunit *test)
{
	struct zram_writeback_request request;

	KUNIT_EXPECT_EQ(test, zram_request_writeback("page_index=0", 12, 0, &request), -ERANGE);
	KUNIT_EXPECT_EQ(test, zram_request_writeback("idle", 4, 0, &request), 0);
}

static void text_may_be_full_of_ranges(struct kunit *test)
{
	static const char range[] = "page_indexes=1-2 ";
	struct zram_writeback_request request;
	unsigned long first, last;
	unsigned int nr = 4096 / (sizeof(range) - 1);
	size_t len = nr * (sizeof(range) - 1);
	char *text = kunit_kzalloc(test, len, GFP_KERNEL);
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, text);
	for (i = 0; i < nr; i++)
		memcpy(text + i * (sizeof(range) - 1), range, sizeof(range) - 1);
	KUNIT_ASSERT_EQ(test, zram_request_writeback(text, len, PAGES, &request), 0);
	KUNIT_EXPECT_EQ(test, request.nr_ranges, nr);
	for (i = 0; zram_request_next_range(&request, &first, &last); i++)
		;
	KUNIT_EXPECT_EQ(test, i, nr);
}

static struct kunit_case request_writeback_cases[] = {
	KUNIT_CASE(names_a_kind_of_pages),
	KUNIT_CASE(names_single_pages),
	KUNIT_CASE(other_texts_are_refused),
	KUNIT_CASE(disk_without_pages_has_no_index),
	KUNIT_CASE(text_may_be_full_of_ranges),
	{ }
};

static struct kunit_suite request_writeback_suite = {
	.name = "zram_request_writeback",
	.test_cases = request_writeback_cases,
};

kunit_test_suite(request_writeback_suite);
