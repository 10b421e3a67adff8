// SPDX-License-Identifier: GPL-2.0-only
/*
 * What does a text of one value ask for, and is it all there is in it?
 */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/limits.h>
#include <linux/string.h>
#include <linux/types.h>

#include "request_text.h"

/**
 * zram_request_zero() - the one value that may be written to mem_used_max
 * @text: what the user wrote, not terminated
 * @len: bytes in @text
 *
 * Return: 0 for the number 0, else -EINVAL.
 */
int zram_request_zero(const char *text, size_t len)
{
	u64 value;

	return zram_text_number(zram_text_start(text, len), 0, &value);
}

/**
 * zram_request_reset() - whether a reset is really meant
 * @text: what the user wrote, not terminated
 * @len: bytes in @text
 *
 * Return: 0 for a number from 1 to 65535, else -EINVAL.
 */
int zram_request_reset(const char *text, size_t len)
{
	u64 value;
	int err = zram_text_number(zram_text_start(text, len), U16_MAX, &value);

	if (err)
		return err;
	return value ? 0 : -EINVAL;
}

/**
 * zram_request_id() - the number of a disk
 * @text: what the user wrote, not terminated
 * @len: bytes in @text
 * @id: on success the number, not negative; else untouched
 *
 * Return: 0, or -EINVAL for what is no number or does not fit.
 */
int zram_request_id(const char *text, size_t len, int *id)
{
	u64 value;
	int err = zram_text_number(zram_text_start(text, len), INT_MAX, &value);

	if (err)
		return err;
	*id = value;
	return 0;
}

/**
 * zram_request_name() - the name of an algorithm
 * @text: what the user wrote, not terminated
 * @len: bytes in @text
 * @name: on success the name, terminated; else untouched
 * @size: bytes there are at @name
 *
 * Return: 0, -E2BIG if it does not fit in @size with its end, -EINVAL if it is
 *	   empty or has blanks or zero bytes inside.
 */
int zram_request_name(const char *text, size_t len, char *name, size_t size)
{
	struct zram_text word = zram_text_start(text, len);
	size_t length = zram_text_len(word);
	size_t i;

	if (length >= size)
		return -E2BIG;
	if (!length || zram_text_has_zero(word))
		return -EINVAL;
	for (i = 0; i < length; i++)
		if (zram_text_is_blank(text[i]))
			return -EINVAL;
	memcpy(name, text, length);
	name[length] = '\0';
	return 0;
}

/**
 * zram_request_idle() - which pages to mark as idle
 * @text: what the user wrote, not terminated
 * @len: bytes in @text
 * @request: on success what is asked for; else untouched
 *
 * Return: 0 for "all" and for a number of seconds, else -EINVAL.
 */
int zram_request_idle(const char *text, size_t len, struct zram_idle_request *request)
{
	struct zram_idle_request parsed = { };
	struct zram_text word = zram_text_start(text, len);
	int err;

	parsed.all = zram_text_is(word, "all");
	if (!parsed.all) {
		err = zram_text_number(word, U64_MAX, &parsed.seconds);
		if (err)
			return err;
	}
	*request = parsed;
	return 0;
}

/* Not tolower(): it knows letters beyond ASCII. */
static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

static bool is_in_any_case(struct zram_text text, const char *word)
{
	size_t len = strlen(word);
	size_t i;

	if (zram_text_len(text) != len)
		return false;
	for (i = 0; i < len; i++)
		if (lower(text.at[i]) != word[i])
			return false;
	return true;
}

/**
 * zram_request_bool() - on or off
 * @text: what the user wrote, not terminated
 * @len: bytes in @text
 * @value: on success what it says; else untouched
 *
 * The words of kstrtobool(), which looks at their start only.
 *
 * Return: 0 for 1, y, yes, on, and 0, n, no, off, in upper or lower case; else
 *	   -EINVAL.
 */
int zram_request_bool(const char *text, size_t len, bool *value)
{
	/* Off and on take turns. */
	static const char *const words[] = { "0", "1", "n", "y", "no", "yes", "off", "on" };
	struct zram_text word = zram_text_start(text, len);
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(words); i++) {
		if (is_in_any_case(word, words[i])) {
			*value = i % 2;
			return 0;
		}
	}
	return -EINVAL;
}

/**
 * zram_request_u64() - any number
 * @text: what the user wrote, not terminated
 * @len: bytes in @text
 * @value: on success the number; else untouched
 *
 * Return: 0, or -EINVAL for what is no decimal number or does not fit.
 */
int zram_request_u64(const char *text, size_t len, u64 *value)
{
	return zram_text_number(zram_text_start(text, len), U64_MAX, value);
}

/**
 * zram_request_positive() - how many of something there may be, at least one
 * @text: what the user wrote, not terminated
 * @len: bytes in @text
 * @value: on success the number; else untouched
 *
 * Return: 0, or -EINVAL for what is no decimal number, for 0, and for what does
 *	   not fit.
 */
int zram_request_positive(const char *text, size_t len, u32 *value)
{
	u64 number;
	int err = zram_text_number(zram_text_start(text, len), U32_MAX, &number);

	if (err)
		return err;
	if (!number)
		return -EINVAL;
	*value = number;
	return 0;
}

/**
 * zram_request_path() - the name of a file
 * @text: what the user wrote, not terminated
 * @len: bytes in @text
 * @path: on success where in @text the path starts, not terminated; else untouched
 * @path_len: on success the bytes of the path; else untouched
 *
 * Blanks may be part of a path, except at its end.
 *
 * Return: 0, or -EINVAL if there is none or it has zero bytes inside.
 */
int zram_request_path(const char *text, size_t len, const char **path, size_t *path_len)
{
	struct zram_text name = zram_text_start(text, len);

	if (!zram_text_len(name) || zram_text_has_zero(name))
		return -EINVAL;
	*path = name.at;
	*path_len = zram_text_len(name);
	return 0;
}
