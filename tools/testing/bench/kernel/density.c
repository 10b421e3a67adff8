// SPDX-License-Identifier: GPL-2.0-only
/*
 * Density: all the memory that a pool took from the machine over the bytes that
 * its users keep in it.
 *
 * What the pool took is what is free less than before it was created. So tables,
 * slabs and whatever else an allocator has are in it without asking the
 * allocator. Our own arrays are older than the first count.
 *
 * It has to be the first pool of the machine: slabs keep some of what an earlier one
 * had, and a later one would take from there.
 */
#include <linux/kernel.h>
#include <linux/mm.h>

#include "bench.h"

/* Before each count: enough for a worker that waits for the end of a burst. */
#define PAUSE_MS	200
/* No mean size is smaller, or the corpus is a strange one. */
#define MEAN_MIN	512

static void count(const struct objects *o, const char *phase, unsigned int megabytes,
		  long before)
{
	long taken = before - machine_free_pages();
	char name[48];

	snprintf(name, sizeof(name), "density.%u.%s", megabytes, phase);
	figure(name, (u64)taken << PAGE_SHIFT, o->payload);
	snprintf(name, sizeof(name), "pages.%u.%s", megabytes, phase);
	figure(name, (u64)zs_get_total_pages(o->pool) << PAGE_SHIFT, o->payload);
}

static int once(struct objects *o, unsigned int megabytes, unsigned int settle_ms, u64 seed)
{
	char name[48];
	long before, after;
	int err;

	machine_quiesce(PAUSE_MS);
	before = machine_free_pages();
	err = objects_pool(o, seed);
	if (err)
		return err;

	err = objects_fill(o, (u64)megabytes << 20);
	if (err)
		goto out;
	machine_quiesce(PAUSE_MS);
	count(o, "fresh", megabytes, before);

	err = objects_replace(o, 4 * o->nr);
	if (err)
		goto out;
	machine_quiesce(PAUSE_MS);
	count(o, "churned", megabytes, before);

	objects_shuffle(o);
	objects_free(o, o->nr / 2);
	machine_quiesce(PAUSE_MS);
	count(o, "burst", megabytes, before);
	machine_quiesce(settle_ms);
	count(o, "halved", megabytes, before);

	zs_compact(o->pool);
	machine_quiesce(PAUSE_MS);
	count(o, "compacted", megabytes, before);
out:
	objects_end(o);
	machine_quiesce(PAUSE_MS);
	after = machine_free_pages();
	snprintf(name, sizeof(name), "kept.%u", megabytes);
	figure(name, before > after ? before - after : 0, 1);
	return err;
}

/**
 * bench_density() - measure a pool
 * @megabytes: of payload
 * @settle_ms: how long the allocator may work after half was freed
 * @seed: decides sizes, and which objects are freed
 *
 * Return: 0 or a negative error.
 */
int bench_density(unsigned int megabytes, unsigned int settle_ms, u64 seed)
{
	struct objects o;
	int err;

	err = objects_init(&o, (megabytes << 20) / MEAN_MIN);
	if (!err)
		err = once(&o, megabytes, settle_ms, seed);
	objects_exit(&o);
	return err;
}
