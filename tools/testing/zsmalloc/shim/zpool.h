/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The table a zpool driver fills in. The driver that registers is found in
 * shim_zpool_driver.
 */
#ifndef _SHIM_ZPOOL_H
#define _SHIM_ZPOOL_H

#define CONFIG_ZPOOL	1
#define THIS_MODULE	((struct module *)NULL)

struct module;
struct zpool;
struct zpool_ops;

enum zpool_mapmode { ZPOOL_MM_RW, ZPOOL_MM_RO, ZPOOL_MM_WO, ZPOOL_MM_DEFAULT = ZPOOL_MM_RW };

struct zpool_driver {
	char *type;
	struct module *owner;
	void *(*create)(const char *name, gfp_t gfp, const struct zpool_ops *ops,
			struct zpool *zpool);
	void (*destroy)(void *pool);
	bool malloc_support_movable;
	int (*malloc)(void *pool, size_t size, gfp_t gfp, unsigned long *handle);
	void (*free)(void *pool, unsigned long handle);
	int (*shrink)(void *pool, unsigned int pages, unsigned int *reclaimed);
	bool sleep_mapped;
	void *(*map)(void *pool, unsigned long handle, enum zpool_mapmode mode);
	void (*unmap)(void *pool, unsigned long handle);
	u64 (*total_size)(void *pool);
};

extern struct zpool_driver *shim_zpool_driver;

static inline void zpool_register_driver(struct zpool_driver *driver)
{
	shim_zpool_driver = driver;
}

static inline int zpool_unregister_driver(struct zpool_driver *driver)
{
	if (driver != shim_zpool_driver)
		return -EINVAL;
	shim_zpool_driver = NULL;
	return 0;
}

#endif /* _SHIM_ZPOOL_H */
