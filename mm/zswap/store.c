// SPDX-License-Identifier: GPL-2.0-only
/*
 * Is a page stored, and if not, why not?
 */
#include <linux/errno.h>
#include <linux/memcontrol.h>
#include <linux/mm.h>
#include <linux/sched/mm.h>
#include <linux/vmstat.h>
#include <trace/events/zswap.h>

#include "accept.h"
#include "cgroup.h"
#include "entry.h"
#include "group.h"
#include "limit.h"
#include "object.h"
#include "params.h"
#include "pool.h"
#include "stats.h"
#include "store.h"
#include "tree.h"

/* What became of a page. */
enum outcome {
	STORED,
	OFF,		/* zswap is, or was never set up */
	HUGE,
	CGROUP,		/* at its limit, and nothing of its own can go */
	FULL,
	METADATA,	/* no memory for */
	FORM,		/* switched off for such pages */
	POOR,
	MEMORY,		/* no memory for the object */
	BROKEN,		/* the compressor */
	NR_OUTCOMES
};

static const struct {
	const char *name;
	enum zswap_stat stat;
} refusals[] = {
	[OFF]		= { "off", ZSWAP_NR_STATS },
	[HUGE]		= { "huge_page", ZSWAP_REJECT_THP },
	[CGROUP]	= { "cgroup_limit", ZSWAP_NR_STATS },
	[FULL]		= { "pool_full", ZSWAP_NR_STATS },
	[METADATA]	= { "no_memory_for_entry", ZSWAP_REJECT_KMEMCACHE_FAIL },
	[FORM]		= { "not_same_filled", ZSWAP_NR_STATS },
	[POOR]		= { "compresses_poorly", ZSWAP_REJECT_COMPRESS_POOR },
	[MEMORY]	= { "no_memory_for_object", ZSWAP_REJECT_ALLOC_FAIL },
	[BROKEN]	= { "compressor_failed", ZSWAP_REJECT_COMPRESS_FAIL },
};

static_assert(ARRAY_SIZE(refusals) == NR_OUTCOMES);

static enum outcome outcome_of(int err)
{
	switch (err) {
	case 0:
		return STORED;
	case -ENODEV:
		return OFF;
	case -EPERM:
		return FORM;
	case -ENOSPC:
		return POOR;
	case -ENOMEM:
		return MEMORY;
	default:
		return BROKEN;
	}
}

static struct zswap_form allowed_form(void)
{
	unsigned int percent = READ_ONCE(zswap_params.max_compression_ratio);

	return (struct zswap_form){
		.same	= READ_ONCE(zswap_params.same_filled),
		.other	= READ_ONCE(zswap_params.non_same_filled),
		/* Whoever limits how long an object may be does not want a whole page. */
		.raw	= READ_ONCE(zswap_params.incompressible) && percent == 100,
		.summed	= READ_ONCE(zswap_params.checksum),
		.max	= zswap_limit_bytes(PAGE_SIZE, percent),
	};
}

static void charge(const struct zswap_entry *entry)
{
	struct obj_cgroup *objcg = entry->group->objcg;

	if (!objcg)
		return;
	obj_cgroup_charge_zswap(objcg, entry->object.length);
}

static int compress(struct zswap_entry *entry, struct page *page)
{
	struct zswap_form form = allowed_form();

	entry->pool = zswap_pool_get();
	if (!entry->pool)
		return -ENODEV;
	return zswap_object_create(entry->pool->comp, &form, page, &entry->object);
}

/* The caller's reference to @group goes to the entry, or is given back. */
static enum outcome store_entry(struct zswap_tree *tree, struct zswap_entry *entry,
				struct zswap_group *group, struct page *page)
{
	int err = compress(entry, page);

	if (err) {
		zswap_group_put(group);
		return outcome_of(err);
	}
	/* From here on zswap_entry_put() undoes everything. */
	entry->group = group;
	charge(entry);
	if (zswap_tree_insert(tree, entry))
		return METADATA;
	count_vm_event(ZSWPOUT);
	if (group->objcg)
		count_objcg_event(group->objcg, ZSWPOUT);
	trace_zswap_store(entry->swp, entry->object.length);
	return STORED;
}

static enum outcome store_charged(struct zswap_tree *tree, swp_entry_t swp,
				  struct obj_cgroup *objcg, struct page *page)
{
	int nid = page_to_nid(page);
	struct zswap_group *group;
	struct zswap_entry *entry;
	enum outcome outcome;

	if (objcg && !zswap_cgroup_admit(objcg, nid))
		return CGROUP;
	if (!zswap_limit_admit(nid))
		return FULL;
	group = zswap_group_get(objcg);
	if (!group)
		return METADATA;
	entry = zswap_entry_create(swp, nid);
	if (!entry) {
		zswap_group_put(group);
		return METADATA;
	}
	outcome = store_entry(tree, entry, group, page);
	zswap_entry_put(entry);
	return outcome;
}

static enum outcome store_page(struct zswap_tree *tree, swp_entry_t swp, struct page *page)
{
	struct obj_cgroup *objcg;
	enum outcome outcome;

	if (!READ_ONCE(zswap_params.enabled))
		return OFF;
	if (PageTransHuge(page))
		return HUGE;
	objcg = get_obj_cgroup_from_page(page);
	outcome = store_charged(tree, swp, objcg, page);
	if (objcg)
		obj_cgroup_put(objcg);
	return outcome;
}

/**
 * zswap_store() - keep a page instead of writing it out
 * @type: number of the swap area
 * @offset: of the page's slot in it; several slots from there for a huge page
 * @page: locked and in the swap cache, so that nobody else stores to these slots or
 *	frees them
 *
 * Whatever was stored for these slots before is gone afterwards, also after an error: the
 * page on the swap device is going to be newer.
 *
 * Context: Process context, as part of memory reclaim; sleeps.
 * Return: 0; -EINVAL if the page is refused, for whatever reason.
 */
int zswap_store(unsigned int type, pgoff_t offset, struct page *page)
{
	struct zswap_tree *tree = zswap_tree(type);
	swp_entry_t swp = swp_entry(type, offset);
	unsigned int flags, i;
	enum outcome outcome;

	/*
	 * Reclaim has said so already. Drivers that write their objects out have not, some of
	 * them because memory is short, and what a store takes must not reclaim then.
	 */
	flags = memalloc_noreclaim_save();
	outcome = store_page(tree, swp, page);
	memalloc_noreclaim_restore(flags);
	zswap_stats_update_size();
	if (outcome == STORED)
		return 0;
	for (i = 0; i < thp_nr_pages(page); i++)
		zswap_tree_drop(tree, offset + i);
	if (refusals[outcome].stat != ZSWAP_NR_STATS)
		zswap_count(refusals[outcome].stat);
	trace_zswap_reject(swp, refusals[outcome].name);
	return -EINVAL;
}
