// SPDX-License-Identifier: GPL-2.0-only
/*
 * What one operation costs, in nanoseconds, on a CPU that nobody shares.
 *
 * Only the steady churn lets others run, and counts them. What malloc and free
 * leave to be done later is watched for and printed as a figure of its own.
 */
#include <linux/mm.h>
#include <linux/string.h>

#include "bench.h"

/* One who looks, but changes nothing and keeps nothing. */
static int map_all(struct objects *o)
{
	u32 n;

	for (n = 0; n < o->nr; n++) {
		if (!zs_map_object(o->pool, o->handle[n], ZS_MM_RO))
			return -EIO;
		zs_unmap_object(o->pool, o->handle[n]);
	}
	return 0;
}

/* One who reads every byte, as a decompressor does. */
static int read_all(struct objects *o)
{
	static u8 buffer[PAGE_SIZE];
	u32 n;

	for (n = 0; n < o->nr; n++) {
		void *mem = zs_map_object(o->pool, o->handle[n], ZS_MM_RO);

		if (!mem)
			return -EIO;
		memcpy(buffer, mem, o->size[n]);
		zs_unmap_object(o->pool, o->handle[n]);
	}
	return 0;
}

static int life(struct objects *o, u32 nr, unsigned int settle_ms)
{
	u64 start, ns;
	int err;

	objects_draw(o, nr);
	start = machine_cpu_ns();
	err = objects_malloc(o);
	figure("malloc", machine_cpu_ns() - start, nr);
	if (!err)
		err = objects_write(o);
	if (err)
		return err;

	objects_shuffle(o);
	start = machine_cpu_ns();
	err = map_all(o);
	figure("map", machine_cpu_ns() - start, nr);
	if (err)
		return err;

	start = machine_cpu_ns();
	err = read_all(o);
	figure("read", machine_cpu_ns() - start, nr);
	if (err)
		return err;

	/* the first replacements are those of a pool that has no holes yet */
	err = objects_replace(o, nr);
	machine_others_ns(settle_ms);
	if (err)
		return err;
	start = machine_cpu_ns();
	err = objects_replace(o, 4 * nr);
	ns = machine_cpu_ns() - start;
	ns += machine_others_ns(settle_ms);
	figure("churn", ns, 4 * nr);
	if (err)
		return err;

	objects_shuffle(o);
	start = machine_cpu_ns();
	objects_free(o, nr);
	ns = machine_cpu_ns() - start;
	figure("free", ns, nr);
	ns += machine_others_ns(settle_ms);
	figure("free_and_after", ns, nr);

	/* in the order in which they came */
	objects_draw(o, nr);
	err = objects_malloc(o);
	if (err)
		return err;
	objects_reverse(o);
	start = machine_cpu_ns();
	objects_free(o, nr);
	figure("free_in_order", machine_cpu_ns() - start, nr);
	return 0;
}

/* Nobody else runs between the frees and the end of the compaction. */
static int halve_and_compact(struct objects *o, u32 nr)
{
	unsigned long before;
	u64 start, ns;
	int err;

	objects_draw(o, nr);
	err = objects_malloc(o);
	if (!err)
		err = objects_write(o);
	if (err)
		return err;
	objects_shuffle(o);
	objects_free(o, nr / 2);

	before = zs_get_total_pages(o->pool);
	start = machine_cpu_ns();
	zs_compact(o->pool);
	ns = machine_cpu_ns() - start;
	figure("compact", ns, before - zs_get_total_pages(o->pool));
	figure("compact_all", ns, nr / 2);
	figure("compact_pages", before - zs_get_total_pages(o->pool), 1);
	return 0;
}

/**
 * bench_cost() - time every operation
 * @nr: objects in a pool
 * @rounds: how often, each time with a pool of its own
 * @settle_ms: how long to watch for what comes after churn and after frees
 * @seed: of the first round
 *
 * Return: 0 or a negative error.
 */
int bench_cost(u32 nr, unsigned int rounds, unsigned int settle_ms, u64 seed)
{
	struct objects o;
	unsigned int n;
	int err;

	figure("idle_us", machine_idle(), 1000);
	err = objects_init(&o, nr);
	for (n = 0; n < rounds && !err; n++) {
		err = objects_pool(&o, seed + n);
		if (err)
			break;
		err = life(&o, nr, settle_ms);
		objects_end(&o);
		machine_quiesce(20);
		if (err)
			break;

		err = objects_pool(&o, seed + n);
		if (err)
			break;
		err = halve_and_compact(&o, nr);
		objects_end(&o);
		machine_quiesce(20);
	}
	objects_exit(&o);
	return err;
}
