// SPDX-License-Identifier: GPL-2.0-only
/*
 * How does a page get from zswap to the swap device, whoever else wants it?
 *
 * The rule that settles all races: an entry that was looked up *while its page is in
 * the swap cache, locked by us* is the one for its slot until we unlock the page. A
 * store needs the page locked, the slot cannot be freed as long as the cache has
 * it, and the reference to the swap area keeps swapoff from going further. What was
 * known of the entry before that counts for nothing. See Documentation/vm/zswap.rst.
 */
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <linux/sched/mm.h>
#include <linux/swap.h>
#include <linux/writeback.h>
#include <trace/events/zswap.h>

#include "../swap.h"
#include "entry.h"
#include "inflight.h"
#include "lru.h"
#include "object.h"
#include "pool.h"
#include "stats.h"
#include "tree.h"
#include "writeback.h"

/* It is not worth anything to wait for: another page will do. */
#define PAGE_GFP	(GFP_HIGHUSER_MOVABLE | __GFP_NORETRY | __GFP_NOWARN)

/*
 * Entries that are looked at, at least, if all that is wrong with them is that they have been
 * loaded. What was read ahead has been, and lies together: eight of them by default.
 */
#define LOOKS		32

/*
 * The page for the entry in the swap cache; *@is_new says that it was put there just
 * now, and is locked. NULL if there is no memory, or the slot is being freed, or somebody
 * is just making the page: that may be the very task we are part of, so there is no
 * waiting for it.
 */
static struct page *cache_page(swp_entry_t swp, bool *is_new)
{
	unsigned int flags;
	struct page *page;

	/*
	 * This is how memory comes free: as in reclaim, it must not depend on memory
	 * coming free, nor be refused for a limit of the cgroup. How much of the
	 * reserves it takes is bounded by the writes that may be under way.
	 */
	flags = memalloc_noreclaim_save();
	page = __read_swap_cache_async(swp, PAGE_GFP, NULL, 0, is_new, true);
	memalloc_noreclaim_restore(flags);
	return page;
}

/*
 * The page was loaded and is still there: memory has it twice. It is to be written when
 * reclaim comes to it, and needs no copy here until then.
 */
static int leave_to_cache(struct zswap_tree *tree, struct zswap_entry *entry, struct page *page)
{
	int err = -EEXIST;

	/* Somebody reads it in, or does something else that will take its time. */
	if (!trylock_page(page))
		return -EBUSY;
	if (PageSwapCache(page) && page_private(page) == entry->swp.val &&
	    PageUptodate(page) && !PageWriteback(page) && !PageTransCompound(page) &&
	    zswap_tree_holds(tree, entry)) {
		set_page_dirty(page);
		zswap_tree_drop_entry(tree, entry);
		err = 0;
	}
	unlock_page(page);
	return err;
}

/* Move the content of @entry into @page, if it is still the one. */
static int take_over(struct zswap_tree *tree, struct zswap_entry *entry, struct page *page)
{
	int err;

	if (!zswap_tree_holds(tree, entry))
		return -ESTALE;
	err = zswap_object_read(entry->pool->comp, &entry->object, page);
	if (err) {
		/* It stays, so that its owner hears of it, but there is no use in trying again. */
		zswap_count(ZSWAP_DECOMPRESS_FAIL);
		zswap_lru_del(entry);
		return err;
	}
	SetPageUptodate(page);
	zswap_tree_drop_entry(tree, entry);
	return 0;
}

/*
 * A page that was not filled. Where something else stands for the slot by now, the page gets
 * that, as if it had been read ahead: whoever found it waits for its lock, and swapoff, unlike
 * page faults, does not look whether it is still in the swap cache then, but takes one that is
 * not up to date for lost. Of a damaged one that is true: as if it had never been there.
 */
