// SPDX-License-Identifier: GPL-2.0-only
/*
 * The pages of zspages, one by one: all that the allocator knows of struct page.
 *
 * A page of a zspage carries in page->private the descriptor and in page->index its
 * position in the chain, and it is marked as movable, so that the memory manager may
 * ask for it (migrate.c). It may hold a reference and the page lock for that, at any
 * time; page->lru is its own. Nothing is ever written into the page but payload.
 *
 * The mark cannot be taken away without the page lock, and pages leave their zspage
 * where nobody may sleep. So a page leaves in two steps. It is no longer of the zspage
 * as soon as page->private is 0, which needs zs_class.lock only. If its lock can be
 * had too, it is freed at once. If not, the memory manager is at it right now, and
 * the page goes on a stack of the pool, linked through page->index, for a worker that
 * waits for the lock. Until then it counts as a page of the pool, which it is.
 */
#include <linux/gfp.h>
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <linux/vmstat.h>

#include "migrate.h"
#include "page.h"
#include "zspage.h"

/**
 * zs_page_alloc() - a page for a chain
 * @gfp: how to allocate, __GFP_HIGHMEM and __GFP_MOVABLE welcome
 *
 * What the memory held for somebody else before is still in it; zs_access_fresh() is for
 * that.
 *
 * Return: a single page, or NULL.
 */
struct page *zs_page_alloc(gfp_t gfp)
{
	/* what will not be marked must not sit in movable blocks */
	if (!IS_ENABLED(CONFIG_COMPACTION))
		gfp &= ~__GFP_MOVABLE;
	return alloc_page(gfp);
}

/**
 * zs_page_free() - give back a page that never was in a chain
 * @page: from zs_page_alloc(), or NULL
 */
void zs_page_free(struct page *page)
{
	if (page)
		__free_page(page);
}

/**
 * zs_page_attach() - a page becomes part of a zspage
 * @page: from zs_page_alloc()
 * @zspage: the zspage
 * @nr: position in its chain
 *
 * Context: zs_class.lock held.
 */
void zs_page_attach(struct page *page, struct zs_zspage *zspage, unsigned int nr)
{
	lockdep_assert_held(&zspage->class->lock);

	page->index = nr;
	WRITE_ONCE(page_private(page), (unsigned long)zspage);
	inc_zone_page_state(page, NR_ZSPAGES);

	/*
	 * Nobody locks a page that he does not know, but for a passing memory failure. One
	 * that is locked now stays where it is for as long as it is ours.
	 */
	if (likely(trylock_page(page))) {
		__SetPageMovable(page, &zs_movable_ops);
		unlock_page(page);
	}
}

/* Nobody knows the page any more; it is locked if it is marked. */
static void release(struct page *page)
{
	if (__PageMovable(page)) {
		__ClearPageMovable(page);
		unlock_page(page);
	}
	dec_zone_page_state(page, NR_ZSPAGES);
	/* whoever has isolated it finds the mark gone and lets go of it */
	put_page(page);
}

static void reap(struct work_struct *work)
{
	struct zs_pool *pool = container_of(work, struct zs_pool, reaper);
	struct page *page = (struct page *)atomic_long_xchg(&pool->leaving, 0);

	while (page) {
		struct page *next = (struct page *)page->index;

		page->index = 0;
		lock_page(page);
		release(page);
		atomic_long_dec(&pool->pages);
		page = next;
	}
}

/**
 * zs_page_detach() - a page is no longer part of its zspage: give it back
 * @pool: the pool
 * @page: the page
 *
 * Context: zs_class.lock of its zspage held. Never sleeps: where the memory manager has
 * the page locked, the pool's worker frees it later.
 */
void zs_page_detach(struct zs_pool *pool, struct page *page)
{
	long first;

	WRITE_ONCE(page_private(page), 0);
	if (likely(!__PageMovable(page) || trylock_page(page))) {
		page->index = 0;
		release(page);
		atomic_long_dec(&pool->pages);
		return;
	}

	first = atomic_long_read(&pool->leaving);
	do {
		page->index = first;
	} while (!atomic_long_try_cmpxchg_release(&pool->leaving, &first, (long)page));
	schedule_work(&pool->reaper);
}

/**
 * zs_page_replace() - another page takes the place of a page
 * @page: page of a zspage, locked
 * @by: the other one, locked, with a reference of the caller's own
 * @zspage: the zspage
 *
 * The content is copied. The first loses its mark and the reference that the zspage held;
 * it stays locked, and the caller has one more.
 *
 * Context: zs_class.lock held, @zspage frozen.
 */
void zs_page_replace(struct page *page, struct page *by, struct zs_zspage *zspage)
{
	lockdep_assert_held(&zspage->class->lock);

	copy_highpage(by, page);

	get_page(by);
	by->index = page->index;
	WRITE_ONCE(page_private(by), (unsigned long)zspage);
	__SetPageMovable(by, &zs_movable_ops);
	/* the two may be in different zones */
	inc_zone_page_state(by, NR_ZSPAGES);

	dec_zone_page_state(page, NR_ZSPAGES);
	WRITE_ONCE(page_private(page), 0);
	page->index = 0;
	__ClearPageMovable(page);
	put_page(page);
}

/**
 * zs_page_zspage() - whose page is it at the moment?
 * @page: a page that is marked as movable by us
 *
 * Context: page lock and rcu_read_lock() held. Only zs_class.lock makes the answer last.
 * Return: the zspage, or NULL if the page has left it.
 */
struct zs_zspage *zs_page_zspage(struct page *page)
{
	return (struct zs_zspage *)READ_ONCE(page_private(page));
}

/**
 * zs_page_nr() - where in the chain is it?
 * @page: page of a zspage
 *
 * Context: zs_class.lock held.
 */
unsigned int zs_page_nr(struct page *page)
{
	return page->index;
}

/**
 * zs_page_belongs() - does the page say that it belongs there?
 * @page: the page, or NULL
 * @zspage: the zspage
 * @nr: position in the chain
 */
bool zs_page_belongs(struct page *page, const struct zs_zspage *zspage, unsigned int nr)
{
	return page && page_private(page) == (unsigned long)zspage && page->index == nr;
}

/**
 * zs_page_reaper_init() - be ready for pages that cannot be locked
 * @pool: the pool
 */
void zs_page_reaper_init(struct zs_pool *pool)
{
	atomic_long_set(&pool->leaving, 0);
	INIT_WORK(&pool->reaper, reap);
}

/**
 * zs_page_reaper_stop() - wait until the last page that has left is freed
 * @pool: the pool, of which all zspages are gone
 *
 * The memory manager knows nothing of the pool from here on.
 *
 * Context: may sleep.
 */
void zs_page_reaper_stop(struct zs_pool *pool)
{
	flush_work(&pool->reaper);
}
