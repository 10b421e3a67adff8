// SPDX-License-Identifier: GPL-2.0-only
/*
 * zs_malloc() and zs_free().
 *
 * Memory is allocated only while no lock is held: zs_malloc() tries with what
 * there is, and where something is missing drops the lock, fetches that one
 * thing and tries again. What another task has made superfluous meanwhile is
 * given back at the end.
 */
#include <linux/export.h>
#include <linux/gfp.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/zsmalloc.h>
#include <trace/events/zsmalloc.h>

#include "alloc.h"
#include "background.h"
#include "redzone.h"
#include "page.h"

/* What an attempt can lack; an entry comes before it. */
enum lack { NOTHING, ZSPAGE, PAGE, ENTRY };

/* What was fetched for the next attempt and not used yet. */
struct supply {
	atomic64_t *entry;
	struct zs_zspage *zspage;
	struct page *page;
};

static struct zs_class *class_alloc(struct zs_pool *pool, unsigned int nr, gfp_t gfp)
{
	struct zs_class *class = kzalloc(sizeof(*class), gfp);

	if (!class)
		return NULL;
	class->geo = zs_class_geometry(nr);
	class->nr = nr;
	class->pool = pool;
	spin_lock_init(&class->lock);
	INIT_LIST_HEAD(&class->partial);
	INIT_LIST_HEAD(&class->tight);
	INIT_LIST_HEAD(&class->full);
	return class;
}

/* Slab refuses zone modifiers, and nothing but payload may be in highmem. */
static gfp_t metadata_gfp(gfp_t gfp)
{
	return gfp & ~(GFP_ZONEMASK | __GFP_COMP);
}

static struct zs_class *class_get(struct zs_pool *pool, unsigned int nr, gfp_t gfp)
{
	struct zs_class *class = READ_ONCE(pool->classes[nr]), *first;

	if (likely(class))
		return class;

	class = class_alloc(pool, nr, metadata_gfp(gfp));
	if (!class)
		return NULL;
	first = cmpxchg(&pool->classes[nr], NULL, class);
	if (first) {
		kfree(class);
		return first;
	}
	atomic_long_add(ksize(class), &pool->metadata);
	return class;
}

static atomic64_t *entry_for(struct zs_pool *pool, gfp_t gfp)
{
	atomic64_t *entry;

	while (unlikely(!(entry = zs_handle_reserve(&pool->handles)))) {
		struct zs_leaf *leaf = zs_leaf_alloc(&pool->handles, metadata_gfp(gfp));

		if (!leaf)
			return NULL;
		zs_leaf_join(&pool->handles, leaf);
	}
	return entry;
}

/* Get what @lack names; no lock is held. */
static bool fetch(struct zs_pool *pool, struct zs_class *class, enum lack lack,
		  struct supply *supply, gfp_t gfp)
{
	if (lack == ZSPAGE) {
		supply->zspage = zs_zspage_alloc(pool, class, metadata_gfp(gfp));
		return supply->zspage;
	}
	supply->page = zs_page_alloc(gfp);
	return supply->page;
}

static void give_back(struct zs_pool *pool, struct supply *supply)
{
	if (supply->entry)
		zs_handle_release(&pool->handles, supply->entry);
	zs_zspage_discard(pool, supply->zspage);
	zs_page_free(supply->page);
}

/*
 * Pick the zspage that gets the next object: one that has room, else one whose
 * chain can grow, else a new one. A page is never shorter than a slot, so one
 * more page always means at least one more slot.
 */
static enum lack pick(struct zs_pool *pool, struct zs_class *class,
		      struct supply *supply, struct zs_zspage **picked)
{
	struct zs_zspage *zspage;

	*picked = list_first_entry_or_null(&class->partial, struct zs_zspage, node);
	if (*picked)
		return NOTHING;

	zspage = list_first_entry_or_null(&class->tight, struct zs_zspage, node);
	if (!zspage && !supply->zspage)
		return ZSPAGE;
	if (!supply->page)
		return PAGE;

	if (!zspage) {
		zspage = supply->zspage;
		supply->zspage = NULL;
		zs_zspage_grow(pool, zspage, supply->page);
		zs_zspage_join(pool, zspage);
	} else {
		zs_zspage_grow(pool, zspage, supply->page);
	}
	supply->page = NULL;
	*picked = zspage;
	return NOTHING;
}

static enum lack attempt(struct zs_pool *pool, struct zs_class *class, unsigned int down,
			 struct supply *supply, unsigned long *handle)
{
	struct zs_zspage *zspage;
	struct zs_place place = { .down = down };
	enum lack lack;

	lockdep_assert_held(&class->lock);

	lack = pick(pool, class, supply, &zspage);
	if (lack != NOTHING)
		return lack;

	place.zspage = zspage->index;
	place.slot = zs_zspage_take(zspage);
	zs_red_set(pool, zspage, place.slot);
	zs_zspage_back(zspage)[place.slot] = zs_entry_index(supply->entry);
	zs_zspage_refile(zspage);
	zs_class_settle(pool, class);

