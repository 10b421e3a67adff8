/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Memory: slab is the C library's, single pages come from an arena over lists of
 * the CPU, as in the kernel. Page flags and references are atomic, as there.
 */
#ifndef _NATIVE_FAST_MEMORY_H
#define _NATIVE_FAST_MEMORY_H

#define CONFIG_COMPACTION	1

#define __GFP_DMA		0x01u
#define __GFP_HIGHMEM		0x02u
#define __GFP_DMA32		0x04u
#define __GFP_MOVABLE		0x08u
#define __GFP_RECLAIMABLE	0x10u
#define __GFP_HIGH		0x20u
#define __GFP_IO		0x40u
#define __GFP_FS		0x80u
#define __GFP_ZERO		0x100u
#define __GFP_ATOMIC		0x200u
#define __GFP_DIRECT_RECLAIM	0x400u
#define __GFP_KSWAPD_RECLAIM	0x800u
#define __GFP_NOWARN		0x2000u
#define __GFP_NORETRY		0x10000u
#define __GFP_COMP		0x40000u
#define __GFP_NOMEMALLOC	0x80000u
#define __GFP_ACCOUNT		0x400000u
#define GFP_ZONEMASK		(__GFP_DMA | __GFP_HIGHMEM | __GFP_DMA32 | __GFP_MOVABLE)
#define __GFP_RECLAIM		(__GFP_DIRECT_RECLAIM | __GFP_KSWAPD_RECLAIM)
#define GFP_ATOMIC		(__GFP_HIGH | __GFP_ATOMIC | __GFP_KSWAPD_RECLAIM)
#define GFP_KERNEL		(__GFP_RECLAIM | __GFP_IO | __GFP_FS)
#define GFP_NOWAIT		__GFP_KSWAPD_RECLAIM
#define GFP_NOIO		__GFP_RECLAIM
#define GFP_HIGHUSER_MOVABLE	(GFP_KERNEL | __GFP_HIGHMEM | __GFP_MOVABLE)

#define gfpflags_allow_blocking(gfp)	(!!((gfp) & __GFP_DIRECT_RECLAIM))

static inline void *kmalloc(size_t size, gfp_t gfp)
{
	return gfp & __GFP_ZERO ? calloc(1, size) : malloc(size);
}

#define kvmalloc(size, gfp)	kmalloc(size, gfp)
#define kzalloc(size, gfp)	kmalloc(size, (gfp) | __GFP_ZERO)
#define kvzalloc(size, gfp)	kzalloc(size, gfp)
#define kcalloc(n, size, gfp)	kzalloc((n) * (size), gfp)
#define kvcalloc(n, size, gfp)	kzalloc((n) * (size), gfp)
#define kstrdup(text, gfp)	strdup(text)
#define kfree(mem)		free((void *)(mem))
#define kvfree(mem)		free((void *)(mem))
#define ksize(mem)		malloc_usable_size((void *)(mem))
#define is_vmalloc_addr(mem)	false

struct kmem_cache {
	size_t size;
};

static inline struct kmem_cache *kmem_cache_create(const char *name, unsigned int size,
						   unsigned int align, unsigned int flags,
						   void (*ctor)(void *mem))
{
	struct kmem_cache *cache = malloc(sizeof(*cache));

	if (cache)
		cache->size = size;
	return cache;
}

#define kmem_cache_destroy(cache)	free(cache)
#define kmem_cache_alloc(cache, gfp)	kmalloc((cache)->size, gfp)
#define kmem_cache_zalloc(cache, gfp)	kzalloc((cache)->size, gfp)
#define kmem_cache_free(cache, mem)	free(mem)

/* A cache line of its own, as in the kernel. */
struct page {
	unsigned long flags;
	unsigned long mapping;
	unsigned long private;
	pgoff_t index;
	atomic_t refcount;
	void *mem;
	struct page *next;
} __attribute__((aligned(64)));

#define page_private(page)		((page)->private)
#define set_page_private(page, val)	((page)->private = (val))

struct page *alloc_pages(gfp_t gfp, unsigned int order);
void native_page_free(struct page *page);
unsigned long __get_free_pages(gfp_t gfp, unsigned int order);
void free_pages(unsigned long addr, unsigned int order);

#define alloc_page(gfp)		alloc_pages(gfp, 0)
#define __free_pages(page, order)	put_page(page)
#define __free_page(page)	put_page(page)
#define __get_free_page(gfp)	__get_free_pages(gfp, 0)
#define get_zeroed_page(gfp)	__get_free_pages((gfp) | __GFP_ZERO, 0)
#define free_page(addr)		free_pages(addr, 0)

static inline void get_page(struct page *page)
{
	atomic_inc(&page->refcount);
}

static inline void put_page(struct page *page)
{
	if (atomic_dec_and_test(&page->refcount))
		native_page_free(page);
}

static inline bool trylock_page(struct page *page)
{
	return !(__atomic_fetch_or(&page->flags, 1, __ATOMIC_ACQUIRE) & 1);
}

static inline void lock_page(struct page *page)
{
	while (!trylock_page(page))
		sched_yield();
}

static inline void unlock_page(struct page *page)
{
	__atomic_fetch_and(&page->flags, ~1ul, __ATOMIC_RELEASE);
}

#define PageLocked(page)	(READ_ONCE((page)->flags) & 1)

/* Nobody migrates anything here: only what the marks cost. */
typedef unsigned int isolate_mode_t;
enum migrate_mode { MIGRATE_ASYNC, MIGRATE_SYNC_LIGHT, MIGRATE_SYNC, MIGRATE_SYNC_NO_COPY };
#define MIGRATEPAGE_SUCCESS	0
#define PAGE_MAPPING_MOVABLE	2ul

struct movable_operations {
	bool (*isolate_page)(struct page *page, isolate_mode_t mode);
	int (*migrate_page)(struct page *dst, struct page *src, enum migrate_mode mode);
	void (*putback_page)(struct page *page);
};

#define __PageMovable(page)		(READ_ONCE((page)->mapping) & PAGE_MAPPING_MOVABLE)
#define __SetPageMovable(page, ops) \
	WRITE_ONCE((page)->mapping, (unsigned long)(ops) | PAGE_MAPPING_MOVABLE)
#define __ClearPageMovable(page)	WRITE_ONCE((page)->mapping, PAGE_MAPPING_MOVABLE)

#define kmap_local_page(page)	((page)->mem)
#define kunmap_local(addr)	((void)(addr))
#define kmap_atomic		kmap_local_page
#define kunmap_atomic		kunmap_local

#define memcpy_from_page(to, page, offset, len) \
	memcpy(to, (char *)(page)->mem + (offset), len)
#define memcpy_to_page(page, offset, from, len) \
	memcpy((char *)(page)->mem + (offset), from, len)
#define memcpy_page(dst, dst_off, src, src_off, len) \
	memcpy((char *)(dst)->mem + (dst_off), (char *)(src)->mem + (src_off), len)
#define memzero_page(page, offset, len) \
	memset((char *)(page)->mem + (offset), 0, len)
#define copy_highpage(to, from)	memcpy((to)->mem, (from)->mem, PAGE_SIZE)

/* The kernel counts in a variable of the CPU. */
extern __thread long native_zspages;
#define inc_zone_page_state(page, item)	((void)(page), native_zspages++)
#define dec_zone_page_state(page, item)	((void)(page), native_zspages--)

#endif /* _NATIVE_FAST_MEMORY_H */
