// SPDX-License-Identifier: GPL-2.0-only
/*
 * The module: measures while it is loaded and prints a line "zs_bench figure NAME
 * VALUE" for each figure.
 *
 * The functions that the swap code calls are no export, so the machine's init passes
 * their addresses.
 */
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/math64.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#include "swap.h"

static char *pages = "/pages.bin";
module_param(pages, charp, 0);
MODULE_PARM_DESC(pages, "file of pages");
static char *codec = "lzo";
module_param(codec, charp, 0);
MODULE_PARM_DESC(codec, "what zswap compresses with: lzo or lz4");
static uint rounds = 7;
module_param(rounds, uint, 0);
MODULE_PARM_DESC(rounds, "how often the times are taken");
static uint burst;
module_param(burst, uint, 0);
MODULE_PARM_DESC(burst, "pages that are stored; half of them goes, the other half stays until rmmod");
static ulong store, load, invalidate;
module_param(store, ulong, 0);
module_param(load, ulong, 0);
module_param(invalidate, ulong, 0);
MODULE_PARM_DESC(store, "address of __frontswap_store");
MODULE_PARM_DESC(load, "address of __frontswap_load");
MODULE_PARM_DESC(invalidate, "address of __frontswap_invalidate_page");

enum figure { BARE_OUT, BARE_IN, STORED, LOADED, GONE, FIGURES };

static const char *const name_of[FIGURES] = {
	"compress", "decompress", "store", "load", "invalidate"
};

static struct sample sample;
/* The shortest time of all rounds, by page: the host may have had other things to do. */
static u32 *least[FIGURES];
static u32 *order;
static u8 *objects;		/* what the compressor alone has made */
static void *memory;		/* the page's */

static void shuffle(u32 nr, u32 seed)
{
	u64 state = seed;
	u32 i;

	for (i = 0; i < nr; i++)
		order[i] = i;
	for (i = nr - 1; i; i--) {
		state = state * 6364136223846793005ull + 1442695040888963407ull;
		swap(order[i], order[(state >> 33) % (i + 1)]);
	}
}

static void note(enum figure what, u32 nr, u64 begin)
{
	u64 ns = ktime_get_ns() - begin;

	if (!least[what][nr] || ns < least[what][nr])
		least[what][nr] = ns;
}

/* Copying the sample into the page is none of zswap's work: it is not timed. */
static int store_one(u32 nr)
{
	u64 begin;
	int err;

	memcpy(memory, sample_page(&sample, nr), PAGE_SIZE);
	front_place(nr);
	begin = ktime_get_ns();
	err = front_store();
	note(STORED, nr % sample.nr, begin);
	return err;
}

static int load_one(u32 nr)
{
	u64 begin;
	int err;

	memset(memory, 0x5a, PAGE_SIZE);
	front_place(nr);
	begin = ktime_get_ns();
	err = front_load();
	note(LOADED, nr, begin);
	if (!err && memcmp(memory, sample_page(&sample, nr), PAGE_SIZE))
		err = -EIO;
	return err;
}

static void bare_out(u32 nr)
{
	u64 begin;

	memcpy(memory, sample_page(&sample, nr), PAGE_SIZE);
	begin = ktime_get_ns();
	sample.size[nr] = codec_compress(memory);
	note(BARE_OUT, nr, begin);
	memcpy(objects + (size_t)nr * PAGE_SIZE, codec_last(), sample.size[nr]);
}

/* As cold as an object is in a pool. */
static int bare_in(u32 nr)
{
	u64 begin;
	int err;

	memset(memory, 0x5a, PAGE_SIZE);
	begin = ktime_get_ns();
	err = codec_decompress(objects + (size_t)nr * PAGE_SIZE, sample.size[nr],
			       memory);
	note(BARE_IN, nr, begin);
	return err;
}

