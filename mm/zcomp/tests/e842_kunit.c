// SPDX-License-Identifier: GPL-2.0-only
/*
 * Streams of 842 that its decompressor in lib/842 would follow out of the page: they
 * are refused before it sees them, and whole pages built by hand are not.
 */
#include <linux/crc32.h>
#include <linux/string.h>

#include "test.h"

#define OP_D8		0x00	/* 64 bits of data */
#define OP_I2		0x12	/* four references of 8 bits, 2 bytes each */
#define OP_I8		0x19	/* one reference of 8 bits, 8 bytes */
#define OP_INVALID	0x1a
#define OP_REPEAT	0x1b
#define OP_ZEROS	0x1c
#define OP_SHORT	0x1d	/* 3 bits of length, then that many bytes */
#define OP_END		0x1e
#define FRONT_GUARD	64
#define GUARD		0x5a

struct stream {
	struct kunit *test;
	u8 *buf;
	u8 *page;		/* output, between a guard and the end of its area */
	unsigned int bits;
};

static void start(struct kunit *test, struct stream *s)
{
	s->test = test;
	s->buf = zcomp_test_pages(test, PAGE_SIZE);
	s->page = zcomp_test_pages(test, 2 * PAGE_SIZE);
	s->page += PAGE_SIZE;
	s->bits = 0;
	memset(s->buf, 0, PAGE_SIZE);
}

static void put(struct stream *s, u64 value, unsigned int n)
{
	while (n--) {
		s->buf[s->bits / 8] |= (value >> n & 1) << (7 - s->bits % 8);
		s->bits++;
	}
}

static void put_zeros(struct stream *s, unsigned int bytes)
{
	for (; bytes; bytes -= 8)
		put(s, OP_ZEROS, 5);
}

/* End with the sum of @page, and decompress the last bytes of a page-sized area. */
static int finish(struct stream *s, const void *page)
{
	struct kunit *test = s->test;
	struct zcomp *comp = zcomp_test_create(test, "842", NULL);
	unsigned int len;
	struct zcomp_reader *r;
	int ret;

	put(s, OP_END, 5);
	put(s, crc32_be(0, page, PAGE_SIZE), 32);
	len = DIV_ROUND_UP(s->bits, 8);
	memmove(s->buf + PAGE_SIZE - len, s->buf, len);

	memset(s->page - FRONT_GUARD, GUARD, FRONT_GUARD);
	r = zcomp_reader_get(comp);
	ret = zcomp_decompress(r, s->buf + PAGE_SIZE - len, len, s->page);
	zcomp_reader_put(r);
	KUNIT_EXPECT_NULL(test, memchr_inv(s->page - FRONT_GUARD, GUARD, FRONT_GUARD));
	return ret;
}

static const u8 zeroes[PAGE_SIZE];

static void takes_a_whole_page(struct kunit *test)
{
	struct stream s;

	start(test, &s);
	put_zeros(&s, PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, finish(&s, zeroes), 0);
	KUNIT_EXPECT_EQ(test, memcmp(s.page, zeroes, PAGE_SIZE), 0);
}

static void takes_references_up_to_the_last_byte(struct kunit *test)
{
	struct stream s;

	start(test, &s);
	put_zeros(&s, PAGE_SIZE - 16);
	put(&s, OP_I2, 5);
	put(&s, 0, 32);
	put(&s, OP_I8, 5);
	put(&s, 0, 8);
	KUNIT_EXPECT_EQ(test, finish(&s, zeroes), 0);
}

static void refuses_a_page_and_one_reference(struct kunit *test)
{
	struct stream s;

	start(test, &s);
	put_zeros(&s, PAGE_SIZE);
	put(&s, OP_I8, 5);
	put(&s, 0, 8);
	KUNIT_EXPECT_EQ(test, finish(&s, zeroes), -EBADMSG);
}

