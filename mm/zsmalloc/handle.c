// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a handle says, and how its object's place is looked up, changed and retired.
 */
#include <linux/gfp.h>
#include <linux/idr.h>

#include "handle.h"

static DEFINE_IDA(tags);

static u32 handle_index(unsigned long handle)
{
	return handle >> ZS_HANDLE_INDEX_SHIFT & GENMASK_ULL(ZS_HANDLE_INDEX_BITS - 1, 0);
}

static u32 handle_tag(unsigned long handle)
{
	return handle >> ZS_HANDLE_TAG_SHIFT & GENMASK(ZS_HANDLE_TAG_BITS - 1, 0);
}

static unsigned long handle_make(u32 tag, u32 index, u64 entry)
{
	return (unsigned long)tag << ZS_HANDLE_TAG_SHIFT |
	       (unsigned long)index << ZS_HANDLE_INDEX_SHIFT |
	       (entry & GENMASK(ZS_HANDLE_GEN_BITS - 1, 0));
}

/**
 * zs_handles_init() - make an empty handle table
 * @handles: the table
 *
 * Context: may sleep.
 * Return: 0, or -ENOMEM.
 */
int zs_handles_init(struct zs_handles *handles)
{
	static atomic_t last = ATOMIC_INIT(0);
	const u32 mask = GENMASK(ZS_HANDLE_TAG_BITS - 1, 0);
	u32 first = (u32)atomic_read(&last) % mask + 1;
	unsigned int n;
	int tag;

	/*
	 * Round robin, so that the tag of a destroyed pool stays unused for as
	 * long as possible. With more pools than tags the later ones share 0.
	 */
	tag = ida_alloc_range(&tags, first, mask, GFP_KERNEL);
	if (tag == -ENOSPC)
		tag = ida_alloc_range(&tags, 1, mask, GFP_KERNEL);
	if (tag == -ENOSPC)
		tag = 0;
	if (tag < 0)
		return tag;
	if (tag)
		atomic_set(&last, tag);

	handles->tag = tag;
	atomic_set(&handles->floor, 0);
	atomic_long_set(&handles->nr_leaves, 0);
	xa_init_flags(&handles->leaves, XA_FLAGS_ALLOC);
	for (n = 0; n < ZS_SHARDS; n++) {
		spin_lock_init(&handles->shards[n].lock);
		INIT_LIST_HEAD(&handles->shards[n].partial);
	}
	return 0;
}

/**
 * zs_handles_destroy() - give back all leaves, whether or not entries live
 * @handles: the table; nobody uses it any more
 *
 * Context: may sleep.
 */
void zs_handles_destroy(struct zs_handles *handles)
{
	struct zs_leaf *leaf;
	unsigned long number;

	xa_for_each(&handles->leaves, number, leaf)
		free_page((unsigned long)leaf);
	xa_destroy(&handles->leaves);
	if (handles->tag)
		ida_free(&tags, handles->tag);
}

/* The entry of something that is live, or in the hands of the caller. */
static atomic64_t *entry_of(struct zs_handles *handles, u32 index)
{
	return zs_leaf_entry(zs_leaf_of(handles, index), index & (ZS_LEAF_ENTRIES - 1));
}

/**
 * zs_handle_publish() - an object is at its place: hand out its handle
 * @handles: the table
 * @entry: from zs_handle_reserve()
 * @place: where the object is
 *
 * Context: any. What was written to the place before is seen by who finds it.
 * Return: the handle; never 0, never in the range of error pointers.
 */
unsigned long zs_handle_publish(struct zs_handles *handles, atomic64_t *entry,
				struct zs_place place)
{
	u64 live = zs_entry_live(place, atomic64_read(entry));

	atomic64_set_release(entry, live);
	return handle_make(handles->tag, zs_entry_index(entry), live);
}

