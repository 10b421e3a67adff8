// SPDX-License-Identifier: GPL-2.0-only
/*
 * Damaged input ends in an error or in some page, and never leaves its bounds: input
 * and output each end where their vmalloc area ends, so that the next byte is a fault.
 */
#include <linux/sched.h>
#include <linux/string.h>

#include "test.h"

#define FLIPS_PER_PAGE		200
#define SPLICES_PER_PAGE	100
#define NOISE_PER_ALGORITHM	4000
#define FRONT_GUARD		64
#define GUARD			0xc3

struct damage {
	struct rnd_state rnd;
	struct zcomp *comp;
	void *page;
	u8 *in;		/* PAGE_SIZE bytes, an input is put at their end */
	u8 *out;	/* as long, behind a guard */
	u8 *good;	/* what the page was compressed to */
	unsigned int good_len;
};

static void init_damage(struct kunit *test, struct damage *d)
{
	zcomp_test_seed(test, &d->rnd);
	d->comp = zcomp_test_create(test, *(const char * const *)test->param_value, NULL);
	d->page = zcomp_test_pages(test, PAGE_SIZE);
	d->good = zcomp_test_pages(test, PAGE_SIZE);
	d->in = zcomp_test_pages(test, PAGE_SIZE);
	d->out = zcomp_test_pages(test, 2 * PAGE_SIZE);
	memset(d->out, GUARD, PAGE_SIZE);
	d->out += PAGE_SIZE;
}

static void compress_one(struct kunit *test, struct damage *d, enum zcomp_page kind)
{
	struct zcomp_writer *w = zcomp_writer_get(d->comp);

	zcomp_test_page(&d->rnd, kind, d->page);
	KUNIT_EXPECT_EQ(test, zcomp_compress(w, d->page, &d->good_len), 0);
	memcpy(d->good, w->out, min_t(unsigned int, d->good_len, PAGE_SIZE));
	zcomp_writer_put(w);
}

static u8 *input(struct damage *d, unsigned int len)
{
	return d->in + PAGE_SIZE - len;
}

/* Decompress the last @len bytes of d->in, return what came of it. */
static int feed(struct kunit *test, struct damage *d, unsigned int len)
{
	struct zcomp_reader *r = zcomp_reader_get(d->comp);
	int ret = zcomp_decompress(r, input(d, len), len, d->out);

	zcomp_reader_put(r);
	KUNIT_EXPECT_TRUE(test, !ret || ret == -EBADMSG);
	KUNIT_EXPECT_NULL_MSG(test, memchr_inv(d->out - FRONT_GUARD, GUARD, FRONT_GUARD),
			      "written in front of the output");
	return ret;
}

/* A shorter input that still gives the page would mean that its end is not looked at. */
static void refuses_what_is_cut_short(struct kunit *test)
{
	struct damage d = {};
	unsigned int len, kind, accepted = 0;

	init_damage(test, &d);
	for (kind = 0; kind < ZCOMP_PAGE_SHRINKS; kind++) {
		compress_one(test, &d, kind);
		for (len = 1; len < d.good_len; len++) {
			memcpy(input(&d, len), d.good, len);
			memset(d.out, GUARD, PAGE_SIZE);
			if (feed(test, &d, len))
				continue;
			/* 842 pads its output to a multiple of 8 with bytes of no meaning */
			KUNIT_EXPECT_LT(test, d.good_len - len, 8);
			KUNIT_EXPECT_EQ(test, memcmp(d.out, d.page, PAGE_SIZE), 0);
			accepted++;
		}
		memcpy(input(&d, len), d.good, len);
		KUNIT_EXPECT_EQ(test, feed(test, &d, len), 0);
		KUNIT_EXPECT_EQ(test, memcmp(d.out, d.page, PAGE_SIZE), 0);
	}
	if (strcmp(zcomp_name(d.comp), "842"))
		KUNIT_EXPECT_EQ(test, accepted, 0);
}

