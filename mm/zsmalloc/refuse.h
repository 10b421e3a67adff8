/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A handle that is no good is counted and named in the log.
 */
#ifndef _ZS_REFUSE_H
#define _ZS_REFUSE_H

#include "zspage.h"

void zs_refuse(struct zs_pool *pool, unsigned long handle, const char *what,
	       const char *wrong);

#endif /* _ZS_REFUSE_H */
