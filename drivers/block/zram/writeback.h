/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Writing pages back: which ones, how many, and what becomes of their slots.
 */
#ifndef _ZRAM_WRITEBACK_H
#define _ZRAM_WRITEBACK_H

#include <linux/types.h>

#include "budget.h"
#include "request.h"

struct zram_store;

/* Pages in flight where the user says nothing. */
#define ZRAM_BATCH_DEFAULT	32

#ifdef CONFIG_ZRAM_WRITEBACK

/**
 * struct zram_writeback - how pages of one disk are written back
 * @budget: how much of it; has a lock of its own
 * @batch_size: pages in flight at most; READ_ONCE()/WRITE_ONCE() at any time
 * @compressed: objects go out as they are; zram.init_lock
 */
struct zram_writeback {
	struct zram_budget budget;
	u32 batch_size;
	bool compressed;
};

static inline void zram_writeback_init(struct zram_writeback *writeback)
{
	zram_budget_init(&writeback->budget);
	writeback->batch_size = ZRAM_BATCH_DEFAULT;
	writeback->compressed = false;
}

/* What a reset takes back. */
static inline void zram_writeback_reset(struct zram_writeback *writeback)
{
	zram_budget_clear(&writeback->budget);
}

bool zram_writeback_selects(enum zram_select select, u32 state);
int zram_writeback_run(struct zram_store *store, struct zram_writeback *writeback,
		       struct zram_writeback_request *request);

#else

struct zram_writeback { };

static inline void zram_writeback_init(struct zram_writeback *writeback) { }
static inline void zram_writeback_reset(struct zram_writeback *writeback) { }

#endif /* CONFIG_ZRAM_WRITEBACK */

#endif /* _ZRAM_WRITEBACK_H */
