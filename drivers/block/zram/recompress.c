// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which pages are worth compressing again, and which result is worth keeping?
 *
 * Readers and writers of a page do not wait for this: pp.h tells how. It runs in
 * the task that asked for it, which may be killed, and frozen, at any page.
 */
#include <linux/bits.h>
#include <linux/gfp.h>
#include <linux/math.h>
#include <linux/minmax.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/string.h>
#include <linux/zcomp.h>

#include "content.h"
#include "page_io.h"
#include "pp.h"
#include "recompress.h"
#include "request.h"
#include "store.h"

#include <trace/events/zram.h>

/* Sizes of objects are multiples of this, or may as well be: zsmalloc aligns to it. */
#define OBJECT_UNIT	8

/**
 * struct recompression - one request under way
 * @store: the disk
 * @request: what was asked for
 * @known: algorithms to compress again with that the disk has, a bit for each priority
 * @chosen: those of them that the request leaves
 * @page: the page at hand; PAGE_SIZE bytes
 * @best: the shortest form it got; PAGE_SIZE bytes
 * @left: how many more pages may be tried
 * @damaged: pages that could not be read
 *
 * Belongs to the task that runs it: no lock.
 */
struct recompression {
	struct zram_store *store;
	const struct zram_recompress_request *request;
	unsigned long known;
	unsigned long chosen;
	void *page;
	void *best;
	u64 left;
	u64 damaged;
};

static void choose_algorithms(struct recompression *work)
{
	const struct zram_recompress_request *request = work->request;
	unsigned int priority;

	for (priority = 1; priority < ZRAM_MAX_COMPS; priority++) {
		struct zcomp *comp = work->store->comps[priority];

		if (!comp)
			continue;
		work->known |= BIT(priority);
		if (request->priority && request->priority != priority)
			continue;
		if (request->algorithm[0] && strcmp(request->algorithm, zcomp_name(comp)))
			continue;
		work->chosen |= BIT(priority);
	}
}

/* Those out of @set that a content was not made with, or with a stronger one. */
static unsigned long stronger(unsigned long set, const struct zram_content *content)
{
	return set & ~(BIT(zram_content_priority(content) + 1) - 1);
}

/* Context: slot lock held. */
static bool is_wanted(const struct recompression *work, struct zram_slot *slot)
{
	const struct zram_recompress_request *request = work->request;
	struct zram_content content = zram_slot_content(slot);
	bool huge = content.bits & ZRAM_HUGE;
	bool idle = atomic_read(&slot->state) & ZRAM_IDLE;

	if (content.bits & ZRAM_INCOMP || !stronger(work->chosen, &content))
		return false;
	if (zram_content_size(&content) < request->threshold)
		return false;
	switch (request->select) {
	case ZRAM_SELECT_NONE:
		return true;
	case ZRAM_SELECT_IDLE:
		return idle;
	case ZRAM_SELECT_HUGE:
		return huge;
	case ZRAM_SELECT_HUGE_IDLE:
		return huge && idle;
	default:
		return false;
	}
}

/* Bytes that an object of @len bytes costs. */
static unsigned int cost(const struct zram_store *store, unsigned int len)
{
	return len < store->huge_size ? round_up(len, OBJECT_UNIT) : PAGE_SIZE;
}

/* @work->page through one algorithm: the length in @work->best, or 0 if that costs @limit. */
static unsigned int compress_with(struct recompression *work, unsigned int priority,
				  unsigned int limit)
{
	struct zcomp_writer *writer = zcomp_writer_get(work->store->comps[priority]);
	unsigned int len;

	if (zcomp_compress(writer, work->page, &len) || cost(work->store, len) >= limit)
		len = 0;
	memcpy(work->best, writer->out, len);
	zcomp_writer_put(writer);
	return len;
}

/*
 * Look for a shorter form of @work->page, which is stored as @old now: in @work->best,
 * *@bits says what it is. The first that helps will do; if the user named a
 * threshold, he wants to get below that, and what comes after it is tried as well.
 */
static bool find_shorter(struct recompression *work, const struct zram_content *old, u32 *bits)
{
	unsigned long candidates = stronger(work->chosen, old);
	unsigned int limit = cost(work->store, zram_content_size(old));
	unsigned int priority, len;

	*bits = 0;
	for_each_set_bit(priority, &candidates, ZRAM_MAX_COMPS) {
		len = compress_with(work, priority, limit);
		if (!len)
			continue;
		*bits = len | ZRAM_RECOMP | priority << ZRAM_PRIO_SHIFT;
		if (len < work->request->threshold || !work->request->threshold)
			break;
		limit = cost(work->store, len);
	}
	return *bits;
}

