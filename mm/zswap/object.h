/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The content of a page on its way into the allocator and back.
 */
#ifndef _ZSWAP_OBJECT_H
#define _ZSWAP_OBJECT_H

#include "entry.h"

struct page;
struct zcomp;

/**
 * struct zswap_form - which forms a page may take
 * @same: one repeated word, without an object
 * @other: an object
 * @raw: the page as it is, where compression does not make it shorter
 * @summed: keep a checksum of the object
 * @max: bytes a compressed page may have
 */
struct zswap_form {
	bool same;
	bool other;
	bool raw;
	bool summed;
	unsigned int max;
};

int zswap_object_pool_create(void);
unsigned long zswap_object_pages(void);
unsigned long zswap_object_compact(void);
int zswap_object_create(struct zcomp *comp, const struct zswap_form *form, struct page *page,
			struct zswap_object *object);
int zswap_object_read(struct zcomp *comp, const struct zswap_object *object, struct page *page);
void zswap_object_release(const struct zswap_object *object);
void zswap_object_damage(const struct zswap_object *object, unsigned int bit);

#endif /* _ZSWAP_OBJECT_H */
