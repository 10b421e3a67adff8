/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How many pages are on their way to a swap area at once?
 */
#ifndef _ZSWAP_INFLIGHT_H
#define _ZSWAP_INFLIGHT_H

#include <linux/types.h>

struct page;

/*
 * Pages that are being written back to a swap area, by all callers together. They are
 * memory that is taken to free memory, and may come from the reserves.
 */
#define ZSWAP_INFLIGHT_MAX	64

int zswap_inflight_start(void);
bool zswap_inflight_begin(unsigned int type, long *patience);
void zswap_inflight_cancel(unsigned int type);
void zswap_inflight_submitted(struct page *page, unsigned int type);
bool zswap_inflight_failing(unsigned int type);
int zswap_inflight(void);

#endif /* _ZSWAP_INFLIGHT_H */