/* The slot, unless it has changed, holds what is in @work->best from now on. */
static int store_shorter(struct recompression *work, struct zram_pp *pp, u32 bits)
{
	struct zram_store *store = work->store;
	unsigned int len = bits & ZRAM_SIZE_MASK;
	struct zram_content new;
	int err = zram_content_put(store, work->best, len, bits & ~ZRAM_SIZE_MASK, &new);

	zram_slot_lock(&store->table, pp->slot);
	if (err) {
		zram_pp_end(pp);
		zram_page_unlock(store, pp->slot);
		trace_zram_recompress(store, zram_slot_index(pp->slot), &pp->content, err);
		return err;
	}
	/* Counted before it can be freed, and so uncounted, by the next one. */
	zram_content_count(&store->stats, &new, 1);
	if (zram_pp_end(pp)) {
		trace_zram_recompress(store, zram_slot_index(pp->slot), &new, 0);
		new = zram_slot_replace(pp->slot, &new);
	}
	zram_page_unlock(store, pp->slot);
	/* What the slot held; or, if it holds something else by now, the result. */
	zram_content_release(store, &new);
	return 0;
}

static void keep_as_it_is(struct recompression *work, struct zram_pp *pp)
{
	struct zram_store *store = work->store;
	const struct zram_content *old = &pp->content;
	/* Only if there is no other that it could be tried with. */
	bool incompressible = stronger(work->chosen, old) == stronger(work->known, old);

	zram_slot_lock(&store->table, pp->slot);
	if (zram_pp_end(pp) && incompressible)
		atomic_or(ZRAM_INCOMP, &pp->slot->state);
	zram_page_unlock(store, pp->slot);
	trace_zram_recompress(store, zram_slot_index(pp->slot), old, -ENOSPC);
}

static int recompress_slot(struct recompression *work, struct zram_slot *slot)
{
	struct zram_store *store = work->store;
	struct zram_pp pp;
	u32 bits;
	int err;

	zram_slot_lock(&store->table, slot);
	if (!is_wanted(work, slot) || !zram_pp_begin(slot, &pp)) {
		zram_page_unlock(store, slot);
		return 0;
	}
	work->left--;
	err = zram_content_read(store, &pp.content, work->page);
	if (err)
		zram_pp_end(&pp);
	zram_page_unlock(store, slot);
	if (err) {
		/* The others have a right to be made shorter all the same. */
		work->damaged++;
		return 0;
	}

	if (find_shorter(work, &pp.content, &bits))
		return store_shorter(work, &pp, bits);
	keep_as_it_is(work, &pp);
	return 0;
}

static int recompress_slots(struct recompression *work)
{
	struct zram_table *table = &work->store->table;
	struct zram_slot *slot;
	unsigned long index;
	int err;

	lockdep_assert_held(&work->store->pp_lock);
	for (index = 0; work->left && (slot = zram_table_next(table, &index, ULONG_MAX));
	     index++) {
		if (READ_ONCE(work->store->pp_stop))
			return -EBUSY;
		/*
		 * Also the freezer's, with which the call is made again after the thaw.
		 * freezing() is true before that signal is there, and without one nobody
		 * makes the call again.
		 */
		if (signal_pending(current))
			return fatal_signal_pending(current) ? -EINTR : -ERESTARTSYS;
		err = recompress_slot(work, slot);
		if (err)
			return err;
		cond_resched();
	}
	return work->damaged ? -EIO : 0;
}

/**
 * zram_recompress() - compress pages again
 * @store: the disk
 * @request: which pages, and with what
 *
 * Of the pages that are asked for, those are left out that hold no object in memory,
 * that were made with an algorithm of the same or a higher priority, and that are
 * known not to get shorter. The others are tried with each algorithm that is left, in
 * order of priority, until one saves memory. If none of those that the disk has
 * does, the page is marked as incompressible; until it is written again it is not
 * tried again.
 *
 * Context: sleeps; allocates two pages with GFP_KERNEL before anything else, and
 *	    objects with GFP_NOIO. No slot lock may be held.
 * Return: 0; -EINVAL if the disk has no such algorithm; -ENOMEM, with the page that
 *	   there was no memory for, or that the limit does not allow, left as it was;
 *	   -EIO if some pages were damaged and all others done; -EBUSY if a reset or
 *	   removal wants the store; -EINTR for a task
 *	   that is being killed; -ERESTARTSYS after any other signal. What was
 *	   done before an error stays done.
 */
int zram_recompress(struct zram_store *store, const struct zram_recompress_request *request)
{
	struct recompression work = {
		.store = store,
		.request = request,
		.left = request->max_pages,
	};
	int err = -ENOMEM;

	choose_algorithms(&work);
	if (!work.chosen)
		return -EINVAL;

	work.page = (void *)__get_free_page(GFP_KERNEL);
	work.best = (void *)__get_free_page(GFP_KERNEL);
	if (work.page && work.best) {
		err = mutex_lock_killable(&store->pp_lock);
		if (!err) {
			err = recompress_slots(&work);
			mutex_unlock(&store->pp_lock);
		}
	}
	free_page((unsigned long)work.best);
	free_page((unsigned long)work.page);
	return err;
}
