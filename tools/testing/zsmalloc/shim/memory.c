// SPDX-License-Identifier: GPL-2.0-only
/*
 * Slab and pages, counted, checked, and failing on request.
 */
#include <malloc.h>
#include <stdlib.h>

#include "shim.h"

/* What memory holds that was not asked to be zero. */
#define FRESH	0xa5
#define GONE	0x6b

static struct shim_usage usage;
static unsigned long fail_first, fail_second;
unsigned long shim_sites, shim_failed;

static void count(long *what, long by)
{
	__atomic_fetch_add(what, by, __ATOMIC_RELAXED);
}

static long now(const long *what)
{
	return __atomic_load_n(what, __ATOMIC_RELAXED);
}

struct shim_usage shim_usage(void)
{
	rcu_barrier();
	return (struct shim_usage) {
		.slab = now(&usage.slab),
		.lowmem = now(&usage.lowmem),
		.pages = now(&usage.pages),
		.ids = now(&usage.ids),
		.zspages = { shim_zone_pages(0), shim_zone_pages(1) },
	};
}

bool shim_usage_same(struct shim_usage a, struct shim_usage b)
{
	return a.slab == b.slab && a.lowmem == b.lowmem && a.pages == b.pages &&
	       a.ids == b.ids && a.zspages[0] == b.zspages[0] &&
	       a.zspages[1] == b.zspages[1];
}

void shim_id_count(int by)
{
	count(&usage.ids, by);
}

void shim_fail(unsigned long first, unsigned long second)
{
	fail_first = first;
	fail_second = second;
	shim_sites = 0;
	shim_failed = 0;
}

bool shim_fails_now(void)
{
	unsigned long site;

	shim_step(&shim_sites, SHIM_READ);
	site = __atomic_add_fetch(&shim_sites, 1, __ATOMIC_RELAXED);

	if (site != fail_first && site != fail_second)
		return false;
	__atomic_fetch_add(&shim_failed, 1, __ATOMIC_RELAXED);
	return true;
}

static void check_gfp(gfp_t gfp, gfp_t forbidden)
{
	if (gfp & forbidden)
		shim_bug("an allocation that cannot have gfp flags %#x has %#x", forbidden, gfp);
	if (gfp & __GFP_DIRECT_RECLAIM)
		might_sleep();
}

static void *fill(void *mem, size_t size, gfp_t gfp)
{
	if (!mem)
		shim_bug("out of memory");
	return memset(mem, gfp & __GFP_ZERO ? 0 : FRESH, size);
}

void *kvmalloc(size_t size, gfp_t gfp)
{
	check_gfp(gfp, GFP_ZONEMASK);
	if (shim_fails_now())
		return NULL;
	count(&usage.slab, 1);
	return fill(malloc(size), size, gfp);
}

void *kmalloc(size_t size, gfp_t gfp)
{
	if (size > PAGE_SIZE)
		shim_bug("slab is asked for %zu bytes, more than a page", size);
	return kvmalloc(size, gfp);
}

char *kstrdup(const char *text, gfp_t gfp)
{
	char *copy = kmalloc(strlen(text) + 1, gfp);

	return copy ? strcpy(copy, text) : NULL;
}

size_t ksize(const void *mem)
{
	return malloc_usable_size((void *)mem);
}

void kvfree(const void *mem)
{
	if (!mem)
		return;
	shim_step(mem, SHIM_FREE);
	count(&usage.slab, -1);
	memset((void *)mem, GONE, ksize(mem));
	free((void *)mem);
}

void kfree(const void *mem)
{
	kvfree(mem);
}

void *shim_page_memory(gfp_t gfp, unsigned int order)
{
	check_gfp(gfp, 0);
	if (order)
		shim_bug("an allocation of order %u", order);
	if (shim_fails_now())
		return NULL;
	return fill(aligned_alloc(PAGE_SIZE, PAGE_SIZE), PAGE_SIZE, gfp);
}

void shim_page_memory_free(void *mem)
{
	memset(mem, GONE, PAGE_SIZE);
	free(mem);
}

void shim_page_count(int by)
{
	count(&usage.pages, by);
}

unsigned long __get_free_pages(gfp_t gfp, unsigned int order)
{
	void *mem;

	check_gfp(gfp, GFP_ZONEMASK);
	mem = shim_page_memory(gfp, order);
	count(&usage.lowmem, !!mem);
	return (unsigned long)mem;
}

void free_pages(unsigned long addr, unsigned int order)
{
	if (order)
		shim_bug("order %u is freed", order);
	if (!addr)
		return;
	count(&usage.lowmem, -1);
	shim_page_memory_free((void *)addr);
}
