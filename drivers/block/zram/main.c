// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which disks are there, and how do they come and go?
 */
#define pr_fmt(fmt) "zram: " fmt

#include <linux/blkdev.h>
#include <linux/device/class.h>
#include <linux/err.h>
#include <linux/idr.h>
#include <linux/kdev_t.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/sysfs.h>

#include "debugfs.h"
#include "request.h"
#include "zram.h"

static unsigned int num_devices = 1;
module_param(num_devices, uint, 0);
MODULE_PARM_DESC(num_devices, "Disks to make when the module is loaded, default 1");

/* Finding a disk, and whether it is there to be found. */
static DEFINE_MUTEX(disks_lock);
/* Number to disk, NULL while the disk is being made. Protected by disks_lock. */
static DEFINE_IDR(disks);
/* Immutable after init. */
static int zram_major;

static int disk_add(void)
{
	struct zram *zram;
	int id;

	mutex_lock(&disks_lock);
	id = idr_alloc(&disks, NULL, 0, 1 << MINORBITS, GFP_KERNEL);
	if (id < 0)
		goto out;
	zram = zram_device_create(zram_major, id);
	if (IS_ERR(zram)) {
		idr_remove(&disks, id);
		id = PTR_ERR(zram);
		goto out;
	}
	idr_replace(&disks, zram, id);
out:
	mutex_unlock(&disks_lock);
	return id;
}

static int disk_remove(int id)
{
	struct zram *zram;
	int err;

	mutex_lock(&disks_lock);
	zram = idr_find(&disks, id);
	err = zram ? zram_device_claim(zram) : -ENODEV;
	mutex_unlock(&disks_lock);
	if (err)
		return err;

	/*
	 * Without the lock, which whoever is waited for may want. The number stays
	 * taken as long as the name is, and the claim keeps others off the disk.
	 */
	zram_device_retire(zram);

	mutex_lock(&disks_lock);
	idr_remove(&disks, id);
	mutex_unlock(&disks_lock);
	zram_device_free(zram);
	return 0;
}

static ssize_t hot_add_show(struct class *class, struct class_attribute *attr, char *buf)
{
	int id = disk_add();

	return id < 0 ? id : sysfs_emit(buf, "%d\n", id);
}

/* Reading it makes a disk: not for everybody. */
static struct class_attribute class_attr_hot_add = __ATTR(hot_add, 0400, hot_add_show, NULL);

static ssize_t hot_remove_store(struct class *class, struct class_attribute *attr,
				const char *buf, size_t len)
{
	int id;
	int err = zram_request_id(buf, len, &id);

	if (!err)
		err = disk_remove(id);
	if (err) {
		zram_refused("zram-control", "hot_remove", buf, len, err);
		return err;
	}
	return len;
}
static CLASS_ATTR_WO(hot_remove);

static struct attribute *zram_control_attrs[] = {
	&class_attr_hot_add.attr,
	&class_attr_hot_remove.attr,
	NULL,
};
ATTRIBUTE_GROUPS(zram_control);

static struct class zram_control_class = {
	.name = "zram-control",
	.owner = THIS_MODULE,
	.class_groups = zram_control_groups,
};

static void remove_all(void)
{
	struct zram *zram;
	int id;

	/* First the ways to get more of them, and whoever is using one just now. */
	class_unregister(&zram_control_class);
	idr_for_each_entry(&disks, zram, id) {
		zram_device_retire(zram);
		zram_device_free(zram);
	}
	idr_destroy(&disks);
	zram_debugfs_exit();
	unregister_blkdev(zram_major, "zram");
}

static int __init zram_init(void)
{
	unsigned int i;
	int err;

	if (num_devices > 1 << MINORBITS) {
		pr_err("num_devices: refused \"%u\", at most %u\n", num_devices, 1 << MINORBITS);
		return -EINVAL;
	}
	zram_major = register_blkdev(0, "zram");
	if (zram_major < 0)
		return zram_major;
	zram_debugfs_init();
	err = class_register(&zram_control_class);
	if (err) {
		zram_debugfs_exit();
		unregister_blkdev(zram_major, "zram");
		return err;
	}

	for (i = 0; i < num_devices; i++) {
		err = disk_add();
		if (err < 0) {
			remove_all();
			return err;
		}
	}
	return 0;
}

static void __exit zram_exit(void)
{
	remove_all();
}

module_init(zram_init);
module_exit(zram_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Compressed RAM block device");
