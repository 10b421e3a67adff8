// SPDX-License-Identifier: GPL-2.0-only
/*
 * debugfs: one directory for each pool with
 *
 *   classes	a line for each size class that was ever used, then the sums
 *   stats	the counters of the pool and all the memory it takes
 *   tunables	name=value, for reading and writing
 *
 * Documentation/vm/zsmalloc.rst describes the columns and lines.
 */
#include <linux/debugfs.h>
#include <linux/module.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "migrate.h"
#include "stats.h"
#include "tunables.h"
#include "usage.h"
#include "zspage.h"

/* Zspages looked at before others may run. */
#define AT_A_TIME	256
/* Zspages by fullness: four quarters, and full. */
#define QUARTERS	4

struct fullness {
	unsigned int zspages[QUARTERS + 1];
};

static struct dentry *root;

/*
 * Without a lock: descriptors outlive whoever looks under RCU. What is counted is
 * what each zspage was when it was passed.
 */
static void take_census(struct zs_pool *pool, struct fullness *rows)
{
	unsigned long index, start = 0;
	struct zs_zspage *zspage;
	unsigned int seen;

	do {
		seen = 0;
		rcu_read_lock();
		xa_for_each_start(&pool->zspages, index, zspage, start) {
			unsigned int objects = READ_ONCE(zspage->objects);

			/* none: not in use yet, or not any more */
			if (objects)
				rows[zspage->class->nr].zspages[objects * QUARTERS /
								zspage->class->geo->slots]++;
			if (++seen == AT_A_TIME)
				break;
		}
		start = index + 1;
		rcu_read_unlock();
		cond_resched();
	} while (zspage);
}

static void show_fullness(struct seq_file *m, const struct fullness *row)
{
	unsigned int n;

	for (n = 0; n <= QUARTERS; n++)
		seq_printf(m, " %6u", row->zspages[n]);
	seq_puts(m, "\n");
}

/* What is shown of a class, or of all. */
struct sums {
	unsigned long zspages;
	unsigned long pages;
	unsigned long objects;
	unsigned long recoverable;
};

static struct sums sums_of(struct zs_class *class)
{
	struct sums sums;

	spin_lock(&class->lock);
	sums.zspages = class->zspages;
	sums.pages = class->pages;
	sums.objects = class->objects;
	sums.recoverable = class->recoverable;
	spin_unlock(&class->lock);
	return sums;
}

static void add(struct sums *all, const struct sums *one, struct fullness *all_rows,
		const struct fullness *row)
{
	unsigned int n;

	all->zspages += one->zspages;
	all->pages += one->pages;
	all->objects += one->objects;
	all->recoverable += one->recoverable;
	for (n = 0; n <= QUARTERS; n++)
		all_rows->zspages[n] += row->zspages[n];
}

