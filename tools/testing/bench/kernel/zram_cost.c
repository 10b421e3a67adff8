// SPDX-License-Identifier: GPL-2.0-only
/*
 * What it costs to write and to read a page, and what the bare compressor takes for
 * the same pages in the same order.
 *
 * The two are measured right after each other, and the figure is the difference:
 * what a busy host does to the one it does to the other.
 */
#include <linux/blkdev.h>
#include <linux/mm.h>
#include <linux/printk.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#include "zram_bench.h"

/* Pages that are read into by turns: not always in the nearest cache. */
#define TARGETS		64

/* A profile of the process shows the driver alone: no bare compressor, nothing verified. */
bool zram_profile;

typedef int (*move_fn)(struct block_device *bdev, u32 index, struct page *page, bool write);

/**
 * struct work - one round
 * @pages: what is stored
 * @codec: the bare compressor
 * @bdev: the disk
 * @null: a disk that does nothing
 * @order: in which pages are overwritten: page n then holds @pages number order[n]
 * @reads: in which pages are read
 * @target: where to
 * @out: two pages for the compressor
 * @packed: what it made of the pages, one after another
 * @at: where in @packed each is
 * @len: its length
 */
struct work {
	const struct pages *pages;
	const struct codec *codec;
	struct block_device *bdev;
	struct block_device *null;
	u32 *order;
	u32 *reads;
	struct page *target[TARGETS];
	void *out;
	u8 *packed;
	u32 *at;
	u16 *len;
};

static void work_free(struct work *w)
{
	unsigned int n;

	for (n = 0; n < TARGETS; n++)
		if (w->target[n])
			__free_page(w->target[n]);
	vfree(w->order);
	vfree(w->reads);
	vfree(w->out);
	vfree(w->packed);
	vfree(w->at);
	vfree(w->len);
	w->codec->exit();
}

static int work_init(struct work *w, u64 seed)
{
	u32 nr = w->pages->nr;
	unsigned int n;

	w->order = pages_order(nr, seed);
	w->reads = pages_order(nr, seed + 1);
	w->out = vmalloc(2 * PAGE_SIZE);
	w->packed = vmalloc((u64)nr * PAGE_SIZE);
	w->at = vmalloc(array_size(nr, sizeof(*w->at)));
	w->len = vmalloc(array_size(nr, sizeof(*w->len)));
	for (n = 0; n < TARGETS; n++) {
		w->target[n] = alloc_page(GFP_KERNEL);
		if (!w->target[n])
			return -ENOMEM;
	}
	if (!w->order || !w->reads || !w->out || !w->packed || !w->at || !w->len)
		return -ENOMEM;
	return w->codec->init();
}

/* Keep what the compressor makes; pages that do not shrink are kept as they are. */
static void pack(struct work *w)
{
	u32 n, at = 0;

	for (n = 0; n < w->pages->nr; n++) {
		const void *src = page_address(w->pages->page[n]);
		u32 len = w->codec->compress(src, w->out);

		if (!len || len >= PAGE_SIZE) {
			len = PAGE_SIZE;
			memcpy(w->out, src, PAGE_SIZE);
		}
		w->at[n] = at;
		w->len[n] = len;
		memcpy(w->packed + at, w->out, len);
		/* objects begin at multiples of a word */
		at += ALIGN(len, sizeof(long));
	}
}

static u64 bare_compress(struct work *w, const u32 *order)
{
	u64 start = machine_cpu_ns();
	u32 n;

	for (n = 0; n < w->pages->nr && !zram_profile; n++)
		w->codec->compress(page_address(w->pages->page[order ? order[n] : n]), w->out);
	return machine_cpu_ns() - start;
}

static u64 bare_decompress(struct work *w)
{
	u64 start = machine_cpu_ns();
	u32 n;

	for (n = 0; n < w->pages->nr && !zram_profile; n++) {
		u32 i = w->order[w->reads[n]];
		void *dst = page_address(w->target[n % TARGETS]);

		if (w->len[i] == PAGE_SIZE)
			memcpy(dst, w->packed + w->at[i], PAGE_SIZE);
		else
			w->codec->decompress(w->packed + w->at[i], w->len[i], dst);
	}
	return machine_cpu_ns() - start;
}

/* Page n to place n; or, over and over, number order[n] to place n, places at random. */
static int move_in(struct work *w, move_fn move, bool random, u64 *ns)
{
	u64 start = machine_cpu_ns();
	int err = 0;
	u32 n;

	for (n = 0; n < w->pages->nr && !err; n++) {
		u32 index = random ? w->reads[n] : n;

		err = move(w->bdev, index, w->pages->page[random ? w->order[index] : n], true);
	}
	*ns = machine_cpu_ns() - start;
	return err;
}

