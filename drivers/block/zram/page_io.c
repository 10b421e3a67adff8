// SPDX-License-Identifier: GPL-2.0-only
/*
 * How do readers and writers of one page of the disk keep out of each other's way?
 */
#include <linux/gfp.h>
#include <linux/highmem.h>
#include <linux/sched.h>
#include <linux/string.h>

#include "content.h"
#include "page_io.h"
#include "store.h"
#include "tracking.h"

#include <trace/events/zram.h>

static const struct zram_content nothing;

/**
 * zram_page_empty() - a slot holds nothing any more
 * @store: the store
 * @slot: the slot
 *
 * A page that was there counts in ZRAM_NOTIFY_FREE.
 *
 * Context: slot lock held; never sleeps.
 */
void zram_page_empty(struct zram_store *store, struct zram_slot *slot)
{
	struct zram_content old = zram_slot_replace(slot, &nothing);

	if (zram_content_empty(&old))
		return;
	trace_zram_slot_free(store, zram_slot_index(slot), &old, 0);
	zram_content_release(store, &old);
	zram_stats_inc(&store->stats, ZRAM_NOTIFY_FREE);
}

/**
 * zram_page_unlock() - give a slot up that was looked at or worked on
 * @store: the store
 * @slot: the slot
 *
 * If the page was freed meanwhile from a place that cannot wait, this is where its
 * content goes.
 *
 * Context: slot lock held; never sleeps.
 */
void zram_page_unlock(struct zram_store *store, struct zram_slot *slot)
{
	while (!zram_slot_unlock(&store->table, slot))
		zram_page_empty(store, slot);
}

/* The same for a page that was used: it is not idle. */
static void unlock_used(struct zram_store *store, struct zram_slot *slot)
{
	while (!zram_slot_unlock_used(&store->table, slot))
		zram_page_empty(store, slot);
}

static void lock_to_use(struct zram_store *store, struct zram_slot *slot)
{
	zram_slot_lock(&store->table, slot);
	zram_tracking_used(slot);
}

/* Counted before it can be freed, and so uncounted, by the next one. */
static struct zram_content fill_slot(struct zram_store *store, struct zram_slot *slot,
				     const struct zram_content *new)
{
	zram_content_count(&store->stats, new, 1);
	return zram_slot_replace(slot, new);
}

/**
 * zram_page_read() - a whole page
 * @store: the store
 * @index: which page of the disk
 * @page: where it goes; undefined after an error
 *
 * Context: sleeps. Allocates nothing.
 * Return: 0, -EREMOTE if it lies on the backing device, see wb_read.h, or an error if
 *	   the stored object is damaged.
 */
int zram_page_read(struct zram_store *store, unsigned long index, struct page *page)
{
	struct zram_slot *slot = zram_table_find(&store->table, index);
	struct zram_content content;
	void *dst;
	int err;

	if (!slot) {
		clear_highpage(page);
		flush_dcache_page(page);
		return 0;
	}

	dst = kmap_local_page(page);
	lock_to_use(store, slot);
	content = zram_slot_content(slot);
	err = zram_content_read(store, &content, dst);
	unlock_used(store, slot);
	kunmap_local(dst);
	flush_dcache_page(page);
	if (err != -EREMOTE)
		trace_zram_read(store, index, &content, err);
	return err;
}

static int write_page(struct zram_store *store, unsigned long index, struct page *page,
		      bool stable)
{
	struct zram_slot *slot = zram_table_get(&store->table, index, GFP_NOIO);
	struct zram_content new, old;
	void *src;
	int err;

	if (!slot)
		return -ENOMEM;

	src = kmap_local_page(page);
	err = stable ? zram_content_create_stable(store, src, &new) :
		       zram_content_create(store, src, &new);
	kunmap_local(src);
	trace_zram_write(store, index, &new, err);
	if (err)
		return err;

	lock_to_use(store, slot);
	old = fill_slot(store, slot, &new);
	unlock_used(store, slot);
	zram_content_release(store, &old);
	return 0;
}

/**
 * zram_page_write() - a whole page
 * @store: the store
 * @index: which page of the disk
 * @page: the data; may be changing
 *
 * The lock is held for the exchange alone.
 *
 * Context: sleeps; allocates with GFP_NOIO.
 * Return: 0, or as zram_content_create(). After an error the slot holds what it
 *	   held before.
 */
