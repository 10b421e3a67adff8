// SPDX-License-Identifier: GPL-2.0-only
/*
 * What each attribute accepts, what that means, and what it refuses.
 */
#include <kunit/test.h>
#include <linux/kernel.h>
#include <linux/string.h>

#include "../request.h"

/* A call with a text and its length; what the text ends with is part of it. */
#define CALL(request, string, ...) \
	zram_request_##request((string), sizeof(string) - 1, ##__VA_ARGS__)

#define UNTOUCHED	0x1234567

struct size_text {
	const char *text;
	size_t len;
	u64 bytes;
};

#define SIZE(string, value) \
	{ .text = (string), .len = sizeof(string) - 1, .bytes = (value) }

static const struct size_text accepted_sizes[] = {
	SIZE("4096", 4096),
	SIZE("1", 4096),
	SIZE("4097\n", 8192),
	SIZE("1K", 4096),
	SIZE("64M", 64ULL << 20),
	SIZE("64m\n", 64ULL << 20),
	SIZE("3G", 3ULL << 30),
	SIZE("1T", 1ULL << 40),
	SIZE("2P", 2ULL << 50),
	SIZE("4E", 4ULL << 60),
	SIZE("7e", 7ULL << 60),
	SIZE("0x10000", 65536),
	SIZE("0XfffcK", 0xfffcULL << 10),
	SIZE("010000", 4096),
	SIZE("00000000000000000000000000010000", 4096),
	SIZE("1G \t\n\r\n", 1ULL << 30),
	SIZE("1G\0", 1ULL << 30),
	SIZE("1G\n\0\0", 1ULL << 30),
	SIZE("9223372036854771712", 9223372036854771712ULL),
};

static const struct size_text refused_sizes[] = {
	SIZE("", 0),
	SIZE("\n", 0),
	SIZE("\0", 0),
	SIZE("0", 0),
	SIZE("0G\n", 0),
	SIZE("K", 0),
	SIZE("-1", 0),
	SIZE("+1", 0),
	SIZE(" 1", 0),
	SIZE("1Gjunk", 0),
	SIZE("1GB", 0),
	SIZE("1KK", 0),
	SIZE("1 K", 0),
	SIZE("1X", 0),
	SIZE("1G\n1", 0),
	SIZE("1\0001", 0),
	SIZE("1.5G", 0),
	SIZE("08", 0),
	SIZE("0x", 0),
	SIZE("0xg", 0),
	SIZE("x10", 0),
	SIZE("\xff\xff", 0),
	SIZE("1\xff", 0),
	/* Beyond the largest disk. */
	SIZE("9223372036854775807", 0),
	SIZE("8E", 0),
	SIZE("15E", 0),
	/* Wraps when it is rounded up, and when the suffix is applied. */
	SIZE("18446744073709551615", 0),
	SIZE("0xffffffffffffffff", 0),
	SIZE("16E", 0),
	SIZE("17E", 0),
	SIZE("18014398509481984K", 0),
	SIZE("18014398509481985K", 0),
	SIZE("0x10000000000000001K", 0),
	/* Wraps as a number. */
	SIZE("18446744073709551616", 0),
	SIZE("18446744073709551617", 0),
	SIZE("184467440737095516160", 0),
	SIZE("99999999999999999999999999999999999999", 0),
	SIZE("02000000000000000000000", 0),
	SIZE("0x1000000000000000000000000000001", 0),
};

static void size_is_read_to_its_end(struct kunit *test)
{
	const u64 max = S64_MAX;
	unsigned int i;
	u64 bytes;

	for (i = 0; i < ARRAY_SIZE(accepted_sizes); i++) {
		bytes = UNTOUCHED;
		KUNIT_EXPECT_EQ_MSG(test, 0,
				    zram_request_disksize(accepted_sizes[i].text,
							  accepted_sizes[i].len, 4096, max, &bytes),
				    "\"%s\"", accepted_sizes[i].text);
		KUNIT_EXPECT_EQ_MSG(test, bytes, accepted_sizes[i].bytes,
				    "\"%s\"", accepted_sizes[i].text);
	}
}

