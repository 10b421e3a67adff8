// SPDX-License-Identifier: GPL-2.0-only
/*
 * Demand for size classes, counted by object.
 */
#include <linux/errno.h>
#include <linux/slab.h>

#include "demand.h"
#include "handle.h"

/**
 * zs_demand_init() - nothing is wanted yet, the grid is in use
 * @demand: to be filled in
 *
 * Context: may sleep.
 * Return: 0, or -ENOMEM.
 */
int zs_demand_init(struct zs_demand *demand)
{
	unsigned int size;

	demand->wanted = kvcalloc(zs_class_count(), sizeof(*demand->wanted), GFP_KERNEL);
	if (!demand->wanted)
		return -ENOMEM;
	demand->start = ZS_DEMAND_START;
	demand->stop = ZS_DEMAND_STOP;
	bitmap_zero(demand->grid, ZS_CLASS_MAX);
	for (size = ZS_DEMAND_GRID; size <= PAGE_SIZE; size += ZS_DEMAND_GRID)
		__set_bit(zs_class_of(size), demand->grid);
	bitmap_copy(demand->used, demand->grid, ZS_CLASS_MAX);
	return 0;
}

/**
 * zs_demand_destroy() - undo zs_demand_init()
 * @demand: nobody uses it any more
 */
void zs_demand_destroy(struct zs_demand *demand)
{
	kvfree(demand->wanted);
}

/* Bytes that @objects objects of @class save against the next larger class in use. */
static u64 saved(const struct zs_demand *demand, unsigned int class, unsigned int objects,
		 unsigned int *next)
{
	*next = find_next_bit(demand->used, zs_class_count(), class + 1);
	return (u64)objects * (zs_class_geometry(*next)->size -
			       zs_class_geometry(class)->size);
}

/**
 * zs_demand_enter() - there will be one more object of a class
 * @demand: of the pool
 * @class: the class that its size asks for
 *
 * Context: any.
 * Return: the class to put it in: @class, or the next larger one in use.
 */
unsigned int zs_demand_enter(struct zs_demand *demand, unsigned int class)
{
	unsigned int wanted = atomic_inc_return(&demand->wanted[class]);
	unsigned int next;

	if (likely(test_bit(class, demand->used)))
		return class;
	/* an entry has room for no more than ZS_DOWN_MAX */
	if (saved(demand, class, wanted, &next) <= READ_ONCE(demand->start) &&
	    next - class <= ZS_DOWN_MAX)
		return next;
	set_bit(class, demand->used);
	return class;
}

/**
 * zs_demand_leave() - an object is gone, or has not come
 * @demand: of the pool
 * @class: as given to zs_demand_enter()
 *
 * Context: any.
 */
void zs_demand_leave(struct zs_demand *demand, unsigned int class)
{
	unsigned int wanted = atomic_dec_return(&demand->wanted[class]);
	unsigned int stop = READ_ONCE(demand->stop), next;

	/* cheap for the many: far above the limit even against the nearest class */
	if (wanted > stop / ZS_ALIGN || test_bit(class, demand->grid) ||
	    !test_bit(class, demand->used))
		return;
	if (saved(demand, class, wanted, &next) < stop)
		clear_bit(class, demand->used);
}
