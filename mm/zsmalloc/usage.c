// SPDX-License-Identifier: GPL-2.0-only
/*
 * All the memory that a pool takes.
 */
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "usage.h"

/* Indices are of 32 bits. */
#define MAX_LEVELS	DIV_ROUND_UP(32, XA_CHUNK_SHIFT)

/**
 * zs_usage_nodes() - how many nodes an array has
 * @xa: an array with indices of 32 bits that all came from xa_alloc()
 *
 * Counted by what the array must have: one node for each run of 2^XA_CHUNK_SHIFT
 * indices of which one is in use, one for each such run of these, and so on up to the
 * one that covers the highest index. Index 0 alone needs none.
 *
 * Context: may sleep. Exact when nobody changes the array meanwhile.
 */
unsigned long zs_usage_nodes(struct xarray *xa)
{
	unsigned long at_level[MAX_LEVELS] = { }, index, last = 0, seen = 0, nodes = 0;
	unsigned int level;
	void *entry;

	xa_for_each(xa, index, entry) {
		for (level = 0; level < MAX_LEVELS; level++) {
			unsigned int shift = (level + 1) * XA_CHUNK_SHIFT;

			/* in the same node, and so in the same ones above it */
			if (seen && (u64)index >> shift == (u64)last >> shift)
				break;
			at_level[level]++;
		}
		last = index;
		if (!(++seen % 256))
			cond_resched();
	}
	for (level = 0; level < MAX_LEVELS && (u64)last >> level * XA_CHUNK_SHIFT; level++)
		nodes += at_level[level];
	return nodes;
}

static unsigned long allocated(const void *mem, size_t size)
{
	return is_vmalloc_addr(mem) ? PAGE_ALIGN(size) : ksize(mem);
}

/**
 * zs_usage() - all the memory that a pool takes
 * @pool: the pool
 * @usage: filled in
 *
 * Looks at every zspage and leaf, though not into them.
 *
 * Context: may sleep. Exact when nobody uses the pool meanwhile.
 */
void zs_usage(struct zs_pool *pool, struct zs_usage *usage)
{
	unsigned int nr;

	*usage = (struct zs_usage) {
		.pages = atomic_long_read(&pool->pages) * PAGE_SIZE,
		.spare = READ_ONCE(pool->spare) ? PAGE_SIZE : 0,
		.leaves = atomic_long_read(&pool->handles.nr_leaves) * PAGE_SIZE,
		.nodes = (zs_usage_nodes(&pool->zspages) +
			  zs_usage_nodes(&pool->handles.leaves)) * sizeof(struct xa_node),
		.fixed = allocated(pool, struct_size(pool, classes, zs_class_count())) +
			 allocated(pool->demand.wanted,
				   zs_class_count() * sizeof(*pool->demand.wanted)) +
			 ksize(pool->name),
	};
	for (nr = 0; nr < zs_class_count(); nr++) {
		struct zs_class *class = READ_ONCE(pool->classes[nr]);

		if (class)
			usage->classes += ksize(class);
	}
	/* a class is there a moment before it is counted */
	usage->descriptors = max_t(long, 0, atomic_long_read(&pool->metadata) -
				   (long)usage->classes);
}

/**
 * zs_pool_metadata() - memory of a pool beside the pages of its objects
 * @pool: the pool
 *
 * Context: may sleep.
 * Return: bytes of everything in struct zs_usage but its @pages.
 */
size_t zs_pool_metadata(struct zs_pool *pool)
{
	struct zs_usage usage;

	zs_usage(pool, &usage);
	return usage.spare + usage.descriptors + usage.leaves + usage.nodes + usage.classes +
	       usage.fixed;
}
