/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which size class serves N bytes, and how long its chain of pages is.
 *
 * Arithmetic only: nothing here takes a lock or knows struct page.
 */
#ifndef _ZS_SIZE_CLASS_H
#define _ZS_SIZE_CLASS_H

#include <linux/align.h>
#include <linux/minmax.h>
#include <linux/types.h>
#include <asm/page.h>

/* Slots are multiples of this many bytes, which is the alignment callers get. */
#define ZS_ALIGN		8
/* The smallest slot, in bytes. */
#define ZS_MIN_SIZE		32
/* The longest chain, in pages. */
#define ZS_MAX_CHAIN		16
/*
 * A slot costs its descriptor 4 bytes of back pointer and two bits; this keeps a
 * descriptor with all that within one page.
 */
#define ZS_MAX_SLOTS		((PAGE_SIZE - 512) / 5)
/*
 * Every class is at least 0.4 % cheaper than the next one, so no more than
 * ln(PAGE_SIZE / ZS_MIN_SIZE) / 0.004 fit in: 1902 with 64K pages. With 4K
 * pages the candidates themselves are fewer.
 */
#define ZS_CLASS_MAX		(PAGE_SIZE / ZS_ALIGN < 2048 ? PAGE_SIZE / ZS_ALIGN : 2048)

/**
 * struct zs_geometry - the shape of one size class
 * @size: bytes a slot holds, a multiple of ZS_ALIGN; immutable after boot
 * @slots: slots in a full chain; immutable after boot
 * @pages: pages in a full chain, 1 to ZS_MAX_CHAIN; immutable after boot
 *
 * Slot N lies at byte N * @size of the chain and may cross from one page into
 * the next. @slots * @size <= @pages * PAGE_SIZE.
 */
struct zs_geometry {
	u32 size;
	u16 slots;
	u8 pages;
};

void zs_class_init(void);
unsigned int zs_class_count(void);
unsigned int zs_class_of(size_t size);
const struct zs_geometry *zs_class_geometry(unsigned int class);
size_t zs_class_huge_size(void);

/* Slots that lie wholly within the first @pages pages of a chain. */
static inline unsigned int zs_class_capacity(const struct zs_geometry *geo,
					     unsigned int pages)
{
	return min_t(unsigned int, geo->slots, pages * PAGE_SIZE / geo->size);
}

/* Pages that @objects objects of a class occupy when packed without a gap. */
static inline unsigned long zs_class_packed(const struct zs_geometry *geo,
					    unsigned long objects)
{
	unsigned long rest = objects % geo->slots;

	return objects / geo->slots * geo->pages +
	       (rest * geo->size + PAGE_SIZE - 1) / PAGE_SIZE;
}

#endif /* _ZS_SIZE_CLASS_H */
