// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which attributes does a disk have?
 *
 * A store function parses the text (request.c), calls one function and reports;
 * a text that is refused changes nothing.
 */
#define pr_fmt(fmt) "zram: " fmt

#include <linux/blkdev.h>
#include <linux/cpumask.h>
#include <linux/device.h>
#include <linux/fs.h>
#include <linux/sysfs.h>
#include <linux/zsmalloc.h>

#include "recompress.h"
#include "request.h"
#include "zram.h"

static ssize_t disksize_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	struct zram *zram = dev_to_zram(dev);
	u64 disksize;

	down_read(&zram->init_lock);
	disksize = zram->disksize;
	up_read(&zram->init_lock);
	return sysfs_emit(buf, "%llu\n", disksize);
}

static ssize_t disksize_store(struct device *dev, struct device_attribute *attr,
			      const char *buf, size_t len)
{
	u64 disksize;
	int err;

	/* The most that a loff_t, and on 32-bit the page cache, can address. */
	err = zram_request_disksize(buf, len, PAGE_SIZE, MAX_LFS_FILESIZE, &disksize);
	if (!err)
		err = zram_device_init(dev_to_zram(dev), disksize);
	if (err) {
		zram_refused(dev_name(dev), "disksize", buf, len, err);
		return err;
	}
	return len;
}
static DEVICE_ATTR_RW(disksize);

static ssize_t initstate_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	struct zram *zram = dev_to_zram(dev);
	bool ready;

	down_read(&zram->init_lock);
	ready = zram_device_ready(zram);
	up_read(&zram->init_lock);
	return sysfs_emit(buf, "%d\n", ready);
}
static DEVICE_ATTR_RO(initstate);

static ssize_t reset_store(struct device *dev, struct device_attribute *attr,
			   const char *buf, size_t len)
{
	int err = zram_request_reset(buf, len);

	if (!err)
		err = zram_device_reset(dev_to_zram(dev));
	if (err) {
		zram_refused(dev_name(dev), "reset", buf, len, err);
		return err;
	}
	return len;
}
static DEVICE_ATTR_WO(reset);

static ssize_t compact_store(struct device *dev, struct device_attribute *attr,
			     const char *buf, size_t len)
{
	struct zram *zram = dev_to_zram(dev);
	int err = -EINVAL;

	down_read(&zram->init_lock);
	if (zram_device_ready(zram)) {
		zs_compact(zram->store.pool);
		err = 0;
	}
	up_read(&zram->init_lock);
	if (err) {
		zram_refused(dev_name(dev), "compact", buf, len, err);
		return err;
	}
	return len;
}
static DEVICE_ATTR_WO(compact);

static ssize_t mem_limit_store(struct device *dev, struct device_attribute *attr,
			       const char *buf, size_t len)
{
	struct zram *zram = dev_to_zram(dev);
	unsigned long limit;
	int err;

	err = zram_request_limit(buf, len, PAGE_SIZE, &limit);
	if (err) {
		zram_refused(dev_name(dev), "mem_limit", buf, len, err);
		return err;
	}
	down_write(&zram->init_lock);
	WRITE_ONCE(zram->store.limit_pages, limit);
	up_write(&zram->init_lock);
	return len;
}
static DEVICE_ATTR_WO(mem_limit);

static ssize_t mem_used_max_store(struct device *dev, struct device_attribute *attr,
				  const char *buf, size_t len)
{
	struct zram *zram = dev_to_zram(dev);
	int err = zram_request_zero(buf, len);

	if (err) {
		zram_refused(dev_name(dev), "mem_used_max", buf, len, err);
		return err;
	}
	down_read(&zram->init_lock);
	if (zram_device_ready(zram))
		atomic_long_set(&zram->store.stats.max_used_pages,
				zs_get_total_pages(zram->store.pool));
	up_read(&zram->init_lock);
	return len;
}
static DEVICE_ATTR_WO(mem_used_max);

static ssize_t max_comp_streams_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%u\n", num_online_cpus());
}

