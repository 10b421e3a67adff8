// SPDX-License-Identifier: GPL-2.0-only
/*
 * A radix tree of 64-way nodes. Each node knows below which of its slots there
 * is room, so that the lowest free index is found without a search.
 */
#include "shim.h"

#define WAYS	64
#define SHIFT	XA_CHUNK_SHIFT

static unsigned int way(const struct xa_node *node, unsigned long index)
{
	return index >> node->shift & (WAYS - 1);
}

static bool covers(const struct xa_node *node, unsigned long index)
{
	return (u64)index >> node->shift < WAYS;
}

static void *slot_of(struct xa_node *node, unsigned int n)
{
	return smp_load_acquire(&node->slot[n]);
}

void xa_init_flags(struct xarray *xa, unsigned int flags)
{
	spin_lock_init(&xa->xa_lock);
	xa->root = NULL;
	xa->first = !!(flags & XA_FLAGS_ALLOC1);
}

static void destroy(struct xa_node *node)
{
	int n;

	for (n = 0; n < WAYS && node->shift; n++)
		if (node->slot[n])
			destroy(node->slot[n]);
	kfree(node);
}

void xa_destroy(struct xarray *xa)
{
	if (xa->root)
		destroy(xa->root);
	xa->root = NULL;
}

void *xa_load(struct xarray *xa, unsigned long index)
{
	struct xa_node *node;

	shim_step(&xa->xa_lock, SHIM_READ);
	node = smp_load_acquire(&xa->root);
	if (!node || !covers(node, index))
		return NULL;
	while (node && node->shift)
		node = slot_of(node, way(node, index));
	return node ? slot_of(node, way(node, index)) : NULL;
}

/* The lowest index not below @from with nothing in it, if the subtree has one. */
static bool find_room(struct xa_node *node, u64 from, u64 *index)
{
	unsigned int n;

	for (n = from >> node->shift; n < WAYS; n++, from = 0) {
		u64 below = from & ((1ULL << node->shift) - 1);

		if (!(node->room >> n & 1))
			continue;
		if (!node->slot[n] || !node->shift) {
			*index = (u64)n << node->shift | below;
			return true;
		}
		if (find_room(node->slot[n], below, index)) {
			*index |= (u64)n << node->shift;
			return true;
		}
	}
	return false;
}

static u64 lowest_free(struct xarray *xa, u64 from)
{
	u64 index;

	if (!xa->root || !covers(xa->root, from))
		return from;
	if (find_room(xa->root, from, &index))
		return index;
	return (u64)WAYS << xa->root->shift;
}

static struct xa_node *put(struct xa_node **spare, unsigned int shift)
{
	struct xa_node *node = *spare;

	node->shift = shift;
	node->room = ~0ULL;
	*spare = NULL;
	return node;
}

/* Set a slot; false when a node is missing and *@spare is too. xa_lock is held. */
static bool set(struct xarray *xa, unsigned long index, void *entry, struct xa_node **spare)
{
	struct xa_node *path[8], *node;
	int depth = 0;

	while (!xa->root || !covers(xa->root, index)) {
		if (!*spare)
			return false;
		node = put(spare, xa->root ? xa->root->shift + SHIFT : 0);
		if (xa->root) {
			node->slot[0] = xa->root;
			if (!xa->root->room)
				node->room &= ~1ULL;
		}
		smp_store_release(&xa->root, node);
	}

	for (node = xa->root; node->shift; node = node->slot[way(node, index)]) {
		path[depth++] = node;
		if (node->slot[way(node, index)])
			continue;
		if (!*spare)
			return false;
		smp_store_release(&node->slot[way(node, index)],
				  (void *)put(spare, node->shift - SHIFT));
	}

	smp_store_release(&node->slot[way(node, index)], entry);
	for (;; node = path[depth]) {
		bool full = node->shift ?
			!((struct xa_node *)node->slot[way(node, index)])->room : !!entry;

		node->room &= ~(1ULL << way(node, index));
		node->room |= (u64)!full << way(node, index);
		if (!depth--)
			return true;
	}
}