int zram_page_write(struct zram_store *store, unsigned long index, struct page *page)
{
	return write_page(store, index, page, false);
}

/**
 * zram_page_write_stable() - a whole page that nobody changes meanwhile
 * @store: the store
 * @index: which page of the disk
 * @page: the data; see zcomp_compress_stable()
 *
 * Context: as zram_page_write().
 * Return: as zram_page_write().
 */
int zram_page_write_stable(struct zram_store *store, unsigned long index, struct page *page)
{
	return write_page(store, index, page, true);
}

/**
 * zram_page_read_part() - some bytes of a page
 * @store: the store
 * @index: which page of the disk
 * @offset: first byte in the page
 * @dst: where they go; undefined after an error
 * @len: how many; @offset + @len is at most PAGE_SIZE
 *
 * Context: sleeps. Allocates nothing.
 * Return: as zram_page_read().
 */
int zram_page_read_part(struct zram_store *store, unsigned long index, unsigned int offset,
			void *dst, unsigned int len)
{
	struct zram_slot *slot = zram_table_find(&store->table, index);
	struct zram_content content;
	int err;

	if (!slot) {
		memset(dst, 0, len);
		return 0;
	}

	lock_to_use(store, slot);
	content = zram_slot_content(slot);
	err = zram_content_read_part(store, &content, offset, dst, len);
	unlock_used(store, slot);
	if (err != -EREMOTE)
		trace_zram_read(store, index, &content, err);
	return err;
}

/**
 * zram_page_write_merged() - put some bytes into a page, and the page into its slot
 * @store: the store
 * @index: which page of the disk
 * @slot: its slot
 * @mem: the page as it was, PAGE_SIZE bytes; changed
 * @offset: first byte in the page
 * @src: the data, or NULL for zeros; may be changing
 * @len: how many; @offset + @len is at most PAGE_SIZE
 *
 * Context: slot lock held; sleeps; allocates with GFP_NOIO.
 * Return: 0, or as zram_content_create(). After an error the slot holds what it
 *	   held before.
 */
int zram_page_write_merged(struct zram_store *store, unsigned long index,
			   struct zram_slot *slot, void *mem, unsigned int offset,
			   const void *src, unsigned int len)
{
	struct zram_content new, old;
	int err;

	if (src)
		memcpy(mem + offset, src, len);
	else
		memset(mem + offset, 0, len);
	/* Nobody else knows this page. */
	err = zram_content_create_stable(store, mem, &new);
	trace_zram_write(store, index, &new, err);
	if (err)
		return err;
	old = fill_slot(store, slot, &new);
	zram_content_release(store, &old);
	return 0;
}

/**
 * zram_page_write_part() - some bytes of a page
 * @store: the store
 * @index: which page of the disk
 * @offset: first byte in the page
 * @src: the data, or NULL for zeros; may be changing
 * @len: how many; @offset + @len is at most PAGE_SIZE
 *
 * The rest of the page is read, and the whole written, with the slot locked: of
 * two such writes neither is lost.
 *
 * Context: sleeps; allocates with GFP_NOIO.
 * Return: 0, or as zram_content_create(), or as zram_page_read() where the rest
 *	   cannot be read. After an error the slot holds what it held before.
 */
int zram_page_write_part(struct zram_store *store, unsigned long index, unsigned int offset,
			 const void *src, unsigned int len)
{
	struct zram_slot *slot = zram_table_get(&store->table, index, GFP_NOIO);
	struct zram_content content;
	struct page *whole;
	void *mem;
	int err;

	if (!slot)
		return -ENOMEM;
	whole = alloc_page(GFP_NOIO | __GFP_HIGHMEM);
	if (!whole)
		return -ENOMEM;
	mem = kmap_local_page(whole);

	lock_to_use(store, slot);
	content = zram_slot_content(slot);
	err = zram_content_read(store, &content, mem);
	if (!err)
		err = zram_page_write_merged(store, index, slot, mem, offset, src, len);
	unlock_used(store, slot);

	kunmap_local(mem);
	__free_page(whole);
	return err;
}
