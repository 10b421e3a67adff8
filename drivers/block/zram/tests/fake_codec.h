/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Algorithms of the crypto API that do what a test says: how long their output is,
 * and what happens meanwhile.
 */
#ifndef _ZRAM_TESTS_FAKE_CODEC_H
#define _ZRAM_TESTS_FAKE_CODEC_H

#include <kunit/test.h>

#define FAKE_CODECS	3
/* Pages that the output of each may stand for; then the oldest are forgotten. */
#define FAKE_PAGES	16

/**
 * struct fake_codec - what one algorithm does
 * @len: bytes of its output, at least 8; more than a page is "no"
 * @calls: pages it was given to compress
 * @meanwhile: called while it compresses, by the task that does; or NULL
 * @arg: for @meanwhile
 *
 * Changed by a test while nobody compresses: no lock.
 */
struct fake_codec {
	unsigned int len;
	unsigned int calls;
	void (*meanwhile)(void *arg);
	void *arg;
};

/* [0] is fake_name(0), and so on. */
extern struct fake_codec fake_codecs[FAKE_CODECS];

const char *fake_name(unsigned int number);

/* How long the output of each is to be. */
static inline void set_lengths(unsigned int one, unsigned int two, unsigned int three)
{
	fake_codecs[0].len = one;
	fake_codecs[1].len = two;
	fake_codecs[2].len = three;
}

/* How often each was asked. */
static inline void expect_calls(struct kunit *test, unsigned int one, unsigned int two,
				unsigned int three)
{
	KUNIT_EXPECT_EQ(test, fake_codecs[0].calls, one);
	KUNIT_EXPECT_EQ(test, fake_codecs[1].calls, two);
	KUNIT_EXPECT_EQ(test, fake_codecs[2].calls, three);
}

/* For a suite that uses them, once. */
int fake_codecs_register(struct kunit_suite *suite);
void fake_codecs_unregister(struct kunit_suite *suite);

#endif /* _ZRAM_TESTS_FAKE_CODEC_H */
