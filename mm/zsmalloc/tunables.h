/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What can be set in a running pool, as text.
 */
#ifndef _ZS_TUNABLES_H
#define _ZS_TUNABLES_H

#include "pool.h"

/**
 * enum zs_tunable - what can be set
 * @ZS_TUNE_PERMILLE: zs_background.permille
 * @ZS_TUNE_BURST: zs_background.burst_ms
 * @ZS_TUNE_QUIET: zs_background.quiet_ms
 * @ZS_TUNE_START: zs_demand.start
 * @ZS_TUNE_STOP: zs_demand.stop
 * @ZS_NR_TUNABLES: how many there are
 */
enum zs_tunable {
	ZS_TUNE_PERMILLE,
	ZS_TUNE_BURST,
	ZS_TUNE_QUIET,
	ZS_TUNE_START,
	ZS_TUNE_STOP,
	ZS_NR_TUNABLES,
};

/* The longest text that zs_tunables_set() is given, in bytes. */
#define ZS_TUNABLES_TEXT	255

const char *zs_tunable_name(enum zs_tunable which);
unsigned int zs_tunable_get(struct zs_pool *pool, enum zs_tunable which);
int zs_tunables_set(struct zs_pool *pool, char *text, size_t len);

#endif /* _ZS_TUNABLES_H */
