// SPDX-License-Identifier: GPL-2.0-only
/*
 * May the pool take another page, and is a compressed page short enough?
 */
#include <linux/limits.h>
#include <linux/minmax.h>

#include "accept.h"

/* @percent of @whole, rounded down, without a product that could overflow. */
static unsigned long share(unsigned long whole, unsigned int percent)
{
	return whole / 100 * percent + whole % 100 * percent / 100;
}

/**
 * zswap_limit_pages() - how large the pool may become
 * @limits: what bounds it
 *
 * Return: pages; 0 if nothing may be stored.
 */
unsigned long zswap_limit_pages(const struct zswap_limits *limits)
{
	return share(limits->ram, limits->max_percent);
}

/**
 * zswap_resume_pages() - how far a full pool has to shrink
 * @limits: what bounds it
 *
 * Return: pages; at or below this many it takes pages again.
 */
unsigned long zswap_resume_pages(const struct zswap_limits *limits)
{
	return share(zswap_limit_pages(limits), limits->accept_percent);
}

/**
 * zswap_exchange_pages() - up to where older pages make room for new ones
 * @limits: what bounds the pool
 * @cpus: that store pages
 *
 * Somewhat above the limit: each CPU may have let in a page when there was room for one, and
 * a page may have found no hole of its size in what it was exchanged for. A pool that
 * is larger than that had another limit before.
 *
 * Return: pages; 0 if nothing may be stored.
 */
unsigned long zswap_exchange_pages(const struct zswap_limits *limits, unsigned int cpus)
{
	unsigned long limit = zswap_limit_pages(limits);

	return limit ? limit + min(limit / 64 + cpus, ULONG_MAX - limit) : 0;
}

/**
 * zswap_judge() - may a page be stored?
 * @limits: what bounds the pool
 * @used: pages the pool takes now
 * @full: whether it has been full since it last took pages; updated. Racing callers
 *	may undo each other's update, and the next one makes up for it.
 *
 * Between the two limits the answer stays what it was: without that, a full pool
 * would take a page and refuse a page in turns, and be evicted page by page.
 *
 * Return: the verdict.
 */
enum zswap_verdict zswap_judge(const struct zswap_limits *limits, unsigned long used, bool *full)
{
	if (used >= zswap_limit_pages(limits)) {
		*full = true;
		return ZSWAP_LIMIT_HIT;
	}
	if (!*full)
		return ZSWAP_TAKE;
	if (used > zswap_resume_pages(limits))
		return ZSWAP_STILL_FULL;
	*full = false;
	return ZSWAP_TAKE;
}

/**
 * zswap_limit_bytes() - how long a compressed page may be
 * @page_size: bytes of a page
 * @percent: the largest share of a page that is worth keeping, 0 to 100
 *
 * Return: bytes; a longer one is refused.
 */
unsigned int zswap_limit_bytes(unsigned int page_size, unsigned int percent)
{
	return share(page_size, percent);
}
