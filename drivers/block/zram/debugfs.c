// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which files does a disk have in debugfs, and what do its statistics look like?
 */
#define pr_fmt(fmt) "zram: " fmt

#include <linux/debugfs.h>
#include <linux/seq_file.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "damage.h"
#include "debugfs.h"
#include "request.h"
#include "zram.h"

/* zram/. Immutable after init. */
static struct dentry *root;

static int algorithms_show(struct seq_file *file, void *unused)
{
	struct zram *zram = file->private;
	struct zram_stats *stats = &zram->store.stats;
	unsigned int i;

	seq_printf(file, "%-8s %-16s %12s %14s\n", "priority", "algorithm", "pages", "bytes");
	down_read(&zram->init_lock);
	for (i = 0; i < ZRAM_MAX_COMPS; i++)
		if (zram->setup.algorithm[i])
			seq_printf(file, "%-8u %-16s %12llu %14llu\n", i, zram->setup.algorithm[i],
				   zram_stats_pages(stats, i), zram_stats_bytes(stats, i));
	up_read(&zram->init_lock);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(algorithms);

static int sizes_show(struct seq_file *file, void *unused)
{
	struct zram *zram = file->private;
	unsigned int i;

	seq_printf(file, "%8s %12s\n", "up_to", "objects");
	for (i = 0; i < ZRAM_NR_SIZES; i++)
		seq_printf(file, "%8lu %12llu\n", (i + 1) * ZRAM_SIZE_STEP,
			   zram_stats_sizes(&zram->store.stats, i));
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(sizes);

static int latency_show(struct seq_file *file, void *unused)
{
	struct zram *zram = file->private;
	struct zram_latency *latency = &zram->store.stats.latency;
	unsigned int i;

	down_read(&zram->init_lock);
	seq_printf(file, "enabled: %d\n", latency->on);
	seq_printf(file, "%12s %12s %12s\n", "below_ns", "reads", "writes");
	for (i = 0; i < ZRAM_NR_LATENCIES; i++) {
		if (i < ZRAM_NR_LATENCIES - 1)
			seq_printf(file, "%12llu", BIT_ULL(i));
		else
			seq_printf(file, "%12s", "longer");
		seq_printf(file, " %12llu %12llu\n", zram_latency_read(latency, false, i),
			   zram_latency_read(latency, true, i));
	}
	up_read(&zram->init_lock);
	return 0;
}

static int latency_command(struct zram *zram, const char *text, size_t len)
{
	struct zram_latency *latency = &zram->store.stats.latency;
	bool clear = sysfs_streq(text, "reset");
	bool on;
	int err = 0;

	if (!clear)
		err = zram_request_bool(text, len, &on);
	if (err)
		return err;
	down_write(&zram->init_lock);
	if (clear)
		zram_latency_clear(latency);
	else
		err = zram_latency_switch(latency, on);
	up_write(&zram->init_lock);
	return err;
}

static ssize_t latency_write(struct file *file, const char __user *from, size_t len, loff_t *pos)
{
	struct zram *zram = ((struct seq_file *)file->private_data)->private;
	size_t part = len;
	char text[16];
	int err;

	/* Too long a text is no word that is known here: its start shows which. */
	if (part >= sizeof(text))
		part = sizeof(text) - 1;
	if (copy_from_user(text, from, part))
		return -EFAULT;
	text[part] = '\0';
	err = part < len ? -EINVAL : latency_command(zram, text, len);
	if (err) {
		zram_refused(zram->disk->disk_name, "latency", text, part, err);
		return err;
	}
	return len;
}

static int latency_open(struct inode *inode, struct file *file)
{
	return single_open(file, latency_show, inode->i_private);
}

static const struct file_operations latency_fops = {
	.owner = THIS_MODULE,
	.open = latency_open,
	.read = seq_read,
	.write = latency_write,
	.llseek = seq_lseek,
	.release = single_release,
};

/**
 * zram_debugfs_init() - make the directory of all disks
 */
void zram_debugfs_init(void)
{
	root = debugfs_create_dir("zram", NULL);
}

/**
 * zram_debugfs_exit() - remove it
 *
 * Context: sleeps. No disk is left.
 */
void zram_debugfs_exit(void)
{
	debugfs_remove_recursive(root);
}

/**
 * zram_debugfs_add() - make the files of a disk
 * @zram: a disk that is complete
 *
 * Where it fails there are fewer files, and nothing else is wrong.
 *
 * Context: sleeps.
 */
void zram_debugfs_add(struct zram *zram)
{
	zram->debugfs = debugfs_create_dir(zram->disk->disk_name, root);
	debugfs_create_file("algorithms", 0400, zram->debugfs, zram, &algorithms_fops);
	debugfs_create_file("sizes", 0400, zram->debugfs, zram, &sizes_fops);
	debugfs_create_file("latency", 0600, zram->debugfs, zram, &latency_fops);
#ifdef CONFIG_ZRAM_MEMORY_TRACKING
	debugfs_create_file("block_state", 0400, zram->debugfs, zram, &zram_block_state_fops);
#endif
#ifdef CONFIG_ZRAM_DEBUG
	debugfs_create_file("damage", 0200, zram->debugfs, zram, &zram_damage_fops);
#endif
}

/**
 * zram_debugfs_remove() - remove the files of a disk
 * @zram: the disk
 *
 * Context: sleeps, until whoever is in one of them is out; no lock of @zram held.
 */
void zram_debugfs_remove(struct zram *zram)
{
	debugfs_remove_recursive(zram->debugfs);
}
