/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which entry stands for a page of a swap area?
 */
#ifndef _ZSWAP_TREE_H
#define _ZSWAP_TREE_H

#include <linux/xarray.h>

struct zswap_entry;

/**
 * struct zswap_tree - the live entries of one swap area
 * @entries: by offset in the area. Its lock makes entries live and ends that; it is
 *	taken with swap_info_struct.lock held
 */
struct zswap_tree {
	struct xarray entries;
};

void zswap_tree_init(struct zswap_tree *tree);
int zswap_tree_insert(struct zswap_tree *tree, struct zswap_entry *entry);
struct zswap_entry *zswap_tree_get(struct zswap_tree *tree, pgoff_t offset);
bool zswap_tree_holds(struct zswap_tree *tree, const struct zswap_entry *entry);
bool zswap_tree_drop(struct zswap_tree *tree, pgoff_t offset);
bool zswap_tree_drop_entry(struct zswap_tree *tree, struct zswap_entry *entry);
void zswap_tree_clear(struct zswap_tree *tree);

/* main.c: the tree of a swap area, by its number */
struct zswap_tree *zswap_tree(unsigned int type);

#endif /* _ZSWAP_TREE_H */
