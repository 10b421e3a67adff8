// SPDX-License-Identifier: GPL-2.0-only
/*
 * "deflate" over lib/zlib_deflate and lib/zlib_inflate. The window is counted as
 * zlib counts it: 9 to 15 is zlib's format with its header and Adler-32 sum,
 * -9 to -15 the bare deflate stream.
 */
#define pr_fmt(fmt) "zcomp: " fmt

#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/zlib.h>

#include "internal.h"

#define LEVEL_MAX	9
#define WINBITS_MIN	9

/*
 * zlib matches back to the window's size less 262 bytes, so a whole page is in
 * reach of a window of twice its size.
 */
#define WINBITS_PRESET	(-min(PAGE_SHIFT + 1, MAX_WBITS))

/*
 * zlib buffers 2^(memLevel + 6) symbols for one block and clears a hash table of
 * 2^(memLevel + 8) bytes for every page. This is the smallest that still puts a
 * page of literals into one block.
 */
#define MEM_LEVEL	min(PAGE_SHIFT - 6, MAX_MEM_LEVEL)

static int deflate_setup(struct zcomp_setup *setup)
{
	s32 *winbits = &setup->params.winbits;

	if (*winbits == ZCOMP_WINBITS_DEFAULT)
		*winbits = WINBITS_PRESET;
	if (*winbits < -MAX_WBITS || *winbits > MAX_WBITS ||
	    abs(*winbits) < WINBITS_MIN) {
		pr_warn_ratelimited("%s: winbits %d is not in %d..%d or %d..%d\n",
				    setup->name, *winbits, WINBITS_MIN, MAX_WBITS,
				    -MAX_WBITS, -WINBITS_MIN);
		return -EINVAL;
	}
	return zcomp_params_level(setup, Z_DEFAULT_COMPRESSION,
				  Z_DEFAULT_COMPRESSION, LEVEL_MAX) ?:
	       zcomp_params_no_dict(setup);
}

static void deflate_destroy(void *ctx)
{
	struct z_stream_s *stream = ctx;

	kvfree(stream->workspace);
	kfree(stream);
}

static struct z_stream_s *deflate_alloc(size_t workspace, int node)
{
	struct z_stream_s *stream;

	stream = kzalloc_node(sizeof(*stream), GFP_KERNEL, node);
	if (!stream)
		return NULL;
	/* zlib compares with bytes it has not written yet, harmlessly: give it zeroes */
	stream->workspace = kvzalloc_node(workspace, GFP_KERNEL, node);
	if (!stream->workspace) {
		deflate_destroy(stream);
		return NULL;
	}
	return stream;
}

static void *deflate_writer_create(const struct zcomp_setup *setup, int node)
{
	const struct zcomp_params *params = &setup->params;
	struct z_stream_s *stream;

	stream = deflate_alloc(zlib_deflate_workspacesize(abs(params->winbits),
							  MEM_LEVEL), node);
	if (!stream)
		return ERR_PTR(-ENOMEM);
	if (zlib_deflateInit2(stream, params->level, Z_DEFLATED, params->winbits,
			      MEM_LEVEL, Z_DEFAULT_STRATEGY) != Z_OK) {
		deflate_destroy(stream);
		return ERR_PTR(-EINVAL);
	}
	return stream;
}

static void *deflate_reader_create(const struct zcomp_setup *setup, int node)
{
	struct z_stream_s *stream;

	stream = deflate_alloc(zlib_inflate_workspacesize(), node);
	if (!stream)
		return ERR_PTR(-ENOMEM);
	if (zlib_inflateInit2(stream, setup->params.winbits) != Z_OK) {
		deflate_destroy(stream);
		return ERR_PTR(-EINVAL);
	}
	return stream;
}

/* zlib copies the source into its window first: it never sees a byte change. */
static int deflate_compress(const struct zcomp_setup *setup, void *ctx,
			    const void *src, void *dst, unsigned int *len)
{
	struct z_stream_s *stream = ctx;
	int ret;

	if (zlib_deflateReset(stream) != Z_OK)
		return -EINVAL;
	stream->next_in = src;
	stream->avail_in = PAGE_SIZE;
	stream->next_out = dst;
	stream->avail_out = *len;
	ret = zlib_deflate(stream, Z_FINISH);
	if (ret == Z_OK)
		return -ENOSPC;
	*len = stream->total_out;
	return ret == Z_STREAM_END ? 0 : -EINVAL;
}

static int deflate_decompress(const struct zcomp_setup *setup, void *ctx,
			      const void *src, unsigned int len, void *dst)
{
	struct z_stream_s *stream = ctx;

	if (zlib_inflateReset(stream) != Z_OK)
		return -EBADMSG;
	stream->next_in = src;
	stream->avail_in = len;
	stream->next_out = dst;
	stream->avail_out = PAGE_SIZE;
	if (zlib_inflate(stream, Z_FINISH) != Z_STREAM_END)
		return -EBADMSG;
	return stream->total_out == PAGE_SIZE && !stream->avail_in ? 0 : -EBADMSG;
}

const struct zcomp_ops zcomp_deflate_ops = {
	.name		= "deflate",
	.setup		= deflate_setup,
	.writer_create	= deflate_writer_create,
	.writer_destroy	= deflate_destroy,
	.reader_create	= deflate_reader_create,
	.reader_destroy	= deflate_destroy,
	.compress	= deflate_compress,
	.decompress	= deflate_decompress,
};
