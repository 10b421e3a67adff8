// SPDX-License-Identifier: GPL-2.0-only
/*
 * The module that measures /dev/zram0, while it is being loaded.
 */
#include <linux/errno.h>
#include <linux/module.h>

#include "zram_bench.h"

static char *corpus = "/pages.bin";
module_param(corpus, charp, 0);
MODULE_PARM_DESC(corpus, "file of pages");
static ulong seed = 1;
module_param(seed, ulong, 0);
MODULE_PARM_DESC(seed, "where random numbers start");
static char *algorithm = "lz4";
module_param(algorithm, charp, 0);
MODULE_PARM_DESC(algorithm, "lzo-rle, lz4 or zstd");
static int integrity = -1;
module_param(integrity, int, 0);
MODULE_PARM_DESC(integrity, "0 or 1: objects have a checksum; -1: leave it alone");
static uint rounds = 5;
module_param(rounds, uint, 0);
MODULE_PARM_DESC(rounds, "how often is measured");
static ulong life;
module_param(life, ulong, 0);
MODULE_PARM_DESC(life, "megabytes of a disk whose reset is measured; 0: cost");

module_param_named(profile, zram_profile, bool, 0);
MODULE_PARM_DESC(profile, "leave out what is not the driver");

static int measure(void)
{
	struct pages pages;
	int err;

	err = pages_read(&pages, corpus);
	if (err)
		return err;
	machine_touch_memory();
	if (integrity >= 0)
		err = disk_attribute("checksum", integrity ? "1" : "0");
	if (!err && life)
		err = bench_zram_life(&pages, algorithm, life, rounds, seed);
	else if (!err)
		err = bench_zram_cost(&pages, algorithm, rounds, seed);
	pages_free(&pages);
	return err;
}

static int __init bench_init(void)
{
	int err = figures_init();

	if (err)
		return err;
	err = measure();
	if (!err)
		figures_print();
	figures_free();
	return err;
}

static void __exit bench_exit(void)
{
}

module_init(bench_init);
module_exit(bench_exit);
MODULE_DESCRIPTION("Benchmark of zram over its attributes and the block layer");
MODULE_LICENSE("GPL");
