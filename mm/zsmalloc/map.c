// SPDX-License-Identifier: GPL-2.0-only
/*
 * Objects as memory that can be read and written in place, for callers that do not
 * sleep meanwhile. An object that crosses a page border is copied to a buffer of the
 * CPU, and back when it was written.
 */
#include <linux/cpuhotplug.h>
#include <linux/export.h>
#include <linux/gfp.h>
#include <linux/highmem.h>
#include <linux/local_lock.h>
#include <linux/percpu.h>
#include <linux/zsmalloc.h>

#include "access.h"
#include "map.h"
#include "redzone.h"

/**
 * struct map_area - the object that is mapped on this CPU
 * @lock: held from zs_map_object() to zs_unmap_object()
 * @buf: one page for an object that crosses a border; allocated before the CPU is
 *	online for the first time, kept when it goes offline
 * @zspage: whose object it is; protected by @lock
 * @ext: where the object is; protected by @lock
 * @mem: the address that was handed out; protected by @lock
 * @mode: as it was mapped; protected by @lock
 */
struct map_area {
	local_lock_t lock;
	void *buf;
	struct zs_zspage *zspage;
	struct zs_extent ext;
	void *mem;
	enum zs_mapmode mode;
};

static DEFINE_PER_CPU(struct map_area, map_area) = {
	.lock = INIT_LOCAL_LOCK(lock),
};

/**
 * zs_map_object() - make an object addressable on this CPU
 * @pool: the pool
 * @handle: from zs_malloc() of this pool
 * @mode: what the caller will do, see enum zs_mapmode
 *
 * Context: process context. The caller must not sleep, map another object or be
 * interrupted by somebody who does, until it calls zs_unmap_object().
 * Return: the first byte of the object, aligned to 8 bytes, or NULL when the
 * handle is refused; then there is nothing to unmap.
 */
void *zs_map_object(struct zs_pool *pool, unsigned long handle, enum zs_mapmode mode)
{
	struct map_area *area;
	struct zs_zspage *zspage;
	struct zs_extent ext;

	local_lock(&map_area.lock);
	area = this_cpu_ptr(&map_area);

	zspage = zs_access_enter(pool, handle, NULL, &ext, "map");
	if (unlikely(!zspage)) {
		local_unlock(&map_area.lock);
		return NULL;
	}

	area->zspage = zspage;
	area->ext = ext;
	area->mode = mode;
	area->mem = area->buf;
	if (unlikely(zs_access_fresh(zspage, &ext))) {
		if (mode == ZS_MM_RO)
			return memset(area->buf, 0, zspage->class->geo->size);
		zs_access_first_write(pool, zspage, &ext, 0);
	}
	if (!ext.next)
		area->mem = kmap_local_page(ext.page) + ext.offset;
	else if (mode != ZS_MM_WO || zs_red_bytes(pool))
		/* the red zone of the slot is written back with the rest */
		zs_extent_read(&ext, area->buf, zspage->class->geo->size);
	else
		/* what the caller leaves out must not be from another object */
		memset(area->buf, 0, zspage->class->geo->size);
	return area->mem;
}
EXPORT_SYMBOL_GPL(zs_map_object);

/**
 * zs_unmap_object() - end what zs_map_object() began
 * @pool: the pool
 * @handle: the handle that was mapped
 *
 * Context: the task and CPU that mapped it.
 */
void zs_unmap_object(struct zs_pool *pool, unsigned long handle)
{
	struct map_area *area = this_cpu_ptr(&map_area);
	struct zs_zspage *zspage = area->zspage;

	if (area->mem != area->buf)
		kunmap_local(area->mem);
	else if (area->mode != ZS_MM_RO)
		zs_extent_write(&area->ext, area->buf, zspage->class->geo->size);

	zs_red_check_extent(pool, zspage, &area->ext, handle, "unmap");
	area->zspage = NULL;
	local_unlock(&map_area.lock);
	zs_zspage_unpin(zspage);
}
EXPORT_SYMBOL_GPL(zs_unmap_object);

static int cpu_prepare(unsigned int cpu)
{
	struct map_area *area = per_cpu_ptr(&map_area, cpu);

	if (!area->buf)
		area->buf = (void *)__get_free_page(GFP_KERNEL);
	return area->buf ? 0 : -ENOMEM;
}

static void free_buffers(void)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu) {
		struct map_area *area = per_cpu_ptr(&map_area, cpu);

		free_page((unsigned long)area->buf);
		area->buf = NULL;
	}
}

/**
 * zs_map_init() - give every CPU its buffer, now or when it comes
 *
 * Context: module init; may sleep.
 * Return: 0, or a negative error code.
 */
int zs_map_init(void)
{
	int err = cpuhp_setup_state(CPUHP_MM_ZS_PREPARE, "mm/zsmalloc:prepare",
				    cpu_prepare, NULL);

	/* there is no teardown that would have given back those of the CPUs before */
	if (err)
		free_buffers();
	return err;
}

/**
 * zs_map_exit() - undo zs_map_init()
 *
 * Context: module exit, or init that failed.
 */
void zs_map_exit(void)
{
	cpuhp_remove_state(CPUHP_MM_ZS_PREPARE);
	free_buffers();
}
