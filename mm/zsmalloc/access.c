// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reading and writing objects.
 *
 * Whoever is in the pages of a zspage holds a pin on its descriptor, so that the
 * object stays where it is. An object that lies in one page is reached in place.
 * One that crosses into the next page is copied, through the buffer of the caller.
 *
 * What was never written reads as zeros.
 *
 * Pins keep objects in place, not alive: freeing an object while somebody else
 * reads it is a bug of the caller.
 */
#include <linux/export.h>
#include <linux/highmem.h>
#include <linux/printk.h>
#include <linux/zsmalloc.h>

#include "access.h"
#include "refuse.h"
#include "extent.h"
#include "redzone.h"

/*
 * Find an object and pin its zspage. The entry is read before the pin, to know whose, and
 * after, to know that the object was still there when the pin held.
 */
static const char *pin(struct zs_pool *pool, unsigned long handle,
		       struct zs_zspage **zspage, u32 *slot)
{
	struct zs_place place;
	const char *wrong;
	struct zs_ref ref;

	rcu_read_lock();
	for (;;) {
		wrong = zs_handle_find(&pool->handles, handle, &ref);
		if (unlikely(wrong))
			break;
		place = zs_entry_place(ref.seen);
		*zspage = xa_load(&pool->zspages, place.zspage);
		*slot = place.slot;
		/* NULL when the object was moved and its old zspage freed */
		if (unlikely(!*zspage))
			continue;
		zs_zspage_pin(*zspage);
		/*
		 * The same entry may by now mean a younger zspage, which was given the
		 * index of the one that is pinned. That one has lost its pages before.
		 */
		if (likely(zs_ref_holds(&ref) && READ_ONCE((*zspage)->nr_pages)))
			break;
		zs_zspage_unpin(*zspage);
	}
	rcu_read_unlock();
	return wrong;
}

/**
 * zs_access_enter() - find an object and keep it where it is
 * @pool: the pool
 * @handle: any word at all
 * @len: bytes that matter, or NULL for the whole slot
 * @ext: set to where they are
 * @what: what the caller is about to do, for the message
 *
 * Context: any but interrupts.
 * Return: the zspage, to be given to zs_zspage_unpin(), or NULL after a line in the
 * log when the handle or the length is refused.
 */
struct zs_zspage *zs_access_enter(struct zs_pool *pool, unsigned long handle, const size_t *len,
				  struct zs_extent *ext, const char *what)
{
	struct zs_zspage *zspage;
	const char *wrong;
	size_t size;
	u32 slot;

	wrong = pin(pool, handle, &zspage, &slot);
	if (unlikely(wrong)) {
		zs_refuse(pool, handle, what, wrong);
		return NULL;
	}

	size = zs_red_usable(pool, zspage->class->geo);
	if (unlikely(len && (!*len || *len > size))) {
		zs_zspage_unpin(zspage);
		pr_err_ratelimited("zsmalloc: pool %s: %s of %zu bytes refused, the object has 1 to %zu\n",
				   pool->name, what, *len, size);
		return NULL;
	}
	*ext = zs_extent(zspage, slot, len ? *len : zspage->class->geo->size);
	return zspage;
}

/**
 * zs_access_first_write() - an object is going to be written for the first time
 * @pool: the pool
 * @zspage: from zs_access_enter()
 * @ext: from zs_access_enter()
 * @keep: bytes at the start that the caller writes himself; the rest is cleared
 *
 * Not done by those who read: one who reads an object that is just being freed, which is
 * a bug of his, must not write to what is somebody else's by then.
 *
 * Context: with the pin of zs_access_enter(). Nobody else may use the object before the
 * first write has returned: two such writes, or a read meanwhile, must not race with it.
 */
void zs_access_first_write(struct zs_pool *pool, struct zs_zspage *zspage,
			   const struct zs_extent *ext, size_t keep)
{
	size_t size = zs_red_usable(pool, zspage->class->geo);
	struct zs_extent all = zs_extent(zspage, ext->slot, size);

	if (!test_and_set_bit(ext->slot, zs_zspage_clean(zspage)))
		zs_extent_clear(&all, keep, size);
}

/**
 * zs_access_fill() - write an object that was allocated just now
 * @pool: the pool
 * @zspage: where it is, with a pin of the caller's
 * @slot: its slot
 * @src: the bytes
 * @len: how many: its whole length
 *
 * Context: any but interrupts; nobody else knows of the object.
 */
void zs_access_fill(struct zs_pool *pool, struct zs_zspage *zspage, unsigned int slot,
		    const void *src, size_t len)
{
	struct zs_extent ext = zs_extent(zspage, slot, len);

	zs_access_first_write(pool, zspage, &ext, len);
	zs_extent_write(&ext, src, len);
}