static void invalidate_one(u32 nr)
{
	u64 begin = ktime_get_ns();

	front_invalidate(nr);
	note(GONE, nr, begin);
}

static int one_round(u32 round)
{
	int err = 0;
	u32 i;

	for (i = 0; i < sample.nr; i++)
		bare_out(i);
	shuffle(sample.nr, round + 1);
	for (i = 0; i < sample.nr && !err; i++)
		err = bare_in(order[i]);
	for (i = 0; i < sample.nr && !err; i++)
		err = store_one(i);
	for (i = 0; i < sample.nr && !err; i++)
		err = load_one(order[i]);
	shuffle(sample.nr, round + 100);
	for (i = 0; i < sample.nr; i++)
		invalidate_one(order[i]);
	if (err)
		pr_err("zs_bench: round %u: error %d\n", round, err);
	return err;
}

/* Only pages that are stored are counted, and the same ones everywhere. */
static void drop_incompressible(void)
{
	u32 i, n = 0;

	for (i = 0; i < sample.nr; i++) {
		if (codec_compress(sample_page(&sample, i)) > PAGE_SIZE * 9 / 10)
			continue;
		memmove(sample.data + (size_t)n++ * PAGE_SIZE, sample_page(&sample, i), PAGE_SIZE);
	}
	sample.nr = n;
}

static int times(void)
{
	u32 round, f, i;
	int err = 0;

	for (round = 0; round < rounds && !err; round++)
		err = one_round(round);
	for (f = 0; f < FIGURES && !err; f++) {
		u64 sum = 0;

		for (i = 0; i < sample.nr; i++)
			sum += least[f][i];
		pr_info("zs_bench figure %s %llu\n", name_of[f], div_u64(sum, sample.nr));
	}
	return err;
}

/* A burst of pages, and then a random half of them is gone: the rest stays. */
static int burst_and_half(void)
{
	u64 live = 0;
	u32 i;
	int err;

	for (i = 0; i < burst; i++) {
		err = store_one(i);
		if (err)
			return err;
		if (i < sample.nr)
			sample.size[i] = codec_compress(sample_page(&sample, i));
		live += sample.size[i % sample.nr];
	}
	pr_info("zs_bench figure burst_bytes %llu\n", live);
	shuffle(burst, 4711);
	for (i = 0; i < burst / 2; i++) {
		front_invalidate(order[i]);
		live -= sample.size[order[i] % sample.nr];
	}
	pr_info("zs_bench figure live_bytes %llu\n", live);
	return 0;
}

static int arrays_init(void)
{
	u32 f;

	for (f = 0; f < FIGURES; f++) {
		least[f] = vzalloc(array_size(sample.nr, sizeof(**least)));
		if (!least[f])
			return -ENOMEM;
	}
	objects = vmalloc(array_size(sample.nr, PAGE_SIZE));
	order = vmalloc(array_size(max(sample.nr, burst), sizeof(*order)));
	return order && objects ? 0 : -ENOMEM;
}

static void release(void)
{
	u32 f;

	for (f = 0; f < FIGURES; f++)
		vfree(least[f]);
	front_exit();
	codec_exit();
	sample_free(&sample);
	vfree(objects);
	vfree(order);
}

static int __init bench_init(void)
{
	int err = -EINVAL;

	if (!store || !load || !invalidate)
		return err;
	memory = front_init(store, load, invalidate);
	err = memory ? sample_read(&sample, pages) ?: codec_init(codec) : -ENOMEM;
	if (!err) {
		drop_incompressible();
		err = arrays_init();
		if (!err)
			err = burst ? burst_and_half() : times();
	}
	if (err)
		release();
	return err;
}
module_init(bench_init);

static void __exit bench_exit(void)
{
	u32 i;

	for (i = 0; i < burst; i++)
		front_invalidate(i);
	release();
}
module_exit(bench_exit);

MODULE_DESCRIPTION("Benchmark of zswap");
MODULE_LICENSE("GPL");
