// SPDX-License-Identifier: GPL-2.0-only
/*
 * What did the user choose for a disk, and whose memory is that?
 */
#include <linux/errno.h>
#include <linux/mm.h>
#include <linux/string.h>

#include "setup.h"

static void forget_params(struct zram_setup *setup, unsigned int priority)
{
	kvfree(setup->params[priority].dict);
	setup->params[priority] = ZCOMP_PARAMS_DEFAULT;
}

/**
 * zram_setup_init() - what a new disk starts with
 * @setup: where
 */
void zram_setup_init(struct zram_setup *setup)
{
	unsigned int i;

	for (i = 0; i < ZRAM_MAX_COMPS; i++) {
		setup->algorithm[i] = NULL;
		setup->params[i] = ZCOMP_PARAMS_DEFAULT;
	}
	setup->algorithm[0] = CONFIG_ZRAM_DEF_COMP;
	setup->integrity = IS_ENABLED(CONFIG_ZRAM_INTEGRITY_DEFAULT_ON);
}

/**
 * zram_setup_release() - free what the choices hold
 * @setup: no disk uses it any more
 */
void zram_setup_release(struct zram_setup *setup)
{
	unsigned int i;

	for (i = 0; i < ZRAM_MAX_COMPS; i++)
		forget_params(setup, i);
}

/**
 * zram_setup_algorithm() - choose an algorithm
 * @setup: no disk that has a size uses it
 * @priority: below ZRAM_MAX_COMPS
 * @name: from zcomp_find(), or NULL for none
 *
 * Parameters are those of an algorithm: another one starts with its defaults.
 */
void zram_setup_algorithm(struct zram_setup *setup, unsigned int priority, const char *name)
{
	if (setup->algorithm[priority] != name)
		forget_params(setup, priority);
	setup->algorithm[priority] = name;
}

/**
 * zram_setup_find() - which of the algorithms has this name?
 * @setup: the choices
 * @name: compared byte for byte
 *
 * Return: the first priority it has, or -EINVAL if it was not chosen.
 */
int zram_setup_find(const struct zram_setup *setup, const char *name)
{
	int i;

	for (i = 0; i < ZRAM_MAX_COMPS; i++)
		if (setup->algorithm[i] && !strcmp(setup->algorithm[i], name))
			return i;
	return -EINVAL;
}

/**
 * zram_setup_params() - tune an algorithm
 * @setup: no disk that has a size uses it
 * @priority: of an algorithm that was chosen
 * @params: what zcomp_check() took; their dictionary is @setup's from now on, to
 *	    free with kvfree()
 *
 * What it was tuned with before is forgotten.
 */
void zram_setup_params(struct zram_setup *setup, unsigned int priority,
		       const struct zcomp_params *params)
{
	forget_params(setup, priority);
	setup->params[priority] = *params;
}
