// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which form does a page take, and how does it become a page again?
 */
#include <linux/err.h>
#include <linux/mm.h>
#include <linux/string.h>
#include <linux/zcomp.h>
#include <linux/zsmalloc.h>

#include "backing.h"
#include "content.h"
#include "object.h"
#include "store.h"

/**
 * zram_content_put() - make an object, for a slot to hold
 * @store: where objects are kept
 * @src: what is in the object, which nobody changes meanwhile
 * @len: bytes at @src, up to PAGE_SIZE
 * @bits: what else there is to say of it: ZRAM_CONTENT_MASK without the size
 * @content: the result; undefined after an error
 *
 * Context: sleeps; allocates with GFP_NOIO. The slot lock may be held.
 * Return: 0, -ENOMEM for no memory or the limit reached, another error if the
 *	   allocator failed.
 */
int zram_content_put(struct zram_store *store, const void *src, unsigned int len, u32 bits,
		     struct zram_content *content)
{
	*content = (struct zram_content){ .bits = len | bits };
	return zram_object_create(store, src, len, content);
}

static int create(struct zram_store *store, const void *mem, bool stable,
		  struct zram_content *content)
{
	struct zcomp_writer *writer;
	unsigned int len;
	int err;

	*content = (struct zram_content){ };
	if (zcomp_page_is_word(mem, &content->value)) {
		content->bits = ZRAM_SAME;
		return 0;
	}

	writer = zcomp_writer_get(store->comps[0]);
	err = stable ? zcomp_compress_stable(writer, mem, &len) : zcomp_compress(writer, mem, &len);
	if (!err && len < store->huge_size) {
		err = zram_content_put(store, writer->out, len, 0, content);
	} else if (!err || err == -ENOSPC) {
		/* The copy that was compressed: the checksum is that of what is stored. */
		err = zram_content_put(store, stable ? mem : writer->stable, PAGE_SIZE, ZRAM_HUGE,
				       content);
		if (!err)
			zram_stats_inc(&store->stats, ZRAM_HUGE_SINCE);
	}
	zcomp_writer_put(writer);
	return err;
}

/**
 * zram_content_create() - make from a page what a slot is to hold
 * @store: where objects are kept
 * @mem: PAGE_SIZE bytes, aligned to a word
 * @content: the result; undefined after an error
 *
 * The page may change under way: what is stored then is a mixture, but an object
 * is always as long as the output that was measured, because nothing is
 * compressed a second time.
 *
 * Context: sleeps; allocates with GFP_NOIO. The slot lock may be held.
 * Return: 0, -ENOMEM for no memory or the limit reached, another error if the
 *	   compressor or the allocator failed.
 */
int zram_content_create(struct zram_store *store, const void *mem, struct zram_content *content)
{
	return create(store, mem, false, content);
}

/**
 * zram_content_create_stable() - the same of a page that nobody changes
 * @store: where objects are kept
 * @mem: PAGE_SIZE bytes, aligned to a word; see zcomp_compress_stable()
 * @content: the result; undefined after an error
 *
 * Context: as zram_content_create().
 * Return: as zram_content_create().
 */
int zram_content_create_stable(struct zram_store *store, const void *mem,
			       struct zram_content *content)
{
	return create(store, mem, true, content);
}

static void fill_with_word(void *dst, unsigned long word, unsigned int offset, unsigned int len)
{
	const u8 *bytes = (const u8 *)&word;
	u8 *at = dst;

	if (IS_ALIGNED(offset | len | (unsigned long)dst, sizeof(word))) {
		memset_l(dst, word, len / sizeof(word));
		return;
	}
	/* A segment of a bio may start and end at any byte. */
	for (; len; len--)
		*at++ = bytes[offset++ % sizeof(word)];
}

/**
 * zram_content_read() - the page that a content stands for
 * @store: where its object is
 * @content: what to read; an empty one reads as zeros
 * @dst: PAGE_SIZE bytes, aligned to a word; undefined after an error
 *
 * Context: sleeps; allocates nothing.
 * Return: 0; -EREMOTE if it lies on the backing device; -EBADMSG or -EIO for an object
 *	   that is damaged, which is counted.
 */
int zram_content_read(struct zram_store *store, const struct zram_content *content, void *dst)
{
	unsigned int size = zram_content_size(content);
	struct zcomp_reader *reader;
	struct zs_reading reading;
	void *src;
	int err = 0;

	if (unlikely(zram_content_on_device(content)))
		return -EREMOTE;
	if (!size) {
		fill_with_word(dst, content->value, 0, PAGE_SIZE);
		return 0;
	}

	reader = zcomp_reader_get(store->comps[zram_content_priority(content)]);
	src = zram_object_begin(store, content, reader->bounce, &reading);
	if (IS_ERR(src)) {
		err = PTR_ERR(src);
	} else {
		if (content->bits & ZRAM_HUGE)
			memcpy(dst, src, PAGE_SIZE);
		else
			err = zcomp_decompress(reader, src, size, dst);
		if (unlikely(err))
			zram_stats_inc(&store->stats, ZRAM_CORRUPTED);
		else
			err = zram_object_check(store, content, src);
		zs_read_end(&reading);
	}
	zcomp_reader_put(reader);
	return err;
}

/**
 * zram_content_read_part() - some bytes of the page that a content stands for
 * @store: where its object is
 * @content: what to read
 * @offset: first byte in the page
 * @dst: where they go; undefined after an error
 * @len: how many; @offset + @len is at most PAGE_SIZE
 *
 * The page is unpacked into the output buffer of a writer, the one piece of
 * memory of that size that is always there.
 *
 * Context: sleeps; allocates nothing.
 * Return: as zram_content_read().
 */
int zram_content_read_part(struct zram_store *store, const struct zram_content *content,
			   unsigned int offset, void *dst, unsigned int len)
{
	struct zcomp_writer *writer;
	int err;

	if (!zram_content_size(content)) {
		fill_with_word(dst, content->value, offset, len);
		return 0;
	}
	writer = zcomp_writer_get(store->comps[0]);
	err = zram_content_read(store, content, writer->out);
	if (!err)
		memcpy(dst, writer->out + offset, len);
	zcomp_writer_put(writer);
	return err;
}

/**
 * zram_content_count() - let the counters know of a content
 * @stats: the counters
 * @content: what a slot holds from now on, or held until now
 * @by: 1 or -1
 *
 * Context: any.
 */
void zram_content_count(struct zram_stats *stats, const struct zram_content *content, int by)
{
	if (zram_content_empty(content))
		return;
	if (content->bits & ZRAM_SAME) {
		zram_stats_add(stats, ZRAM_PAGES_STORED, by);
		zram_stats_add(stats, ZRAM_SAME_PAGES, by);
		return;
	}
	if (zram_content_on_device(content)) {
		zram_stats_add(stats, ZRAM_PAGES_STORED, by);
		zram_stats_add(stats, ZRAM_BD_COUNT, by);
		return;
	}
	zram_stats_object(stats, zram_content_priority(content), zram_content_size(content),
			  content->bits & ZRAM_HUGE, by);
}

/**
 * zram_content_release() - free what a slot held until now
 * @store: where its object is
 * @content: what no slot holds any more
 *
 * Context: any but interrupts; never sleeps.
 */
void zram_content_release(struct zram_store *store, const struct zram_content *content)
{
	zram_content_count(&store->stats, content, -1);
	if (zram_content_on_device(content))
		zram_backing_put_block(store->backing, content->value);
	else if (zram_content_size(content))
		zs_free(store->pool, content->value);
}
