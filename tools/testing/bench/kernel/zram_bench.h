/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The benchmark of zram as a module. It knows the driver by its attributes and by
 * the block layer only, so that the same source measures every zram.
 */
#ifndef _ZRAM_BENCH_H
#define _ZRAM_BENCH_H

#include <linux/types.h>

#include "measure.h"

struct block_device;
struct page;

/**
 * struct pages - real pages, without those that zram stores as one word
 * @page: each one
 * @nr: how many
 */
struct pages {
	struct page **page;
	u32 nr;
};

/**
 * struct codec - a compressor of the kernel's library with nothing around it
 * @name: as zram calls it
 * @init: get @mem and what else it needs; 0 or a negative error
 * @exit: free it
 * @compress: a page at @src to @dst, which has room for two; the length, 0 if it fails
 * @decompress: @len bytes at @src to a page at @dst; 0 if it fails
 */
struct codec {
	const char *name;
	int (*init)(void);
	void (*exit)(void);
	u32 (*compress)(const void *src, void *dst);
	bool (*decompress)(const void *src, u32 len, void *dst);
};

/* zram_pages.c; what may fail returns 0 or a negative error */
int pages_read(struct pages *pages, const char *path);
void pages_free(struct pages *pages);
u32 *pages_order(u32 nr, u64 seed);

/* zram_codec.c */
const struct codec *codec_find(const char *name);

/* zram_disk.c */
int disk_attribute(const char *name, const char *value);
int disk_open(struct block_device **bdev);
void disk_close(struct block_device *bdev);
int disk_bio(struct block_device *bdev, u32 index, struct page *page, bool write);
int disk_rw_page(struct block_device *bdev, u32 index, struct page *page, bool write);
int disk_null_create(struct block_device **bdev);
void disk_null_destroy(struct block_device *bdev);

/* zram_cost.c, zram_life.c */
extern bool zram_profile;
int bench_zram_cost(const struct pages *pages, const char *algorithm, unsigned int rounds,
		    u64 seed);
int bench_zram_life(const struct pages *pages, const char *algorithm, u64 megabytes,
		    unsigned int rounds, u64 seed);

#endif /* _ZRAM_BENCH_H */
