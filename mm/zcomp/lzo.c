// SPDX-License-Identifier: GPL-2.0-only
/*
 * "lzo" and "lzo-rle" over lib/lzo. Both share one decompressor: a stream says
 * in its first bytes which of the two it is.
 */
#include <linux/slab.h>
#include <linux/types.h>
#include <linux/lzo.h>

#include "internal.h"

static void *lzo_writer_create(const struct zcomp_setup *setup, int node)
{
	void *ctx = kvmalloc_node(LZO1X_1_MEM_COMPRESS, GFP_KERNEL, node);

	return ctx ?: ERR_PTR(-ENOMEM);
}

static void lzo_writer_destroy(void *ctx)
{
	kvfree(ctx);
}

/* What any page can become fits into the output buffer: up to 6 % more than a page. */
static_assert(lzo1x_worst_compress(PAGE_SIZE) <= ZCOMP_OUT_SIZE);

static int within(int ret, size_t out, unsigned int *len)
{
	if (ret != LZO_E_OK)
		return -EINVAL;
	if (out > *len)
		return -ENOSPC;
	*len = out;
	return 0;
}

/* Not the forms with _safe: they check a limit at every step, which may take 3 % longer. */
static int lzo_compress(const struct zcomp_setup *setup, void *ctx,
			const void *src, void *dst, unsigned int *len)
{
	size_t out = ZCOMP_OUT_SIZE;
	int ret = lzo1x_1_compress(src, PAGE_SIZE, dst, &out, ctx);

	return within(ret, out, len);
}

static int lzorle_compress(const struct zcomp_setup *setup, void *ctx,
			   const void *src, void *dst, unsigned int *len)
{
	size_t out = ZCOMP_OUT_SIZE;
	int ret = lzorle1x_1_compress(src, PAGE_SIZE, dst, &out, ctx);

	return within(ret, out, len);
}

static int lzo_decompress(const struct zcomp_setup *setup, void *ctx,
			  const void *src, unsigned int len, void *dst)
{
	size_t out = PAGE_SIZE;
	int ret = lzo1x_decompress_safe(src, len, dst, &out);

	return ret == LZO_E_OK && out == PAGE_SIZE ? 0 : -EBADMSG;
}

const struct zcomp_ops zcomp_lzo_ops = {
	.name		= "lzo",
	.setup		= zcomp_params_none,
	.writer_create	= lzo_writer_create,
	.writer_destroy	= lzo_writer_destroy,
	.compress	= lzo_compress,
	.decompress	= lzo_decompress,
};

const struct zcomp_ops zcomp_lzorle_ops = {
	.name		= "lzo-rle",
	.setup		= zcomp_params_none,
	.writer_create	= lzo_writer_create,
	.writer_destroy	= lzo_writer_destroy,
	.compress	= lzorle_compress,
	.decompress	= lzo_decompress,
};
