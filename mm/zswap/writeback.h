/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A page leaves for the swap device.
 */
#ifndef _ZSWAP_WRITEBACK_H
#define _ZSWAP_WRITEBACK_H

#include <linux/jiffies.h>
#include <linux/types.h>

struct zswap_lru;

/**
 * struct zswap_leave - what somebody who writes pages back may do for that
 * @patience: jiffies that he may still wait for writes that are under way, for all pages
 *	together
 * @several: he may wait also when a page is on its way by then
 * @fs: he may enter a filesystem, for swap areas that need one to be written to
 */
struct zswap_leave {
	long patience;
	bool several;
	bool fs;
};

/*
 * Of a store: it holds locks that writes and filesystems might need to get anywhere, so it
 * waits for several writes of a disk that has to seek for each of them, and no longer.
 */
#define ZSWAP_LEAVE_STORE	((struct zswap_leave){ .patience = HZ / 5 })

/* Of somebody who has no lock and all the time there is, but for the freezer. */
#define ZSWAP_LEAVE_WORKER	\
	((struct zswap_leave){ .patience = HZ, .several = true, .fs = true })

/**
 * enum zswap_written - what an attempt to write back has come to
 * @ZSWAP_WROTE: a page is on its way, or is in the swap cache; its memory is free
 * @ZSWAP_PASSED: the oldest entry could not go, and is the youngest now
 * @ZSWAP_SPARED: the same, because it had been loaded
 * @ZSWAP_NONE: there is nothing that the caller may write back
 * @ZSWAP_BUSY: as many pages as may be are under way already to where the oldest has to go
 */
enum zswap_written {
	ZSWAP_WROTE,
	ZSWAP_PASSED,
	ZSWAP_SPARED,
	ZSWAP_NONE,
	ZSWAP_BUSY
};

enum zswap_written zswap_writeback_oldest(struct zswap_lru *lru, struct zswap_leave *leave);
unsigned long zswap_writeback_some(struct zswap_lru *lru, unsigned long nr,
				   struct zswap_leave *leave);

#endif /* _ZSWAP_WRITEBACK_H */
