// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which pages does the text ask to be written back?
 */
#include <linux/errno.h>
#include <linux/limits.h>
#include <linux/types.h>

#include "request_text.h"

/**
 * zram_text_select() - the name of a kind of pages
 * @word: the name, all of it
 * @select: on success the kind, never ZRAM_SELECT_NONE; else untouched
 *
 * Return: 0, or -EINVAL if there is no such kind.
 */
int zram_text_select(struct zram_text word, enum zram_select *select)
{
	static const char *const names[] = {
		[ZRAM_SELECT_IDLE]		= "idle",
		[ZRAM_SELECT_HUGE]		= "huge",
		[ZRAM_SELECT_HUGE_IDLE]		= "huge_idle",
		[ZRAM_SELECT_INCOMPRESSIBLE]	= "incompressible",
	};
	unsigned int i;

	for (i = ZRAM_SELECT_IDLE; i <= ZRAM_SELECT_INCOMPRESSIBLE; i++) {
		if (zram_text_is(word, names[i])) {
			*select = i;
			return 0;
		}
	}
	return -EINVAL;
}

/* page_index=N or page_indexes=LO-HI; 64 bits, for an index outside of any disk. */
static int read_range(struct zram_text key, struct zram_text value, u64 *first, u64 *last)
{
	struct zram_text low = value, high = value;
	int err;

	if (zram_text_is(key, "page_indexes")) {
		if (!zram_text_split(value, '-', &low, &high))
			return -EINVAL;
	} else if (!zram_text_is(key, "page_index")) {
		return -EINVAL;
	}
	err = zram_text_number(low, U64_MAX, first);
	if (!err)
		err = zram_text_number(high, U64_MAX, last);
	if (err)
		return err;
	return *first > *last ? -EINVAL : 0;
}

static int add_select(struct zram_text name, struct zram_writeback_request *request)
{
	if (request->select != ZRAM_SELECT_NONE || request->nr_ranges)
		return -EINVAL;
	return zram_text_select(name, &request->select);
}

static int note_range(struct zram_text key, struct zram_text value, unsigned long nr_pages,
		      struct zram_writeback_request *request)
{
	u64 first, last;
	int err;

	if (request->select != ZRAM_SELECT_NONE)
		return -EINVAL;
	err = read_range(key, value, &first, &last);
	if (err)
		return err;
	if (last >= nr_pages)
		return -ERANGE;
	request->nr_ranges++;
	return 0;
}

/**
 * zram_request_writeback() - which pages to write back
 * @text: what the user wrote, not terminated; @request points into it
 * @len: bytes in @text
 * @nr_pages: pages of the disk
 * @request: on success what is asked for; else untouched
 *
 * That is either a kind of pages, MODE or type=MODE with MODE one out of idle,
 * huge, huge_idle and incompressible, or any number of page_index=N and
 * page_indexes=LO-HI.
 *
 * Return: 0. -EINVAL for what is neither or both, for more than one kind, for
 *	   what is no number or exceeds 64 bits, for LO above HI, and for
 *	   nothing. -ERANGE for the index of a page that the disk has not got.
 *	   Of several errors it is the first in the text.
 */
int zram_request_writeback(const char *text, size_t len, unsigned long nr_pages,
			   struct zram_writeback_request *request)
{
	struct zram_text rest = zram_text_start(text, len);
	struct zram_writeback_request parsed = { .rest = rest.at, .end = rest.end };
	struct zram_text word, key, value;
	int err;

	if (zram_text_has_zero(rest))
		return -EINVAL;
	while (zram_text_next_word(&rest, &word)) {
		if (!zram_text_split(word, '=', &key, &value))
			err = add_select(word, &parsed);
		else if (zram_text_is(key, "type"))
			err = add_select(value, &parsed);
		else
			err = note_range(key, value, nr_pages, &parsed);
		if (err)
			return err;
	}
	if (parsed.select == ZRAM_SELECT_NONE && !parsed.nr_ranges)
		return -EINVAL;
	*request = parsed;
	return 0;
}

/**
 * zram_request_next_range() - the next pages that a request names
 * @request: from zram_request_writeback(), and its text is still there
 * @first: the first page; undefined if there is none
 * @last: the last page, which is on the disk; undefined if there is none
 *
 * The ranges come as they stand in the text: in any order, maybe overlapping.
 *
 * Return: false when all are handed out, and for a request without any.
 */
bool zram_request_next_range(struct zram_writeback_request *request, unsigned long *first,
			     unsigned long *last)
{
	struct zram_text rest = { .at = request->rest, .end = request->end };
	struct zram_text word, key, value;
	u64 low, high;

	if (request->select != ZRAM_SELECT_NONE || !zram_text_next_word(&rest, &word))
		return false;
	request->rest = rest.at;
	if (!zram_text_split(word, '=', &key, &value) || read_range(key, value, &low, &high))
		return false;
	*first = low;
	*last = high;
	return true;
}
