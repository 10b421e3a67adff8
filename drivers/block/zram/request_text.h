/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A text in the hands of request*.c, which alone include this: what is left of
 * it, and how it is taken apart.
 */
#ifndef _ZRAM_REQUEST_TEXT_H
#define _ZRAM_REQUEST_TEXT_H

#include <linux/types.h>

#include "request.h"

/**
 * struct zram_text - the part of a text that is not read yet
 * @at: where it goes on
 * @end: behind its last character
 *
 * It lives on the stack of one call: no lock.
 */
struct zram_text {
	const char *at;
	const char *end;
};

/* What separates words. */
static inline bool zram_text_is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static inline size_t zram_text_len(struct zram_text text)
{
	return text.end - text.at;
}

struct zram_text zram_text_start(const char *text, size_t len);
bool zram_text_has_zero(struct zram_text text);
bool zram_text_is(struct zram_text text, const char *word);
int zram_text_digits(struct zram_text *text, unsigned int base, u64 *value);
int zram_text_number(struct zram_text text, u64 max, u64 *value);
int zram_text_signed(struct zram_text text, s32 *value);
bool zram_text_next_word(struct zram_text *rest, struct zram_text *word);
bool zram_text_split(struct zram_text word, char separator, struct zram_text *before,
		     struct zram_text *behind);

/* request_writeback.c */
int zram_text_select(struct zram_text word, enum zram_select *select);

#endif /* _ZRAM_REQUEST_TEXT_H */
