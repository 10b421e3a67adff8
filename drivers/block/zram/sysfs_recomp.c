// SPDX-License-Identifier: GPL-2.0-only
/*
 * How does a user have pages compressed again?
 */
#define pr_fmt(fmt) "zram: " fmt

#include <linux/device.h>
#include <linux/sysfs.h>

#include "recompress.h"
#include "request.h"
#include "zram.h"

static ssize_t recomp_algorithm_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	struct zram *zram = dev_to_zram(dev);
	unsigned int priority;
	const char *name;
	ssize_t len = 0;

	down_read(&zram->init_lock);
	for (priority = 1; priority < ZRAM_MAX_COMPS; priority++) {
		name = zram->setup.algorithm[priority];
		if (!name)
			continue;
		len += sysfs_emit_at(buf, len, "#%u: ", priority);
		len += zcomp_show_names(name, buf + len, PAGE_SIZE - len);
	}
	up_read(&zram->init_lock);
	return len;
}

static ssize_t recomp_algorithm_store(struct device *dev, struct device_attribute *attr,
				      const char *buf, size_t len)
{
	struct zram_recomp_request request;
	int err = zram_request_recomp(buf, len, &request);

	if (!err)
		err = zram_device_set_algorithm(dev_to_zram(dev), request.priority,
						request.algorithm);
	if (err) {
		zram_refused(dev_name(dev), "recomp_algorithm", buf, len, err);
		return err;
	}
	return len;
}
static DEVICE_ATTR_RW(recomp_algorithm);

static int recompress(struct zram *zram, const char *buf, size_t len)
{
	struct zram_recompress_request request;
	int err = -EINVAL;

	down_read(&zram->init_lock);
	if (zram_device_ready(zram))
		err = zram_request_recompress(buf, len, zram->store.huge_size, &request);
	if (!err)
		err = zram_recompress(&zram->store, &request);
	up_read(&zram->init_lock);
	return err;
}

static ssize_t recompress_store(struct device *dev, struct device_attribute *attr,
				const char *buf, size_t len)
{
	int err = recompress(dev_to_zram(dev), buf, len);

	/* Nobody has to be told that he is killed, or frozen. */
	if (err && err != -EINTR && err != -ERESTARTSYS)
		zram_refused(dev_name(dev), "recompress", buf, len, err);
	return err ?: len;
}
static DEVICE_ATTR_WO(recompress);

static struct attribute *zram_recomp_attrs[] = {
	&dev_attr_recomp_algorithm.attr,
	&dev_attr_recompress.attr,
	NULL,
};

const struct attribute_group zram_recomp_group = {
	.attrs = zram_recomp_attrs,
};
