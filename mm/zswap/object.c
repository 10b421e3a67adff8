// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which form does a page take, and how does it become a page again?
 *
 * All objects are in one pool of the allocator, whichever compressor made them: a
 * change of the compressor leaves no half-empty pool behind.
 */
#include <linux/err.h>
#include <linux/gfp.h>
#include <linux/highmem.h>
#include <linux/string.h>
#include <linux/zcomp.h>
#include <linux/zsmalloc.h>

#include "object.h"

/*
 * A store is part of memory reclaim: it takes what is there, and may reach into the
 * reserves, as PF_MEMALLOC says, because it is about to free more than it takes.
 */
#define OBJECT_GFP	(__GFP_HIGHMEM | __GFP_MOVABLE | __GFP_KSWAPD_RECLAIM | \
			 __GFP_NORETRY | __GFP_NOWARN)

/* Written once, before the first object is created; never destroyed. */
static struct zs_pool *objects;

/**
 * zswap_object_pool_create() - make room for objects, unless there is
 *
 * Context: Process context, sleeps. Not by two tasks at once.
 * Return: 0 or -ENOMEM.
 */
int zswap_object_pool_create(void)
{
	struct zs_pool *pool;

	if (objects)
		return 0;
	pool = zs_create_pool("zswap");
	if (!pool)
		return -ENOMEM;
	/* Pairs with the READ_ONCE() of those who may come before any object does. */
	smp_store_release(&objects, pool);
	return 0;
}

/**
 * zswap_object_pages() - what the objects take
 *
 * Context: Any.
 * Return: pages.
 */
unsigned long zswap_object_pages(void)
{
	struct zs_pool *pool = READ_ONCE(objects);

	return pool ? zs_get_total_pages(pool) : 0;
}

/**
 * zswap_object_compact() - give back pages that freed objects have left half empty
 *
 * Context: Process context, sleeps.
 * Return: pages given back.
 */
unsigned long zswap_object_compact(void)
{
	struct zs_pool *pool = READ_ONCE(objects);

	return pool ? zs_compact(pool) : 0;
}

static int keep(const void *src, unsigned int len, bool summed, struct zswap_object *object)
{
	unsigned long handle = zs_obj_create(objects, src, len, OBJECT_GFP);

	if (IS_ERR_VALUE(handle))
		return (int)handle;
	object->handle = handle;
	object->length = len;
	object->summed = summed;
	if (summed)
		object->sum = zcomp_checksum(src, len);
	return 0;
}

static int keep_compressed(struct zcomp *comp, const struct zswap_form *form, struct page *page,
			   const void *src, struct zswap_object *object)
{
	struct zcomp_writer *writer = zcomp_writer_get(comp);
	const void *raw = src;
	unsigned int len;
	int err;

	if (zcomp_page_is_stable(page)) {
		err = zcomp_compress_stable(writer, src, &len);
	} else {
		err = zcomp_compress(writer, src, &len);
		/* The copy that was compressed: it has to agree with its checksum. */
		raw = writer->stable;
	}
	if (err == -ENOSPC && form->raw)
		err = keep(raw, PAGE_SIZE, form->summed, object);
	else if (!err && len > form->max)
		err = -ENOSPC;
	else if (!err)
		err = keep(writer->out, len, form->summed, object);
	else if (err != -ENOSPC)
		err = -EIO;
	zcomp_writer_put(writer);
	return err;
}

/**
 * zswap_object_create() - make from a page what an entry is to hold
 * @comp: what compresses
 * @form: what it may become
 * @page: the page
 * @object: the result; untouched after an error
 *
 * Context: Process context. Sleeps only for the compressor; nothing is reclaimed.
 * Return: 0; -EPERM if @form has no place for such a page; -ENOSPC if it does not
 * compress well enough; -ENOMEM; -EIO if the compressor fails.
 */
int zswap_object_create(struct zcomp *comp, const struct zswap_form *form, struct page *page,
			struct zswap_object *object)
{
	void *src = kmap_local_page(page);
	unsigned long word;
	int err;

	if (form->same && zcomp_page_is_word(src, &word)) {
		*object = (struct zswap_object){ .word = word };
		err = 0;
	} else if (!form->other) {
		err = -EPERM;
	} else {
		err = keep_compressed(comp, form, page, src, object);
	}
	kunmap_local(src);
	return err;
}

static int unpack(struct zcomp_reader *reader, const struct zswap_object *object,
		  const void *src, void *dst)
{
	if (object->summed && zcomp_checksum(src, object->length) != object->sum)
		return -EBADMSG;
	if (object->length < PAGE_SIZE)
		return zcomp_decompress(reader, src, object->length, dst);
	memcpy(dst, src, PAGE_SIZE);
	return 0;
}

/**
 * zswap_object_read() - the page that an object stands for
 * @comp: what compressed it
 * @object: it must not be released meanwhile
 * @page: where to; undefined content after an error
 *
 * Context: Process context, sleeps; allocates nothing.
 * Return: 0; -EBADMSG if the object is damaged.
 */
int zswap_object_read(struct zcomp *comp, const struct zswap_object *object, struct page *page)
{
	void *dst = kmap_local_page(page);
	struct zcomp_reader *reader;
	struct zs_reading reading;
	void *src;
	int err = -EBADMSG;

	if (!object->length) {
		memset_l(dst, object->word, PAGE_SIZE / sizeof(unsigned long));
		flush_dcache_page(page);
		kunmap_local(dst);
		return 0;
	}
	reader = zcomp_reader_get(comp);
	src = zs_read_begin(objects, object->handle, object->length, reader->bounce, &reading);
	if (src) {
		err = unpack(reader, object, src, dst);
		zs_read_end(&reading);
	}
	zcomp_reader_put(reader);
	flush_dcache_page(page);
	kunmap_local(dst);
	return err;
}

/**
 * zswap_object_release() - free what zswap_object_create() has made
 * @object: nobody reads it any more
 *
 * Context: Any but interrupts; never sleeps.
 */
void zswap_object_release(const struct zswap_object *object)
{
	if (object->length)
		zs_free(objects, object->handle);
}

/**
 * zswap_object_damage() - flip a bit, to see that it is noticed
 * @object: not one without bytes
 * @bit: which one, of any number
 *
 * Context: Any but interrupts; never sleeps.
 */
void zswap_object_damage(const struct zswap_object *object, unsigned int bit)
{
	u8 *mem = zs_map_object(objects, object->handle, ZS_MM_RW);

	if (!mem)
		return;
	bit %= object->length * 8;
	mem[bit / 8] ^= 1 << bit % 8;
	zs_unmap_object(objects, object->handle);
}
