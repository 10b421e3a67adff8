/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * An object: the bytes that a slot points to, in the pool or in a block of the
 * backing device. Whoever makes one notes its checksum in the slot, whoever reads
 * one calls zram_object_check() before he lets anybody have what he made of it.
 *
 * A disk has checksums for all of its objects or for none.
 */
#ifndef _ZRAM_OBJECT_H
#define _ZRAM_OBJECT_H

#include <linux/types.h>

struct zram_content;
struct zram_store;
struct zs_reading;

u32 zram_object_checksum(struct zram_store *store, const void *mem, unsigned int len);
int zram_object_check(struct zram_store *store, const struct zram_content *content,
		      const void *mem);
int zram_object_create(struct zram_store *store, const void *src, unsigned int len,
		       struct zram_content *content);
void *zram_object_begin(struct zram_store *store, const struct zram_content *content,
			void *buf, struct zs_reading *reading);

#endif /* _ZRAM_OBJECT_H */
