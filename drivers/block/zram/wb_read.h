/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pages that lie on the backing device. What zram_page_read() and its like refuse
 * with -EREMOTE, these do, and wait for the device.
 */
#ifndef _ZRAM_WB_READ_H
#define _ZRAM_WB_READ_H

#include <linux/errno.h>

struct page;
struct zram_store;

#ifdef CONFIG_ZRAM_WRITEBACK

int zram_wb_read(struct zram_store *store, unsigned long index, struct page *page);
int zram_wb_read_part(struct zram_store *store, unsigned long index, unsigned int offset,
		      void *dst, unsigned int len);
int zram_wb_write_part(struct zram_store *store, unsigned long index, unsigned int offset,
		       const void *src, unsigned int len);

#else

/* Nothing lies there. */
static inline int zram_wb_read(struct zram_store *store, unsigned long index, struct page *page)
{
	return -EIO;
}

static inline int zram_wb_read_part(struct zram_store *store, unsigned long index,
				    unsigned int offset, void *dst, unsigned int len)
{
	return -EIO;
}

static inline int zram_wb_write_part(struct zram_store *store, unsigned long index,
				     unsigned int offset, const void *src, unsigned int len)
{
	return -EIO;
}

#endif /* CONFIG_ZRAM_WRITEBACK */

#endif /* _ZRAM_WB_READ_H */
