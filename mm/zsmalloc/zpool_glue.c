// SPDX-License-Identifier: GPL-2.0-only
/*
 * The zpool driver table, so that whoever asks the zpool interface for "zsmalloc"
 * gets this allocator. Nothing is evicted through it: there is no .shrink.
 */
#include <linux/module.h>
#include <linux/zpool.h>
#include <linux/zsmalloc.h>

#include "zpool_glue.h"

static void *glue_create(const char *name, gfp_t gfp, const struct zpool_ops *ops,
			 struct zpool *zpool)
{
	return zs_create_pool(name);
}

static void glue_destroy(void *pool)
{
	zs_destroy_pool(pool);
}

static int glue_malloc(void *pool, size_t size, gfp_t gfp, unsigned long *handle)
{
	unsigned long got = zs_malloc(pool, size, gfp);

	if (IS_ERR_VALUE(got))
		return PTR_ERR((void *)got);
	*handle = got;
	return 0;
}

static void glue_free(void *pool, unsigned long handle)
{
	zs_free(pool, handle);
}

static void *glue_map(void *pool, unsigned long handle, enum zpool_mapmode mode)
{
	static const enum zs_mapmode modes[] = {
		[ZPOOL_MM_RW] = ZS_MM_RW,
		[ZPOOL_MM_RO] = ZS_MM_RO,
		[ZPOOL_MM_WO] = ZS_MM_WO,
	};

	return zs_map_object(pool, handle, modes[mode]);
}

static void glue_unmap(void *pool, unsigned long handle)
{
	zs_unmap_object(pool, handle);
}

static u64 glue_total_size(void *pool)
{
	return (u64)zs_get_total_pages(pool) << PAGE_SHIFT;
}

static struct zpool_driver driver = {
	.type = "zsmalloc",
	.owner = THIS_MODULE,
	.create = glue_create,
	.destroy = glue_destroy,
	.malloc_support_movable = true,
	.malloc = glue_malloc,
	.free = glue_free,
	.map = glue_map,
	.unmap = glue_unmap,
	.total_size = glue_total_size,
};

/**
 * zs_zpool_register() - offer the driver
 */
void zs_zpool_register(void)
{
	zpool_register_driver(&driver);
}

/**
 * zs_zpool_unregister() - withdraw the driver; the module cannot go before its users
 */
void zs_zpool_unregister(void)
{
	zpool_unregister_driver(&driver);
}

MODULE_ALIAS("zpool-zsmalloc");
