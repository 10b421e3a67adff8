// SPDX-License-Identifier: GPL-2.0-only
/*
 * Where the entries of handles come from and go to.
 *
 * The handle table is a sparse array of leaves, each one page of 8-byte entries.
 *
 * Free entries are kept in shards, so that CPUs do not meet at one lock. How many
 * shards are in use follows the number of leaves: a small pool has one, and does
 * not pay for a leaf per CPU. A shard without a free entry takes over a leaf from
 * another before it asks for a new one.
 *
 * A leaf whose entries are all free is given back unless it is its shard's only one
 * with a free entry. What its handles were is remembered as one number for the whole
 * table, the floor: later leaves start with generations no earlier leaf has
 * used, so that a handle from a released leaf is still refused when another
 * leaf takes that number.
 */
#include <linux/gfp.h>
#include <linux/minmax.h>
#include <linux/smp.h>

#include "handle.h"

static void leaf_free(struct rcu_head *rcu)
{
	free_page((unsigned long)container_of(rcu, struct zs_leaf, rcu));
}

/**
 * zs_leaf_alloc() - allocate a leaf that has not joined the table yet
 * @handles: the table
 * @gfp: how to allocate; without zone modifiers
 *
 * Context: sleeps as @gfp says; no zs_shard.lock may be held.
 * Return: the leaf, to be given to zs_leaf_join() or zs_leaf_discard(), or NULL.
 */
struct zs_leaf *zs_leaf_alloc(struct zs_handles *handles, gfp_t gfp)
{
	struct zs_leaf *leaf = (void *)get_zeroed_page(gfp);

	if (!leaf)
		return NULL;
	INIT_LIST_HEAD(&leaf->node);
	/*
	 * The number is final and the leaf can be found from here on; all its
	 * entries are zero, which no handle matches because none is live.
	 */
	if (xa_alloc(&handles->leaves, &leaf->number, leaf,
		     XA_LIMIT(0, ZS_LEAF_MAX), gfp) < 0) {
		free_page((unsigned long)leaf);
		return NULL;
	}
	return leaf;
}

/**
 * zs_leaf_discard() - give back a leaf that never joined
 * @handles: the table
 * @leaf: the leaf, or NULL
 *
 * Context: any but interrupts.
 */
void zs_leaf_discard(struct zs_handles *handles, struct zs_leaf *leaf)
{
	if (!leaf)
		return;
	/* a forged handle may have led somebody here */
	xa_erase(&handles->leaves, leaf->number);
	call_rcu(&leaf->rcu, leaf_free);
}

/* Few leaves: one shard. From 4 leaves for each shard on: all of them. */
static unsigned int my_shard(struct zs_handles *handles)
{
	unsigned long active = atomic_long_read(&handles->nr_leaves) / 4;

	if (active <= 1)
		return 0;
	return raw_smp_processor_id() % min_t(unsigned long, active, ZS_SHARDS);
}

/**
 * zs_leaf_join() - add the entries of a new leaf to the free ones
 * @handles: the table
 * @leaf: from zs_leaf_alloc()
 *
 * Context: any but interrupts; takes zs_shard.lock.
 */
void zs_leaf_join(struct zs_handles *handles, struct zs_leaf *leaf)
{
	struct zs_shard *shard;
	unsigned int pos;

	leaf->base = atomic_read(&handles->floor);
	for (pos = ZS_LEAF_FIRST; pos < ZS_LEAF_ENTRIES; pos++) {
		u64 next = pos + 1 < ZS_LEAF_ENTRIES ? pos + 1 : 0;

		atomic64_set(zs_leaf_entry(leaf, pos),
			     next << ZS_ENTRY_NEXT_SHIFT | (u16)leaf->base);
	}
	leaf->first_free = ZS_LEAF_FIRST;
	leaf->nr_free = ZS_LEAF_USABLE;
	leaf->shard = my_shard(handles);

	shard = &handles->shards[leaf->shard];
	spin_lock(&shard->lock);
	if (list_empty(&shard->partial)) {
		list_add_tail(&leaf->node, &shard->partial);
		atomic_long_inc(&handles->nr_leaves);
		leaf = NULL;
	}
	spin_unlock(&shard->lock);

	/* somebody else was quicker; two leaves without a live entry would stay so */
	zs_leaf_discard(handles, leaf);
}

/* All entries of @leaf are free: take it out of the table and give it back. */
static void leaf_release(struct zs_handles *handles, struct zs_leaf *leaf)
{
	u32 top = leaf->base + leaf->used;
	int floor;

	lockdep_assert_held(&handles->shards[leaf->shard].lock);

	/* before the number is free for a new leaf, which reads the floor */
	floor = atomic_read(&handles->floor);
	while ((u32)floor < top && !atomic_try_cmpxchg(&handles->floor, &floor, top))
		;

	list_del(&leaf->node);
	atomic_long_dec(&handles->nr_leaves);
	xa_erase(&handles->leaves, leaf->number);
	call_rcu(&leaf->rcu, leaf_free);
}

