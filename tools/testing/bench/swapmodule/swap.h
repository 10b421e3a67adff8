/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The benchmark of zswap as a module. It calls what the swap code calls, with pages that
 * look like those of the swap cache, and knows nothing of what is behind it, so that the
 * same source measures every zswap.
 */
#ifndef _ZSWAP_BENCH_H
#define _ZSWAP_BENCH_H

#include <linux/types.h>

/**
 * struct sample - what is stored
 * @data: the pages, one after another
 * @size: of each after compression, in bytes
 * @nr: how many
 */
struct sample {
	u8 *data;
	u16 *size;
	u32 nr;
};

/* pages.c; what may fail returns 0 or a negative error */
int sample_read(struct sample *sample, const char *path);
void sample_free(struct sample *sample);
const void *sample_page(const struct sample *sample, u32 nr);

/* front.c: the way into zswap */
void *front_init(unsigned long store_at, unsigned long load_at, unsigned long invalidate_at);
void front_exit(void);
void front_place(u32 nr);
int front_store(void);
int front_load(void);
void front_invalidate(u32 nr);

/* codec.c: the compressor alone, out of lib/ */
int codec_init(const char *name);
void codec_exit(void);
u32 codec_compress(const void *page);
int codec_decompress(const void *page, u32 size, void *out);
void *codec_last(void);

#endif /* _ZSWAP_BENCH_H */
