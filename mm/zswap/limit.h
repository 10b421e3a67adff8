/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Is the pool full, and who makes room in it?
 */
#ifndef _ZSWAP_LIMIT_H
#define _ZSWAP_LIMIT_H

#include <linux/types.h>

int zswap_limit_start(void);
bool zswap_limit_admit(int nid);

#endif /* _ZSWAP_LIMIT_H */
