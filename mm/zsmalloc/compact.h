/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which objects move so that whole pages come free.
 */
#ifndef _ZS_COMPACT_H
#define _ZS_COMPACT_H

#include "budget.h"
#include "zspage.h"

/**
 * enum zs_progress - how a step ended
 * @ZS_DONE: nothing more to gain at the moment, or only where somebody reads
 * @ZS_MORE: the budget is used up
 * @ZS_TRADE: a page is needed to free more than one
 */
enum zs_progress { ZS_DONE, ZS_MORE, ZS_TRADE };

struct zs_zspage *zs_compact_victim(struct zs_class *class, struct zs_budget *budget);
enum zs_progress zs_compact_step(struct zs_pool *pool, struct zs_class *class,
				 struct zs_budget *budget, struct page **spare,
				 unsigned long *freed);
unsigned long zs_compact_down_to(struct zs_pool *pool, long keep);

/* spill.c */
unsigned long zs_spill(struct zs_pool *pool, struct zs_class *class);

#endif /* _ZS_COMPACT_H */
