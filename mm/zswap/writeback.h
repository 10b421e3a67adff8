/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A page leaves for the swap device.
 */
#ifndef _ZSWAP_WRITEBACK_H
#define _ZSWAP_WRITEBACK_H

#include <linux/bits.h>

struct zswap_lru;

/* The caller may wait for writes that are under way, as long as they take. */
#define ZSWAP_WB_WAIT	BIT(0)
/* The caller may wait for them a moment, once: he holds locks that they might need to end. */
#define ZSWAP_WB_PAUSE	BIT(1)
/* The caller may enter a filesystem, for swap areas that need one to be written to. */
#define ZSWAP_WB_FS	BIT(2)

/**
 * enum zswap_written - what an attempt to write back has come to
 * @ZSWAP_WROTE: a page is on its way, or is in the swap cache; its memory is free
 * @ZSWAP_PASSED: the oldest entry could not go, and is the youngest now
 * @ZSWAP_NONE: there is nothing to write back
 * @ZSWAP_BUSY: as many pages as may be are under way already
 */
enum zswap_written {
	ZSWAP_WROTE,
	ZSWAP_PASSED,
	ZSWAP_NONE,
	ZSWAP_BUSY
};

enum zswap_written zswap_writeback_oldest(struct zswap_lru *lru, unsigned int flags);
unsigned long zswap_writeback_some(struct zswap_lru *lru, unsigned long nr, unsigned int flags);

#endif /* _ZSWAP_WRITEBACK_H */
