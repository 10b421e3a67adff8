/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What goes when memory is short?
 */
#ifndef _ZSWAP_SHRINKER_H
#define _ZSWAP_SHRINKER_H

struct page;
struct zswap_group;

int zswap_shrinker_start(void);
void zswap_shrinker_missed(struct page *page);

#ifdef CONFIG_MEMCG_KMEM
void zswap_shrinker_wake(struct zswap_group *group, int nid);
#else
static inline void zswap_shrinker_wake(struct zswap_group *group, int nid)
{
}
#endif

#endif /* _ZSWAP_SHRINKER_H */
