/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * May the pool take another page?
 *
 * Arithmetic on page counts, with nothing of the kernel in it but integer types,
 * so that it is compiled and tested in user space as well.
 */
#ifndef _ZSWAP_ACCEPT_H
#define _ZSWAP_ACCEPT_H

#include <linux/types.h>

/**
 * struct zswap_limits - what bounds the pool
 * @ram: pages the machine has
 * @max_percent: of @ram that the pool may take, 0 to 100
 * @accept_percent: of that limit to which a full pool has to shrink before it takes
 *	pages again, 0 to 100
 */
struct zswap_limits {
	unsigned long ram;
	unsigned int max_percent;
	unsigned int accept_percent;
};

/**
 * enum zswap_verdict - what becomes of a page that wants in
 * @ZSWAP_TAKE: it is let in
 * @ZSWAP_LIMIT_HIT: the pool is at its limit
 * @ZSWAP_STILL_FULL: it was, and has not shrunk far enough since
 */
enum zswap_verdict {
	ZSWAP_TAKE,
	ZSWAP_LIMIT_HIT,
	ZSWAP_STILL_FULL
};

unsigned long zswap_limit_pages(const struct zswap_limits *limits);
unsigned long zswap_resume_pages(const struct zswap_limits *limits);
unsigned long zswap_exchange_pages(const struct zswap_limits *limits, unsigned int cpus);
enum zswap_verdict zswap_judge(const struct zswap_limits *limits, unsigned long used, bool *full);
unsigned int zswap_limit_bytes(unsigned int page_size, unsigned int percent);

#endif /* _ZSWAP_ACCEPT_H */
