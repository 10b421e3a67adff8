// SPDX-License-Identifier: GPL-2.0-only
/*
 * How do bytes become an object, and are they still the same when they are wanted
 * again?
 */
#include <linux/err.h>
#include <linux/gfp.h>
#include <linux/zcomp.h>
#include <linux/zsmalloc.h>

#include "object.h"
#include "store.h"

/* Objects may live and move wherever there is room for them. */
#define OBJECT_GFP	(__GFP_HIGHMEM | __GFP_MOVABLE)

/**
 * zram_object_checksum() - what a slot keeps of the bytes of an object
 * @store: the disk
 * @mem: the bytes, which nobody may change meanwhile or before they are stored
 * @len: how many
 *
 * Context: any.
 * Return: the checksum, 0 on a disk without checksums.
 */
u32 zram_object_checksum(struct zram_store *store, const void *mem, unsigned int len)
{
	return store->integrity ? zcomp_checksum(mem, len) : 0;
}

/**
 * zram_object_check() - are these the bytes that were stored?
 * @store: the disk
 * @content: what the slot says of them
 * @mem: as many bytes as the size in @content
 *
 * Context: any.
 * Return: 0, or -EBADMSG, which is counted. Always 0 on a disk without checksums.
 */
int zram_object_check(struct zram_store *store, const struct zram_content *content,
		      const void *mem)
{
	u32 sum = zram_object_checksum(store, mem, zram_content_size(content));

	if (likely(!store->integrity || sum == content->checksum))
		return 0;
	zram_stats_inc(&store->stats, ZRAM_CORRUPTED);
	return -EBADMSG;
}

/**
 * zram_object_create() - put bytes into the pool
 * @store: where to
 * @src: the bytes, which nobody changes meanwhile
 * @len: how many, up to PAGE_SIZE
 * @content: its value and checksum are set, unless there is an error
 *
 * Context: sleeps; allocates with GFP_NOIO. The slot lock may be held.
 * Return: 0, -ENOMEM for no memory or the limit reached, another error if the
 *	   allocator failed.
 */
int zram_object_create(struct zram_store *store, const void *src, unsigned int len,
		       struct zram_content *content)
{
	struct zram_stats *stats = &store->stats;
	unsigned long limit = READ_ONCE(store->limit_pages);
	unsigned long used, handle;

	/* Memory that is there first; the caller may be what reclaim waits for. */
	handle = zs_obj_create(store->pool, src, len,
			       OBJECT_GFP | __GFP_KSWAPD_RECLAIM | __GFP_NOWARN);
	if (IS_ERR_VALUE(handle)) {
		zram_stats_inc(stats, ZRAM_WRITESTALL);
		handle = zs_obj_create(store->pool, src, len, OBJECT_GFP | GFP_NOIO);
		if (IS_ERR_VALUE(handle))
			return (int)handle;
	}

	used = zs_get_total_pages(store->pool);
	if (limit && used > limit) {
		zs_free(store->pool, handle);
		return -ENOMEM;
	}
	zram_stats_raise_max(stats, used);
	content->value = handle;
	content->checksum = zram_object_checksum(store, src, len);
	return 0;
}

/**
 * zram_object_begin() - get at the bytes of an object in the pool, as they are now
 * @store: where it is
 * @content: its slot's, which stays locked until the end
 * @buf: room for them, used if they do not lie in one piece
 * @reading: for zs_read_end(), which ends it
 *
 * They are checked by zram_object_check(), before or after they are used: decoders bear
 * any input. After is faster: a decoder waits for memory while it works, the checksum has
 * nothing else to do.
 *
 * Context: sleeps; allocates nothing.
 * Return: the bytes; or an error pointer, -EIO, if there is no such object, which is
 *	   counted; then there is nothing to end.
 */
void *zram_object_begin(struct zram_store *store, const struct zram_content *content,
			void *buf, struct zs_reading *reading)
{
	void *mem = zs_read_begin(store->pool, content->value, zram_content_size(content), buf,
				  reading);

	if (likely(mem))
		return mem;
	zram_stats_inc(&store->stats, ZRAM_CORRUPTED);
	return ERR_PTR(-EIO);
}
