// SPDX-License-Identifier: GPL-2.0-only
/*
 * Pages: they come and go by reference, and what is done to a movable one is checked
 * as strictly as a kernel with CONFIG_DEBUG_VM checks it.
 */
#include <stdlib.h>

#include "shim.h"

#define MAX_PAGES	65536

static struct zone zones[2];

/* Every struct page that there is, for a memory manager that looks for work. */
static struct page *known[MAX_PAGES];
static unsigned int nr_known;
static struct page *unused;
static pthread_mutex_t unused_lock = PTHREAD_MUTEX_INITIALIZER;

void shim_page_poison(struct page *page);
void shim_page_unpoison(struct page *page);

unsigned int shim_pages(void)
{
	return __atomic_load_n(&nr_known, __ATOMIC_ACQUIRE);
}

struct page *shim_page(unsigned int nr)
{
	return known[nr];
}

long shim_zone_pages(unsigned int zone)
{
	return __atomic_load_n(&zones[zone].zspages, __ATOMIC_RELAXED);
}

static struct page *find_page(void)
{
	struct page *page;

	pthread_mutex_lock(&unused_lock);
	page = unused;
	if (page) {
		unused = page->next;
	} else {
		if (nr_known == MAX_PAGES)
			shim_bug("more than %d pages", MAX_PAGES);
		page = calloc(1, sizeof(*page));
		shim_lock_init(&page->lock);
		/* neighbours are in different zones */
		page->zone = &zones[nr_known % 2];
		known[nr_known] = page;
		__atomic_store_n(&nr_known, nr_known + 1, __ATOMIC_RELEASE);
	}
	pthread_mutex_unlock(&unused_lock);
	return page;
}

struct page *alloc_pages(gfp_t gfp, unsigned int order)
{
	void *mem = shim_page_memory(gfp, order);
	struct page *page;

	if (!mem)
		return NULL;
	page = find_page();
	page->mem = mem;
	shim_page_poison(page);
	shim_page_count(1);
	atomic_set_release(&page->refcount, 1);
	return page;
}

static void free_page_for_good(struct page *page)
{
	if (page->maps)
		shim_bug("a page is freed that is mapped");
	if (page->private || page->index)
		shim_bug("a page is freed that still says whose it is");
	if (PageLocked(page))
		shim_bug("a page is freed that is locked");
	if (page->mapping & ~PAGE_MAPPING_MOVABLE)
		shim_bug("a page is freed that is marked as movable");
	if (page->flags & (BIT(PG_swapcache) | BIT(PG_writeback)))
		shim_bug("a page is freed that is in the swap cache, or is being written");
	/* as the kernel does when it frees one */
	page->flags = 0;
	__atomic_store_n(&page->mapping, 0, __ATOMIC_RELAXED);
	__atomic_store_n(&page->isolated, false, __ATOMIC_RELAXED);
	shim_page_count(-1);
	shim_page_unpoison(page);
	shim_page_memory_free(page->mem);
	page->mem = NULL;

	pthread_mutex_lock(&unused_lock);
	page->next = unused;
	unused = page;
	pthread_mutex_unlock(&unused_lock);
}

void put_page(struct page *page)
{
	int left;

	shim_step(page, SHIM_WRITE);
	left = atomic_dec_return(&page->refcount);
	if (left < 0)
		shim_bug("a reference to a page is dropped that nobody had");
	if (!left)
		free_page_for_good(page);
}

void __free_pages(struct page *page, unsigned int order)
{
	if (order)
		shim_bug("order %u is freed", order);
	put_page(page);
}

int page_count(struct page *page)
{
	shim_step(page, SHIM_WRITE);
	return atomic_read(&page->refcount);
}

void get_page(struct page *page)
{
	shim_step(page, SHIM_WRITE);
	if (atomic_inc_return(&page->refcount) <= 1)
		shim_bug("a reference is taken to a page that is gone");
}

bool get_page_unless_zero(struct page *page)
{
	int old;

	shim_step(page, SHIM_WRITE);
	old = atomic_read(&page->refcount);
	while (old && !atomic_try_cmpxchg(&page->refcount, &old, old + 1))
		;
	return old;
}

void lock_page(struct page *page)
{
	might_sleep();
	shim_lock(&page->lock);
}

bool trylock_page(struct page *page)
{
	return shim_trylock(&page->lock);
}

void unlock_page(struct page *page)
{
	shim_unlock(&page->lock);
}

bool PageLocked(struct page *page)
{
	return __atomic_load_n(&page->lock.owner, __ATOMIC_RELAXED);
}

static void must_be_locked(struct page *page, const char *who)
{
	if (!shim_lock_held(&page->lock))
		shim_bug("%s: the page lock is not held", who);
}

bool __PageMovable(struct page *page)
{
	shim_step(page, SHIM_WRITE);
	return __atomic_load_n(&page->mapping, __ATOMIC_RELAXED) & PAGE_MAPPING_MOVABLE;
}

bool PageMovable(struct page *page)
{
	must_be_locked(page, __func__);
	return __PageMovable(page) && page->mapping != PAGE_MAPPING_MOVABLE;
}

void __SetPageMovable(struct page *page, const struct movable_operations *ops)
{
	must_be_locked(page, __func__);
	if ((unsigned long)ops & PAGE_MAPPING_MOVABLE)
		shim_bug("__SetPageMovable: the operations are not aligned");
	shim_step(page, SHIM_WRITE);
	__atomic_store_n(&page->mapping, (unsigned long)ops | PAGE_MAPPING_MOVABLE,
			 __ATOMIC_RELAXED);
}

void __ClearPageMovable(struct page *page)
{
	if (!PageMovable(page))
		shim_bug("__ClearPageMovable: it was not marked");
	shim_step(page, SHIM_WRITE);
	/* it keeps the type */
	__atomic_store_n(&page->mapping, PAGE_MAPPING_MOVABLE, __ATOMIC_RELAXED);
}

bool PageIsolated(struct page *page)
{
	return __atomic_load_n(&page->isolated, __ATOMIC_RELAXED);
}

void SetPageIsolated(struct page *page)
{
	__atomic_store_n(&page->isolated, true, __ATOMIC_RELAXED);
}

void ClearPageIsolated(struct page *page)
{
	__atomic_store_n(&page->isolated, false, __ATOMIC_RELAXED);
}

void inc_zone_page_state(struct page *page, enum zone_stat_item item)
{
	__atomic_fetch_add(&page->zone->zspages, 1, __ATOMIC_RELAXED);
}

void dec_zone_page_state(struct page *page, enum zone_stat_item item)
{
	__atomic_fetch_sub(&page->zone->zspages, 1, __ATOMIC_RELAXED);
}
