// SPDX-License-Identifier: GPL-2.0-only
/*
 * Is a page here, and does it come back as it went in?
 */
#define pr_fmt(fmt) "zswap: " fmt

#include <linux/errno.h>
#include <linux/memcontrol.h>
#include <linux/printk.h>
#include <linux/vmstat.h>
#include <trace/events/zswap.h>

#include "entry.h"
#include "group.h"
#include "object.h"
#include "pool.h"
#include "shrinker.h"
#include "stats.h"
#include "store.h"
#include "tree.h"

static int load_entry(struct zswap_entry *entry, struct page *page)
{
	if (zswap_object_read(entry->pool->comp, &entry->object, page)) {
		zswap_count(ZSWAP_DECOMPRESS_FAIL);
		pr_err_ratelimited("swap area %u, page %lu: its compressed copy is damaged, the page is lost\n",
				   swp_type(entry->swp), swp_offset(entry->swp));
		return -EIO;
	}
	count_vm_event(ZSWPIN);
	if (entry->group->objcg)
		count_objcg_event(entry->group->objcg, ZSWPIN);
	if (!READ_ONCE(entry->used))
		WRITE_ONCE(entry->used, true);
	return 0;
}

/**
 * zswap_load() - bring a page back
 * @type: number of the swap area
 * @offset: of the page's slot in it
 * @page: where to; locked
 *
 * The entry stays until the swap code frees the slot: the fault may lose a race and
 * throw @page away, and then zswap has the only copy.
 *
 * Context: Process context, sleeps; allocates nothing.
 * Return: 0; -ENOENT if the page is not here, but on the swap device; -EIO if it is
 * here and damaged.
 */
int zswap_load(unsigned int type, pgoff_t offset, struct page *page)
{
	struct zswap_entry *entry = zswap_tree_get(zswap_tree(type), offset);
	int err;

	if (!entry) {
		zswap_shrinker_missed(page);
		return -ENOENT;
	}
	err = load_entry(entry, page);
	trace_zswap_load(entry->swp, err);
	zswap_entry_put(entry);
	return err;
}