static int classes_show(struct seq_file *m, void *v)
{
	struct zs_pool *pool = m->private;
	struct fullness *rows, all_rows = { };
	struct sums all = { };
	unsigned int nr;

	rows = kvcalloc(zs_class_count(), sizeof(*rows), GFP_KERNEL);
	if (!rows)
		return -ENOMEM;
	take_census(pool, rows);

	seq_printf(m, "%5s %5s %7s %6s %8s %8s %10s %10s %8s %6s %6s %6s %6s %6s\n", "class",
		   "size", "chain", "slots", "zspages", "pages", "slots_max", "objects",
		   "freeable", "<25%", "<50%", "<75%", "<100%", "full");
	for (nr = 0; nr < zs_class_count(); nr++) {
		const struct zs_geometry *geo = zs_class_geometry(nr);
		struct zs_class *class = READ_ONCE(pool->classes[nr]);
		struct sums sums;

		if (!class)
			continue;
		sums = sums_of(class);
		seq_printf(m, "%5u %5u %7u %6u %8lu %8lu %10lu %10lu %8lu", nr, geo->size,
			   geo->pages, geo->slots, sums.zspages, sums.pages,
			   sums.pages * PAGE_SIZE / geo->size, sums.objects, sums.recoverable);
		show_fullness(m, &rows[nr]);
		add(&all, &sums, &all_rows, &rows[nr]);
	}
	seq_printf(m, "%5s %5s %7s %6s %8lu %8lu %10s %10lu %8lu", "total", "", "", "",
		   all.zspages, all.pages, "", all.objects, all.recoverable);
	show_fullness(m, &all_rows);
	kvfree(rows);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(classes);

static const char *const count_names[] = {
	[ZS_COUNT_ASKED] = "compactions_asked",
	[ZS_COUNT_WORKER] = "compactions_worker",
	[ZS_COUNT_SHRINKER] = "compactions_shrinker",
	[ZS_COUNT_STEPS] = "compaction_steps",
	[ZS_COUNT_MOVED] = "objects_moved",
	[ZS_COUNT_MOVED_BYTES] = "bytes_moved",
	[ZS_COUNT_FREED] = "pages_compacted",
	[ZS_COUNT_SPILLED] = "objects_spilled",
	[ZS_COUNT_TRADED] = "pages_traded",
	[ZS_COUNT_PINNED] = "pins_in_the_way",
	[ZS_COUNT_REFUSED] = "handles_refused",
	[ZS_COUNT_FAILED] = "malloc_failed",
	[ZS_COUNT_DAMAGED] = "red_zones_damaged",
	[ZS_COUNT_MIGRATED] = "pages_migrated",
	[ZS_COUNT_NOT_MIGRATED] = "pages_not_migrated",
	[ZS_COUNT_MAX_BYTES] = "max_bytes_locked",
	[ZS_COUNT_MAX_SLOTS] = "max_slots_locked",
};

static_assert(ARRAY_SIZE(count_names) == ZS_NR_COUNTS);

static int stats_show(struct seq_file *m, void *v)
{
	struct zs_pool *pool = m->private;
	struct zs_usage usage;
	unsigned int n;

	for (n = 0; n < ZS_NR_COUNTS; n++)
		seq_printf(m, "%s %ld\n", count_names[n], zs_counted(pool, n));

	zs_usage(pool, &usage);
	seq_printf(m, "bytes_pages %lu\n", usage.pages);
	seq_printf(m, "bytes_spare %lu\n", usage.spare);
	seq_printf(m, "bytes_descriptors %lu\n", usage.descriptors);
	seq_printf(m, "bytes_leaves %lu\n", usage.leaves);
	seq_printf(m, "bytes_nodes %lu\n", usage.nodes);
	seq_printf(m, "bytes_classes %lu\n", usage.classes);
	seq_printf(m, "bytes_fixed %lu\n", usage.fixed);
	seq_printf(m, "bytes_total %lu\n", usage.pages + usage.spare + usage.descriptors +
		   usage.leaves + usage.nodes + usage.classes + usage.fixed);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(stats);

static int tunables_show(struct seq_file *m, void *v)
{
	struct zs_pool *pool = m->private;
	unsigned int n;

	for (n = 0; n < ZS_NR_TUNABLES; n++)
		seq_printf(m, "%s=%u\n", zs_tunable_name(n), zs_tunable_get(pool, n));
	return 0;
}

static int tunables_open(struct inode *inode, struct file *file)
{
	return single_open(file, tunables_show, inode->i_private);
}

static ssize_t tunables_write(struct file *file, const char __user *from, size_t len,
			      loff_t *pos)
{
	struct seq_file *m = file->private_data;
	struct zs_pool *pool = m->private;
	char *text;
	int err;

	if (len > ZS_TUNABLES_TEXT) {
		pr_warn_ratelimited("zsmalloc: pool %s: tunables: %zu bytes refused: too long\n",
				    pool->name, len);
		return -EINVAL;
	}
	text = memdup_user_nul(from, len);
	if (IS_ERR(text))
		return PTR_ERR(text);
	err = zs_tunables_set(pool, text, len);
	kfree(text);
	return err ?: len;
}

static const struct file_operations tunables_fops = {
	.owner = THIS_MODULE,
	.open = tunables_open,
	.read = seq_read,
	.write = tunables_write,
	.llseek = seq_lseek,
	.release = single_release,
};

/**
 * zs_stats_add() - show a pool
 * @pool: the pool
 *
 * A second pool of the same name is not shown, and works all the same.
 *
 * Context: may sleep.
 */
void zs_stats_add(struct zs_pool *pool)
{
	pool->debugfs = debugfs_create_dir(pool->name, root);
	debugfs_create_file("classes", 0444, pool->debugfs, pool, &classes_fops);
	debugfs_create_file("stats", 0444, pool->debugfs, pool, &stats_fops);
	debugfs_create_file("tunables", 0644, pool->debugfs, pool, &tunables_fops);
}

/**
 * zs_stats_remove() - no longer show a pool
 * @pool: the pool
 *
 * Context: may sleep; waits for those who are reading.
 */
void zs_stats_remove(struct zs_pool *pool)
{
	debugfs_remove(pool->debugfs);
}

/**
 * zs_stats_init() - create the directory of all pools
 */
void zs_stats_init(void)
{
	root = debugfs_create_dir("zsmalloc", NULL);
	zs_migrate_debugfs(root);
}

/**
 * zs_stats_exit() - remove the directory of all pools
 */
void zs_stats_exit(void)
{
	debugfs_remove(root);
}