static void other_sizes_are_refused(struct kunit *test)
{
	const u64 max = S64_MAX;
	u64 bytes = UNTOUCHED;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(refused_sizes); i++)
		KUNIT_EXPECT_EQ_MSG(test, -EINVAL,
				    zram_request_disksize(refused_sizes[i].text,
							  refused_sizes[i].len, 4096, max, &bytes),
				    "\"%s\"", refused_sizes[i].text);
	KUNIT_EXPECT_EQ(test, bytes, (u64)UNTOUCHED);
}

static void text_ends_where_its_length_says(struct kunit *test)
{
	u64 bytes = 0;

	KUNIT_EXPECT_EQ(test, zram_request_disksize("64KG", 3, 4096, S64_MAX, &bytes), 0);
	KUNIT_EXPECT_EQ(test, bytes, 65536ULL);
	KUNIT_EXPECT_EQ(test, zram_request_disksize("64KG", 2, 65536, S64_MAX, &bytes), 0);
	KUNIT_EXPECT_EQ(test, bytes, 65536ULL);
	/* Cut off inside its prefix. */
	KUNIT_EXPECT_EQ(test, zram_request_disksize("0x10", 2, 4096, S64_MAX, &bytes), -EINVAL);
}

static void size_is_at_most_the_maximum(struct kunit *test)
{
	u64 bytes;

	KUNIT_EXPECT_EQ(test, CALL(disksize, "8191", 4096, 8192, &bytes), 0);
	KUNIT_EXPECT_EQ(test, CALL(disksize, "8192", 4096, 8192, &bytes), 0);
	KUNIT_EXPECT_EQ(test, CALL(disksize, "8193", 4096, 8192, &bytes), -EINVAL);
	/* A limit that is no multiple of a page. */
	KUNIT_EXPECT_EQ(test, CALL(disksize, "4097", 4096, 8191, &bytes), -EINVAL);
}

static void limit_may_be_zero(struct kunit *test)
{
	unsigned long pages = UNTOUCHED;

	KUNIT_EXPECT_EQ(test, CALL(limit, "\n", 4096, &pages), -EINVAL);
	KUNIT_EXPECT_EQ(test, CALL(limit, "1Mb", 4096, &pages), -EINVAL);
	KUNIT_EXPECT_EQ(test, CALL(limit, "18446744073709551615", 4096, &pages),
			-EINVAL);
	KUNIT_EXPECT_EQ(test, pages, (unsigned long)UNTOUCHED);

	KUNIT_EXPECT_EQ(test, CALL(limit, "0\n", 4096, &pages), 0);
	KUNIT_EXPECT_EQ(test, pages, 0UL);
	KUNIT_EXPECT_EQ(test, CALL(limit, "1", 4096, &pages), 0);
	KUNIT_EXPECT_EQ(test, pages, 1UL);
	KUNIT_EXPECT_EQ(test, CALL(limit, "1M", 4096, &pages), 0);
	KUNIT_EXPECT_EQ(test, pages, 256UL);
	KUNIT_EXPECT_EQ(test, CALL(limit, "1M", 65536, &pages), 0);
	KUNIT_EXPECT_EQ(test, pages, 16UL);
}

static void only_zero_is_zero(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, CALL(zero, "0"), 0);
	KUNIT_EXPECT_EQ(test, CALL(zero, "0\n"), 0);
	KUNIT_EXPECT_EQ(test, CALL(zero, ""), -EINVAL);
	KUNIT_EXPECT_EQ(test, CALL(zero, "1"), -EINVAL);
	KUNIT_EXPECT_EQ(test, CALL(zero, "-0"), -EINVAL);
	KUNIT_EXPECT_EQ(test, CALL(zero, "0x0"), -EINVAL);
	KUNIT_EXPECT_EQ(test, CALL(zero, "0K"), -EINVAL);
	KUNIT_EXPECT_EQ(test, CALL(zero, "zero"), -EINVAL);
	KUNIT_EXPECT_EQ(test, CALL(zero, "18446744073709551616"), -EINVAL);
}

