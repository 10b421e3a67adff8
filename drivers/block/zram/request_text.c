// SPDX-License-Identifier: GPL-2.0-only
/*
 * How is a text taken apart into words, pairs and numbers?
 */
#include <linux/errno.h>
#include <linux/limits.h>
#include <linux/string.h>
#include <linux/types.h>

#include "request_text.h"

/**
 * zram_text_start() - a text without what may follow its last character
 * @text: what the user wrote, not terminated
 * @len: bytes in @text
 *
 * Return: the text up to the last character that is no blank and no zero byte.
 */
struct zram_text zram_text_start(const char *text, size_t len)
{
	while (len && (zram_text_is_blank(text[len - 1]) || !text[len - 1]))
		len--;
	return (struct zram_text){ .at = text, .end = text + len };
}

/**
 * zram_text_has_zero() - whether a zero byte stands before the end
 * @text: the text, all of it
 *
 * Such a text is no line of a shell. To a reader that stops there, what follows
 * would not exist.
 *
 * Return: true if there is one.
 */
bool zram_text_has_zero(struct zram_text text)
{
	return memchr(text.at, '\0', zram_text_len(text));
}

/**
 * zram_text_is() - whether a text is exactly this word
 * @text: the text, all of it
 * @word: the word, terminated
 *
 * Return: true if no character differs and none is left.
 */
bool zram_text_is(struct zram_text text, const char *word)
{
	size_t len = strlen(word);

	return zram_text_len(text) == len && !memcmp(text.at, word, len);
}

static int digit_of(char c, unsigned int base)
{
	int digit;

	if (c >= '0' && c <= '9')
		digit = c - '0';
	else if (c >= 'a' && c <= 'f')
		digit = c - 'a' + 10;
	else if (c >= 'A' && c <= 'F')
		digit = c - 'A' + 10;
	else
		return -1;
	return digit < (int)base ? digit : -1;
}

/**
 * zram_text_digits() - as many digits as there are
 * @text: the text; on success it goes on behind the last digit
 * @base: at most 16
 * @value: on success the number; else untouched
 *
 * Return: 0, or -EINVAL if there is no digit or the number exceeds 64 bits.
 */
int zram_text_digits(struct zram_text *text, unsigned int base, u64 *value)
{
	const char *at;
	u64 sum = 0;
	int digit;

	for (at = text->at; at < text->end; at++) {
		digit = digit_of(*at, base);
		if (digit < 0)
			break;
		/* Bases are at most 16: the top four bits tell of the carry. */
		if (sum >> 60) {
			u64 low = (sum & U32_MAX) * base + digit;
			u64 high = (sum >> 32) * base + (low >> 32);

			if (high >> 32)
				return -EINVAL;
		}
		sum = sum * base + digit;
	}
	if (at == text->at)
		return -EINVAL;
	text->at = at;
	*value = sum;
	return 0;
}

/**
 * zram_text_number() - a text that is a decimal number and nothing else
 * @text: the text, all of it
 * @max: the largest number there may be
 * @value: on success the number; else untouched
 *
 * Return: 0, or -EINVAL for anything but digits and for a number above @max.
 */
int zram_text_number(struct zram_text text, u64 max, u64 *value)
{
	u64 number;
	int err = zram_text_digits(&text, 10, &number);

	if (err)
		return err;
	if (zram_text_len(text) || number > max)
		return -EINVAL;
	*value = number;
	return 0;
}

/**
 * zram_text_signed() - a text that is a decimal number with or without a sign
 * @text: the text, all of it
 * @value: on success the number; else untouched
 *
 * Return: 0, or -EINVAL for what is no such number or does not fit.
 */
int zram_text_signed(struct zram_text text, s32 *value)
{
	bool negative = zram_text_len(text) && *text.at == '-';
	u64 number;
	int err;

	if (negative || (zram_text_len(text) && *text.at == '+'))
		text.at++;
	err = zram_text_number(text, negative ? (u64)S32_MAX + 1 : S32_MAX, &number);
	if (err)
		return err;
	*value = negative ? -(s64)number : (s64)number;
	return 0;
}

/**
 * zram_text_next_word() - what stands between blanks
 * @rest: the text; it goes on behind the word
 * @word: the word, not empty; untouched if there is none
 *
 * Return: false if there are but blanks left.
 */
bool zram_text_next_word(struct zram_text *rest, struct zram_text *word)
{
	const char *end;

	while (zram_text_len(*rest) && zram_text_is_blank(*rest->at))
		rest->at++;
	if (!zram_text_len(*rest))
		return false;
	for (end = rest->at; end < rest->end && !zram_text_is_blank(*end); end++)
		;
	*word = (struct zram_text){ .at = rest->at, .end = end };
	rest->at = end;
	return true;
}

/**
 * zram_text_split() - the two sides of the first separator
 * @word: the text
 * @separator: the character between the two sides
 * @before: what stands before it; untouched if there is no separator
 * @behind: what stands behind it, other separators included; likewise
 *
 * Return: false if there is no separator.
 */
bool zram_text_split(struct zram_text word, char separator, struct zram_text *before,
		     struct zram_text *behind)
{
	const char *middle = memchr(word.at, separator, zram_text_len(word));

	if (!middle)
		return false;
	*before = (struct zram_text){ .at = word.at, .end = middle };
	*behind = (struct zram_text){ .at = middle + 1, .end = word.end };
	return true;
}
