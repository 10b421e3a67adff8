// SPDX-License-Identifier: GPL-2.0-only
/*
 * What does the text ask for, and is it all there is in it?
 */
#include <linux/errno.h>
#include <linux/limits.h>
#include <linux/string.h>
#include <linux/types.h>

#include "request.h"

/* The part of a text that is not read yet. */
struct cursor {
	const char *at;
	const char *end;
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\0';
}

static struct cursor text_start(const char *text, size_t len)
{
	while (len && is_blank(text[len - 1]))
		len--;
	return (struct cursor){ .at = text, .end = text + len };
}

static bool text_done(const struct cursor *cursor)
{
	return cursor->at == cursor->end;
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

static int read_digits(struct cursor *cursor, unsigned int base, u64 *value)
{
	const char *start = cursor->at;
	u64 sum = 0;
	int digit;

	while (cursor->at < cursor->end) {
		digit = digit_of(*cursor->at, base);
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
		cursor->at++;
	}
	if (cursor->at == start)
		return -EINVAL;
	*value = sum;
	return 0;
}

/* A count of bytes the way memparse() writes it: 0x and 0 prefix, one suffix. */
static int read_size(struct cursor *cursor, u64 *bytes)
{
	static const char suffixes[] = "KMGTPE";
	unsigned int base = 10;
	unsigned int shift;
	const char *suffix;
	u64 value;
	char c;
	int err;

	if (cursor->end - cursor->at > 1 && cursor->at[0] == '0') {
		c = cursor->at[1];
		if ((c == 'x' || c == 'X') && cursor->end - cursor->at > 2) {
			base = 16;
			cursor->at += 2;
		} else if (c >= '0' && c <= '9') {
			base = 8;
		}
	}
	err = read_digits(cursor, base, &value);
	if (err)
		return err;

	if (!text_done(cursor)) {
		c = *cursor->at;
		if (c >= 'a' && c <= 'z')
			c -= 'a' - 'A';
		suffix = c ? strchr(suffixes, c) : NULL;
		if (!suffix)
			return -EINVAL;
		shift = 10 * (suffix - suffixes + 1);
		if (value > U64_MAX >> shift)
			return -EINVAL;
		value <<= shift;
		cursor->at++;
	}
	if (!text_done(cursor))
		return -EINVAL;
	*bytes = value;
	return 0;
}

static int round_to_pages(u64 page_size, u64 *bytes)
{
	if (*bytes > U64_MAX - (page_size - 1))
		return -EINVAL;
	*bytes = (*bytes + page_size - 1) & ~(page_size - 1);
	return 0;
}

/**
 * zram_request_disksize() - the size of a disk
 * @text: what the user wrote, not terminated
 * @len: bytes in @text
 * @page_size: bytes in a page, a power of two
 * @max: largest size in bytes that the caller can have
 * @bytes: on success the size, rounded up to a page; else untouched
 *
 * Return: 0, or -EINVAL for what is no number with an optional suffix out of
 *	   K M G T P E, for 0, and for a size that wraps or exceeds @max.
 */
int zram_request_disksize(const char *text, size_t len, u64 page_size, u64 max, u64 *bytes)
{
	struct cursor cursor = text_start(text, len);
	u64 size;
	int err = read_size(&cursor, &size);

	if (err)
		return err;
	err = round_to_pages(page_size, &size);
	if (err)
		return err;
	if (!size || size > max)
		return -EINVAL;
	*bytes = size;
	return 0;
}

/**
 * zram_request_limit() - the most memory that objects may take
 * @text: what the user wrote, not terminated
 * @len: bytes in @text
 * @page_size: bytes in a page, a power of two
 * @pages: on success the limit, rounded up, 0 for none; else untouched
 *
 * Return: 0, or -EINVAL as for a disk size, except that 0 is allowed.
 */
int zram_request_limit(const char *text, size_t len, u64 page_size, unsigned long *pages)
{
	struct cursor cursor = text_start(text, len);
	u64 size;
	int err = read_size(&cursor, &size);

	if (err)
		return err;
	err = round_to_pages(page_size, &size);
	if (err)
		return err;
	/* A power of two is divided by shifting: there is no u64 division on 32-bit. */
	while (page_size > 1) {
		page_size >>= 1;
		size >>= 1;
	}
	if (size > ULONG_MAX)
		return -EINVAL;
	*pages = size;
	return 0;
}

static int read_decimal(const char *text, size_t len, u64 max, u64 *value)
{
	struct cursor cursor = text_start(text, len);
	u64 number;
	int err = read_digits(&cursor, 10, &number);

	if (err)
		return err;
	if (!text_done(&cursor) || number > max)
		return -EINVAL;
	*value = number;
	return 0;
}

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

	return read_decimal(text, len, 0, &value);
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
	int err = read_decimal(text, len, U16_MAX, &value);

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
	int err = read_decimal(text, len, INT_MAX, &value);

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
	struct cursor cursor = text_start(text, len);
	size_t length = cursor.end - cursor.at;
	size_t i;

	if (length >= size)
		return -E2BIG;
	if (!length)
		return -EINVAL;
	for (i = 0; i < length; i++)
		if (is_blank(text[i]))
			return -EINVAL;
	memcpy(name, text, length);
	name[length] = '\0';
	return 0;
}