static void reset_wants_a_short_that_is_not_zero(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, CALL(reset, "1"), 0);
	KUNIT_EXPECT_EQ(test, CALL(reset, "1\n"), 0);
	KUNIT_EXPECT_EQ(test, CALL(reset, "65535"), 0);
	KUNIT_EXPECT_EQ(test, CALL(reset, "65536"), -EINVAL);
	KUNIT_EXPECT_EQ(test, CALL(reset, "0"), -EINVAL);
	KUNIT_EXPECT_EQ(test, CALL(reset, "-1"), -EINVAL);
	KUNIT_EXPECT_EQ(test, CALL(reset, "1 1"), -EINVAL);
	KUNIT_EXPECT_EQ(test, CALL(reset, "yes"), -EINVAL);
	KUNIT_EXPECT_EQ(test, CALL(reset, ""), -EINVAL);
}

static void id_fits_an_int(struct kunit *test)
{
	int id = UNTOUCHED;

	KUNIT_EXPECT_EQ(test, CALL(id, "-1", &id), -EINVAL);
	KUNIT_EXPECT_EQ(test, CALL(id, "2147483648", &id), -EINVAL);
	KUNIT_EXPECT_EQ(test, CALL(id, "4294967296", &id), -EINVAL);
	KUNIT_EXPECT_EQ(test, CALL(id, "zram0", &id), -EINVAL);
	KUNIT_EXPECT_EQ(test, CALL(id, "0 x", &id), -EINVAL);
	KUNIT_EXPECT_EQ(test, CALL(id, "", &id), -EINVAL);
	KUNIT_EXPECT_EQ(test, id, UNTOUCHED);

	KUNIT_EXPECT_EQ(test, CALL(id, "0\n", &id), 0);
	KUNIT_EXPECT_EQ(test, id, 0);
	KUNIT_EXPECT_EQ(test, CALL(id, "2147483647", &id), 0);
	KUNIT_EXPECT_EQ(test, id, INT_MAX);
}

static void name_fits_with_its_end(struct kunit *test)
{
	char name[8] = "before";

	KUNIT_EXPECT_EQ(test, CALL(name, "12345678", name, sizeof(name)), -E2BIG);
	KUNIT_EXPECT_EQ(test, CALL(name, "12345678\n", name, sizeof(name)), -E2BIG);
	KUNIT_EXPECT_EQ(test, CALL(name, "", name, sizeof(name)), -EINVAL);
	KUNIT_EXPECT_EQ(test, CALL(name, "\t\n", name, sizeof(name)), -EINVAL);
	KUNIT_EXPECT_EQ(test, CALL(name, "lz 4", name, sizeof(name)), -EINVAL);
	KUNIT_EXPECT_EQ(test, CALL(name, " lz4", name, sizeof(name)), -EINVAL);
	KUNIT_EXPECT_EQ(test, CALL(name, "lz\0004", name, sizeof(name)), -EINVAL);
	KUNIT_EXPECT_STREQ(test, name, "before");

	KUNIT_EXPECT_EQ(test, CALL(name, "1234567\n", name, sizeof(name)), 0);
	KUNIT_EXPECT_STREQ(test, name, "1234567");
	KUNIT_EXPECT_EQ(test, CALL(name, "lz4", name, sizeof(name)), 0);
	KUNIT_EXPECT_STREQ(test, name, "lz4");
}

static struct kunit_case request_cases[] = {
	KUNIT_CASE(size_is_read_to_its_end),
	KUNIT_CASE(other_sizes_are_refused),
	KUNIT_CASE(text_ends_where_its_length_says),
	KUNIT_CASE(size_is_at_most_the_maximum),
	KUNIT_CASE(limit_may_be_zero),
	KUNIT_CASE(only_zero_is_zero),
	KUNIT_CASE(reset_wants_a_short_that_is_not_zero),
	KUNIT_CASE(id_fits_an_int),
	KUNIT_CASE(name_fits_with_its_end),
	{ }
};

static struct kunit_suite request_suite = {
	.name = "zram_request",
	.test_cases = request_cases,
};

kunit_test_suite(request_suite);
