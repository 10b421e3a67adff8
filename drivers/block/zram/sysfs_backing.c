// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which attributes of a disk are about its backing device?
 */
#define pr_fmt(fmt) "zram: " fmt

#include <linux/blkdev.h>
#include <linux/device.h>
#include <linux/sysfs.h>

#include "backing.h"
#include "request.h"
#include "zram.h"

static ssize_t backing_dev_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	struct zram *zram = dev_to_zram(dev);
	ssize_t len;

	down_read(&zram->init_lock);
	len = sysfs_emit(buf, "%s\n", zram->backing ? zram->backing->path : "none");
	up_read(&zram->init_lock);
	return len;
}

static ssize_t backing_dev_store(struct device *dev, struct device_attribute *attr,
				 const char *buf, size_t len)
{
	const char *path;
	size_t path_len;
	int err;

	err = zram_request_path(buf, len, &path, &path_len);
	if (!err)
		err = zram_device_set_backing(dev_to_zram(dev), path, path_len);
	if (err) {
		zram_refused(dev_name(dev), "backing_dev", buf, len, err);
		return err;
	}
	return len;
}
static DEVICE_ATTR_RW(backing_dev);

static ssize_t writeback_store(struct device *dev, struct device_attribute *attr,
			       const char *buf, size_t len)
{
	int err = zram_device_write_back(dev_to_zram(dev), buf, len);

	/* The text of one that is to come again is not refused. */
	if (err == -ERESTARTSYS)
		return err;
	if (err) {
		zram_refused(dev_name(dev), "writeback", buf, len, err);
		return err;
	}
	return len;
}
static DEVICE_ATTR_WO(writeback);

static ssize_t writeback_limit_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%llu\n", zram_budget_left(&dev_to_zram(dev)->writeback.budget));
}

static ssize_t writeback_limit_store(struct device *dev, struct device_attribute *attr,
				     const char *buf, size_t len)
{
	u64 units;
	int err = zram_request_u64(buf, len, &units);

	if (err) {
		zram_refused(dev_name(dev), "writeback_limit", buf, len, err);
		return err;
	}
	zram_budget_set(&dev_to_zram(dev)->writeback.budget, units);
	return len;
}
static DEVICE_ATTR_RW(writeback_limit);

static ssize_t writeback_limit_enable_show(struct device *dev, struct device_attribute *attr,
					   char *buf)
{
	return sysfs_emit(buf, "%d\n", zram_budget_limited(&dev_to_zram(dev)->writeback.budget));
}

static ssize_t writeback_limit_enable_store(struct device *dev, struct device_attribute *attr,
					    const char *buf, size_t len)
{
	u64 limited;
	int err = zram_request_u64(buf, len, &limited);

	if (!err && limited > 1)
		err = -EINVAL;
	if (err) {
		zram_refused(dev_name(dev), "writeback_limit_enable", buf, len, err);
		return err;
	}
	zram_budget_enable(&dev_to_zram(dev)->writeback.budget, limited);
	return len;
}
static DEVICE_ATTR_RW(writeback_limit_enable);

static ssize_t writeback_batch_size_show(struct device *dev, struct device_attribute *attr,
					 char *buf)
{
	return sysfs_emit(buf, "%u\n", READ_ONCE(dev_to_zram(dev)->writeback.batch_size));
}

static ssize_t writeback_batch_size_store(struct device *dev, struct device_attribute *attr,
					  const char *buf, size_t len)
{
	u32 size;
	int err = zram_request_positive(buf, len, &size);

	if (err) {
		zram_refused(dev_name(dev), "writeback_batch_size", buf, len, err);
		return err;
	}
	WRITE_ONCE(dev_to_zram(dev)->writeback.batch_size, size);
	return len;
}
static DEVICE_ATTR_RW(writeback_batch_size);

static ssize_t compressed_writeback_show(struct device *dev, struct device_attribute *attr,
					 char *buf)
{
	struct zram *zram = dev_to_zram(dev);
	bool compressed;

	down_read(&zram->init_lock);
	compressed = zram->writeback.compressed;
	up_read(&zram->init_lock);
	return sysfs_emit(buf, "%d\n", compressed);
}

static ssize_t compressed_writeback_store(struct device *dev, struct device_attribute *attr,
					  const char *buf, size_t len)
{
	bool compressed;
	int err = zram_request_bool(buf, len, &compressed);

	if (!err)
		err = zram_device_set_compressed(dev_to_zram(dev), compressed);
	if (err) {
		zram_refused(dev_name(dev), "compressed_writeback", buf, len, err);
		return err;
	}
	return len;
}
static DEVICE_ATTR_RW(compressed_writeback);

static ssize_t bd_stat_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return zram_stats_show_bd(&dev_to_zram(dev)->store.stats, buf);
}
static DEVICE_ATTR_RO(bd_stat);

static struct attribute *zram_writeback_attrs[] = {
	/* how the disk is to be */
	&dev_attr_backing_dev.attr,
	&dev_attr_compressed_writeback.attr,
	&dev_attr_writeback_batch_size.attr,
	&dev_attr_writeback_limit.attr,
	&dev_attr_writeback_limit_enable.attr,

	/* what is done to it */
	&dev_attr_writeback.attr,

	/* how it is */
	&dev_attr_bd_stat.attr,
	NULL,
};

const struct attribute_group zram_writeback_group = {
	.attrs = zram_writeback_attrs,
};
