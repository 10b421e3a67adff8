/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A request becomes an object and a handle, and what freeing undoes.
 */
#ifndef _ZS_ALLOC_H
#define _ZS_ALLOC_H

#include "zspage.h"

void zs_refuse(struct zs_pool *pool, unsigned long handle, const char *what,
	       const char *wrong);

#endif /* _ZS_ALLOC_H */
