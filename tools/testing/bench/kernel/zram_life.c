// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a large disk takes beside its data, and how long it takes to be rid of it.
 */
#include <linux/blkdev.h>
#include <linux/errno.h>
#include <linux/mm.h>
#include <linux/string.h>
#include <linux/sizes.h>

#include "zram_bench.h"

#define SETTLE	200	/* ms that are watched for what a reset leaves to others */

static int set_up(const char *algorithm, u64 bytes, struct block_device **bdev)
{
	char size[24];

	snprintf(size, sizeof(size), "%llu", bytes);
	return disk_attribute("comp_algorithm", algorithm) ?:
	       disk_attribute("disksize", size) ?: disk_open(bdev);
}

/* Every page is one word, so that nothing but the table takes memory. */
static int fill_table(const char *algorithm, u32 nr, struct page *page)
{
	struct block_device *bdev;
	long before, empty;
	int err;
	u32 n;

	memset(page_address(page), 0xa5, PAGE_SIZE);
	machine_quiesce(100);
	before = machine_free_pages();
	err = set_up(algorithm, (u64)nr * PAGE_SIZE, &bdev);
	if (err)
		return err;
	machine_quiesce(100);
	empty = machine_free_pages();
	for (n = 0; n < nr && !err; n++)
		err = disk_bio(bdev, n, page, true);
	machine_quiesce(100);
	figure("table.empty", max(before - empty, 0L) * PAGE_SIZE, nr);
	figure("table.full", max(before - machine_free_pages(), 0L) * PAGE_SIZE, nr);
	disk_close(bdev);
	machine_quiesce(100);
	return disk_attribute("reset", "1") ?: err;
}

static int fill(const struct pages *pages, struct block_device *bdev, u32 nr, struct rnd *rnd)
{
	int err = 0;
	u32 n;

	for (n = 0; n < nr && !err; n++)
		err = disk_bio(bdev, n, pages->page[rnd_below(rnd, pages->nr)], true);
	return err;
}

static int random_reads(struct block_device *bdev, u32 nr, struct page *page, struct rnd *rnd)
{
	u64 start = machine_cpu_ns();
	int err = 0;
	u32 n;

	for (n = 0; n < nr / 4 && !err; n++)
		err = disk_bio(bdev, rnd_below(rnd, nr), page, false);
	figure("large.read", machine_cpu_ns() - start, nr / 4);
	return err;
}

static int reset(void)
{
	u64 start, ns;
	int err;

	start = machine_cpu_ns();
	err = disk_attribute("reset", "1");
	ns = machine_cpu_ns() - start;
	figure("reset", ns, 1000);
	figure("reset_and_after", ns + machine_others_ns(SETTLE), 1000);
	return err;
}

/**
 * bench_zram_life() - memory of the slot table, reads all over a large disk, its reset
 * @pages: what to fill it with
 * @algorithm: to compress with
 * @megabytes: size of the disk
 * @rounds: how often
 * @seed: of the first round
 *
 * Return: 0 or a negative error.
 */
int bench_zram_life(const struct pages *pages, const char *algorithm, u64 megabytes,
		    unsigned int rounds, u64 seed)
{
	struct page *page = alloc_page(GFP_KERNEL);
	u32 nr = megabytes * (SZ_1M / PAGE_SIZE);
	struct rnd rnd = { .state = seed };
	struct block_device *bdev;
	int err;

	if (!page)
		return -ENOMEM;
	machine_idle();
	err = fill_table(algorithm, nr, page);
	while (!err && rounds--) {
		err = set_up(algorithm, (u64)nr * PAGE_SIZE, &bdev);
		if (err)
			break;
		err = fill(pages, bdev, nr, &rnd) ?: random_reads(bdev, nr, page, &rnd);
		disk_close(bdev);
		machine_quiesce(100);
		if (!err)
			err = reset();
	}
	__free_page(page);
	return err;
}
