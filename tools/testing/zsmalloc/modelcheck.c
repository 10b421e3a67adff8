// SPDX-License-Identifier: GPL-2.0-only
/*
 * What must be true of a pool next to its model, and of pages that come free.
 */
#include "budget.h"
#include "model.h"
#include "redzone.h"

void model_compact(struct model *m)
{
	unsigned long before = zs_get_total_pages(m->pool), freed = zs_compact(m->pool);

	expect(before - zs_get_total_pages(m->pool) == freed, "%lu - %lu, said %lu", before,
	       zs_get_total_pages(m->pool), freed);
	expect(freed <= before, "%ld pages", (long)freed);
	m->compacted += freed;
	m->ops++;
}

/* Nobody asked for it: the worker's time has come, or memory is short. */
void model_background(struct model *m)
{
	unsigned long before = zs_get_total_pages(m->pool), counted, freed;

	shim_run_work();
	m->compacted += before - zs_get_total_pages(m->pool);

	before = zs_get_total_pages(m->pool);
	freed = shim_shrink(rnd_below(&m->rnd, 64), &counted);
	expect(counted <= before, "%lu of %lu", counted, before);
	expect(before - zs_get_total_pages(m->pool) == freed, "%lu - %lu, said %lu", before,
	       zs_get_total_pages(m->pool), freed);
	m->compacted += freed;
}

/* Of every class as many objects are wanted as were asked for. */
static void check_demand(struct model *m)
{
	static int wanted[ZS_CLASS_MAX];
	unsigned int n;

	memset(wanted, 0, sizeof(wanted));
	for (n = 0; n < m->nr; n++)
		if (m->blobs[n].handle)
			wanted[zs_class_of(zs_red_ask(m->pool, m->blobs[n].len))]++;
	for (n = 0; n < zs_class_count(); n++)
		expect(atomic_read(&m->pool->demand.wanted[n]) == wanted[n],
		       "class %u: %d, not %d", n, atomic_read(&m->pool->demand.wanted[n]),
		       wanted[n]);
}

/* Every invariant, and that what the pool says of itself is true. */
void model_check(struct model *m)
{
	long pages = zs_get_total_pages(m->pool);
	struct zs_pool_stats stats;
	struct shim_usage usage = shim_usage();

	expect_ok(m->pool);
	check_demand(m);
	zs_pool_stats(m->pool, &stats);
	expect(atomic_long_read(&stats.pages_compacted) == (long)m->compacted, "%ld, not %lu",
	       atomic_long_read(&stats.pages_compacted), m->compacted);
	expect(zs_counted(m->pool, ZS_COUNT_MAX_BYTES) <= ZS_COMPACT_BYTES &&
	       zs_counted(m->pool, ZS_COUNT_MAX_SLOTS) <= ZS_COMPACT_SLOTS);
	expect(zs_handle_live(&m->pool->handles) == m->live, "%lu, not %u",
	       zs_handle_live(&m->pool->handles), m->live);
	expect(usage.pages == pages + model_orphans(m) &&
	       usage.zspages[0] + usage.zspages[1] == pages, "%ld, %ld + %ld, not %ld",
	       usage.pages, usage.zspages[0], usage.zspages[1], pages);
	expect(zs_counted(m->pool, ZS_COUNT_MIGRATED) == (long)m->moved, "%ld, not %lu",
	       zs_counted(m->pool, ZS_COUNT_MIGRATED), m->moved);
}
