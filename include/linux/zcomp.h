/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * zcomp: one page in, fewer bytes out. The compression layer of zram and zswap.
 *
 * A struct zcomp is one algorithm with one set of parameters. It owns a writer
 * (compression context and output buffer) and a reader (decompression context
 * and bounce buffer) for every CPU that has ever been online while it lived;
 * CPU hotplug only adds to them, so neither can vanish under a user. Readers and
 * writers have separate locks: a reader never waits for a compression.
 *
 * See Documentation/vm/zram.rst.
 */
#ifndef _LINUX_ZCOMP_H
#define _LINUX_ZCOMP_H

#include <linux/limits.h>
#include <linux/mutex.h>
#include <linux/types.h>

struct zcomp;

/* The longest algorithm name, with its terminating zero. */
#define ZCOMP_NAME_MAX		64

/* "whatever the algorithm uses when nobody asks" */
#define ZCOMP_LEVEL_DEFAULT	S32_MIN
#define ZCOMP_WINBITS_DEFAULT	S32_MIN

/**
 * struct zcomp_params - what a struct zcomp is tuned with
 * @level: compression level in the algorithm's own scale, or ZCOMP_LEVEL_DEFAULT
 * @winbits: window size for deflate as zlib counts it, or ZCOMP_WINBITS_DEFAULT
 * @dict: dictionary, or NULL; must outlive the zcomp
 * @dict_len: bytes in @dict
 */
struct zcomp_params {
	s32 level;
	s32 winbits;
	const void *dict;
	size_t dict_len;
};

#define ZCOMP_PARAMS_DEFAULT \
	((struct zcomp_params){ .level = ZCOMP_LEVEL_DEFAULT, .winbits = ZCOMP_WINBITS_DEFAULT })

/**
 * struct zcomp_writer - one CPU's means to compress
 * @lock: held from zcomp_writer_get() to zcomp_writer_put()
 * @comp: whose writer this is; immutable after creation
 * @ctx: the algorithm's working memory; protected by @lock
 * @out: output, at least PAGE_SIZE bytes; protected by @lock
 * @stable: copy of the page that zcomp_compress() was given last; protected by @lock
 */
struct zcomp_writer {
	struct mutex lock;	/* from get to put */
	struct zcomp *comp;
	void *ctx;
	void *out;
	void *stable;
};

/**
 * struct zcomp_reader - one CPU's means to decompress
 * @lock: held from zcomp_reader_get() to zcomp_reader_put()
 * @comp: whose reader this is; immutable after creation
 * @ctx: the algorithm's working memory, NULL where it needs none; protected by @lock
 * @bounce: PAGE_SIZE bytes for an object that spans pages; protected by @lock
 */
struct zcomp_reader {
	struct mutex lock;	/* from get to put */
	struct zcomp *comp;
	void *ctx;
	void *bounce;
};

struct zcomp *zcomp_create(const char *name, const struct zcomp_params *params);
void zcomp_destroy(struct zcomp *comp);
int zcomp_check(const char *name, const struct zcomp_params *params);
const char *zcomp_name(const struct zcomp *comp);

struct zcomp_writer *zcomp_writer_get(struct zcomp *comp);
void zcomp_writer_put(struct zcomp_writer *writer);
int zcomp_compress(struct zcomp_writer *writer, const void *src, unsigned int *len);
int zcomp_compress_stable(struct zcomp_writer *writer, const void *src, unsigned int *len);

struct zcomp_reader *zcomp_reader_get(struct zcomp *comp);
void zcomp_reader_put(struct zcomp_reader *reader);
int zcomp_decompress(struct zcomp_reader *reader, const void *src,
		     unsigned int len, void *dst);

u32 zcomp_checksum(const void *data, size_t len);
bool zcomp_page_is_stable(struct page *page);
bool zcomp_page_is_word(const void *page, unsigned long *word);

const char *zcomp_find(const char *name);
ssize_t zcomp_show_names(const char *chosen, char *buf, size_t size);

#endif /* _LINUX_ZCOMP_H */
