/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What main.c, the fuzzer and the parts of the harness share.
 *
 * A text is read twice: by the real sources and by a model. What either made of it
 * is written down again as a text in one form that does not depend on the other, so
 * that two results are the same if these texts are.
 */
#ifndef _HARNESS_H
#define _HARNESS_H

#include <stdio.h>
#include <stdlib.h>

#include "texts.h"

/* What the parsers are told of the disk. */
#define TEST_PAGES	1000UL
#define TEST_HUGE_SIZE	3000
#define TEST_MAX_SIZE	((u64)1 << 62)

/**
 * struct outcome - what was made of a text
 * @err: 0 or a negative error code
 * @len: bytes in @text, 0 with an error
 * @text: the request written down again
 */
struct outcome {
	int err;
	size_t len;
	char text[4 * MAX_TEXT];
};

/**
 * struct attribute - one kind of text
 * @name: as in sysfs
 * @real: reads it with the sources under test; @text is not terminated
 * @model: reads it in another way
 * @grammar: words that texts are put together from; ends with NULL
 * @other_error: the error there may be besides -EINVAL, or 0
 * @any_end: a path, which may have blanks inside
 * @weight: in how many of the random texts
 */
struct attribute {
	const char *name;
	void (*real)(const char *text, size_t len, struct outcome *outcome);
	void (*model)(const char *text, size_t len, struct outcome *outcome);
	const char *const *grammar;
	int other_error;
	bool any_end;
	unsigned int weight;
};

extern const struct attribute attributes[];
extern const unsigned int nr_attributes;

/* real.c, model.c, modelkeys.c: what struct attribute points to, by parser */
#define DECLARE_READERS(parser)							\
	void real_##parser(const char *text, size_t len, struct outcome *outcome);	\
	void model_##parser(const char *text, size_t len, struct outcome *outcome)

DECLARE_READERS(disksize);
DECLARE_READERS(disksize_64k);
DECLARE_READERS(limit);
DECLARE_READERS(zero);
DECLARE_READERS(reset);
DECLARE_READERS(id);
DECLARE_READERS(name);
DECLARE_READERS(idle);
DECLARE_READERS(bool);
DECLARE_READERS(u64);
DECLARE_READERS(positive);
DECLARE_READERS(path);
DECLARE_READERS(writeback);
DECLARE_READERS(recompress);
DECLARE_READERS(recomp);
DECLARE_READERS(params);

/* outcome.c */
void outcome_error(struct outcome *outcome, int err);
void outcome_print(struct outcome *outcome, const char *fmt, ...) __printf(2, 3);
void outcome_bytes(struct outcome *outcome, const char *bytes, size_t len);
bool outcome_same(const struct outcome *a, const struct outcome *b);

/* properties.c: end the program with a line "not ok" if a claim does not hold */
bool text_check(const struct attribute *attribute, const char *text, size_t len);
void broken(const struct attribute *attribute, const char *text, size_t len,
	    const char *fmt, ...) __printf(4, 5) __attribute__((noreturn));

#endif /* _HARNESS_H */
