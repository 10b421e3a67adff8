// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which pages does the user want to be marked as idle?
 */
#define pr_fmt(fmt) "zram: " fmt

#include <linux/blkdev.h>
#include <linux/device.h>
#include <linux/kconfig.h>

#include "request.h"
#include "tracking.h"
#include "zram.h"

static int mark_idle(struct zram *zram, const struct zram_idle_request *request)
{
	int err = -EINVAL;

	if (!request->all && !IS_ENABLED(CONFIG_ZRAM_TRACK_ENTRY_ACTIME)) {
		pr_warn_ratelimited("%s: idle: no ages without CONFIG_ZRAM_TRACK_ENTRY_ACTIME\n",
				    zram->disk->disk_name);
		return err;
	}
	down_read(&zram->init_lock);
	if (zram_device_ready(zram)) {
		zram_tracking_mark_idle(&zram->store, request->all ? 0 : request->seconds);
		err = 0;
	}
	up_read(&zram->init_lock);
	return err;
}

static ssize_t idle_store(struct device *dev, struct device_attribute *attr,
			  const char *buf, size_t len)
{
	struct zram *zram = dev_to_disk(dev)->private_data;
	struct zram_idle_request request;
	int err = zram_request_idle(buf, len, &request);

	if (!err)
		err = mark_idle(zram, &request);
	if (err) {
		zram_refused(dev_name(dev), "idle", buf, len, err);
		return err;
	}
	return len;
}
DEVICE_ATTR_WO(idle);
