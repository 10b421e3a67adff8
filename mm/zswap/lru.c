// SPDX-License-Identifier: GPL-2.0-only
/*
 * In which order do pages leave, and which one is next?
 */
#include <linux/minmax.h>
#include <linux/nodemask.h>
#include <linux/slab.h>
#include <linux/swap.h>

#include "entry.h"
#include "group.h"
#include "lru.h"
#include "shrinker.h"

/* Entries of each node in lists that are common; the array is immutable. */
static atomic_long_t *common;

/**
 * zswap_lru_counts_create() - set up the counts of common entries
 *
 * Context: once, at initialisation.
 * Return: 0 or -ENOMEM.
 */
int zswap_lru_counts_create(void)
{
	common = kcalloc(nr_node_ids, sizeof(*common), GFP_KERNEL);
	return common ? 0 : -ENOMEM;
}

/**
 * zswap_lru_common() - entries of a node that belong to no living cgroup
 * @nid: the node
 *
 * Context: Any.
 * Return: how many.
 */
unsigned long zswap_lru_common(int nid)
{
	return atomic_long_read(&common[nid]);
}

/**
 * zswap_lru_init() - an empty list
 * @lru: the list
 * @common: no cgroup will be shrunk for it
 */
void zswap_lru_init(struct zswap_lru *lru, bool common)
{
	spin_lock_init(&lru->lock);
	INIT_LIST_HEAD(&lru->list);
	lru->nr = 0;
	lru->regret = 0;
	lru->common = common;
}

/**
 * zswap_lru_make_common() - the cgroup of a list goes
 * @lru: the list
 * @nid: its node
 *
 * Context: Any but interrupts.
 */
void zswap_lru_make_common(struct zswap_lru *lru, int nid)
{
	spin_lock(&lru->lock);
	if (!lru->common) {
		lru->common = true;
		atomic_long_add(lru->nr, &common[nid]);
	}
	spin_unlock(&lru->lock);
}

static struct zswap_lru *lru_of(const struct zswap_entry *entry)
{
	return &entry->group->lru[entry->nid];
}

static void count(struct zswap_lru *lru, int nid, long by)
{
	lockdep_assert_held(&lru->lock);
	WRITE_ONCE(lru->nr, lru->nr + by);
	if (lru->common)
		atomic_long_add(by, &common[nid]);
}

/**
 * zswap_lru_add() - an entry with an object becomes the youngest
 * @entry: it goes live; the lock of its tree is held
 */
void zswap_lru_add(struct zswap_entry *entry)
{
	struct zswap_lru *lru = lru_of(entry);
	bool first;

	spin_lock(&lru->lock);
	first = !lru->nr;
	list_add(&entry->lru, &lru->list);
	count(lru, entry->nid, 1);
	if (lru->regret)
		WRITE_ONCE(lru->regret, lru->regret - 1);
	spin_unlock(&lru->lock);
	if (first)
		zswap_shrinker_wake(entry->group, entry->nid);
}

/**
 * zswap_lru_del() - an entry is in no list any more
 * @entry: it ceases to be live, or turned out to be damaged; no-op if it is in none
 *
 * Context: Any but interrupts.
 */
void zswap_lru_del(struct zswap_entry *entry)
{
	struct zswap_lru *lru = lru_of(entry);

	spin_lock(&lru->lock);
	if (!list_empty(&entry->lru)) {
		list_del_init(&entry->lru);
		count(lru, entry->nid, -1);
	}
	spin_unlock(&lru->lock);
}

/**
 * zswap_lru_missed() - a page was wanted and had to be read from the swap device
 * @lru: where it would be
 *
 * No more are remembered than there are entries.
 *
 * Context: Any but interrupts.
 */
void zswap_lru_missed(struct zswap_lru *lru)
{
	spin_lock(&lru->lock);
	WRITE_ONCE(lru->regret, min(lru->regret + ZSWAP_REGRET, lru->nr * ZSWAP_REGRET));
	spin_unlock(&lru->lock);
}

/*
 * A reference to the swap area of an entry, which is in a list. The entry is live, and swapoff
 * waits for its users before it drops the live entries; so a swap area that can be had
 * is the one it was stored for.
 */
static struct swap_info_struct *area_of(const struct zswap_entry *entry)
{
	lockdep_assert_held(&lru_of(entry)->lock);
	return get_swap_device(entry->swp);
}

/* May an entry be written by somebody who may not enter a filesystem, unless @fs says so? */
static bool allowed(const struct zswap_victim *victim, bool fs)
{
	/* Other flags may be changing, this one is set at swapon and stays. */
	return fs || !(data_race(victim->si->flags) & SWP_FS_OPS);
}

static enum zswap_pick pick_oldest(struct zswap_lru *lru, bool fs, struct zswap_victim *victim)
{
	struct zswap_entry *entry;

	lockdep_assert_held(&lru->lock);
	if (list_empty(&lru->list))
		return ZSWAP_PICK_EMPTY;
	entry = list_last_entry(&lru->list, struct zswap_entry, lru);
	victim->entry = entry;
	victim->si = READ_ONCE(entry->used) ? NULL : area_of(entry);
	if (victim->si && !allowed(victim, fs)) {
		put_swap_device(victim->si);
		return ZSWAP_PICK_BARRED;
	}
	list_move(&entry->lru, &lru->list);
	if (victim->si) {
		zswap_entry_get(entry);
		return ZSWAP_PICK_FOUND;
	}
	WRITE_ONCE(entry->used, false);
	return ZSWAP_PICK_SPARED;
}

/**
 * zswap_lru_pick() - which entry is to be written back?
 * @lru: where to look
 * @fs: it may be one whose swap area is written to by way of a filesystem
 * @victim: filled in if there is one
 *
 * The oldest entry becomes the youngest, if the caller may write it at all: who cannot
 * write it back need not put it anywhere, and does not meet it again soon. An entry that
 * was loaded since it was last looked at is spared once: its page is in memory, most likely.
 *
 * Context: Any but interrupts; never sleeps.
 * Return: see enum zswap_pick.
 */
enum zswap_pick zswap_lru_pick(struct zswap_lru *lru, bool fs, struct zswap_victim *victim)
{
	enum zswap_pick pick;

	spin_lock(&lru->lock);
	pick = pick_oldest(lru, fs, victim);
	spin_unlock(&lru->lock);
	return pick;
}

/**
 * zswap_lru_put_back() - a victim could not even be tried: it is the oldest again
 * @entry: from zswap_lru_pick(); the caller has a reference
 *
 * Context: Any but interrupts; never sleeps.
 */
void zswap_lru_put_back(struct zswap_entry *entry)
{
	struct zswap_lru *lru = lru_of(entry);

	spin_lock(&lru->lock);
	/* It is in none if it is not live any more. */
	if (!list_empty(&entry->lru))
		list_move_tail(&entry->lru, &lru->list);
	spin_unlock(&lru->lock);
}
