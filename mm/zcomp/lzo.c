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

/* The forms without _safe write as much as they like: up to 6 % over a page. */
static int lzo_compress(const struct zcomp_setup *setup, void *ctx,
			const void *src, void *dst, unsigned int *len)
{
	size_t out = *len;
	int ret = lzo1x_1_compress_safe(src, PAGE_SIZE, dst, &out, ctx);

	if (ret == LZO_E_OUTPUT_OVERRUN)
		return -ENOSPC;
	*len = out;
	return ret == LZO_E_OK ? 0 : -EINVAL;
}

static int lzorle_compress(const struct zcomp_setup *setup, void *ctx,
			   const void *src, void *dst, unsigned int *len)
{
	size_t out = *len;
	int ret = lzorle1x_1_compress_safe(src, PAGE_SIZE, dst, &out, ctx);

	if (ret == LZO_E_OUTPUT_OVERRUN)
		return -ENOSPC;
	*len = out;
	return ret == LZO_E_OK ? 0 : -EINVAL;
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
