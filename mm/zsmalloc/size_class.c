// SPDX-License-Identifier: GPL-2.0-only
/*
 * The table of size classes, computed once at boot.
 *
 * Candidates are all multiples of ZS_ALIGN. The real cost of a candidate is
 * pages * PAGE_SIZE / slots of the chain that wastes least. Walking down from
 * PAGE_SIZE a candidate becomes a class only where it is at least 0.4 % cheaper
 * than the last class kept: more classes cost more in zspages that are partly
 * empty than they save in rounding. A kept slot is then stretched to what its
 * chain holds anyway. 4K pages get 276 classes this way.
 *
 * Source of the 0.4 %: a simulation over LZO sizes of real anonymous pages at 2,
 * 20 and 200 MB of payload, see Documentation/vm/zsmalloc.rst.
 */
#include <linux/cache.h>
#include <linux/kernel.h>

#include "size_class.h"

#define KEEP_PER_MILLE	996

static struct zs_geometry table[ZS_CLASS_MAX] __ro_after_init;
static unsigned int nr_classes __ro_after_init;

/* [n] serves sizes from (n - 1) * ZS_ALIGN + 1 to n * ZS_ALIGN bytes */
static u16 class_of[PAGE_SIZE / ZS_ALIGN + 1] __ro_after_init;

/* The chain for slots of @size bytes that leaves the smallest part unused. */
static struct zs_geometry best_chain(u32 size)
{
	struct zs_geometry best = { .size = size, .pages = 1 };
	unsigned int pages;

	best.slots = min_t(unsigned int, PAGE_SIZE / size, ZS_MAX_SLOTS);
	for (pages = 2; pages <= ZS_MAX_CHAIN; pages++) {
		unsigned int slots = pages * PAGE_SIZE / size;

		if (slots > ZS_MAX_SLOTS)
			break;
		if (slots * best.pages > best.slots * pages) {
			best.slots = slots;
			best.pages = pages;
		}
	}
	return best;
}

/* Is a slot of @geo at least 0.4 % cheaper than one of @than? */
static bool cheaper(const struct zs_geometry *geo, const struct zs_geometry *than)
{
	return (u64)geo->pages * than->slots * 1000 <=
	       (u64)than->pages * geo->slots * KEEP_PER_MILLE;
}

/**
 * zs_class_init() - compute the table of size classes
 *
 * Context: once, before the first pool.
 */
void zs_class_init(void)
{
	unsigned int size, n = 0, class, unit;

	/* largest first, so that each is compared with the next larger one kept */
	for (size = PAGE_SIZE; size >= ZS_MIN_SIZE; size -= ZS_ALIGN) {
		struct zs_geometry geo = best_chain(size);

		if (n && !cheaper(&geo, &table[n - 1]))
			continue;
		geo.size = round_down(geo.pages * PAGE_SIZE / geo.slots, ZS_ALIGN);
		table[n++] = geo;
	}
	nr_classes = n;

	for (class = 0; class < n / 2; class++)
		swap(table[class], table[n - 1 - class]);

	for (unit = 0, class = 0; unit < ARRAY_SIZE(class_of); unit++) {
		while (table[class].size < unit * ZS_ALIGN)
			class++;
		class_of[unit] = class;
	}
}

/**
 * zs_class_count() - how many classes there are
 *
 * Return: the number of classes; the largest one is the last.
 */
unsigned int zs_class_count(void)
{
	return nr_classes;
}

/**
 * zs_class_of() - the class that serves a request
 * @size: bytes, 1 to PAGE_SIZE
 *
 * Return: the index of the class with the smallest slot of at least @size bytes.
 */
unsigned int zs_class_of(size_t size)
{
	return class_of[DIV_ROUND_UP(size, ZS_ALIGN)];
}

/**
 * zs_class_geometry() - the shape of a class
 * @class: 0 to zs_class_count() - 1, smallest slot first
 *
 * Return: its geometry, valid for ever.
 */
const struct zs_geometry *zs_class_geometry(unsigned int class)
{
	return &table[class];
}

/**
 * zs_class_huge_size() - from which size on an object costs a page of its own
 *
 * Return: bytes; a smaller object costs less than PAGE_SIZE, one of this size
 * or more costs PAGE_SIZE.
 */
size_t zs_class_huge_size(void)
{
	return table[nr_classes - 2].size + 1;
}