/* Take the first free entry of a shard, if there is one. */
static atomic64_t *pop(struct zs_shard *shard)
{
	struct zs_leaf *leaf = list_first_entry_or_null(&shard->partial, struct zs_leaf, node);
	atomic64_t *entry;

	lockdep_assert_held(&shard->lock);

	if (unlikely(!leaf))
		return NULL;
	entry = zs_leaf_entry(leaf, leaf->first_free);
	leaf->first_free = zs_entry_next(atomic64_read(entry));
	if (unlikely(!--leaf->nr_free))
		list_del_init(&leaf->node);
	return entry;
}

/* Take over a leaf with a free entry from another shard; false if there is none. */
static bool steal(struct zs_handles *handles, unsigned int mine)
{
	bool stolen = false;
	unsigned int n;

	for (n = 0; n < ZS_SHARDS && !stolen; n++) {
		struct zs_shard *low = &handles->shards[min(n, mine)];
		struct zs_shard *high = &handles->shards[max(n, mine)];
		struct zs_leaf *leaf;

		/* a look without the lock; who comes too late gets a new leaf */
		if (n == mine || list_empty_careful(&handles->shards[n].partial))
			continue;

		spin_lock(&low->lock);
		spin_lock_nested(&high->lock, SINGLE_DEPTH_NESTING);
		leaf = list_first_entry_or_null(&handles->shards[n].partial,
						struct zs_leaf, node);
		if (leaf) {
			WRITE_ONCE(leaf->shard, mine);
			list_move(&leaf->node, &handles->shards[mine].partial);
			stolen = true;
		}
		spin_unlock(&high->lock);
		spin_unlock(&low->lock);
	}
	return stolen;
}

/**
 * zs_handle_reserve() - an entry for an object that is about to be
 * @handles: the table
 *
 * Context: any but interrupts; takes zs_shard.lock.
 * Return: the entry, to be given to zs_handle_publish() or zs_handle_release(); NULL if
 * a leaf has to join first.
 */
atomic64_t *zs_handle_reserve(struct zs_handles *handles)
{
	unsigned int mine = my_shard(handles);
	struct zs_shard *shard = &handles->shards[mine];
	atomic64_t *entry;

	do {
		spin_lock(&shard->lock);
		entry = pop(shard);
		spin_unlock(&shard->lock);
	} while (unlikely(!entry) && steal(handles, mine));

	return entry;
}

/**
 * zs_handle_release() - an entry may serve another object
 * @handles: the table
 * @entry: from zs_handle_claim(), or from zs_handle_reserve() and not published
 *
 * Context: any but interrupts; takes zs_shard.lock.
 */
void zs_handle_release(struct zs_handles *handles, atomic64_t *entry)
{
	struct zs_leaf *leaf = zs_leaf_of_entry(entry);
	u16 gen = atomic64_read(entry);
	struct zs_shard *shard;

	for (;;) {
		u16 nr = READ_ONCE(leaf->shard);

		shard = &handles->shards[nr];
		spin_lock(&shard->lock);
		if (likely(leaf->shard == nr))
			break;
		/* taken over by another shard before the lock was had */
		spin_unlock(&shard->lock);
	}

	atomic64_set(entry, (u64)leaf->first_free << ZS_ENTRY_NEXT_SHIFT | gen);
	/* 16 bits of generation against 32 of base: the distance is what counts */
	leaf->used = max_t(u16, leaf->used, gen - (u16)leaf->base);
	leaf->first_free = entry - zs_leaf_entry(leaf, 0);

	if (!leaf->nr_free++)
		list_add_tail(&leaf->node, &shard->partial);
	if (leaf->nr_free == ZS_LEAF_USABLE && !list_is_singular(&shard->partial))
		leaf_release(handles, leaf);
	spin_unlock(&shard->lock);
}

/**
 * zs_handle_live() - how many entries are not free
 * @handles: the table
 *
 * Context: any but interrupts; exact when nobody allocates or frees meanwhile.
 */
unsigned long zs_handle_live(struct zs_handles *handles)
{
	unsigned long live = atomic_long_read(&handles->nr_leaves) * ZS_LEAF_USABLE;
	unsigned int n;

	for (n = 0; n < ZS_SHARDS; n++) {
		struct zs_shard *shard = &handles->shards[n];
		struct zs_leaf *leaf;

		spin_lock(&shard->lock);
		list_for_each_entry(leaf, &shard->partial, node)
			live -= leaf->nr_free;
		spin_unlock(&shard->lock);
	}
	return live;
}
