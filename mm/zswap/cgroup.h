/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * May a cgroup have more in zswap?
 */
#ifndef _ZSWAP_CGROUP_H
#define _ZSWAP_CGROUP_H

#include <linux/types.h>

struct obj_cgroup;

#ifdef CONFIG_MEMCG_KMEM
bool zswap_cgroup_admit(struct obj_cgroup *objcg, int nid);
#else
static inline bool zswap_cgroup_admit(struct obj_cgroup *objcg, int nid)
{
	return true;
}
#endif

#endif /* _ZSWAP_CGROUP_H */
