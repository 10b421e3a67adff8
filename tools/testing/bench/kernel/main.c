// SPDX-License-Identifier: GPL-2.0-only
/*
 * The module: measures while it is loaded and prints a line "zs_bench figure NAME
 * VALUE..." for each figure, with one value for each round.
 */
#include <linux/errno.h>
#include <linux/math64.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "bench.h"

#define FIGURES		64
#define LINE		512

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

struct line {
	char name[48];
	char values[LINE];
};

static struct line *lines;
static unsigned int nr_lines;

void figure(const char *name, u64 dividend, u64 divisor)
{
	u64 value = divisor ? div64_u64(dividend * 10000, divisor) : 0;
	struct line *line;
	unsigned int n;
	size_t len;

	for (n = 0; n < nr_lines && strcmp(lines[n].name, name); n++)
		;
	if (n == FIGURES)
		return;
	line = &lines[n];
	if (n == nr_lines) {
		strscpy(line->name, name, sizeof(line->name));
		nr_lines++;
	}
	len = strlen(line->values);
	snprintf(line->values + len, LINE - len, " %llu.%04u", value / 10000,
		 (u32)(value % 10000));
}

static int __init bench_init(void)
{
	unsigned int n;
	int err;

	lines = kcalloc(FIGURES, sizeof(*lines), GFP_KERNEL);
	if (!lines)
		return -ENOMEM;
	err = corpus_read(corpus);
	if (err)
		goto out;
	machine_touch_memory();
	if (density)
		err = bench_density(density, settle, seed);
	else
		err = bench_cost(objects, rounds, settle, seed);
	corpus_free();
	for (n = 0; n < nr_lines && !err; n++)
		pr_info("zs_bench figure %s%s\n", lines[n].name, lines[n].values);
out:
	kfree(lines);
	return err;
}

static void __exit bench_exit(void)
{
}

module_init(bench_init);
module_exit(bench_exit);
MODULE_DESCRIPTION("Benchmark of zsmalloc over its public interface");
MODULE_LICENSE("GPL");
