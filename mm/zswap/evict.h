/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Older pages leave, so that a younger one can be stored.
 */
#ifndef _ZSWAP_EVICT_H
#define _ZSWAP_EVICT_H

#include "group.h"

struct zswap_leave;

unsigned long zswap_evict(enum zswap_whose whose, struct mem_cgroup *memcg, int nid,
			  unsigned long nr, struct zswap_leave *leave);

#endif /* _ZSWAP_EVICT_H */
