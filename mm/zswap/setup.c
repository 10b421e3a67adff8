// SPDX-License-Identifier: GPL-2.0-only
/*
 * How does zswap come to its pool, whatever it is told in whatever order?
 */
#define pr_fmt(fmt) "zswap: " fmt

#include <linux/errno.h>
#include <linux/printk.h>
#include <linux/string.h>

#include "object.h"
#include "pool.h"
#include "setup.h"

/* Always part of the compression layer. */
#define LAST_RESORT	"lzo"

/**
 * zswap_setup_compressor() - ask for a compressor
 * @setup: the state
 * @name: its name
 *
 * Context: Process context, sleeps, may load a module; or the boot line, before there is
 * an allocator.
 * Return: 0; -ENOENT if it is unknown, or too long to be one; -ENODEV if zswap could not
 * be initialised; an error of the compressor. Nothing has changed after an error.
 */
int zswap_setup_compressor(struct zswap_setup *setup, const char *name)
{
	int err = 0;

	if (strlen(name) >= sizeof(setup->wanted))
		return -ENOENT;
	switch (setup->phase) {
	case ZSWAP_BOOTING:
		break;
	case ZSWAP_IDLE:
		err = zcomp_find(name) ? 0 : -ENOENT;
		break;
	case ZSWAP_RUNNING:
		err = zswap_pool_use(name);
		break;
	case ZSWAP_FAILED:
		err = -ENODEV;
		break;
	}
	if (err)
		return err;
	strscpy(setup->wanted, name, sizeof(setup->wanted));
	setup->pending = false;
	return 0;
}

/* What was asked for, or else what there is. */
static int use_wanted(struct zswap_setup *setup)
{
	static const char * const others[] = { CONFIG_ZSWAP_COMPRESSOR_DEFAULT, LAST_RESORT };
	int err, i;

	err = zswap_pool_use(setup->wanted);
	for (i = 0; err && i < ARRAY_SIZE(others); i++) {
		if (zswap_pool_use(others[i]))
			continue;
		pr_warn("compressor %s is not there (error %d), using %s until it is\n",
			setup->wanted, err, others[i]);
		setup->pending = true;
		return 0;
	}
	return err;
}

/**
 * zswap_setup_enable() - make a pool, unless there is one
 * @setup: the state
 *
 * Context: Process context, sleeps; or the boot line.
 * Return: 0; -ENODEV if zswap could not be initialised; -ENOMEM.
 */
int zswap_setup_enable(struct zswap_setup *setup)
{
	int err;

	if (setup->phase == ZSWAP_FAILED)
		return -ENODEV;
	if (setup->phase != ZSWAP_IDLE)
		return 0;
	err = zswap_object_pool_create();
	if (!err)
		err = use_wanted(setup);
	if (err)
		return err;
	setup->phase = ZSWAP_RUNNING;
	pr_info("pool of zsmalloc with compressor %s\n", zswap_setup_shows(setup));
	return 0;
}

/**
 * zswap_setup_start() - the boot line has been read, the machine is up
 * @setup: the state
 * @err: how initialisation went
 * @enable: whether zswap is to be enabled
 *
 * Context: once, at initialisation.
 * Return: 0, or an error; then zswap is not enabled.
 */
int zswap_setup_start(struct zswap_setup *setup, int err, bool enable)
{
	setup->phase = err ? ZSWAP_FAILED : ZSWAP_IDLE;
	if (!err && enable)
		err = zswap_setup_enable(setup);
	if (err)
		pr_err("initialisation failed, error %d: no pages are stored\n", err);
	return err;
}

/**
 * zswap_setup_retry() - is the compressor of the boot line there by now?
 * @setup: the state
 *
 * Context: Process context, sleeps, may load a module.
 * Return: false if there is nothing to be tried again.
 */
bool zswap_setup_retry(struct zswap_setup *setup)
{
	if (!setup->pending)
		return false;
	if (!zswap_pool_use(setup->wanted)) {
		setup->pending = false;
		pr_info("compressor %s is there now\n", setup->wanted);
	}
	return true;
}

/**
 * zswap_setup_shows() - which compressor is in use, or will be
 * @setup: the state
 *
 * Return: its name.
 */
const char *zswap_setup_shows(const struct zswap_setup *setup)
{
	return setup->phase == ZSWAP_RUNNING || zswap_pool_compressor() ?
		zswap_pool_compressor() : setup->wanted;
}
