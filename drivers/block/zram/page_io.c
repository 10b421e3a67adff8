// SPDX-License-Identifier: GPL-2.0-only
/*
 * How do readers, writers and frees of one page of the disk keep out of each
 * other's way?
 */
#include <linux/gfp.h>
#include <linux/highmem.h>
#include <linux/sched.h>
#include <linux/string.h>

#include "content.h"
#include "page_io.h"
#include "store.h"

static const struct zram_content nothing;

static void empty_slot(struct zram_store *store, struct zram_slot *slot)
{
	struct zram_content old = zram_slot_replace(slot, &nothing);

	if (zram_content_empty(&old))
		return;
	zram_content_release(store, &old);
	zram_stats_inc(&store->stats, ZRAM_NOTIFY_FREE);
}

static void unlock_slot(struct zram_store *store, struct zram_slot *slot)
{
	while (!zram_slot_unlock(&store->table, slot))
		empty_slot(store, slot);
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
 * Return: 0, or an error if the stored object is damaged.
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
	zram_slot_lock(&store->table, slot);
	content = zram_slot_content(slot);
	err = zram_content_read(store, &content, dst);
	unlock_slot(store, slot);
	kunmap_local(dst);
	flush_dcache_page(page);
	return err;
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
	struct zram_slot *slot = zram_table_get(&store->table, index, GFP_NOIO);
	struct zram_content new, old;
	void *src;
	int err;

	if (!slot)
		return -ENOMEM;

	src = kmap_local_page(page);
	err = zram_content_create(store, src, &new);
	kunmap_local(src);
	if (err)
		return err;

	zram_slot_lock(&store->table, slot);
	old = fill_slot(store, slot, &new);
	unlock_slot(store, slot);
	zram_content_release(store, &old);
	return 0;
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
 * Return: 0, or an error if the stored object is damaged.
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

	zram_slot_lock(&store->table, slot);
	content = zram_slot_content(slot);
	err = zram_content_read_part(store, &content, offset, dst, len);
	unlock_slot(store, slot);
	return err;
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
 * Return: 0, or as zram_content_create(), or as zram_content_read() where the
 *	   rest cannot be read. After an error the slot holds what it held before.
 */
int zram_page_write_part(struct zram_store *store, unsigned long index, unsigned int offset,
			 const void *src, unsigned int len)
{
	struct zram_slot *slot = zram_table_get(&store->table, index, GFP_NOIO);
	struct zram_content content, new, old = nothing;
	struct page *whole;
	void *mem;
	int err;

	if (!slot)
		return -ENOMEM;
	whole = alloc_page(GFP_NOIO | __GFP_HIGHMEM);
	if (!whole)
		return -ENOMEM;
	mem = kmap_local_page(whole);

	zram_slot_lock(&store->table, slot);
	content = zram_slot_content(slot);
	err = zram_content_read(store, &content, mem);
	if (!err) {
		if (src)
			memcpy(mem + offset, src, len);
		else
			memset(mem + offset, 0, len);
		err = zram_content_create(store, mem, &new);
	}
	if (!err)
		old = fill_slot(store, slot, &new);
	unlock_slot(store, slot);

	kunmap_local(mem);
	__free_page(whole);
	zram_content_release(store, &old);
	return err;
}

/**
 * zram_page_free_range() - forget pages: they read as zeros from now on
 * @store: the store
 * @start: first page of the disk
 * @end: the page after the last
 *
 * Pages that hold something count in ZRAM_NOTIFY_FREE.
 *
 * Context: sleeps. Takes time in proportion to what was ever written there.
 */
void zram_page_free_range(struct zram_store *store, unsigned long start, unsigned long end)
{
	struct zram_slot *slot;
	unsigned long index;

	for (index = start; (slot = zram_table_next(&store->table, &index, end)); index++) {
		zram_slot_lock(&store->table, slot);
		empty_slot(store, slot);
		unlock_slot(store, slot);
		cond_resched();
	}
}

/**
 * zram_page_free_atomic() - forget a page, from a place that cannot wait
 * @store: the store
 * @index: which page of the disk
 *
 * Where somebody is at the page just now, that task frees it before it lets go of
 * the slot; it is never left for later.
 *
 * Context: any but interrupts; never sleeps.
 */
void zram_page_free_atomic(struct zram_store *store, unsigned long index)
{
	struct zram_slot *slot = zram_table_find(&store->table, index);

	if (!slot)
		return;
	if (!zram_slot_lock_or_defer(&store->table, slot)) {
		zram_stats_inc(&store->stats, ZRAM_MISS_FREE);
		return;
	}
	empty_slot(store, slot);
	unlock_slot(store, slot);
}
