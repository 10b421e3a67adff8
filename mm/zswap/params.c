// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is zswap told, and what does it refuse to be told?
 */
#define pr_fmt(fmt) "zswap: " fmt

#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/ratelimit.h>
#include <linux/string.h>
#include <linux/sysfs.h>

#include "params.h"
#include "setup.h"

#define ONLY_ALLOCATOR	"zsmalloc"

struct zswap_params zswap_params = {
	.enabled			= IS_ENABLED(CONFIG_ZSWAP_DEFAULT_ON),
	.same_filled			= true,
	.non_same_filled		= true,
	.shrinker			= IS_ENABLED(CONFIG_ZSWAP_SHRINKER_DEFAULT_ON),
	.checksum			= true,
	.max_pool_percent		= 20,
	.accept_threshold_percent	= 90,
	.max_compression_ratio		= 100,
};

static struct zswap_setup setup = { .wanted = CONFIG_ZSWAP_COMPRESSOR_DEFAULT };

/* A value was refused: name it, and the parameter. */
static int refuse(const struct kernel_param *kp, const char *val, int err)
{
	static DEFINE_RATELIMIT_STATE(limit, 5 * HZ, 50);
	/* Behind the prefix, which a line of the log has already. */
	const char *name = strchrnul(kp->name, '.');
	int len = min_t(int, strcspn(val, "\n"), 64);

	if (__ratelimit(&limit))
		pr_warn("%s: refused \"%*pE\", error %d\n", *name ? name + 1 : kp->name, len, val,
			err);
	return err;
}

static int set_bool(const char *val, const struct kernel_param *kp)
{
	bool on;
	int err = kstrtobool(val ?: "1", &on);

	if (err)
		return refuse(kp, val, err);
	WRITE_ONCE(*(bool *)kp->arg, on);
	return 0;
}

static int set_percent(const char *val, const struct kernel_param *kp)
{
	unsigned int percent;
	int err = kstrtouint(val, 0, &percent);

	/* Too large for a number is too large for a percentage. */
	if (err == -ERANGE || (!err && percent > 100))
		err = -EINVAL;
	if (err)
		return refuse(kp, val, err);
	WRITE_ONCE(*(unsigned int *)kp->arg, percent);
	return 0;
}

static int set_enabled(const char *val, const struct kernel_param *kp)
{
	bool on;
	int err = kstrtobool(val ?: "1", &on);

	if (!err && on)
		err = zswap_setup_enable(&setup);
	if (!err && setup.phase == ZSWAP_FAILED)
		err = -ENODEV;
	if (err)
		return refuse(kp, val, err);
	WRITE_ONCE(zswap_params.enabled, on);
	return 0;
}

/* @val up to its line's end in @name; false if that is too long for one. */
static bool one_word(const char *val, char name[ZCOMP_NAME_MAX])
{
	size_t len = strcspn(val, "\n");

	if (len >= ZCOMP_NAME_MAX || (val[len] && val[len + 1]))
		return false;
	memcpy(name, val, len);
	name[len] = 0;
	return true;
}

static int set_compressor(const char *val, const struct kernel_param *kp)
{
	char name[ZCOMP_NAME_MAX];
	int err = -ENOENT;

	if (one_word(val, name))
		err = zswap_setup_compressor(&setup, name);
	return err ? refuse(kp, val, err) : 0;
}

static int get_compressor(char *buf, const struct kernel_param *kp)
{
	return sysfs_emit(buf, "%s\n", zswap_setup_shows(&setup));
}

/* Old boot lines name an allocator. There is one, so that is no reason not to boot. */
static int set_zpool(const char *val, const struct kernel_param *kp)
{
	if (!sysfs_streq(val, ONLY_ALLOCATOR))
		pr_warn("zpool: \"%*pE\" is ignored, " ONLY_ALLOCATOR " is the only allocator\n",
			min_t(int, strcspn(val, "\n"), 64), val);
	return 0;
}

static int get_zpool(char *buf, const struct kernel_param *kp)
{
	return sysfs_emit(buf, ONLY_ALLOCATOR "\n");
}

static const struct kernel_param_ops enabled_ops = {
	.flags = KERNEL_PARAM_OPS_FL_NOARG, .set = set_enabled, .get = param_get_bool,
};

static const struct kernel_param_ops bool_ops = {
	.flags = KERNEL_PARAM_OPS_FL_NOARG, .set = set_bool, .get = param_get_bool,
};

static const struct kernel_param_ops percent_ops = { .set = set_percent, .get = param_get_uint };

static const struct kernel_param_ops compressor_ops = {
	.set = set_compressor, .get = get_compressor,
};

static const struct kernel_param_ops zpool_ops = { .set = set_zpool, .get = get_zpool };

module_param_cb(enabled, &enabled_ops, &zswap_params.enabled, 0644);
module_param_cb(compressor, &compressor_ops, NULL, 0644);
module_param_cb(zpool, &zpool_ops, NULL, 0644);
module_param_cb(max_pool_percent, &percent_ops, &zswap_params.max_pool_percent, 0644);
module_param_cb(accept_threshold_percent, &percent_ops, &zswap_params.accept_threshold_percent,
		0644);
module_param_cb(max_compression_ratio, &percent_ops, &zswap_params.max_compression_ratio, 0644);
module_param_cb(same_filled_pages_enabled, &bool_ops, &zswap_params.same_filled, 0644);
module_param_cb(non_same_filled_pages_enabled, &bool_ops, &zswap_params.non_same_filled, 0644);
module_param_cb(incompressible_pages_enabled, &bool_ops, &zswap_params.incompressible, 0644);
module_param_cb(shrinker_enabled, &bool_ops, &zswap_params.shrinker, 0644);
module_param_cb(checksum_enabled, &bool_ops, &zswap_params.checksum, 0644);

/**
 * zswap_params_start() - do what the boot line says
 * @err: how initialisation went until now
 *
 * Context: once, at initialisation.
 */
void zswap_params_start(int err)
{
	kernel_param_lock(THIS_MODULE);
	if (zswap_setup_start(&setup, err, zswap_params.enabled))
		WRITE_ONCE(zswap_params.enabled, false);
	kernel_param_unlock(THIS_MODULE);
}

/**
 * zswap_params_retry() - look again for a compressor that was not there at boot
 *
 * Context: Process context, sleeps, may load a module.
 */
void zswap_params_retry(void)
{
	kernel_param_lock(THIS_MODULE);
	zswap_setup_retry(&setup);
	kernel_param_unlock(THIS_MODULE);
}
