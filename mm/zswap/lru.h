/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * In which order do the pages of one cgroup on one node leave?
 *
 * A list holds the live entries that have an object: what is evicted has to free
 * memory. The oldest is at the tail. An entry is added and taken out under the lock of its
 * tree as well, so that what is in a list is live. One that turned out to be damaged
 * leaves its list before that, without that lock.
 */
#ifndef _ZSWAP_LRU_H
#define _ZSWAP_LRU_H

#include <linux/list.h>
#include <linux/spinlock.h>

struct swap_info_struct;
struct zswap_entry;

/**
 * struct zswap_lru - the pages of one group on one node
 * @lock: inside the lock of a tree
 * @list: of zswap_entry.lru; @lock
 * @nr: entries in @list; written under @lock, read anywhere
 * @regret: pages that were read from the swap device, ZSWAP_REGRET for each, and one less
 *	for each page stored; @lock
 * @common: no cgroup is there any more to be shrunk for them, so that shrinking the
 *	machine has to do it; @lock
 */
struct zswap_lru {
	spinlock_t lock;	/* inside the lock of a tree */
	struct list_head list;
	unsigned long nr;
	unsigned long regret;
	bool common;
};

/*
 * Stores after which a page that came back from the swap device is forgotten: a list that
 * has seen four times its length come in holds other pages than those that were missed.
 */
#define ZSWAP_REGRET	4

/**
 * struct zswap_victim - an entry that is to be written back
 * @entry: with a reference
 * @si: the swap area it belongs to, with a reference that keeps swapoff waiting
 */
struct zswap_victim {
	struct zswap_entry *entry;
	struct swap_info_struct *si;
};

/**
 * enum zswap_pick - what looking for a victim has come to
 * @ZSWAP_PICK_FOUND: there is one
 * @ZSWAP_PICK_SPARED: the oldest entry was not taken and is the youngest now
 * @ZSWAP_PICK_BARRED: the oldest entry is not one that the caller may write
 * @ZSWAP_PICK_EMPTY: there are no entries
 */
enum zswap_pick {
	ZSWAP_PICK_FOUND,
	ZSWAP_PICK_SPARED,
	ZSWAP_PICK_BARRED,
	ZSWAP_PICK_EMPTY
};

int zswap_lru_counts_create(void);
unsigned long zswap_lru_common(int nid);

void zswap_lru_init(struct zswap_lru *lru, bool common);
void zswap_lru_make_common(struct zswap_lru *lru, int nid);
void zswap_lru_add(struct zswap_entry *entry);
void zswap_lru_del(struct zswap_entry *entry);
void zswap_lru_missed(struct zswap_lru *lru);
enum zswap_pick zswap_lru_pick(struct zswap_lru *lru, bool fs, struct zswap_victim *victim);
void zswap_lru_put_back(struct zswap_entry *entry);

static inline unsigned long zswap_lru_nr(const struct zswap_lru *lru)
{
	return READ_ONCE(lru->nr);
}

/* Entries that had better stay, as so many have come back lately that had gone. */
static inline unsigned long zswap_lru_wanted(const struct zswap_lru *lru)
{
	return READ_ONCE(lru->regret) / ZSWAP_REGRET;
}

#endif /* _ZSWAP_LRU_H */