/* As in the kernel, memory is fetched with the lock dropped. */
static int insert(struct xarray *xa, u32 *id, void *entry, struct xa_limit *limit, gfp_t gfp)
{
	struct xa_node *spare = NULL;
	bool done;
	int err = 0;

	for (;;) {
		xa_lock(xa);
		if (limit) {
			u64 index = lowest_free(xa, max_t(u64, xa->first, limit->min));

			if (index > limit->max)
				err = -EBUSY;
			*id = err ? *id : index;
		}
		done = err || set(xa, *id, entry, &spare);
		xa_unlock(xa);
		if (done)
			break;
		spare = kzalloc(sizeof(*spare), gfp);
		if (!spare)
			return -ENOMEM;
	}
	kfree(spare);
	return err;
}

int xa_alloc(struct xarray *xa, u32 *id, void *entry, struct xa_limit limit, gfp_t gfp)
{
	return insert(xa, id, entry, &limit, gfp);
}

void *xa_store(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp)
{
	void *old = xa_load(xa, index);
	u32 id = index;
	int err = insert(xa, &id, entry, NULL, gfp);

	return err ? ERR_PTR(err) : old;
}

/* With the lock held, which is not dropped. */
void *__xa_store(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp)
{
	struct xa_node *spare = NULL;
	void *old = xa_load(xa, index);

	lockdep_assert_held(&xa->xa_lock);
	while (!set(xa, index, entry, &spare)) {
		spare = kzalloc(sizeof(*spare), gfp);
		if (!spare)
			return ERR_PTR(-ENOMEM);
	}
	return old;
}

void *__xa_erase(struct xarray *xa, unsigned long index)
{
	struct xa_node *none = NULL;
	void *old = xa_load(xa, index);

	lockdep_assert_held(&xa->xa_lock);
	if (old)
		set(xa, index, NULL, &none);
	return old;
}

void *xa_erase(struct xarray *xa, unsigned long index)
{
	void *old;

	xa_lock(xa);
	old = __xa_erase(xa, index);
	xa_unlock(xa);
	return old;
}

static void *find(struct xa_node *node, u64 from, u64 *index)
{
	unsigned int n;

	for (n = from >> node->shift; n < WAYS; n++, from = 0) {
		void *hit = slot_of(node, n);

		*index = 0;
		if (hit && node->shift)
			hit = find(hit, from & ((1ULL << node->shift) - 1), index);
		else
			*index = 0;
		if (hit) {
			*index |= (u64)n << node->shift;
			return hit;
		}
	}
	return NULL;
}

void *xa_find(struct xarray *xa, unsigned long *index, unsigned long max)
{
	struct xa_node *root;
	u64 at;
	void *hit;

	shim_step(&xa->xa_lock, SHIM_READ);
	root = smp_load_acquire(&xa->root);
	if (!root || !covers(root, *index))
		return NULL;
	hit = find(root, *index, &at);
	if (!hit || at > max)
		return NULL;
	*index = at;
	return hit;
}

bool xa_empty(struct xarray *xa)
{
	unsigned long index = 0;

	return !xa_find(xa, &index, U32_MAX);
}

int ida_alloc_range(struct ida *ida, unsigned int min, unsigned int max, gfp_t gfp)
{
	unsigned int end = min_t(unsigned int, max, SHIM_IDS - 1) + 1, id;

	if (gfp & __GFP_DIRECT_RECLAIM)
		might_sleep();
	if (shim_fails_now())
		return -ENOMEM;
	spin_lock(&ida->lock);
	id = find_next_zero_bit(ida->used, end, min);
	if (id < end)
		__set_bit(id, ida->used);
	spin_unlock(&ida->lock);
	if (id >= end)
		return -ENOSPC;
	shim_id_count(1);
	return id;
}

void ida_free(struct ida *ida, unsigned int id)
{
	spin_lock(&ida->lock);
	if (id >= SHIM_IDS || !test_bit(id, ida->used))
		shim_bug("number %u is freed, which nobody has", id);
	__clear_bit(id, ida->used);
	spin_unlock(&ida->lock);
	shim_id_count(-1);
}
