// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which bytes go out to the backing device for a page, and how do they become the
 * page again?
 */
#include <linux/err.h>
#include <linux/string.h>
#include <linux/zcomp.h>
#include <linux/zsmalloc.h>

#include "content.h"
#include "object.h"
#include "store.h"
#include "wb_form.h"

static int copy_object(struct zram_store *store, const struct zram_content *content, void *block)
{
	unsigned int size = zram_content_size(content);
	struct zs_reading reading;
	/* Where the object lies in two pieces they are put together in the block itself. */
	void *src = zram_object_begin(store, content, block, &reading);

	if (IS_ERR(src))
		return PTR_ERR(src);
	if (src != block)
		memcpy(block, src, size);
	zs_read_end(&reading);
	/* What the page held before is nobody's business. */
	memset(block + size, 0, PAGE_SIZE - size);
	return zram_object_check(store, content, block);
}

/**
 * zram_wb_form_encode() - fill a block
 * @store: where the object is
 * @content: an object in memory
 * @compressed: the object as it is, not the page
 * @block: PAGE_SIZE bytes, aligned to a word; undefined after an error
 * @result: what the slot is to hold, but for the block's number; undefined after an
 *	    error
 *
 * Context: sleeps; allocates nothing; the slot that holds @content is locked.
 * Return: 0, or an error for an object that is damaged.
 */
int zram_wb_form_encode(struct zram_store *store, const struct zram_content *content,
			bool compressed, void *block, struct zram_content *result)
{
	int err;

	*result = *content;
	result->value = 0;
	result->bits &= ~ZRAM_HUGE;
	result->bits |= ZRAM_WB;
	if (compressed)
		return copy_object(store, content, block);

	err = zram_content_read(store, content, block);
	if (err)
		return err;
	result->bits &= ~(ZRAM_SIZE_MASK | ZRAM_PRIO_MASK);
	result->bits |= PAGE_SIZE;
	result->checksum = zram_object_checksum(store, block, PAGE_SIZE);
	return 0;
}

/**
 * zram_wb_form_decode() - make a page of what was read from a block
 * @store: what decompresses it
 * @content: what the slot held
 * @block: PAGE_SIZE bytes that nobody changes
 * @dst: PAGE_SIZE bytes, aligned to a word, not @block; undefined after an error
 *
 * Context: sleeps; allocates nothing.
 * Return: 0, or -EBADMSG or another error for what is damaged, which is counted.
 */
int zram_wb_form_decode(struct zram_store *store, const struct zram_content *content,
			const void *block, void *dst)
{
	unsigned int size = zram_content_size(content);
	struct zcomp_reader *reader;
	int err = zram_object_check(store, content, block);

	if (err)
		return err;
	if (size == PAGE_SIZE) {
		memcpy(dst, block, PAGE_SIZE);
		return 0;
	}
	reader = zcomp_reader_get(store->comps[zram_content_priority(content)]);
	err = zcomp_decompress(reader, block, size, dst);
	zcomp_reader_put(reader);
	if (err)
		zram_stats_inc(&store->stats, ZRAM_CORRUPTED);
	return err;
}