static void give_up(struct page *page, int err)
{
	if (err == -ESTALE) {
		/* Unlocks it. */
		swap_readpage(page, false, NULL);
	} else {
		delete_from_swap_cache(page_folio(page));
		unlock_page(page);
	}
	put_page(page);
}

/* Fill a new page of the swap cache, and write it. */
static int write_page(struct zswap_tree *tree, struct zswap_entry *entry, struct page *page)
{
	struct writeback_control wbc = { .sync_mode = WB_SYNC_NONE };
	int err = take_over(tree, entry, page);

	if (err) {
		give_up(page, err);
		return err;
	}
	/* When it is written it goes to where reclaim looks first. */
	SetPageReclaim(page);
	/* A write that fails makes the page dirty: it stays, and is stored again. */
	__swap_writepage(page, &wbc);
	zswap_inflight_submitted(page, swp_type(entry->swp));
	zswap_count(ZSWAP_WRITTEN_BACK_PAGES);
	return 0;
}

/* The right to have one more page under way is used, or given back. */
static int evict(struct zswap_entry *entry)
{
	struct zswap_tree *tree = zswap_tree(swp_type(entry->swp));
	bool is_new = false;
	struct page *page = cache_page(entry->swp, &is_new);
	int err = -ENOMEM;

	if (page && is_new) {
		err = write_page(tree, entry, page);
		if (!err)
			return 0;
	} else if (page) {
		err = leave_to_cache(tree, entry, page);
		put_page(page);
	}
	zswap_inflight_cancel(swp_type(entry->swp));
	return err;
}

static enum zswap_written try_victim(struct zswap_entry *entry, struct zswap_leave *leave)
{
	unsigned int type = swp_type(entry->swp);
	int err = -EIO;

	if (!zswap_inflight_failing(type)) {
		if (!zswap_inflight_begin(type, &leave->patience)) {
			zswap_lru_put_back(entry);
			return ZSWAP_BUSY;
		}
		err = evict(entry);
	}
	trace_zswap_writeback(entry->swp, err);
	return err ? ZSWAP_PASSED : ZSWAP_WROTE;
}

/**
 * zswap_writeback_oldest() - write one page back
 * @lru: where it is to come from
 * @leave: what may be done for it; the time that this waits is taken off
 *
 * Context: Process context, sleeps. No page may be locked that this may meet, and
 * no lock be held that a write to the swap device takes.
 * Return: see enum zswap_written.
 */
enum zswap_written zswap_writeback_oldest(struct zswap_lru *lru, struct zswap_leave *leave)
{
	enum zswap_written result;
	struct zswap_victim victim;

	switch (zswap_lru_pick(lru, leave->fs, &victim)) {
	case ZSWAP_PICK_FOUND:
		break;
	case ZSWAP_PICK_SPARED:
		return ZSWAP_SPARED;
	default:
		return ZSWAP_NONE;
	}
	result = try_victim(victim.entry, leave);
	put_swap_device(victim.si);
	zswap_entry_put(victim.entry);
	return result;
}

/**
 * zswap_writeback_some() - write several pages back
 * @lru: where they are to come from
 * @nr: entries to try; such as are only spared come on top, up to a bound
 * @leave: what may be done for them
 *
 * Context: As zswap_writeback_oldest().
 * Return: pages that are on their way.
 */
unsigned long zswap_writeback_some(struct zswap_lru *lru, unsigned long nr,
				   struct zswap_leave *leave)
{
	unsigned long written = 0, looks;

	for (looks = max_t(unsigned long, nr, LOOKS); nr && looks; looks--) {
		enum zswap_written result = zswap_writeback_oldest(lru, leave);

		if (result == ZSWAP_WROTE) {
			written++;
			if (!leave->several)
				leave->patience = 0;
		} else if (result == ZSWAP_NONE || result == ZSWAP_BUSY) {
			break;
		}
		if (result != ZSWAP_SPARED)
			nr--;
		cond_resched();
	}
	zswap_stats_update_size();
	return written;
}
