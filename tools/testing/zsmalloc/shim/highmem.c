// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mappings of pages. A page that nobody has mapped cannot be touched: with
 * AddressSanitizer an access through a pointer that outlived its mapping, or one
 * that was never mapped, is reported.
 */
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>

/* Makes one of the number of mappings and the poison. Others need no such order. */
static pthread_mutex_t maps_lock = PTHREAD_MUTEX_INITIALIZER;
#define maps_begin()	pthread_mutex_lock(&maps_lock)
#define maps_end()	pthread_mutex_unlock(&maps_lock)
#else
#define maps_begin()	do { } while (0)
#define maps_end()	do { } while (0)
#define ASAN_POISON_MEMORY_REGION(addr, size)	((void)(addr), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(addr, size)	((void)(addr), (void)(size))
#endif

void shim_page_poison(struct page *page)
{
	ASAN_POISON_MEMORY_REGION(page->mem, PAGE_SIZE);
}

void shim_page_unpoison(struct page *page)
{
	ASAN_UNPOISON_MEMORY_REGION(page->mem, PAGE_SIZE);
}

void *kmap_local_page(struct page *page)
{
	struct shim_task *task = &shim_self;

	shim_step(page, SHIM_WRITE);
	if (task->nr_kmaps == SHIM_MAX_KMAPS)
		shim_bug("%d mappings at a time", task->nr_kmaps + 1);
	task->kmaps[task->nr_kmaps++] = page;
	maps_begin();
	if (__atomic_fetch_add(&page->maps, 1, __ATOMIC_RELAXED) == 0)
		shim_page_unpoison(page);
	maps_end();
	return page->mem;
}

void kunmap_local(const void *addr)
{
	struct shim_task *task = &shim_self;
	struct page *page;

	if (!task->nr_kmaps)
		shim_bug("a mapping ends that never was");
	page = task->kmaps[--task->nr_kmaps];
	if ((void *)((unsigned long)addr & PAGE_MASK) != page->mem)
		shim_bug("mappings end in another order than the reverse of theirs");
	maps_begin();
	if (__atomic_fetch_sub(&page->maps, 1, __ATOMIC_RELAXED) == 1)
		shim_page_poison(page);
	maps_end();
}

static void inside(size_t offset, size_t len)
{
	if (offset + len > PAGE_SIZE || offset + len < offset)
		shim_bug("a copy of %zu bytes at %zu leaves the page", len, offset);
}

void memcpy_from_page(void *to, struct page *page, size_t offset, size_t len)
{
	char *mem = kmap_local_page(page);

	inside(offset, len);
	memcpy(to, mem + offset, len);
	kunmap_local(mem);
}

void memcpy_to_page(struct page *page, size_t offset, const void *from, size_t len)
{
	char *mem = kmap_local_page(page);

	inside(offset, len);
	memcpy(mem + offset, from, len);
	kunmap_local(mem);
}

void memcpy_page(struct page *dst, size_t dst_off, struct page *src, size_t src_off,
		 size_t len)
{
	char *to = kmap_local_page(dst), *from = kmap_local_page(src);

	inside(dst_off, len);
	inside(src_off, len);
	memcpy(to + dst_off, from + src_off, len);
	kunmap_local(from);
	kunmap_local(to);
}

void memzero_page(struct page *page, size_t offset, size_t len)
{
	char *to = kmap_local_page(page);

	inside(offset, len);
	memset(to + offset, 0, len);
	kunmap_local(to);
}

void copy_highpage(struct page *to, struct page *from)
{
	memcpy_page(to, 0, from, 0, PAGE_SIZE);
}
