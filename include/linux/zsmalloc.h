/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * zsmalloc: an allocator for compressed pages.
 *
 * An allocation is named by a handle, an opaque non-zero word, never by an
 * address: the allocator moves objects about to give whole pages back, and a
 * handle stays valid while its object moves. Bytes are reached by mapping the
 * object or by copying through the accessors below. A handle that the pool did
 * not hand out, or that has been freed, is refused: the accessors return NULL or
 * -EINVAL, zs_free() does nothing, and one rate-limited line says why.
 *
 * See Documentation/vm/zsmalloc.rst.
 */
#ifndef _LINUX_ZSMALLOC_H
#define _LINUX_ZSMALLOC_H

#include <linux/atomic.h>
#include <linux/gfp_types.h>
#include <linux/types.h>

struct zs_pool;

/**
 * enum zs_mapmode - what the caller of zs_map_object() does with the bytes
 * @ZS_MM_RW: reads and writes
 * @ZS_MM_RO: only reads: nothing is copied back when it unmaps
 * @ZS_MM_WO: only writes, and writes all of it: nothing is copied in when it maps
 *
 * The mode matters only for objects that span two pages or were never written, which
 * are reached through a per-CPU copy.
 */
enum zs_mapmode {
	ZS_MM_RW,
	ZS_MM_RO,
	ZS_MM_WO
};

/**
 * struct zs_pool_stats - what zs_pool_stats() reports
 * @pages_compacted: pages given back by compaction since the pool was created
 */
struct zs_pool_stats {
	atomic_long_t pages_compacted;
};

/**
 * struct zs_reading - an object that is being read, from zs_read_begin() to zs_read_end()
 * @zspage: what keeps it in its place; the allocator's
 * @mapped: where its memory is mapped, or NULL
 *
 * Lives on the stack of the task that reads: no lock.
 */
struct zs_reading {
	void *zspage;
	void *mapped;
};

struct zs_pool *zs_create_pool(const char *name);
void zs_destroy_pool(struct zs_pool *pool);
unsigned long zs_drop_pool(struct zs_pool *pool);

unsigned long zs_malloc(struct zs_pool *pool, size_t size, gfp_t gfp);
unsigned long zs_obj_create(struct zs_pool *pool, const void *src, size_t len, gfp_t gfp);
void zs_free(struct zs_pool *pool, unsigned long handle);

void *zs_map_object(struct zs_pool *pool, unsigned long handle,
		    enum zs_mapmode mode);
void zs_unmap_object(struct zs_pool *pool, unsigned long handle);

void *zs_obj_read_begin(struct zs_pool *pool, unsigned long handle,
			size_t len, void *buf);
void zs_obj_read_end(struct zs_pool *pool, unsigned long handle,
		     size_t len, void *mem);
void *zs_read_begin(struct zs_pool *pool, unsigned long handle, size_t len, void *buf,
		    struct zs_reading *reading);
void zs_read_end(const struct zs_reading *reading);
int zs_obj_write(struct zs_pool *pool, unsigned long handle,
		 const void *src, size_t len);

size_t zs_huge_class_size(struct zs_pool *pool);
unsigned long zs_get_total_pages(struct zs_pool *pool);
unsigned long zs_compact(struct zs_pool *pool);
void zs_pool_stats(struct zs_pool *pool, struct zs_pool_stats *stats);

#endif /* _LINUX_ZSMALLOC_H */
