// SPDX-License-Identifier: GPL-2.0-only
/*
 * Pages: an arena, and a list for each CPU.
 */
#include <sys/mman.h>

#include "shim.h"

__thread long native_zspages;

#define ARENA_PAGES	(1u << 18)
#define LIST_MAX	128
#define LIST_BATCH	63

static struct page *map;
static char *arena;
static unsigned int used;
static struct page *spare;
static DEFINE_SPINLOCK(arena_lock);
static __thread struct page *mine;
static __thread unsigned int nr_mine;

static void *reserve(size_t size)
{
	void *mem = mmap(NULL, size, PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (mem == MAP_FAILED)
		shim_bug("no room for the arena");
	return mem;
}

static void refill(void)
{
	spin_lock(&arena_lock);
	if (!map) {
		map = reserve(ARENA_PAGES * sizeof(*map));
		arena = reserve(ARENA_PAGES * PAGE_SIZE);
	}
	while (nr_mine < LIST_BATCH) {
		struct page *page = spare;

		if (page) {
			spare = page->next;
		} else {
			if (used == ARENA_PAGES)
				shim_bug("the arena is full");
			page = &map[used];
			page->mem = arena + used++ * PAGE_SIZE;
		}
		page->next = mine;
		mine = page;
		nr_mine++;
	}
	spin_unlock(&arena_lock);
}

struct page *alloc_pages(gfp_t gfp, unsigned int order)
{
	struct page *page;

	if (!mine)
		refill();
	page = mine;
	mine = page->next;
	nr_mine--;
	page->mapping = 0;
	page->flags = 0;
	atomic_set(&page->refcount, 1);
	if (gfp & __GFP_ZERO)
		memset(page->mem, 0, PAGE_SIZE);
	return page;
}

void native_page_free(struct page *page)
{
	page->next = mine;
	mine = page;
	if (++nr_mine < LIST_MAX)
		return;
	spin_lock(&arena_lock);
	while (nr_mine > LIST_MAX - LIST_BATCH) {
		page = mine;
		mine = page->next;
		page->next = spare;
		spare = page;
		nr_mine--;
	}
	spin_unlock(&arena_lock);
}

unsigned long __get_free_pages(gfp_t gfp, unsigned int order)
{
	void *mem = aligned_alloc(PAGE_SIZE, PAGE_SIZE << order);

	if (mem && gfp & __GFP_ZERO)
		memset(mem, 0, PAGE_SIZE << order);
	return (unsigned long)mem;
}

void free_pages(unsigned long addr, unsigned int order)
{
	free((void *)addr);
}
