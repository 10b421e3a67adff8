/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is zswap told to do?
 */
#ifndef _ZSWAP_PARAMS_H
#define _ZSWAP_PARAMS_H

#include <linux/types.h>

/**
 * struct zswap_params - settings that are read where they are needed
 * @enabled: pages are stored; only while there is a pool
 * @same_filled: pages of one repeated word are kept as that word
 * @non_same_filled: all other pages are kept
 * @incompressible: also those that compression does not make shorter
 * @shrinker: memory pressure evicts
 * @checksum: objects are stored with one
 * @max_pool_percent: of the machine's memory
 * @accept_threshold_percent: of that, for a full pool to take pages again
 * @max_compression_ratio: the longest object, in percent of a page
 *
 * Written with the lock of the kernel's parameters held, read with READ_ONCE().
 */
struct zswap_params {
	bool enabled;
	bool same_filled;
	bool non_same_filled;
	bool incompressible;
	bool shrinker;
	bool checksum;
	unsigned int max_pool_percent;
	unsigned int accept_threshold_percent;
	unsigned int max_compression_ratio;
};

extern struct zswap_params zswap_params;

void zswap_params_start(int err);
void zswap_params_retry(void);

#endif /* _ZSWAP_PARAMS_H */