/* The counter of room left has wrapped by then: everything after it is unchecked. */
static void refuses_what_follows_a_full_page(struct kunit *test)
{
	struct stream s;
	int i;

	start(test, &s);
	put_zeros(&s, PAGE_SIZE);
	put(&s, OP_I2, 5);
	put(&s, 0, 32);
	for (i = 0; i < 200; i++) {
		put(&s, OP_REPEAT, 5);
		put(&s, 0x3f, 6);
	}
	KUNIT_EXPECT_EQ(test, finish(&s, zeroes), -EBADMSG);
}

static void refuses_short_data(struct kunit *test)
{
	struct stream s;

	/* behind a full page, where it would be written without a check */
	start(test, &s);
	put_zeros(&s, PAGE_SIZE);
	put(&s, OP_SHORT, 5);
	put(&s, 7, 3);
	put(&s, 0x11223344556677, 56);
	KUNIT_EXPECT_EQ(test, finish(&s, zeroes), -EBADMSG);

	/* in front, where a repetition would then read what lies before the page */
	start(test, &s);
	put(&s, OP_SHORT, 5);
	put(&s, 1, 3);
	put(&s, 0, 8);
	put(&s, OP_REPEAT, 5);
	put(&s, 0, 6);
	put_zeros(&s, PAGE_SIZE - 16);
	KUNIT_EXPECT_EQ(test, finish(&s, zeroes), -EBADMSG);
}

static void refuses_a_repetition_of_nothing(struct kunit *test)
{
	struct stream s;

	start(test, &s);
	put(&s, OP_REPEAT, 5);
	put(&s, 0, 6);
	put_zeros(&s, PAGE_SIZE - 8);
	KUNIT_EXPECT_EQ(test, finish(&s, zeroes), -EBADMSG);
}

static void refuses_a_reference_to_what_is_not_there_yet(struct kunit *test)
{
	struct stream s;

	start(test, &s);
	put(&s, OP_D8, 5);
	put(&s, 0, 64);
	put(&s, OP_I8, 5);
	put(&s, 1, 8);
	put_zeros(&s, PAGE_SIZE - 16);
	KUNIT_EXPECT_EQ(test, finish(&s, zeroes), -EBADMSG);
}

static void refuses_less_than_a_page(struct kunit *test)
{
	struct stream s;

	start(test, &s);
	put_zeros(&s, PAGE_SIZE - 8);
	KUNIT_EXPECT_EQ(test, finish(&s, zeroes), -EBADMSG);
}

static void refuses_unknown_operations(struct kunit *test)
{
	struct stream s;

	start(test, &s);
	put_zeros(&s, PAGE_SIZE - 8);
	put(&s, OP_INVALID, 5);
	put_zeros(&s, 8);
	KUNIT_EXPECT_EQ(test, finish(&s, zeroes), -EBADMSG);
}

static void refuses_a_wrong_sum(struct kunit *test)
{
	struct stream s;
	u8 *other = kunit_kzalloc(test, PAGE_SIZE, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, other);
	other[PAGE_SIZE / 2] = 1;
	start(test, &s);
	put_zeros(&s, PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, finish(&s, other), -EBADMSG);
}

static struct kunit_case e842_cases[] = {
	KUNIT_CASE(takes_a_whole_page),
	KUNIT_CASE(takes_references_up_to_the_last_byte),
	KUNIT_CASE(refuses_a_page_and_one_reference),
	KUNIT_CASE(refuses_what_follows_a_full_page),
	KUNIT_CASE(refuses_short_data),
	KUNIT_CASE(refuses_a_repetition_of_nothing),
	KUNIT_CASE(refuses_a_reference_to_what_is_not_there_yet),
	KUNIT_CASE(refuses_less_than_a_page),
	KUNIT_CASE(refuses_unknown_operations),
	KUNIT_CASE(refuses_a_wrong_sum),
	{}
};

static struct kunit_suite e842_suite = {
	.name = "zcomp_e842",
	.test_cases = e842_cases,
};

kunit_test_suite(e842_suite);
