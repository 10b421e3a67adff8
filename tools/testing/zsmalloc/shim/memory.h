/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Slab, and pages reached by address; pages.h has the others.
 *
 * Whatever is allocated is a block of the C library's own, so that
 * AddressSanitizer sees every byte beyond it and every use after it was freed.
 * Content is never zero unless that was asked for. A page for payload is
 * poisoned except while it is mapped, mappings end in the reverse of their
 * order, zone modifiers and requests above a page are refused, and what is still
 * allocated can be counted at any time.
 */
#ifndef _SHIM_MEMORY_H
#define _SHIM_MEMORY_H

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

static inline bool gfpflags_allow_blocking(gfp_t gfp)
{
	return gfp & __GFP_DIRECT_RECLAIM;
}

void *kmalloc(size_t size, gfp_t gfp);
void *kvmalloc(size_t size, gfp_t gfp);
char *kstrdup(const char *text, gfp_t gfp);
void kfree(const void *mem);
void kvfree(const void *mem);
size_t ksize(const void *mem);
#define is_vmalloc_addr(mem)	false

#define kzalloc(size, gfp)	kmalloc(size, (gfp) | __GFP_ZERO)
#define kvzalloc(size, gfp)	kvmalloc(size, (gfp) | __GFP_ZERO)
#define kcalloc(n, size, gfp)	kzalloc((n) * (size), gfp)
#define kvcalloc(n, size, gfp)	kvzalloc((n) * (size), gfp)

unsigned long __get_free_pages(gfp_t gfp, unsigned int order);
void free_pages(unsigned long addr, unsigned int order);
#define __get_free_page(gfp)	__get_free_pages(gfp, 0)
#define get_zeroed_page(gfp)	__get_free_pages((gfp) | __GFP_ZERO, 0)
#define free_page(addr)		free_pages(addr, 0)

#endif /* _SHIM_MEMORY_H */
