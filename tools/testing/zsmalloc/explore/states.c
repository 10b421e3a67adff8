// SPDX-License-Identifier: GPL-2.0-only
/*
 * States in which operations meet: in one object, in one page, in one zspage that is
 * emptied, at the end of a chain, at the last entry of a leaf.
 */
#include "scene.h"

static void fill(unsigned int nr, u32 size)
{
	while (nr-- > 0)
		scene_malloc(size);
}

static void targets(unsigned int first, unsigned int second)
{
	scene.target[0] = first;
	scene.target[1] = second;
}

static void keep(atomic64_t *entry)
{
	scene.reserved = realloc(scene.reserved,
				 (scene.nr_reserved + 1) * sizeof(*scene.reserved));
	scene.reserved[scene.nr_reserved++] = entry;
}

/* Take @nr entries, and let leaves join where there are none. */
static void reserve(unsigned int nr)
{
	struct zs_handles *handles = &scene.pool->handles;
	atomic64_t *entry;

	while (nr-- > 0) {
		while (!(entry = zs_handle_reserve(handles)))
			zs_leaf_join(handles, zs_leaf_alloc(handles, GFP_KERNEL));
		keep(entry);
	}
}

/* One object in the pool. */
static void single(void)
{
	fill(1, SIZE);
	targets(0, 0);
}

/* A hole at the start of a chain, whose second page holds the last object's end. */
static void gap(void)
{
	fill(3, SIZE);
	scene_free(0);
	targets(2, 1);
}

static void gap_same(void)
{
	gap();
	targets(2, 2);
}

/* A zspage with room for all the objects of another one, which compaction empties. */
static void packed(unsigned int in_second)
{
	unsigned int n;

	fill(8 + in_second, SIZE);
	for (n = 0; n < in_second; n++)
		scene_free(1 + 2 * n);
	targets(7 + in_second, 8);
}

static void emptied(void)
{
	packed(3);
}

static void emptied_same(void)
{
	packed(3);
	targets(10, 10);
}

/* The last object of a zspage, whose index the next one gets. */
static void last(void)
{
	packed(1);
	scene_free(6);
	scene_free(4);
	targets(8, 8);
}

/* Four zspages with one page each: one more page frees a whole zspage. */
static void traded(void)
{
	unsigned int zspage, n;

	fill(32, SIZE);
	for (zspage = 0; zspage < 4; zspage++)
		for (n = 2; n < 8; n++)
			scene_free(8 * zspage + n);
	targets(25, 24);
}

/* An object that fits into a hole of a larger class. */
static void spilled(void)
{
	fill(2, SIZE);
	fill(3, LARGER);
	scene_free(3);
	targets(1, 0);
}

static void spilled_same(void)
{
	spilled();
	scene_free(1);
	targets(0, 0);
}

/* The third of four crosses a border; its pages stay when it goes. */
static void shared(void)
{
	fill(4, SIZE);
	targets(2, 2);
}

static void nothing(void)
{
}

/* Not one free entry. */
static void leaf_full(void)
{
	fill(2, SIZE);
	reserve(ZS_LEAF_USABLE - 2);
	targets(0, 1);
}

/*
 * The only live entry of a second leaf, and one free entry in the first; and a hole for
 * its object.
 */
static void leaf_going(void)
{
	fill(2, SIZE);
	reserve(ZS_LEAF_USABLE - 2);
	fill(1, SIZE);
	scene_free(0);
	targets(2, 1);
}

static void leaf_going_same(void)
{
	leaf_going();
	targets(2, 2);
}

/* As if there were eight leaves more, so that the second CPU has a shard of its own. */
static void leaf_shared(void)
{
	fill(2, SIZE);
	scene.pretended = 8;
	atomic_long_add(scene.pretended, &scene.pool->handles.nr_leaves);
	targets(0, 1);
}

const struct state states[] = {
	{ "single", true, false, false, single },
	{ "gap", false, false, false, gap },
	{ "gap_same", true, false, false, gap_same },
	{ "emptied", false, false, false, emptied },
	{ "emptied_same", true, false, false, emptied_same },
	{ "last", true, false, false, last },
	{ "traded", false, false, false, traded },
	{ "spilled", false, false, false, spilled },
	{ "spilled_same", true, false, false, spilled_same },
	{ "shared", true, false, true, shared },
	{ "nothing", false, true, false, nothing },
	{ "leaf_full", false, true, false, leaf_full },
	{ "leaf_going", false, true, false, leaf_going },
	{ "leaf_going_same", true, true, false, leaf_going_same },
	{ "leaf_shared", false, true, false, leaf_shared },
	{ }
};
