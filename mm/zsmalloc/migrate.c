// SPDX-License-Identifier: GPL-2.0-only
/*
 * Page migration: the memory manager wants a page of ours free, to make a large
 * contiguous piece, and offers another one for it.
 *
 * Nothing points to a page but its zspage's descriptor, so that migrating one is a copy
 * and the change of one pointer, whatever the number of objects in it; no handle is
 * rewritten. Isolating a page changes nothing for us: it is allocated from, freed
 * into, read, compacted and given back as before. Who migrates it then looks at
 * what has become of it.
 *
 * Only those who are in the pages have to stay out meanwhile, which is what pins are for.
 */
#include <linux/debugfs.h>
#include <linux/migrate.h>
#include <linux/mm.h>
#include <trace/events/zsmalloc.h>

#include "migrate.h"
#include "page.h"
#include "zspage.h"

/*
 * For comparison: true makes all our pages unmovable from here on. A debugfs file;
 * READ_ONCE().
 */
bool zs_migrate_refuse;

static bool isolate_page(struct page *page, isolate_mode_t mode)
{
	/* without a zspage it only waits for the page lock to be freed */
	return !READ_ONCE(zs_migrate_refuse) && zs_page_zspage(page);
}

/* Both pages are locked; that is what keeps @src marked. */
static int migrate_page(struct page *dst, struct page *src, enum migrate_mode mode)
{
	struct zs_zspage *zspage;
	struct zs_class *class;
	unsigned int nr = 0;
	int err = -EAGAIN;

	/* only for memory of devices, which copies by itself */
	if (mode == MIGRATE_SYNC_NO_COPY)
		return -EINVAL;

	/* the zspage can die until its class is locked */
	rcu_read_lock();
	zspage = zs_page_zspage(src);
	if (!zspage) {
		rcu_read_unlock();
		return err;
	}
	class = zspage->class;

	spin_lock(&class->lock);
	if (zs_page_zspage(src) != zspage) {
		/* the page has left it meanwhile, the worker is waiting for its lock */
	} else if (!zs_zspage_freeze(zspage)) {
		zs_count(class->pool, ZS_COUNT_NOT_MIGRATED, 1);
	} else {
		nr = zs_page_nr(src);
		zs_page_replace(src, dst, zspage);
		zspage->pages[nr] = dst;
		zs_zspage_thaw(zspage);
		zs_count(class->pool, ZS_COUNT_MIGRATED, 1);
		err = MIGRATEPAGE_SUCCESS;
	}
	spin_unlock(&class->lock);
	rcu_read_unlock();

	/* the page lock keeps the pool from being destroyed */
	trace_zs_migrate(class->pool, class->geo->size, nr, err);
	return err;
}

static void putback_page(struct page *page)
{
	/* isolate_page() took nothing away */
}

/**
 * zs_migrate_debugfs() - add the switch that makes isolating a page fail
 * @root: the directory of all pools
 */
void zs_migrate_debugfs(struct dentry *root)
{
	debugfs_create_bool("refuse_isolation", 0644, root, &zs_migrate_refuse);
}

const struct movable_operations zs_movable_ops = {
	.isolate_page = isolate_page,
	.migrate_page = migrate_page,
	.putback_page = putback_page,
};
