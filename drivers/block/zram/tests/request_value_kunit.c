// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the attributes of one value accept that came after sizes and names.
 */
#include <kunit/test.h>
#include <linux/kernel.h>
#include <linux/limits.h>
#include <linux/string.h>

#include "../request.h"

/* A call with a text and its length; what the text ends with is part of it. */
#define CALL(request, string, ...) \
	zram_request_##request((string), sizeof(string) - 1, ##__VA_ARGS__)

static void idle_is_all_or_an_age(struct kunit *test)
{
	struct zram_idle_request request = { .seconds = 77 };

	KUNIT_EXPECT_EQ(test, CALL(idle, "", &request), -EINVAL);
	KUNIT_EXPECT_EQ(test, CALL(idle, "\n", &request), -EINVAL);
	KUNIT_EXPECT_EQ(test, CALL(idle, "ALL", &request), -EINVAL);
	KUNIT_EXPECT_EQ(test, CALL(idle, "al", &request), -EINVAL);
	KUNIT_EXPECT_EQ(test, CALL(idle, "alls", &request), -EINVAL);
	KUNIT_EXPECT_EQ(test, CALL(idle, "all 1", &request), -EINVAL);
	KUNIT_EXPECT_EQ(test, CALL(idle, " all", &request), -EINVAL);
	KUNIT_EXPECT_EQ(test, CALL(idle, "all\0all", &request), -EINVAL);
	KUNIT_EXPECT_EQ(test, CALL(idle, "-1", &request), -EINVAL);
	KUNIT_EXPECT_EQ(test, CALL(idle, "1s", &request), -EINVAL);
	KUNIT_EXPECT_EQ(test, CALL(idle, "0x10", &request), -EINVAL);
	KUNIT_EXPECT_EQ(test, CALL(idle, "18446744073709551616", &request), -EINVAL);
	KUNIT_EXPECT_FALSE(test, request.all);
	KUNIT_EXPECT_EQ(test, request.seconds, 77ULL);

	KUNIT_EXPECT_EQ(test, CALL(idle, "all\n", &request), 0);
	KUNIT_EXPECT_TRUE(test, request.all);
	KUNIT_EXPECT_EQ(test, request.seconds, 0ULL);
	KUNIT_EXPECT_EQ(test, CALL(idle, "86400\n", &request), 0);
	KUNIT_EXPECT_FALSE(test, request.all);
	KUNIT_EXPECT_EQ(test, request.seconds, 86400ULL);
	KUNIT_EXPECT_EQ(test, CALL(idle, "0", &request), 0);
	KUNIT_EXPECT_EQ(test, request.seconds, 0ULL);
	KUNIT_EXPECT_EQ(test, CALL(idle, "18446744073709551615", &request), 0);
	KUNIT_EXPECT_EQ(test, request.seconds, U64_MAX);
}

static const char *const yes[] = { "1", "y", "Y", "yes", "YES", "Yes", "on", "On", "oN\n" };
static const char *const no[] = { "0", "n", "N", "no", "NO", "off", "OFF", "oFf", "0 \t\n" };
static const char *const neither[] = {
	"", "\n", "2", "00", "01", "10", "-1", "+1", "1 1", " 1", "ye", "yess", "y es", "o", "of",
	"offf", "onn", "onoff", "t", "true", "f", "false", "none", "\xff", "1\xff",
};

static void bool_is_a_whole_word(struct kunit *test)
{
	unsigned int i;
	bool value;

	for (i = 0; i < ARRAY_SIZE(yes); i++) {
		value = false;
		KUNIT_EXPECT_EQ(test, zram_request_bool(yes[i], strlen(yes[i]), &value), 0);
		KUNIT_EXPECT_TRUE_MSG(test, value, "\"%s\"", yes[i]);
	}
	for (i = 0; i < ARRAY_SIZE(no); i++) {
		value = true;
		KUNIT_EXPECT_EQ(test, zram_request_bool(no[i], strlen(no[i]), &value), 0);
		KUNIT_EXPECT_FALSE_MSG(test, value, "\"%s\"", no[i]);
	}
	for (i = 0; i < ARRAY_SIZE(neither); i++) {
		value = i % 2;
		KUNIT_EXPECT_EQ_MSG(test, -EINVAL,
				    zram_request_bool(neither[i], strlen(neither[i]), &value),
				    "\"%s\"", neither[i]);
		KUNIT_EXPECT_EQ(test, value, (bool)(i % 2));
	}
}

