/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the allocator knows of struct page.
 */
#ifndef _ZS_PAGE_H
#define _ZS_PAGE_H

#include <linux/types.h>

struct page;
struct zs_pool;
struct zs_zspage;

struct page *zs_page_alloc(gfp_t gfp);
void zs_page_free(struct page *page);

void zs_page_attach(struct page *page, struct zs_zspage *zspage, unsigned int nr);
void zs_page_detach(struct zs_pool *pool, struct page *page);
bool zs_page_belongs(struct page *page, const struct zs_zspage *zspage, unsigned int nr);

void zs_page_replace(struct page *page, struct page *by, struct zs_zspage *zspage);
struct zs_zspage *zs_page_zspage(struct page *page);
unsigned int zs_page_nr(struct page *page);

void zs_page_reaper_init(struct zs_pool *pool);
void zs_page_reaper_stop(struct zs_pool *pool);

#endif /* _ZS_PAGE_H */
