// SPDX-License-Identifier: GPL-2.0-only
/*
 * How is a page read, or changed in part, that lies on the backing device, while
 * others write, free and discard it?
 *
 * The block is pinned with the slot locked, see blocks.h; so what is read is what
 * the slot held at that time. None of this runs in ->submit_bio.
 */
#include <linux/gfp.h>
#include <linux/highmem.h>
#include <linux/string.h>
#include <linux/zcomp.h>

#include "backing.h"
#include "page_io.h"
#include "store.h"
#include "wb_form.h"
#include "wb_read.h"

#include <trace/events/zram.h>

/* A block on its way in. */
struct fetch {
	struct zram_slot *slot;
	struct zram_content content;
	struct zram_pin pin;
	struct page *block;
};

static void fetch_end(struct zram_store *store, struct fetch *fetch)
{
	zram_blocks_unpin(&store->backing->blocks, &fetch->pin);
	mempool_free(fetch->block, &store->backing->pages);
}

/* -EAGAIN if the page is not on the device any more. fetch_end() only after 0. */
static int fetch_begin(struct zram_store *store, unsigned long index, struct fetch *fetch)
{
	struct zram_slot *slot = zram_table_find(&store->table, index);
	struct zram_backing *backing = store->backing;
	bool there;
	int err;

	/* Before the slot is locked: it may wait for another reader. */
	fetch->block = mempool_alloc(&backing->pages, GFP_NOIO);
	fetch->slot = slot;
	zram_slot_lock(&store->table, slot);
	fetch->content = zram_slot_content(slot);
	there = zram_content_on_device(&fetch->content);
	if (there)
		zram_blocks_pin(&backing->blocks, &fetch->pin, fetch->content.value);
	zram_page_unlock(store, slot);
	if (!there) {
		mempool_free(fetch->block, &backing->pages);
		return -EAGAIN;
	}

	err = zram_backing_read(backing, fetch->content.value, fetch->block);
	if (err) {
		fetch_end(store, fetch);
		/* Whatever it was, it must not be taken for "not there". */
		return -EIO;
	}
	zram_stats_inc(&store->stats, ZRAM_BD_READS);
	return 0;
}

static int decode(struct zram_store *store, const struct fetch *fetch, void *dst)
{
	void *block = kmap_local_page(fetch->block);
	int err = zram_wb_form_decode(store, &fetch->content, block, dst);

	kunmap_local(block);
	return err;
}

/**
 * zram_wb_read() - zram_page_read() for a page wherever it lies
 * @store: the store
 * @index: which page of the disk
 * @page: where it goes; undefined after an error
 *
 * Context: sleeps until the device has answered. Allocates nothing but from a
 *	    mempool.
 * Return: 0, -EIO if the device fails, or an error if what is stored is damaged.
 */
int zram_wb_read(struct zram_store *store, unsigned long index, struct page *page)
{
	struct fetch fetch;
	void *dst;
	int err;

	do {
		err = zram_page_read(store, index, page);
		if (err != -EREMOTE)
			return err;
		err = fetch_begin(store, index, &fetch);
	} while (err == -EAGAIN);
	if (err)
		return err;

	dst = kmap_local_page(page);
	err = decode(store, &fetch, dst);
	kunmap_local(dst);
	flush_dcache_page(page);
	trace_zram_read(store, index, &fetch.content, err);
	fetch_end(store, &fetch);
	return err;
}

/**
 * zram_wb_read_part() - zram_page_read_part() for a page wherever it lies
 * @store: the store
 * @index: which page of the disk
 * @offset: first byte in the page
 * @dst: where they go; undefined after an error
 * @len: how many; @offset + @len is at most PAGE_SIZE
 *
 * Context: as zram_wb_read().
 * Return: as zram_wb_read().
 */
int zram_wb_read_part(struct zram_store *store, unsigned long index, unsigned int offset,
		      void *dst, unsigned int len)
{
	struct zcomp_writer *writer;
	struct fetch fetch;
	int err;

	do {
		err = zram_page_read_part(store, index, offset, dst, len);
		if (err != -EREMOTE)
			return err;
		err = fetch_begin(store, index, &fetch);
	} while (err == -EAGAIN);
	if (err)
		return err;

	/* As in zram_content_read_part(): the memory that is always there. */
	writer = zcomp_writer_get(store->comps[0]);
	err = decode(store, &fetch, writer->out);
	if (!err)
		memcpy(dst, writer->out + offset, len);
	zcomp_writer_put(writer);
	trace_zram_read(store, index, &fetch.content, err);
	fetch_end(store, &fetch);
	return err;
}

/*
 * Put the page together and into its slot. -EAGAIN if the slot has something else
 * by now: the block is still pinned, so its number cannot have come back.
 */
static int merge(struct zram_store *store, unsigned long index, const struct fetch *fetch,
		 unsigned int offset, const void *src, unsigned int len)
{
	struct page *whole = alloc_page(GFP_NOIO | __GFP_HIGHMEM);
	struct zram_content now;
	void *mem;
	int err;

	if (!whole)
		return -ENOMEM;
	mem = kmap_local_page(whole);
	err = decode(store, fetch, mem);
	if (!err) {
		zram_slot_lock(&store->table, fetch->slot);
		now = zram_slot_content(fetch->slot);
		if (now.value == fetch->content.value && now.bits == fetch->content.bits)
			err = zram_page_write_merged(store, index, fetch->slot, mem, offset,
						     src, len);
		else
			err = -EAGAIN;
		zram_page_unlock(store, fetch->slot);
	}
	kunmap_local(mem);
	__free_page(whole);
	return err;
}

/**
 * zram_wb_write_part() - zram_page_write_part() for a page wherever it lies
 * @store: the store
 * @index: which page of the disk
 * @offset: first byte in the page
 * @src: the data, or NULL for zeros; may be changing
 * @len: how many; @offset + @len is at most PAGE_SIZE
 *
 * The page is in memory afterwards.
 *
 * Context: sleeps until the device has answered; allocates with GFP_NOIO.
 * Return: as zram_page_write_part(), or -EIO if the device fails.
 */
int zram_wb_write_part(struct zram_store *store, unsigned long index, unsigned int offset,
		       const void *src, unsigned int len)
{
	struct fetch fetch;
	int err;

	do {
		err = zram_page_write_part(store, index, offset, src, len);
		if (err != -EREMOTE)
			return err;
		err = fetch_begin(store, index, &fetch);
		if (!err) {
			err = merge(store, index, &fetch, offset, src, len);
			fetch_end(store, &fetch);
		}
	} while (err == -EAGAIN);
	return err;
}
