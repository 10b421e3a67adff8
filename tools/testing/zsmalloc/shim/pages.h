/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * struct page: references, the page lock, the mark of movable pages.
 *
 * As in the kernel a struct page outlives its page: the memory manager may look at one
 * at any time, and finds out by the reference count that there is nothing behind
 * it. Freed ones are used again, the last one first.
 */
#ifndef _SHIM_PAGES_H
#define _SHIM_PAGES_H

#define CONFIG_COMPACTION	1

#define PAGE_MAPPING_MOVABLE	2ul

struct zone {
	long zspages;
};

/**
 * struct page - what the allocator may know of a page
 * @private: the owner's
 * @index: the owner's
 * @mapping: the mark of movable pages
 * @flags: the user's; see enum pageflags
 * @refcount: 0 while there is no page
 * @lock: the page lock
 * @isolated: the memory manager's
 * @zone: where it is
 * @mem: its bytes, which only the mapping functions look at
 * @maps: how often it is mapped now
 * @next: while there is no page
 */
struct page {
	unsigned long private;
	pgoff_t index;
	unsigned long mapping;
	unsigned long flags;
	atomic_t refcount;
	struct shim_lock lock;
	bool isolated;
	struct zone *zone;
	void *mem;
	int maps;
	struct page *next;
};

/* What a page of the swap cache says of itself, beyond its lock. */
enum pageflags {
	PG_uptodate,
	PG_dirty,
	PG_writeback,
	PG_reclaim,
	PG_swapcache,
	PG_error
};

#define page_private(page)		((page)->private)
#define set_page_private(page, val)	((page)->private = (val))
#define page_zone(page)			((page)->zone)

struct page *alloc_pages(gfp_t gfp, unsigned int order);
void __free_pages(struct page *page, unsigned int order);

#define alloc_page(gfp)		alloc_pages(gfp, 0)
#define __free_page(page)	__free_pages(page, 0)

int page_count(struct page *page);
void get_page(struct page *page);
bool get_page_unless_zero(struct page *page);
void put_page(struct page *page);

void lock_page(struct page *page);
bool trylock_page(struct page *page);
void unlock_page(struct page *page);
bool PageLocked(struct page *page);

typedef unsigned int isolate_mode_t;
enum migrate_mode { MIGRATE_ASYNC, MIGRATE_SYNC_LIGHT, MIGRATE_SYNC, MIGRATE_SYNC_NO_COPY };
#define MIGRATEPAGE_SUCCESS	0

struct movable_operations {
	bool (*isolate_page)(struct page *page, isolate_mode_t mode);
	int (*migrate_page)(struct page *dst, struct page *src, enum migrate_mode mode);
	void (*putback_page)(struct page *page);
};

bool __PageMovable(struct page *page);
bool PageMovable(struct page *page);
void __SetPageMovable(struct page *page, const struct movable_operations *ops);
void __ClearPageMovable(struct page *page);
bool PageIsolated(struct page *page);
void SetPageIsolated(struct page *page);
void ClearPageIsolated(struct page *page);

void *kmap_local_page(struct page *page);
void kunmap_local(const void *addr);
#define kmap_atomic		kmap_local_page
#define kunmap_atomic		kunmap_local

void memcpy_from_page(void *to, struct page *page, size_t offset, size_t len);
void memcpy_to_page(struct page *page, size_t offset, const void *from, size_t len);
void memcpy_page(struct page *dst, size_t dst_off, struct page *src, size_t src_off,
		 size_t len);
void memzero_page(struct page *page, size_t offset, size_t len);
void copy_highpage(struct page *to, struct page *from);

enum zone_stat_item { NR_ZSPAGES };
void inc_zone_page_state(struct page *page, enum zone_stat_item item);
void dec_zone_page_state(struct page *page, enum zone_stat_item item);

#endif /* _SHIM_PAGES_H */
