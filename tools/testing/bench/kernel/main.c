// SPDX-License-Identifier: GPL-2.0-only
/*
 * The module that measures the allocator, while it is being loaded.
 */
#include <linux/errno.h>
#include <linux/module.h>

#include "bench.h"

static char *corpus = "/corpus.sizes";
module_param(corpus, charp, 0);
MODULE_PARM_DESC(corpus, "file of 16-bit sizes");
static ulong seed = 1;
module_param(seed, ulong, 0);
MODULE_PARM_DESC(seed, "where random numbers start");
static uint density;
module_param(density, uint, 0);
MODULE_PARM_DESC(density, "megabytes of payload of a pool whose density is measured; 0: cost");
static uint rounds = 5;
module_param(rounds, uint, 0);
MODULE_PARM_DESC(rounds, "how often cost is measured");
static uint objects = 60000;
module_param(objects, uint, 0);
MODULE_PARM_DESC(objects, "objects of a pool whose cost is measured");
static uint settle = 3000;
module_param(settle, uint, 0);
MODULE_PARM_DESC(settle, "milliseconds that the allocator may work by itself");

static int __init bench_init(void)
{
	int err = figures_init();

	if (err)
		return err;
	err = corpus_read(corpus);
	if (err)
		goto out;
	machine_touch_memory();
	if (density)
		err = bench_density(density, settle, seed);
	else
		err = bench_cost(objects, rounds, settle, seed);
	corpus_free();
	if (!err)
		figures_print();
out:
	figures_free();
	return err;
}

static void __exit bench_exit(void)
{
}

module_init(bench_init);
module_exit(bench_exit);
MODULE_DESCRIPTION("Benchmark of zsmalloc over its public interface");
MODULE_LICENSE("GPL");