/* Every CPU has its own stream; tools of old set a number all the same. */
static ssize_t max_comp_streams_store(struct device *dev, struct device_attribute *attr,
				      const char *buf, size_t len)
{
	return len;
}
static DEVICE_ATTR_RW(max_comp_streams);

static ssize_t comp_algorithm_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	struct zram *zram = dev_to_zram(dev);
	ssize_t len;

	down_read(&zram->init_lock);
	len = zcomp_show_names(zram->setup.algorithm[0], buf, PAGE_SIZE);
	up_read(&zram->init_lock);
	return len;
}

static ssize_t comp_algorithm_store(struct device *dev, struct device_attribute *attr,
				    const char *buf, size_t len)
{
	char name[ZCOMP_NAME_MAX];
	int err;

	err = zram_request_name(buf, len, name, sizeof(name));
	if (!err)
		err = zram_device_set_algorithm(dev_to_zram(dev), 0, name);
	if (err) {
		zram_refused(dev_name(dev), "comp_algorithm", buf, len, err);
		return err;
	}
	return len;
}
static DEVICE_ATTR_RW(comp_algorithm);

static ssize_t algorithm_params_store(struct device *dev, struct device_attribute *attr,
				      const char *buf, size_t len)
{
	struct zram_params_request request;
	int err;

	err = zram_request_params(buf, len, &request);
	if (!err)
		err = zram_params_set(dev_to_zram(dev), &request);
	if (err) {
		zram_refused(dev_name(dev), "algorithm_params", buf, len, err);
		return err;
	}
	return len;
}
static DEVICE_ATTR_WO(algorithm_params);

static ssize_t io_stat_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return zram_stats_show_io(&dev_to_zram(dev)->store.stats, buf);
}
static DEVICE_ATTR_RO(io_stat);

static ssize_t mm_stat_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	struct zram *zram = dev_to_zram(dev);
	struct zram_memory memory = { };
	struct zs_pool_stats pool_stats;
	ssize_t len;

	down_read(&zram->init_lock);
	memory.limit_pages = zram->store.limit_pages;
	if (zram_device_ready(zram)) {
		zs_pool_stats(zram->store.pool, &pool_stats);
		memory.used_pages = zs_get_total_pages(zram->store.pool);
		memory.compacted_pages = atomic_long_read(&pool_stats.pages_compacted);
	}
	len = zram_stats_show_mm(&zram->store.stats, &memory, buf);
	up_read(&zram->init_lock);
	return len;
}
static DEVICE_ATTR_RO(mm_stat);

static ssize_t debug_stat_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return zram_stats_show_debug(&dev_to_zram(dev)->store.stats, buf);
}
static DEVICE_ATTR_RO(debug_stat);

static struct attribute *zram_disk_attrs[] = {
	/* how the disk is to be */
	&dev_attr_comp_algorithm.attr,
	&dev_attr_algorithm_params.attr,
	&dev_attr_max_comp_streams.attr,
	&dev_attr_disksize.attr,
	&dev_attr_checksum.attr,
	&dev_attr_mem_limit.attr,

	/* what is done to it */
	&dev_attr_compact.attr,
	&dev_attr_idle.attr,
	&dev_attr_mem_used_max.attr,
	&dev_attr_reset.attr,

	/* how it is */
	&dev_attr_corrupted.attr,
	&dev_attr_debug_stat.attr,
	&dev_attr_initstate.attr,
	&dev_attr_io_stat.attr,
	&dev_attr_mm_stat.attr,
	NULL,
};

static const struct attribute_group zram_disk_group = {
	.attrs = zram_disk_attrs,
};

const struct attribute_group *zram_disk_groups[] = {
	&zram_disk_group,
#ifdef CONFIG_ZRAM_WRITEBACK
	&zram_writeback_group,
#endif
#ifdef CONFIG_ZRAM_MULTI_COMP
	&zram_recomp_group,
#endif
	NULL,
};