/**
 * zs_handle_find() - where is the object of this handle?
 * @handles: the table
 * @handle: the handle, which may be any word at all
 * @ref: set to its entry and what that said
 *
 * Context: rcu_read_lock() held for as long as @ref is used.
 * Return: NULL when the handle is good, else a few words on what is wrong with it.
 */
const char *zs_handle_find(struct zs_handles *handles, unsigned long handle,
			   struct zs_ref *ref)
{
	u32 index = handle_index(handle);
	unsigned int pos = index & (ZS_LEAF_ENTRIES - 1);
	struct zs_leaf *leaf;

	if (unlikely(handle_tag(handle) != handles->tag ||
		     handle != handle_make(handles->tag, index, handle)))
		return "not from this pool";

	leaf = zs_leaf_of(handles, index);
	if (unlikely(!leaf || pos < ZS_LEAF_FIRST))
		return "never handed out or long freed";

	ref->entry = zs_leaf_entry(leaf, pos);
	ref->seen = atomic64_read_acquire(ref->entry);
	if (unlikely(!(ref->seen & ZS_ENTRY_LIVE)))
		return "already freed";
	if (unlikely(handle_make(handles->tag, index, ref->seen) != handle))
		return "freed and handed out anew since";
	return NULL;
}

/**
 * zs_handle_claim() - from here on every copy of a handle is stale
 * @handles: the table
 * @handle: the handle, which may be any word at all
 * @place: set to where the object is; it will not be moved any more
 * @entry: set to its entry, to be given to zs_handle_release()
 *
 * Of several callers with the same handle one succeeds.
 *
 * Context: any.
 * Return: NULL, or a few words on what is wrong with the handle.
 */
const char *zs_handle_claim(struct zs_handles *handles, unsigned long handle,
			    struct zs_place *place, atomic64_t **entry)
{
	const char *wrong;
	struct zs_ref ref;
	u64 dead;

	rcu_read_lock();
	do {
		wrong = zs_handle_find(handles, handle, &ref);
		if (wrong)
			break;
		dead = (u16)(ref.seen + 1);
		/* fails when the object was moved just now, or freed */
	} while (atomic64_cmpxchg(ref.entry, ref.seen, dead) != ref.seen);
	rcu_read_unlock();

	if (!wrong) {
		*place = zs_entry_place(ref.seen);
		*entry = ref.entry;
	}
	return wrong;
}

/**
 * zs_handle_move() - the object is somewhere else now, if it still is at all
 * @handles: the table
 * @index: of the entry that the back pointer of @from names
 * @from: where the object was
 * @to: where it is, too
 * @up: how many classes larger the slot at @to is
 *
 * Context: zs_class.lock held, so that the slot at @from cannot have been given to
 * another object.
 * Return: true if the handle leads to @to now, false if it has been freed (or is so
 * far from its own class that the entry cannot tell).
 */
bool zs_handle_move(struct zs_handles *handles, u32 index,
		    struct zs_place from, struct zs_place to, unsigned int up)
{
	atomic64_t *entry = entry_of(handles, index);
	u64 old = atomic64_read(entry);
	struct zs_place said = zs_entry_place(old);

	if (!(old & ZS_ENTRY_LIVE) || said.zspage != from.zspage || said.slot != from.slot ||
	    said.down + up > ZS_DOWN_MAX)
		return false;
	to.down = said.down + up;
	return atomic64_cmpxchg_release(entry, old, zs_entry_live(to, old)) == (s64)old;
}

/**
 * zs_handle_of() - what an object in a slot is called
 * @handles: the table
 * @index: of the entry that the slot's back pointer names
 *
 * Context: zs_class.lock held, so that the slot stays in use.
 * Return: the handle; one that is being freed at the moment is told with the generation
 * that its entry has next.
 */
unsigned long zs_handle_of(struct zs_handles *handles, u32 index)
{
	return handle_make(handles->tag, index, atomic64_read(entry_of(handles, index)));
}
