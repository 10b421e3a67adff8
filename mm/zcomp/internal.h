/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the files of the compression layer share.
 *
 * Locks, outer to inner: the CPU hotplug lock, memory reclaim, a writer's mutex,
 * a reader's mutex. So nothing is allocated in a way that may reclaim, and no
 * struct zcomp is created or destroyed, with a reader or a writer held; and no
 * writer is taken with a reader held.
 */
#ifndef _ZCOMP_INTERNAL_H
#define _ZCOMP_INTERNAL_H

#include <linux/zcomp.h>
#include <linux/err.h>
#include <linux/mm.h>

/*
 * A page is worth compressing if it gets shorter by one byte.
 */
#define ZCOMP_LIMIT	((unsigned int)PAGE_SIZE - 1)

/*
 * Size of a writer's output buffer: more than whatever becomes of a page. LZO, which
 * makes up to 6 % more of it, and LZ4 are up to 3 % faster when they need not check where
 * they are at every step; lib/lz4/lz4hc_compress.c copies literals in units of 8 bytes and
 * estimates the bytes of a length as length / 256 instead of length / 255, so on 64 KiB
 * pages it can pass its limit by one byte; and a codec behind the crypto API
 * may not know a limit at all, two pages being what its users have always given.
 */
#define ZCOMP_OUT_SIZE	(2 * PAGE_SIZE)

/**
 * struct zcomp_setup - an algorithm's choice of everything that is not per CPU
 * @name: a string that is never freed; immutable after creation
 * @params: no default is left in it once ops->setup() has run; immutable after that
 * @shared: the algorithm's own, for all CPUs; immutable after ops->setup()
 */
struct zcomp_setup {
	const char *name;
	struct zcomp_params params;
	void *shared;
};

/**
 * struct zcomp_ops - one algorithm
 * @name: as users write it; NULL for the table that stands for a whole family
 * @setup: refuse or complete @setup->params, fill @setup->shared; 0, or an error
 *	after a log line that names the refused value
 * @release: undo @setup; may be NULL
 * @writer_create: a context for compress(), on @node; an error pointer if it fails
 * @writer_destroy: free it
 * @reader_create: a context for decompress(), likewise; NULL if none is needed
 * @reader_destroy: free it; NULL together with @reader_create
 * @compress: PAGE_SIZE bytes at @src to at most *@len bytes at @dst, all of whose
 *	ZCOMP_OUT_SIZE bytes it may write to; *@len becomes the length. -ENOSPC if the limit
 *	is too low. @src does not change under it.
 * @decompress: @len bytes at @src to exactly PAGE_SIZE bytes at @dst, or any error.
 *	@src may hold anything. Allocates nothing.
 *
 * All but compress() and decompress() may sleep. Those two run with their
 * context's mutex held and their source or destination mapped by kmap_local.
 */
struct zcomp_ops {
	const char *name;
	int (*setup)(struct zcomp_setup *setup);
	void (*release)(struct zcomp_setup *setup);
	void *(*writer_create)(const struct zcomp_setup *setup, int node);
	void (*writer_destroy)(void *ctx);
	void *(*reader_create)(const struct zcomp_setup *setup, int node);
	void (*reader_destroy)(void *ctx);
	int (*compress)(const struct zcomp_setup *setup, void *ctx,
			const void *src, void *dst, unsigned int *len);
	int (*decompress)(const struct zcomp_setup *setup, void *ctx,
			  const void *src, unsigned int len, void *dst);
};

/**
 * struct zcomp_stream - what one CPU has of a struct zcomp
 * @writer: has a lock of its own
 * @reader: has a lock of its own
 */
struct zcomp_stream {
	struct zcomp_writer writer;
	struct zcomp_reader reader;
};

/**
 * struct zcomp - one algorithm with one set of parameters
 * @ops: the algorithm; immutable after creation
 * @setup: its parameters; immutable after creation
 * @streams: one per CPU, NULL for a CPU that has never been online; written
 *	once per CPU under the CPU hotplug lock, read without a lock
 * @first: the stream that was made first, for a CPU that has none; immutable
 *	after creation
 * @node: in the hotplug core's list; protected by the hotplug core
 */
struct zcomp {
	const struct zcomp_ops *ops;
	struct zcomp_setup setup;
	struct zcomp_stream * __percpu *streams;
	struct zcomp_stream *first;
	struct hlist_node node;
};

/* params.c */
int zcomp_params_level(struct zcomp_setup *setup, s32 preset, s32 min, s32 max);
int zcomp_params_no_level(const struct zcomp_setup *setup);
int zcomp_params_no_winbits(const struct zcomp_setup *setup);
int zcomp_params_no_dict(const struct zcomp_setup *setup);
int zcomp_params_none(struct zcomp_setup *setup);
int zcomp_params_dict(const struct zcomp_setup *setup);

/* registry.c */
const struct zcomp_ops *zcomp_registry_find(const char *name, const char **found);

/* streams.c */
int zcomp_streams_prepare(struct zcomp *comp, unsigned int cpu);
void zcomp_streams_free(struct zcomp *comp);

/* checksum.c */
void zcomp_checksum_init(void);

/* lz4_format.c */
int zcomp_lz4_decompress(const struct zcomp_setup *setup, void *ctx,
			 const void *src, unsigned int len, void *dst);

/* one file each */
extern const struct zcomp_ops zcomp_lzo_ops;
extern const struct zcomp_ops zcomp_lzorle_ops;
extern const struct zcomp_ops zcomp_lz4_ops;
extern const struct zcomp_ops zcomp_lz4hc_ops;
extern const struct zcomp_ops zcomp_zstd_ops;
extern const struct zcomp_ops zcomp_deflate_ops;
extern const struct zcomp_ops zcomp_842_ops;

/* crypto.c */
#ifdef CONFIG_ZCOMP_CRYPTO
const struct zcomp_ops *zcomp_crypto_find(const char *name, const char **found);
void zcomp_crypto_exit(void);
#else
static inline const struct zcomp_ops *zcomp_crypto_find(const char *name,
							const char **found)
{
	return NULL;
}

static inline void zcomp_crypto_exit(void)
{
}
#endif

#endif /* _ZCOMP_INTERNAL_H */