static void number_is_any_that_fits(struct kunit *test)
{
	u64 value = 77;

	KUNIT_EXPECT_EQ(test, CALL(u64, "", &value), -EINVAL);
	KUNIT_EXPECT_EQ(test, CALL(u64, "-1", &value), -EINVAL);
	KUNIT_EXPECT_EQ(test, CALL(u64, "+1", &value), -EINVAL);
	KUNIT_EXPECT_EQ(test, CALL(u64, "1K", &value), -EINVAL);
	KUNIT_EXPECT_EQ(test, CALL(u64, "0x1", &value), -EINVAL);
	KUNIT_EXPECT_EQ(test, CALL(u64, "1 2", &value), -EINVAL);
	KUNIT_EXPECT_EQ(test, CALL(u64, "18446744073709551616", &value), -EINVAL);
	KUNIT_EXPECT_EQ(test, CALL(u64, "99999999999999999999", &value), -EINVAL);
	KUNIT_EXPECT_EQ(test, value, 77ULL);

	KUNIT_EXPECT_EQ(test, CALL(u64, "0", &value), 0);
	KUNIT_EXPECT_EQ(test, value, 0ULL);
	KUNIT_EXPECT_EQ(test, CALL(u64, "0010\n", &value), 0);
	KUNIT_EXPECT_EQ(test, value, 10ULL);
	KUNIT_EXPECT_EQ(test, CALL(u64, "18446744073709551615\n", &value), 0);
	KUNIT_EXPECT_EQ(test, value, U64_MAX);
}

static void positive_is_not_zero_and_fits_32_bits(struct kunit *test)
{
	u32 value = 77;

	KUNIT_EXPECT_EQ(test, CALL(positive, "", &value), -EINVAL);
	KUNIT_EXPECT_EQ(test, CALL(positive, "0", &value), -EINVAL);
	KUNIT_EXPECT_EQ(test, CALL(positive, "-1", &value), -EINVAL);
	KUNIT_EXPECT_EQ(test, CALL(positive, "1x", &value), -EINVAL);
	KUNIT_EXPECT_EQ(test, CALL(positive, "4294967296", &value), -EINVAL);
	KUNIT_EXPECT_EQ(test, value, 77U);

	KUNIT_EXPECT_EQ(test, CALL(positive, "1", &value), 0);
	KUNIT_EXPECT_EQ(test, value, 1U);
	KUNIT_EXPECT_EQ(test, CALL(positive, "4294967295\n", &value), 0);
	KUNIT_EXPECT_EQ(test, value, U32_MAX);
}

static void path_is_what_there_is(struct kunit *test)
{
	static const char spaced[] = "/dev/a b\n";
	const char *path = "before";
	size_t len = 77;

	KUNIT_EXPECT_EQ(test, CALL(path, "", &path, &len), -EINVAL);
	KUNIT_EXPECT_EQ(test, CALL(path, " \t\n\0\n", &path, &len), -EINVAL);
	KUNIT_EXPECT_EQ(test, CALL(path, "/dev/loop0\0x", &path, &len), -EINVAL);
	KUNIT_EXPECT_EQ(test, CALL(path, "\0/dev/loop0", &path, &len), -EINVAL);
	KUNIT_EXPECT_STREQ(test, path, "before");
	KUNIT_EXPECT_EQ(test, len, (size_t)77);

	KUNIT_EXPECT_EQ(test, CALL(path, spaced, &path, &len), 0);
	KUNIT_EXPECT_PTR_EQ(test, path, (const char *)spaced);
	KUNIT_EXPECT_EQ(test, len, strlen("/dev/a b"));
	KUNIT_EXPECT_EQ(test, CALL(path, "loop0\0\0", &path, &len), 0);
	KUNIT_EXPECT_EQ(test, len, strlen("loop0"));
}

static struct kunit_case request_value_cases[] = {
	KUNIT_CASE(idle_is_all_or_an_age),
	KUNIT_CASE(bool_is_a_whole_word),
	KUNIT_CASE(number_is_any_that_fits),
	KUNIT_CASE(positive_is_not_zero_and_fits_32_bits),
	KUNIT_CASE(path_is_what_there_is),
	{ }
};

static struct kunit_suite request_value_suite = {
	.name = "zram_request_value",
	.test_cases = request_value_cases,
};

kunit_test_suite(request_value_suite);
