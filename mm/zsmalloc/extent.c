// SPDX-License-Identifier: GPL-2.0-only
/*
 * Copying from, to and between slots, some of which lie in two pages.
 */
#include <linux/highmem.h>

#include "extent.h"

/**
 * zs_extent() - where the bytes of a slot lie
 * @zspage: a zspage that cannot lose pages: zs_class.lock or a pin is held
 * @slot: its slot
 * @len: bytes that matter, at most the slot's size
 */
struct zs_extent zs_extent(const struct zs_zspage *zspage, unsigned int slot, size_t len)
{
	unsigned int at = slot * zspage->class->geo->size;
	unsigned int nr = at / PAGE_SIZE;
	struct zs_extent ext = {
		.page = zspage->pages[nr],
		.offset = at % PAGE_SIZE,
		.slot = slot,
	};

	ext.head = PAGE_SIZE - ext.offset;
	if (ext.head < len)
		ext.next = zspage->pages[nr + 1];
	return ext;
}

/**
 * zs_extent_read() - copy out of a slot
 * @ext: from zs_extent() with the same length
 * @to: destination
 * @len: bytes
 */
void zs_extent_read(const struct zs_extent *ext, void *to, size_t len)
{
	if (!ext->next) {
		memcpy_from_page(to, ext->page, ext->offset, len);
		return;
	}
	memcpy_from_page(to, ext->page, ext->offset, ext->head);
	memcpy_from_page(to + ext->head, ext->next, 0, len - ext->head);
}

/**
 * zs_extent_write() - copy into a slot
 * @ext: from zs_extent() with the same length
 * @from: source
 * @len: bytes
 */
void zs_extent_write(const struct zs_extent *ext, const void *from, size_t len)
{
	if (!ext->next) {
		memcpy_to_page(ext->page, ext->offset, from, len);
		return;
	}
	memcpy_to_page(ext->page, ext->offset, from, ext->head);
	memcpy_to_page(ext->next, 0, from + ext->head, len - ext->head);
}

/* The rest of a slot from byte @at on: its page and offset there, and how much of it. */
static struct page *piece(const struct zs_extent *ext, size_t at, size_t *offset, size_t *len)
{
	if (ext->next && at >= ext->head) {
		*offset = at - ext->head;
		return ext->next;
	}
	*offset = ext->offset + at;
	if (ext->next)
		*len = min(*len, ext->head - at);
	return ext->page;
}

/**
 * zs_extent_clear() - overwrite the end of a slot with zeros
 * @ext: from zs_extent() with the same length
 * @from: first byte of the slot to be overwritten
 * @len: length of the slot in bytes
 */
void zs_extent_clear(const struct zs_extent *ext, size_t from, size_t len)
{
	while (from < len) {
		size_t offset, n = len - from;
		struct page *page = piece(ext, from, &offset, &n);

		memzero_page(page, offset, n);
		from += n;
	}
}

/**
 * zs_extent_copy() - copy from one slot into another
 * @to: destination, from zs_extent() with the same length
 * @from: source, from zs_extent() with the same length; no byte of it is in @to
 * @len: bytes
 */
void zs_extent_copy(const struct zs_extent *to, const struct zs_extent *from, size_t len)
{
	size_t done = 0;

	while (done < len) {
		size_t dst_off, src_off, n = len - done;
		struct page *dst = piece(to, done, &dst_off, &n);
		struct page *src = piece(from, done, &src_off, &n);

		memcpy_page(dst, dst_off, src, src_off, n);
		done += n;
	}
}
