/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How one object gets from one slot into another while others use the pool.
 */
#ifndef _ZS_MOVE_H
#define _ZS_MOVE_H

#include "zspage.h"

bool zs_move(struct zs_pool *pool, struct zs_zspage *from, unsigned int slot,
	     struct zs_zspage *target);

#endif /* _ZS_MOVE_H */