static int move_out(struct work *w, move_fn move, u64 *ns)
{
	u64 start = machine_cpu_ns();
	int err = 0;
	u32 n;

	for (n = 0; n < w->pages->nr && !err; n++)
		err = move(w->bdev, w->reads[n], w->target[n % TARGETS], false);
	*ns = machine_cpu_ns() - start;
	return err;
}

/* A benchmark of something that loses data is none. */
static int verify(struct work *w)
{
	u32 n;

	for (n = 0; n < w->pages->nr && !zram_profile; n++) {
		int err = disk_bio(w->bdev, n, w->target[0], false);

		if (err)
			return err;
		if (memcmp(page_address(w->target[0]), page_address(w->pages->page[w->order[n]]),
			   PAGE_SIZE)) {
			pr_err("zram_bench: page %u holds other bytes than were written\n", n);
			return -EBADMSG;
		}
	}
	return 0;
}

static int null_io(struct work *w)
{
	u64 start = machine_cpu_ns();
	int err = 0;
	u32 n;

	for (n = 0; n < w->pages->nr && !err; n++)
		err = disk_bio(w->null, n, w->target[n % TARGETS], false);
	figure("null", machine_cpu_ns() - start, w->pages->nr);
	return err;
}

static void figures(struct work *w, const char *what, u64 ns, u64 bare)
{
	const char *name = w->codec->name;
	u32 nr = w->pages->nr;
	char text[48];

	snprintf(text, sizeof(text), "%s.%s", name, what);
	figure(text, ns, nr);
	snprintf(text, sizeof(text), "%s.%s.above", name, what);
	/* figures are not negative: a layer that chooses better parameters may be */
	figure(text, ns > bare ? ns - bare : 0, nr);
	snprintf(text, sizeof(text), "%s.%s.bare", name, what);
	figure(text, bare, nr);
}

static int one_round(struct work *w, bool swap)
{
	u64 ns, bare;
	int err;

	bare = bare_compress(w, NULL);
	err = move_in(w, swap ? disk_rw_page : disk_bio, false, &ns);
	bare += bare_compress(w, NULL);
	figures(w, swap ? "swapfill" : "fill", ns, bare / 2);
	if (err)
		return err;

	bare = bare_compress(w, w->order);
	err = move_in(w, disk_bio, true, &ns);
	bare += bare_compress(w, w->order);
	figures(w, "overwrite", ns, bare / 2);
	if (!err)
		err = move_in(w, disk_rw_page, true, &ns);
	figures(w, "swapout", ns, bare / 2);
	if (!err)
		err = verify(w);
	if (err)
		return err;

	bare = bare_decompress(w);
	err = move_out(w, disk_bio, &ns);
	bare += bare_decompress(w);
	figures(w, "read", ns, bare / 2);
	if (err)
		return err;
	bare = bare_decompress(w);
	err = move_out(w, disk_rw_page, &ns);
	bare += bare_decompress(w);
	figures(w, "swapin", ns, bare / 2);
	return err ?: null_io(w);
}

static int round_on_disk(struct work *w, bool swap)
{
	char size[24];
	int err;

	snprintf(size, sizeof(size), "%llu", (u64)w->pages->nr * PAGE_SIZE);
	err = disk_attribute("comp_algorithm", w->codec->name) ?: disk_attribute("disksize", size);
	if (err)
		return err;
	err = disk_open(&w->bdev);
	if (!err) {
		err = one_round(w, swap);
		disk_close(w->bdev);
	}
	machine_quiesce(20);
	return disk_attribute("reset", "1") ?: err;
}

/**
 * bench_zram_cost() - time every operation
 * @pages: what to store
 * @algorithm: with what
 * @rounds: how often, each time on an empty disk
 * @seed: of the orders
 *
 * Return: 0 or a negative error.
 */
int bench_zram_cost(const struct pages *pages, const char *algorithm, unsigned int rounds,
		    u64 seed)
{
	struct work w = { .pages = pages, .codec = codec_find(algorithm) };
	int err;

	if (!w.codec)
		return -EINVAL;
	err = work_init(&w, seed) ?: disk_null_create(&w.null);
	if (!err) {
		pack(&w);
		/* an empty disk is filled in the one way or in the other */
		while (rounds-- && !err)
			err = round_on_disk(&w, rounds % 2);
		disk_null_destroy(w.null);
	}
	work_free(&w);
	return err;
}
