// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which form does a page take, and how does it become a page again?
 */
#include <linux/err.h>
#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/string.h>
#include <linux/zcomp.h>
#include <linux/zsmalloc.h>

#include "content.h"
#include "store.h"

#define WORDS_PER_PAGE	(PAGE_SIZE / sizeof(unsigned long))

/* Objects may live and move wherever there is room for them. */
#define OBJECT_GFP	(__GFP_HIGHMEM | __GFP_MOVABLE)

static bool page_is_one_word(const unsigned long *words, unsigned long *word)
{
	/* Once: the page may be changing, the answer must be about one value. */
	unsigned long first = READ_ONCE(words[0]);
	unsigned int i;

	/* Pages that start alike mostly differ at the end. */
	if (words[WORDS_PER_PAGE - 1] != first)
		return false;
	for (i = 1; i < WORDS_PER_PAGE - 1; i++)
		if (words[i] != first)
			return false;
	*word = first;
	return true;
}

static int object_create(struct zram_store *store, const void *src, unsigned int len,
			 unsigned long *handle)
{
	struct zram_stats *stats = &store->stats;
	unsigned long limit = READ_ONCE(store->limit_pages);
	unsigned long used, object;
	int err;

	/* Memory that is there first; the caller may be what reclaim waits for. */
	object = zs_malloc(store->pool, len, OBJECT_GFP | __GFP_KSWAPD_RECLAIM | __GFP_NOWARN);
	if (IS_ERR_VALUE(object)) {
		zram_stats_inc(stats, ZRAM_WRITESTALL);
		object = zs_malloc(store->pool, len, OBJECT_GFP | GFP_NOIO);
		if (IS_ERR_VALUE(object))
			return (int)object;
	}

	used = zs_get_total_pages(store->pool);
	if (limit && used > limit) {
		zs_free(store->pool, object);
		return -ENOMEM;
	}
	zram_stats_raise_max(stats, used);

	err = zs_obj_write(store->pool, object, src, len);
	if (err) {
		zs_free(store->pool, object);
		return err;
	}
	*handle = object;
	return 0;
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
	struct zcomp_writer *writer;
	unsigned int len;
	int err;

	*content = (struct zram_content){ };
	if (page_is_one_word(mem, &content->value)) {
		content->bits = ZRAM_SAME;
		return 0;
	}

	writer = zcomp_writer_get(store->comp);
	err = zcomp_compress(writer, mem, &len);
	if (!err && len < store->huge_size) {
		err = object_create(store, writer->out, len, &content->value);
		zcomp_writer_put(writer);
		content->bits = len;
		return err;
	}
	zcomp_writer_put(writer);
	if (err && err != -ENOSPC)
		return err;

	err = object_create(store, mem, PAGE_SIZE, &content->value);
	if (!err)
		zram_stats_inc(&store->stats, ZRAM_HUGE_SINCE);
	content->bits = PAGE_SIZE | ZRAM_HUGE;
	return err;
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
 * Return: 0, or an error for an object that is damaged.
 */
int zram_content_read(struct zram_store *store, const struct zram_content *content, void *dst)
{
	unsigned int size = zram_content_size(content);
	struct zcomp_reader *reader;
	void *src;
	int err = 0;

	if (!size) {
		fill_with_word(dst, content->value, 0, PAGE_SIZE);
		return 0;
	}

	reader = zcomp_reader_get(store->comp);
	src = zs_obj_read_begin(store->pool, content->value, size, reader->bounce);
	if (IS_ERR_OR_NULL(src)) {
		err = -EIO;
	} else {
		if (content->bits & ZRAM_HUGE)
			memcpy(dst, src, PAGE_SIZE);
		else
			err = zcomp_decompress(reader, src, size, dst);
		zs_obj_read_end(store->pool, content->value, size, src);
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
	writer = zcomp_writer_get(store->comp);
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
	zram_stats_add(stats, ZRAM_PAGES_STORED, by);
	if (content->bits & ZRAM_SAME) {
		zram_stats_add(stats, ZRAM_SAME_PAGES, by);
		return;
	}
	zram_stats_add(stats, ZRAM_COMPR_BYTES, (s64)zram_content_size(content) * by);
	if (content->bits & ZRAM_HUGE)
		zram_stats_add(stats, ZRAM_HUGE_PAGES, by);
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
	if (zram_content_size(content))
		zs_free(store->pool, content->value);
}
