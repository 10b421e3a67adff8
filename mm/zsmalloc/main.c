// SPDX-License-Identifier: GPL-2.0-only
/*
 * zsmalloc: an allocator for compressed pages. Module init and exit.
 */
#include <linux/init.h>
#include <linux/module.h>
#include <linux/rcupdate.h>

#include "map.h"
#include "size_class.h"
#include "stats.h"
#include "zpool_glue.h"

static int __init zsmalloc_init(void)
{
	int err;

	zs_class_init();
	err = zs_map_init();
	if (err)
		return err;
	zs_stats_init();
	zs_zpool_register();
	return 0;
}

static void __exit zsmalloc_exit(void)
{
	zs_zpool_unregister();
	zs_stats_exit();
	zs_map_exit();
	/* what frees descriptors and leaves is in this module */
	rcu_barrier();
}

module_init(zsmalloc_init);
module_exit(zsmalloc_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Allocator for compressed pages");
