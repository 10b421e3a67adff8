// SPDX-License-Identifier: GPL-2.0-only
/*
 * The life of a zspage.
 */
#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/slab.h>

#include "page.h"
#include "zspage.h"

/**
 * zs_zspage_bytes() - how long a descriptor is
 * @geo: the geometry of its class
 *
 * Return: bytes, at most PAGE_SIZE.
 */
size_t zs_zspage_bytes(const struct zs_geometry *geo)
{
	/* ZS_MAX_SLOTS leaves 512 bytes beside the slots for all of this */
	BUILD_BUG_ON(sizeof(struct zs_zspage) + ZS_MAX_CHAIN * sizeof(struct page *) +
		     2 * BITS_TO_LONGS(ZS_MAX_SLOTS) * sizeof(long) +
		     ZS_MAX_SLOTS * sizeof(u32) > PAGE_SIZE);

	return sizeof(struct zs_zspage) + geo->pages * sizeof(struct page *) +
	       2 * BITS_TO_LONGS(geo->slots) * sizeof(long) + geo->slots * sizeof(u32);
}

/**
 * zs_zspage_alloc() - a descriptor without pages that nobody knows yet
 * @pool: the pool
 * @class: the class it is for
 * @gfp: how to allocate; without zone modifiers
 *
 * Context: sleeps as @gfp says; no lock held.
 * Return: the zspage, to be given to zs_zspage_join() or zs_zspage_discard(), or NULL.
 */
struct zs_zspage *zs_zspage_alloc(struct zs_pool *pool, struct zs_class *class, gfp_t gfp)
{
	/* slab caches of their own, in finer steps, keep more than the finer steps save */
	struct zs_zspage *zspage = kzalloc(zs_zspage_bytes(class->geo), gfp);

	if (!zspage)
		return NULL;
	INIT_LIST_HEAD(&zspage->node);
	zspage->class = class;
	if (xa_alloc(&pool->zspages, &zspage->index, zspage,
		     XA_LIMIT(0, BIT_ULL(ZS_ENTRY_ZSPAGE_BITS) - 1), gfp) < 0) {
		kfree(zspage);
		return NULL;
	}
	return zspage;
}

static void zspage_free(struct rcu_head *rcu)
{
	kfree(container_of(rcu, struct zs_zspage, rcu));
}

/**
 * zs_zspage_discard() - give back a descriptor that is on no list
 * @pool: the pool
 * @zspage: the zspage, or NULL
 *
 * Context: any but interrupts.
 */
void zs_zspage_discard(struct zs_pool *pool, struct zs_zspage *zspage)
{
	if (!zspage)
		return;
	xa_erase(&pool->zspages, zspage->index);
	call_rcu(&zspage->rcu, zspage_free);
}

static void set_length(struct zs_zspage *zspage, unsigned int pages)
{
	WRITE_ONCE(zspage->nr_pages, pages);
	zspage->capacity = zs_class_capacity(zspage->class->geo, pages);
}

/**
 * zs_zspage_grow() - chain one more page
 * @pool: the pool
 * @zspage: a zspage with less than its full chain
 * @page: from zs_page_alloc()
 *
 * Context: zs_class.lock held.
 */
void zs_zspage_grow(struct zs_pool *pool, struct zs_zspage *zspage, struct page *page)
{
	lockdep_assert_held(&zspage->class->lock);

	zs_page_attach(page, zspage, zspage->nr_pages);
	zspage->pages[zspage->nr_pages] = page;
	set_length(zspage, zspage->nr_pages + 1);
	zspage->class->pages++;
	atomic_long_inc(&pool->pages);
}

/* The last page of the chain holds no live object: give it back. */
static void shrink(struct zs_pool *pool, struct zs_zspage *zspage)
{
	struct page *page = zspage->pages[zspage->nr_pages - 1];

	set_length(zspage, zspage->nr_pages - 1);
	zspage->pages[zspage->nr_pages] = NULL;
	zspage->class->pages--;
	zs_page_detach(pool, page);
}