static void survives_flipped_bits(struct kunit *test)
{
	unsigned int kind, i, n, refused = 0;
	struct damage d = {};

	init_damage(test, &d);
	for (kind = 0; kind < ZCOMP_PAGE_SHRINKS; kind++) {
		compress_one(test, &d, kind);
		for (i = 0; i < FLIPS_PER_PAGE; i++) {
			u8 *in = input(&d, d.good_len);

			memcpy(in, d.good, d.good_len);
			for (n = zcomp_test_below(&d.rnd, 4) + 1; n; n--)
				in[zcomp_test_below(&d.rnd, d.good_len)] ^=
					1 << zcomp_test_below(&d.rnd, 8);
			refused += !!feed(test, &d, d.good_len);
		}
	}
	/* Not one noticed would mean that nothing is checked. */
	KUNIT_EXPECT_GT(test, refused, 0);
}

/* The front of one page's result with the back of another's, and with itself shifted. */
static void survives_spliced_results(struct kunit *test)
{
	struct damage d = {};
	u8 *other = zcomp_test_pages(test, PAGE_SIZE);
	unsigned int kind, i, other_len;

	init_damage(test, &d);
	for (kind = 1; kind < ZCOMP_PAGE_SHRINKS; kind++) {
		compress_one(test, &d, kind - 1);
		memcpy(other, d.good, d.good_len);
		other_len = d.good_len;
		compress_one(test, &d, kind);
		for (i = 0; i < SPLICES_PER_PAGE; i++) {
			unsigned int front = zcomp_test_below(&d.rnd, d.good_len);
			unsigned int skip = zcomp_test_below(&d.rnd, other_len);
			unsigned int back = min(other_len - skip, ZCOMP_LIMIT - front);
			u8 *in = input(&d, front + back);

			memcpy(in, d.good, front);
			memcpy(in + front, other + skip, back);
			feed(test, &d, front + back);
		}
	}
}

static void survives_noise(struct kunit *test)
{
	struct damage d = {};
	unsigned int i;

	init_damage(test, &d);
	for (i = 0; i < NOISE_PER_ALGORITHM; i++) {
		unsigned int len = 1 + zcomp_test_below(&d.rnd, i % 2 ? 64 : ZCOMP_LIMIT);
		u8 *in = input(&d, len);

		prandom_bytes_state(&d.rnd, in, len);
		/* Codes of many ones or many zeroes stand for long runs in most formats. */
		if (i % 4 == 2)
			memset(in + zcomp_test_below(&d.rnd, len), i % 8 == 2 ? 0xff : 0,
			       1);
		if (i % 4 == 3)
			memset(in + len / 2, i % 8 == 3 ? 0xff : 0, len - len / 2);
		feed(test, &d, len);
	}
}

/* A context must not remember what it choked on. */
static void still_works_after_damage(struct kunit *test)
{
	struct damage d = {};
	unsigned int i;

	init_damage(test, &d);
	for (i = 0; i < 200; i++) {
		compress_one(test, &d, ZCOMP_PAGE_TEXT);
		memcpy(input(&d, d.good_len / 2), d.good, d.good_len / 2);
		KUNIT_EXPECT_EQ(test, feed(test, &d, d.good_len / 2), -EBADMSG);

		memcpy(input(&d, d.good_len), d.good, d.good_len);
		KUNIT_EXPECT_EQ(test, feed(test, &d, d.good_len), 0);
		KUNIT_EXPECT_EQ(test, memcmp(d.out, d.page, PAGE_SIZE), 0);
	}
}

static struct kunit_case damage_cases[] = {
	KUNIT_CASE_PARAM(refuses_what_is_cut_short, zcomp_test_names),
	KUNIT_CASE_PARAM(survives_flipped_bits, zcomp_test_names),
	KUNIT_CASE_PARAM(survives_spliced_results, zcomp_test_names),
	KUNIT_CASE_PARAM(survives_noise, zcomp_test_names),
	KUNIT_CASE_PARAM(still_works_after_damage, zcomp_test_names),
	{}
};

static struct kunit_suite damage_suite = {
	.name = "zcomp_damage",
	.test_cases = damage_cases,
};

kunit_test_suite(damage_suite);
