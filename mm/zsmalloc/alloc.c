// SPDX-License-Identifier: GPL-2.0-only
/*
 * Where does a new object go, and what is missing for it?
 *
 * Memory is allocated only while no lock is held: allocate() tries with what
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

#include "access.h"
#include "redzone.h"
#include "page.h"

/* What an attempt can lack; an entry comes before it. */
enum lack { NOTHING, ZSPAGE, PAGE, ENTRY };

/* An object that has come to be: its handle, and if it is @pinned where it stays. */
struct made {
	unsigned long handle;
	struct zs_zspage *zspage;
	unsigned int slot;
	bool pinned;
};

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
			 struct supply *supply, struct made *made)
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

	if (made->pinned) {
		/* never waits: freezing and thawing are done under the lock of the class */
		zs_zspage_pin(zspage);
		made->zspage = zspage;
		made->slot = place.slot;
	}
	made->handle = zs_handle_publish(&pool->handles, supply->entry, place);
	supply->entry = NULL;
	return NOTHING;
}

static void failed(struct zs_pool *pool, size_t size, gfp_t gfp, const char *reason)
{
	zs_count(pool, ZS_COUNT_FAILED, 1);
	trace_zs_malloc_fail(pool, size, gfp, reason);
}

/* @made->handle is an error pointer if there is no object. */
static void allocate(struct zs_pool *pool, size_t size, gfp_t gfp, struct made *made)
{
	static const char *const lacking[] = {
		[ZSPAGE] = "zspage", [PAGE] = "page", [ENTRY] = "handle",
	};
	struct supply supply = { };
	unsigned int own, nr;
	enum lack lack = ENTRY;
	struct zs_class *class;

	made->handle = (unsigned long)ERR_PTR(-EINVAL);
	if (unlikely(!size || size > PAGE_SIZE)) {
		pr_warn_ratelimited("zsmalloc: pool %s: an object of %zu bytes was asked for, 1 to %lu can be had\n",
				    pool->name, size, PAGE_SIZE);
		failed(pool, size, gfp, "a possible size");
		return;
	}

	made->handle = (unsigned long)ERR_PTR(-ENOMEM);
	own = zs_class_of(zs_red_ask(pool, size));
	nr = zs_demand_enter(&pool->demand, own);
	class = class_get(pool, nr, gfp);
	supply.entry = class ? entry_for(pool, gfp) : NULL;
	if (likely(supply.entry)) {
		do {
			spin_lock(&class->lock);
			lack = attempt(pool, class, nr - own, &supply, made);
			spin_unlock(&class->lock);
		} while (lack != NOTHING && fetch(pool, class, lack, &supply, gfp));

		give_back(pool, &supply);
	}
	if (IS_ERR_VALUE(made->handle)) {
		zs_demand_leave(&pool->demand, own);
		failed(pool, size, gfp, class ? lacking[lack] : "class");
	}
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
	struct made made = { };

	allocate(pool, size, gfp, &made);
	return made.handle;
}
EXPORT_SYMBOL_GPL(zs_malloc);

/**
 * zs_obj_create() - allocate an object for some bytes, and copy them in
 * @pool: the pool
 * @src: the bytes
 * @len: how many, 1 to PAGE_SIZE
 * @gfp: as for zs_malloc()
 *
 * What zs_malloc() and zs_obj_write() do in turn, without looking up what was made just
 * now. Nobody else knows of the object before this returns.
 *
 * Context: process context; sleeps if @gfp lets it.
 * Return: as zs_malloc().
 */
unsigned long zs_obj_create(struct zs_pool *pool, const void *src, size_t len, gfp_t gfp)
{
	struct made made = { .pinned = true };

	allocate(pool, len, gfp, &made);
	if (!IS_ERR_VALUE(made.handle)) {
		zs_access_fill(pool, made.zspage, made.slot, src, len);
		zs_zspage_unpin(made.zspage);
	}
	return made.handle;
}
EXPORT_SYMBOL_GPL(zs_obj_create);