/**
 * zs_zspage_trim() - give back the pages at the end that hold no live object
 * @pool: the pool
 * @zspage: the zspage; it is gone afterwards when it holds no object at all
 *
 * Context: zs_class.lock held.
 * Return: pages given back.
 */
unsigned long zs_zspage_trim(struct zs_pool *pool, struct zs_zspage *zspage)
{
	unsigned int slots = zspage->class->geo->slots;
	unsigned int last = find_last_bit(zs_zspage_used(zspage), slots);
	unsigned int keep = last == slots ? 0 : zs_zspage_span(zspage, last + 1);
	unsigned long freed = 0;

	lockdep_assert_held(&zspage->class->lock);

	for (; zspage->nr_pages > keep; freed++)
		shrink(pool, zspage);

	if (keep) {
		zs_zspage_refile(zspage);
		return freed;
	}

	if (zspage->class->victim == zspage)
		zspage->class->victim = NULL;
	zspage->class->zspages--;
	atomic_long_sub(ksize(zspage), &pool->metadata);
	list_del(&zspage->node);
	zs_zspage_discard(pool, zspage);
	return freed;
}

/**
 * zs_zspage_take() - put an object into the lowest free slot
 * @zspage: a zspage with a free slot in the pages that it has
 *
 * The lowest slot, so that the end of the chain is what empties.
 *
 * Context: zs_class.lock held. The caller sets the back pointer and refiles.
 * Return: the slot.
 */
unsigned int zs_zspage_take(struct zs_zspage *zspage)
{
	unsigned long *used = zs_zspage_used(zspage);
	unsigned int slot = find_first_zero_bit(used, zspage->capacity);

	lockdep_assert_held(&zspage->class->lock);

	__set_bit(slot, used);
	/* others set bits of the same word with a pin only */
	if (test_bit(slot, zs_zspage_clean(zspage)))
		clear_bit(slot, zs_zspage_clean(zspage));
	WRITE_ONCE(zspage->objects, zspage->objects + 1);
	zs_class_add(zspage->class);
	return slot;
}

/**
 * zs_zspage_drop() - the object in a slot is gone
 * @zspage: its zspage
 * @slot: its slot
 *
 * Context: zs_class.lock held. The caller trims, or else refiles.
 * Return: true if the last page may be free of objects now; only then there is something
 * to trim.
 */
bool zs_zspage_drop(struct zs_zspage *zspage, unsigned int slot)
{
	lockdep_assert_held(&zspage->class->lock);

	__clear_bit(slot, zs_zspage_used(zspage));
	zs_zspage_back(zspage)[slot] = 0;
	WRITE_ONCE(zspage->objects, zspage->objects - 1);
	zs_class_remove(zspage->class);
	return (slot + 1) * zspage->class->geo->size > (zspage->nr_pages - 1) * PAGE_SIZE;
}

static struct list_head *list_of(struct zs_class *class, enum zs_list list)
{
	switch (list) {
	case ZS_PARTIAL:
		return &class->partial;
	case ZS_TIGHT:
		return &class->tight;
	default:
		return &class->full;
	}
}

/**
 * zs_zspage_refile() - put a zspage on the list where it belongs now
 * @zspage: a zspage that joined
 *
 * Context: zs_class.lock held.
 */
void zs_zspage_refile(struct zs_zspage *zspage)
{
	enum zs_list list = zs_zspage_list(zspage);

	lockdep_assert_held(&zspage->class->lock);

	if (unlikely(list != zspage->list)) {
		zspage->list = list;
		list_move(&zspage->node, list_of(zspage->class, list));
	}
}

/**
 * zs_zspage_join() - add a new zspage to its class
 * @pool: the pool
 * @zspage: from zs_zspage_alloc(), with its first page
 *
 * Context: zs_class.lock held.
 */
void zs_zspage_join(struct zs_pool *pool, struct zs_zspage *zspage)
{
	lockdep_assert_held(&zspage->class->lock);

	zspage->class->zspages++;
	atomic_long_add(ksize(zspage), &pool->metadata);
	zspage->list = ZS_PARTIAL;
	list_add(&zspage->node, &zspage->class->partial);
}
