/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * From the wish on the boot line to a pool that works.
 *
 * On the boot line everything is only noted down: there is no memory yet. At
 * initialisation, and whenever zswap is enabled for the first time, the pool is
 * made. All of this runs with the lock of the kernel's parameters held.
 */
#ifndef _ZSWAP_SETUP_H
#define _ZSWAP_SETUP_H

#include <linux/types.h>
#include <linux/zcomp.h>

/**
 * enum zswap_phase - how far zswap has come
 * @ZSWAP_BOOTING: parameters are noted down
 * @ZSWAP_IDLE: initialised, and never enabled so far
 * @ZSWAP_RUNNING: there is a pool, for ever
 * @ZSWAP_FAILED: it could not be initialised
 */
enum zswap_phase {
	ZSWAP_BOOTING,
	ZSWAP_IDLE,
	ZSWAP_RUNNING,
	ZSWAP_FAILED
};

/**
 * struct zswap_setup - what is wished and how far it is fulfilled
 * @phase: see above
 * @wanted: the compressor that was asked for
 * @pending: @wanted was not there when the pool was made; another serves for it
 *
 * Protected by the lock of the kernel's parameters.
 */
struct zswap_setup {
	enum zswap_phase phase;
	char wanted[ZCOMP_NAME_MAX];
	bool pending;
};

int zswap_setup_compressor(struct zswap_setup *setup, const char *name);
int zswap_setup_enable(struct zswap_setup *setup);
int zswap_setup_start(struct zswap_setup *setup, int err, bool enable);
bool zswap_setup_retry(struct zswap_setup *setup);
const char *zswap_setup_shows(const struct zswap_setup *setup);

#endif /* _ZSWAP_SETUP_H */