/**
 * zs_read_begin() - zs_obj_read_begin(), for who can remember what he reads
 * @pool: the pool
 * @handle: from zs_malloc() of this pool
 * @len: bytes to be read, 1 to the size that was allocated
 * @buf: @len bytes, used only when the object crosses a page border or was never written
 * @reading: what zs_read_end() needs; it then looks nothing up again
 *
 * Context: as zs_obj_read_begin().
 * Return: as zs_obj_read_begin().
 */
void *zs_read_begin(struct zs_pool *pool, unsigned long handle, size_t len, void *buf,
		    struct zs_reading *reading)
{
	struct zs_zspage *zspage;
	struct zs_extent ext;

	zspage = zs_access_enter(pool, handle, &len, &ext, "read");
	if (unlikely(!zspage))
		return NULL;

	reading->zspage = zspage;
	reading->mapped = NULL;
	if (unlikely(zs_access_fresh(zspage, &ext)))
		return memset(buf, 0, len);
	if (!ext.next) {
		reading->mapped = kmap_local_page(ext.page) + ext.offset;
		return reading->mapped;
	}
	zs_extent_read(&ext, buf, len);
	return buf;
}
EXPORT_SYMBOL_GPL(zs_read_begin);

/**
 * zs_read_end() - end what zs_read_begin() began
 * @reading: as it was filled in
 *
 * Context: the task that began.
 */
void zs_read_end(const struct zs_reading *reading)
{
	if (reading->mapped)
		kunmap_local(reading->mapped);
	zs_zspage_unpin(reading->zspage);
}
EXPORT_SYMBOL_GPL(zs_read_end);

/**
 * zs_obj_read_begin() - make the bytes of an object readable
 * @pool: the pool
 * @handle: from zs_malloc() of this pool
 * @len: bytes to be read, 1 to the size that was allocated
 * @buf: @len bytes, used only when the object crosses a page border or was never written
 *
 * Context: process context. The caller may sleep before zs_obj_read_end(), which
 * the same task calls, with no first write of the object between the two; mappings nest
 * last in, first out, as with
 * kmap_local_page(). A reader that sleeps long keeps compaction from the zspage.
 * Return: the first byte, in the object or in @buf, or NULL when the handle or
 * the length is refused; then there is nothing to end.
 */
void *zs_obj_read_begin(struct zs_pool *pool, unsigned long handle, size_t len, void *buf)
{
	struct zs_reading reading;

	return zs_read_begin(pool, handle, len, buf, &reading);
}
EXPORT_SYMBOL_GPL(zs_obj_read_begin);

/**
 * zs_obj_read_end() - end what zs_obj_read_begin() began
 * @pool: the pool
 * @handle: as given to zs_obj_read_begin()
 * @len: as given to zs_obj_read_begin()
 * @mem: what zs_obj_read_begin() returned
 *
 * Context: the task that began.
 */
void zs_obj_read_end(struct zs_pool *pool, unsigned long handle, size_t len, void *mem)
{
	struct zs_zspage *zspage;
	struct zs_place place;
	struct zs_extent ext;
	const char *wrong;
	struct zs_ref ref;

	rcu_read_lock();
	wrong = zs_handle_find(&pool->handles, handle, &ref);
	if (unlikely(wrong)) {
		/* freed under its reader: whose pin this was is not known any more */
		rcu_read_unlock();
		zs_refuse(pool, handle, "end of read", wrong);
		return;
	}
	/* the pin keeps the object where it was, and the zspage with it */
	place = zs_entry_place(ref.seen);
	zspage = xa_load(&pool->zspages, place.zspage);
	rcu_read_unlock();

	ext = zs_extent(zspage, place.slot, len);
	if (!ext.next && likely(!zs_access_fresh(zspage, &ext)))
		kunmap_local(mem);
	zs_zspage_unpin(zspage);
}
EXPORT_SYMBOL_GPL(zs_obj_read_end);

/**
 * zs_obj_write() - copy bytes into an object
 * @pool: the pool
 * @handle: from zs_malloc() of this pool
 * @src: the bytes, written to the start of the object
 * @len: how many, 1 to the size that was allocated
 *
 * Context: any but interrupts; does not sleep.
 * Return: 0, or -EINVAL when the handle or the length is refused; then nothing
 * was written.
 */
int zs_obj_write(struct zs_pool *pool, unsigned long handle, const void *src, size_t len)
{
	struct zs_zspage *zspage;
	struct zs_extent ext;

	zspage = zs_access_enter(pool, handle, &len, &ext, "write");
	if (unlikely(!zspage))
		return -EINVAL;

	if (zs_access_fresh(zspage, &ext))
		zs_access_first_write(pool, zspage, &ext, len);
	zs_extent_write(&ext, src, len);
	zs_red_check_extent(pool, zspage, &ext, handle, "write");
	zs_zspage_unpin(zspage);
	return 0;
}
EXPORT_SYMBOL_GPL(zs_obj_write);
