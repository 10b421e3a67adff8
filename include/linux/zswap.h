/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * zswap: swapped pages, compressed and kept in memory. What the rest of the
 * kernel tells it, beyond what it is told as a backend of frontswap.
 *
 * See Documentation/vm/zswap.rst.
 */
#ifndef _LINUX_ZSWAP_H
#define _LINUX_ZSWAP_H

struct mem_cgroup;

#ifdef CONFIG_ZSWAP
void zswap_memcg_offline(struct mem_cgroup *memcg);
#else
static inline void zswap_memcg_offline(struct mem_cgroup *memcg)
{
}
#endif

#endif /* _LINUX_ZSWAP_H */
