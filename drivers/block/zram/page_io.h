/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A page of the disk: read, write and free it.
 *
 * For one page any number of these may run at once: the slot lock orders them.
 */
#ifndef _ZRAM_PAGE_IO_H
#define _ZRAM_PAGE_IO_H

struct page;
struct zram_slot;
struct zram_store;

int zram_page_read(struct zram_store *store, unsigned long index, struct page *page);
int zram_page_write(struct zram_store *store, unsigned long index, struct page *page);
int zram_page_write_stable(struct zram_store *store, unsigned long index, struct page *page);
int zram_page_read_part(struct zram_store *store, unsigned long index, unsigned int offset,
			void *dst, unsigned int len);
int zram_page_write_part(struct zram_store *store, unsigned long index, unsigned int offset,
			 const void *src, unsigned int len);
int zram_page_write_merged(struct zram_store *store, unsigned long index,
			   struct zram_slot *slot, void *mem, unsigned int offset,
			   const void *src, unsigned int len);
void zram_page_empty(struct zram_store *store, struct zram_slot *slot);
void zram_page_unlock(struct zram_store *store, struct zram_slot *slot);

/* page_free.c */
void zram_page_free_range(struct zram_store *store, unsigned long start, unsigned long end);
void zram_page_free_atomic(struct zram_store *store, unsigned long index);

#endif /* _ZRAM_PAGE_IO_H */
