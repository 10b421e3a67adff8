// SPDX-License-Identifier: GPL-2.0-only
/*
 * Do the counters tell what is really there, and is a damaged object noticed?
 */
#include <linux/debugfs.h>
#include <linux/seq_file.h>
#include <linux/swap.h>

#include "debug.h"
#include "entry.h"
#include "group.h"
#include "inflight.h"
#include "object.h"
#include "pool.h"
#include "tree.h"

/**
 * struct tally - what a walk over all trees has found
 * @entries: live entries
 * @same: those without an object
 * @raw: those whose object is the page as it was
 * @listed: those that can be evicted
 * @bytes: of all objects
 * @charged: entries that are charged to a cgroup
 * @charged_bytes: of their objects
 */
struct tally {
	unsigned long entries;
	unsigned long same;
	unsigned long raw;
	unsigned long listed;
	u64 bytes;
	unsigned long charged;
	u64 charged_bytes;
};

/* Of all objects in the order of their places in swap, the first of each so many is damaged. */
static u32 damage_step = 1;

static void tally_entry(struct tally *tally, const struct zswap_entry *entry)
{
	unsigned int length = entry->object.length;

	tally->entries++;
	tally->same += !length;
	tally->raw += length == PAGE_SIZE;
	tally->listed += !list_empty(&entry->lru);
	tally->bytes += length;
	if (entry->group->objcg) {
		tally->charged++;
		tally->charged_bytes += length;
	}
}

static void tally_tree(struct tally *tally, struct zswap_tree *tree)
{
	struct zswap_entry *entry;
	unsigned long offset;

	xa_lock(&tree->entries);
	xa_for_each(&tree->entries, offset, entry)
		tally_entry(tally, entry);
	xa_unlock(&tree->entries);
}

static int audit_show(struct seq_file *m, void *unused)
{
	struct tally tally = { };
	unsigned int type;

	for (type = 0; type < MAX_SWAPFILES; type++)
		tally_tree(&tally, zswap_tree(type));
	seq_printf(m, "entries %lu\nsame %lu\nraw %lu\nlisted %lu\nbytes %llu\n",
		   tally.entries, tally.same, tally.raw, tally.listed, tally.bytes);
	seq_printf(m, "charged %lu\ncharged_bytes %llu\n", tally.charged, tally.charged_bytes);
	seq_printf(m, "pools %d\ninflight %d\n", zswap_pool_count(), zswap_inflight());
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(audit);

static u64 damage_tree(struct zswap_tree *tree, u64 nr)
{
	u32 step = max(READ_ONCE(damage_step), 1u), passed = 0;
	struct zswap_entry *entry;
	unsigned long offset;
	u64 done = 0;

	xa_lock(&tree->entries);
	xa_for_each(&tree->entries, offset, entry) {
		if (done == nr)
			break;
		if (!entry->object.length || passed++ % step)
			continue;
		/* Another bit for each of them, all over their lengths. */
		zswap_object_damage(&entry->object, offset * 2654435761u);
		done++;
	}
	xa_unlock(&tree->entries);
	return done;
}

/* So many objects get a bit flipped. */
static int damage_set(void *data, u64 nr)
{
	unsigned int type;

	for (type = 0; type < MAX_SWAPFILES && nr; type++)
		nr -= damage_tree(zswap_tree(type), nr);
	return 0;
}
DEFINE_DEBUGFS_ATTRIBUTE(damage_fops, NULL, damage_set, "%llu\n");

/**
 * zswap_debug_show() - make the files in debugfs
 * @dir: where
 *
 * Context: once, at initialisation.
 */
void zswap_debug_show(struct dentry *dir)
{
	debugfs_create_file("audit", 0400, dir, NULL, &audit_fops);
	debugfs_create_file_unsafe("damage", 0200, dir, NULL, &damage_fops);
	debugfs_create_u32("damage_step", 0600, dir, &damage_step);
}
