// SPDX-License-Identifier: GPL-2.0-only
/*
 * Does the user want objects to be checked, and how often were they damaged?
 */
#define pr_fmt(fmt) "zram: " fmt

#include <linux/blkdev.h>
#include <linux/device.h>
#include <linux/sysfs.h>

#include "request.h"
#include "zram.h"

/* A disk has checksums for all objects or for none: not while it may hold some. */
static int set_integrity(struct zram *zram, bool on)
{
	int err = -EBUSY;

	down_write(&zram->init_lock);
	if (!zram_device_ready(zram)) {
		zram->setup.integrity = on;
		err = 0;
	}
	up_write(&zram->init_lock);
	return err;
}

static ssize_t checksum_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	struct zram *zram = dev_to_zram(dev);
	bool on;

	down_read(&zram->init_lock);
	on = zram->setup.integrity;
	up_read(&zram->init_lock);
	return sysfs_emit(buf, "%d\n", on);
}

static ssize_t checksum_store(struct device *dev, struct device_attribute *attr,
			      const char *buf, size_t len)
{
	bool on;
	int err = zram_request_bool(buf, len, &on);

	if (!err)
		err = set_integrity(dev_to_zram(dev), on);
	if (err) {
		zram_refused(dev_name(dev), "checksum", buf, len, err);
		return err;
	}
	return len;
}

/* Not "integrity": the block layer has a directory of that name in each disk. */
DEVICE_ATTR_RW(checksum);

static ssize_t corrupted_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%llu\n",
			  zram_stats_read(&dev_to_zram(dev)->store.stats, ZRAM_CORRUPTED));
}
DEVICE_ATTR_RO(corrupted);
