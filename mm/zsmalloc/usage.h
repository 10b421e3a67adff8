/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * All the memory that a pool takes.
 */
#ifndef _ZS_USAGE_H
#define _ZS_USAGE_H

#include "pool.h"

/**
 * struct zs_usage - bytes that a pool takes, as their allocators rounded them up
 * @pages: pages of objects
 * @spare: a page that compaction has at hand
 * @descriptors: descriptors of zspages
 * @leaves: leaves of the handle table
 * @nodes: nodes of the two index arrays
 * @classes: class states
 * @fixed: the pool itself, its name and the table of demand
 *
 * What waits for an RCU grace period or was fetched by a zs_malloc() under way is not
 * in it, nor what debugfs, the shrinker and the per-CPU buffers of all pools take.
 */
struct zs_usage {
	unsigned long pages;
	unsigned long spare;
	unsigned long descriptors;
	unsigned long leaves;
	unsigned long nodes;
	unsigned long classes;
	unsigned long fixed;
};

void zs_usage(struct zs_pool *pool, struct zs_usage *usage);
unsigned long zs_usage_nodes(struct xarray *xa);

#endif /* _ZS_USAGE_H */
