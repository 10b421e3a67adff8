/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A page goes in, and comes back: what frontswap calls.
 */
#ifndef _ZSWAP_STORE_H
#define _ZSWAP_STORE_H

#include <linux/types.h>

struct page;

int zswap_store(unsigned int type, pgoff_t offset, struct page *page);
int zswap_load(unsigned int type, pgoff_t offset, struct page *page);

#endif /* _ZSWAP_STORE_H */
