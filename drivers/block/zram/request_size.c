// SPDX-License-Identifier: GPL-2.0-only
/*
 * How many bytes or pages does the text ask for?
 */
#include <linux/errno.h>
#include <linux/limits.h>
#include <linux/string.h>
#include <linux/types.h>

#include "request_text.h"

/* The base that the prefix tells; the prefix is taken off if it is no digit. */
static unsigned int read_base(struct zram_text *text)
{
	size_t len = zram_text_len(*text);

	if (len < 2 || text->at[0] != '0')
		return 10;
	if (len > 2 && (text->at[1] == 'x' || text->at[1] == 'X')) {
		text->at += 2;
		return 16;
	}
	return text->at[1] >= '0' && text->at[1] <= '9' ? 8 : 10;
}

static int apply_suffix(char c, u64 *value)
{
	static const char suffixes[] = "KMGTPE";
	const char *suffix;
	unsigned int shift;

	if (c >= 'a' && c <= 'z')
		c -= 'a' - 'A';
	suffix = c ? strchr(suffixes, c) : NULL;
	if (!suffix)
		return -EINVAL;
	shift = 10 * (suffix - suffixes + 1);
	if (*value > U64_MAX >> shift)
		return -EINVAL;
	*value <<= shift;
	return 0;
}

/* A count of bytes the way memparse() writes it: 0x and 0 prefix, one suffix. */
static int read_size(struct zram_text text, u64 *bytes)
{
	unsigned int base = read_base(&text);
	int err = zram_text_digits(&text, base, bytes);

	if (err)
		return err;
	if (zram_text_len(text)) {
		err = apply_suffix(*text.at++, bytes);
		if (err)
			return err;
	}
	return zram_text_len(text) ? -EINVAL : 0;
}

static int read_pages(const char *text, size_t len, u64 page_size, u64 *bytes)
{
	int err = read_size(zram_text_start(text, len), bytes);

	if (err)
		return err;
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
	u64 size;
	int err = read_pages(text, len, page_size, &size);

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
	u64 size;
	int err = read_pages(text, len, page_size, &size);

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