	*handle = zs_handle_publish(&pool->handles, supply->entry, place);
	supply->entry = NULL;
	return NOTHING;
}

static void failed(struct zs_pool *pool, size_t size, gfp_t gfp, const char *reason)
{
	zs_count(pool, ZS_COUNT_FAILED, 1);
	trace_zs_malloc_fail(pool, size, gfp, reason);
}

/**
 * zs_malloc() - allocate an object
 * @pool: the pool
 * @size: bytes, 1 to PAGE_SIZE
 * @gfp: how to allocate. Zone modifiers (__GFP_HIGHMEM, __GFP_MOVABLE) apply to
 *	the pages of objects; metadata lives in low memory
 *
 * Only single pages are asked for. A new object reads as zeros.
 *
 * Context: process context; sleeps if @gfp lets it.
 * Return: a handle, or an error pointer as an unsigned long, for IS_ERR_VALUE():
 * -EINVAL for a size of 0 or above PAGE_SIZE, -ENOMEM.
 */
unsigned long zs_malloc(struct zs_pool *pool, size_t size, gfp_t gfp)
{
	static const char *const lacking[] = {
		[ZSPAGE] = "zspage", [PAGE] = "page", [ENTRY] = "handle",
	};
	struct supply supply = { };
	unsigned long handle = (unsigned long)ERR_PTR(-ENOMEM);
	unsigned int own, nr;
	enum lack lack = ENTRY;
	struct zs_class *class;

	if (unlikely(!size || size > PAGE_SIZE)) {
		pr_warn_ratelimited("zsmalloc: pool %s: an object of %zu bytes was asked for, 1 to %lu can be had\n",
				    pool->name, size, PAGE_SIZE);
		failed(pool, size, gfp, "a possible size");
		return (unsigned long)ERR_PTR(-EINVAL);
	}

	own = zs_class_of(zs_red_ask(pool, size));
	nr = zs_demand_enter(&pool->demand, own);
	class = class_get(pool, nr, gfp);
	supply.entry = class ? entry_for(pool, gfp) : NULL;
	if (likely(supply.entry)) {
		do {
			spin_lock(&class->lock);
			lack = attempt(pool, class, nr - own, &supply, &handle);
			spin_unlock(&class->lock);
		} while (lack != NOTHING && fetch(pool, class, lack, &supply, gfp));

		give_back(pool, &supply);
	}
	if (IS_ERR_VALUE(handle)) {
		zs_demand_leave(&pool->demand, own);
		failed(pool, size, gfp, class ? lacking[lack] : "class");
	}
	return handle;
}
EXPORT_SYMBOL_GPL(zs_malloc);

/**
 * zs_refuse() - count a bad handle and say so in the log
 * @pool: the pool
 * @handle: the handle
 * @what: what was to be done with it
 * @wrong: what is wrong with it
 *
 * Context: any.
 */
void zs_refuse(struct zs_pool *pool, unsigned long handle, const char *what,
	       const char *wrong)
{
	zs_count(pool, ZS_COUNT_REFUSED, 1);
	pr_err_ratelimited("zsmalloc: pool %s: %s of handle %#lx refused: %s\n",
			   pool->name, what, handle, wrong);
}

/**
 * zs_free() - free an object
 * @pool: the pool
 * @handle: from zs_malloc() of this pool, not mapped at the moment; 0 and error
 *	pointers are ignored, any other word that is no live handle is refused with
 *	a line in the log
 *
 * Context: any but interrupts; may be called with preemption off and under
 * spinlocks. Neither sleeps nor allocates.
 */
void zs_free(struct zs_pool *pool, unsigned long handle)
{
	struct zs_zspage *zspage;
	struct zs_class *class;
	struct zs_place place;
	const char *wrong;
	atomic64_t *entry;

	if (unlikely(!handle || IS_ERR_VALUE(handle)))
		return;

	wrong = zs_handle_claim(&pool->handles, handle, &place, &entry);
	if (unlikely(wrong)) {
		zs_refuse(pool, handle, "free", wrong);
		return;
	}

	/* the slot is still in use, so that its zspage stays until we come for it */
	zspage = xa_load(&pool->zspages, place.zspage);
	class = zspage->class;

	spin_lock(&class->lock);
	zs_red_check(pool, zspage, place.slot, handle, "free");
	if (zs_zspage_drop(zspage, place.slot))
		zs_zspage_trim(pool, zspage);
	else
		zs_zspage_refile(zspage);
	zs_class_settle(pool, class);
	spin_unlock(&class->lock);
	zs_demand_leave(&pool->demand, class->nr - place.down);

	/* last: while the slot names the entry it must not name another object */
	zs_handle_release(&pool->handles, entry);
	zs_background_kick(pool);
}
EXPORT_SYMBOL_GPL(zs_free);
