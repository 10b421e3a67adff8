// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which entry stands for a page of a swap area, and from when to when?
 */
#include <linux/swap.h>

#include "entry.h"
#include "lru.h"
#include "stats.h"
#include "tree.h"

/* A store must not wait for memory: it is there to make some. */
#define NODE_GFP	(GFP_NOWAIT | __GFP_NOWARN)

/**
 * zswap_tree_init() - an empty tree
 * @tree: the tree
 */
void zswap_tree_init(struct zswap_tree *tree)
{
	xa_init(&tree->entries);
}

static void assert_locked(struct zswap_tree *tree)
{
	lockdep_assert_held(&tree->entries.xa_lock);
}

static void go_live(struct zswap_tree *tree, struct zswap_entry *entry)
{
	assert_locked(tree);
	zswap_entry_get(entry);
	if (entry->object.length)
		zswap_lru_add(entry);
	zswap_stats_stored(entry, 1);
}

/* The reference of the tree is the caller's now. */
static void end_live(struct zswap_tree *tree, struct zswap_entry *entry)
{
	assert_locked(tree);
	if (entry->object.length)
		zswap_lru_del(entry);
	zswap_stats_stored(entry, -1);
}

/**
 * zswap_tree_insert() - let an entry stand for its page
 * @tree: of its swap area
 * @entry: the caller keeps his reference
 *
 * An older entry for that page is dropped.
 *
 * Context: Process context; never sleeps.
 * Return: 0; -ENOMEM, and then the older entry is still there.
 */
int zswap_tree_insert(struct zswap_tree *tree, struct zswap_entry *entry)
{
	struct zswap_entry *old;
	int err;

	xa_lock(&tree->entries);
	old = __xa_store(&tree->entries, swp_offset(entry->swp), entry, NODE_GFP);
	err = xa_err(old);
	if (!err) {
		if (old)
			end_live(tree, old);
		go_live(tree, entry);
	}
	xa_unlock(&tree->entries);
	if (err || !old)
		return err;
	zswap_count(ZSWAP_DUPLICATE_ENTRY);
	zswap_entry_put(old);
	return 0;
}

/**
 * zswap_tree_get() - find the entry for a page
 * @tree: of the swap area
 * @offset: of the page
 *
 * Context: Any but interrupts; never sleeps.
 * Return: the entry, with a reference, or NULL.
 */
struct zswap_entry *zswap_tree_get(struct zswap_tree *tree, pgoff_t offset)
{
	struct zswap_entry *entry;

	xa_lock(&tree->entries);
	entry = xa_load(&tree->entries, offset);
	if (entry)
		zswap_entry_get(entry);
	xa_unlock(&tree->entries);
	return entry;
}

/**
 * zswap_tree_holds() - is an entry still the one for its page?
 * @tree: of its swap area
 * @entry: the caller has a reference
 *
 * Context: Any but interrupts. The answer lasts while the page is in the swap cache and
 * locked: then nobody stores it, and its slot in swap cannot be freed.
 * Return: whether it is live.
 */
bool zswap_tree_holds(struct zswap_tree *tree, const struct zswap_entry *entry)
{
	bool holds;

	xa_lock(&tree->entries);
	holds = xa_load(&tree->entries, swp_offset(entry->swp)) == entry;
	xa_unlock(&tree->entries);
	return holds;
}

/* Drop the entry at @offset; unless it is not @only, where that is given. */
static bool drop(struct zswap_tree *tree, pgoff_t offset, const struct zswap_entry *only)
{
	struct zswap_entry *entry;

	xa_lock(&tree->entries);
	entry = xa_load(&tree->entries, offset);
	if (entry && (!only || entry == only)) {
		__xa_erase(&tree->entries, offset);
		end_live(tree, entry);
	} else {
		entry = NULL;
	}
	xa_unlock(&tree->entries);
	if (entry)
		zswap_entry_put(entry);
	return entry;
}

/**
 * zswap_tree_drop() - forget a page
 * @tree: of the swap area
 * @offset: of the page
 *
 * Context: Any but interrupts; never sleeps.
 * Return: whether there was an entry.
 */
bool zswap_tree_drop(struct zswap_tree *tree, pgoff_t offset)
{
	/* Swap areas that zswap has nothing of are to notice nothing of zswap. */
	return !xa_empty(&tree->entries) && drop(tree, offset, NULL);
}

/**
 * zswap_tree_drop_entry() - forget a page, unless another entry stands for it by now
 * @tree: of its swap area
 * @entry: the caller keeps his reference
 *
 * Context: Any but interrupts; never sleeps.
 * Return: whether it was live until now.
 */
bool zswap_tree_drop_entry(struct zswap_tree *tree, struct zswap_entry *entry)
{
	return drop(tree, swp_offset(entry->swp), entry);
}

/**
 * zswap_tree_clear() - forget all pages of a swap area
 * @tree: of the area; nobody stores, loads or writes back any more
 *
 * Context: Process context, sleeps.
 */
void zswap_tree_clear(struct zswap_tree *tree)
{
	struct zswap_entry *entry;
	unsigned long offset;

	xa_for_each(&tree->entries, offset, entry) {
		zswap_tree_drop(tree, offset);
		cond_resched();
	}
}
