// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which parameters an algorithm takes: defaults filled in, others refused with
 * a line in the log that names the value, because the caller only sees a number.
 */
#define pr_fmt(fmt) "zcomp: " fmt

#include <linux/printk.h>

#include "internal.h"

/* Replace a default level by @preset, refuse a level outside @min to @max. */
int zcomp_params_level(struct zcomp_setup *setup, s32 preset, s32 min, s32 max)
{
	s32 level = setup->params.level;

	if (level == ZCOMP_LEVEL_DEFAULT)
		level = preset;
	if (level < min || level > max) {
		pr_warn_ratelimited("%s: level %d is not in %d..%d\n",
				    setup->name, level, min, max);
		return -EINVAL;
	}
	setup->params.level = level;
	return 0;
}

/* Refuse any level but the default. */
int zcomp_params_no_level(const struct zcomp_setup *setup)
{
	if (setup->params.level == ZCOMP_LEVEL_DEFAULT)
		return 0;
	pr_warn_ratelimited("%s: has no levels, level %d refused\n",
			    setup->name, setup->params.level);
	return -EINVAL;
}

/* Refuse any window size but the default. */
int zcomp_params_no_winbits(const struct zcomp_setup *setup)
{
	if (setup->params.winbits == ZCOMP_WINBITS_DEFAULT)
		return 0;
	pr_warn_ratelimited("%s: has no window size, winbits %d refused\n",
			    setup->name, setup->params.winbits);
	return -EINVAL;
}

/* Refuse a dictionary. */
int zcomp_params_no_dict(const struct zcomp_setup *setup)
{
	if (!setup->params.dict)
		return 0;
	pr_warn_ratelimited("%s: takes no dictionary, one of %zu bytes refused\n",
			    setup->name, setup->params.dict_len);
	return -EINVAL;
}

/* Refuse everything: for an algorithm that cannot be tuned. */
int zcomp_params_none(struct zcomp_setup *setup)
{
	return zcomp_params_no_level(setup) ?:
	       zcomp_params_no_winbits(setup) ?:
	       zcomp_params_no_dict(setup);
}

/* Refuse a dictionary without content, and one too long for an int. */
int zcomp_params_dict(const struct zcomp_setup *setup)
{
	size_t len = setup->params.dict_len;

	if (!setup->params.dict || (len && len <= INT_MAX))
		return 0;
	pr_warn_ratelimited("%s: dictionary of %zu bytes refused\n",
			    setup->name, len);
	return -EINVAL;
}
