// SPDX-License-Identifier: GPL-2.0-only
/*
 * "zstd" over lib/zstd. The level runs from very negative (fast) to 22; the
 * library fits what a level means to a source of one page.
 */
#include <linux/slab.h>
#include <linux/zstd.h>

#include "internal.h"
#include "zstd_dict.h"

#define LEVEL_PRESET	3	/* what zstd calls its default, ZSTD_CLEVEL_DEFAULT */

struct zstd_writer {
	zstd_parameters params;	/* immutable after creation */
	zstd_cctx *cctx;	/* in workspace */
	void *workspace;	/* immutable after creation */
};

struct zstd_reader {
	zstd_dctx *dctx;	/* in workspace */
	void *workspace;	/* immutable after creation */
};

static int zstd_setup(struct zcomp_setup *setup)
{
	int ret = zcomp_params_level(setup, LEVEL_PRESET,
				     zstd_min_clevel(), zstd_max_clevel()) ?:
		  zcomp_params_no_winbits(setup) ?:
		  zcomp_params_dict(setup);

	return ret || !setup->params.dict ? ret : zcomp_zstd_dict_prepare(setup);
}

static void zstd_release(struct zcomp_setup *setup)
{
	if (setup->shared)
		zcomp_zstd_dict_release(setup);
}

static void zstd_writer_destroy(void *ctx)
{
	struct zstd_writer *w = ctx;

	kvfree(w->workspace);
	kfree(w);
}

static void *zstd_writer_create(const struct zcomp_setup *setup, int node)
{
	struct zstd_writer *w = kzalloc_node(sizeof(*w), GFP_KERNEL, node);
	size_t size;

	if (!w)
		return ERR_PTR(-ENOMEM);
	w->params = zstd_get_params(setup->params.level, PAGE_SIZE);
	size = setup->shared ? zcomp_zstd_dict_workspace(setup) :
			       zstd_cctx_workspace_bound(&w->params.cParams);
	w->workspace = kvmalloc_node(size, GFP_KERNEL, node);
	w->cctx = zstd_init_cctx(w->workspace, size);
	if (!w->cctx) {
		zstd_writer_destroy(w);
		return ERR_PTR(-ENOMEM);
	}
	return w;
}

static void zstd_reader_destroy(void *ctx)
{
	struct zstd_reader *r = ctx;

	kvfree(r->workspace);
	kfree(r);
}

static void *zstd_reader_create(const struct zcomp_setup *setup, int node)
{
	struct zstd_reader *r = kzalloc_node(sizeof(*r), GFP_KERNEL, node);
	size_t size = zstd_dctx_workspace_bound();

	if (!r)
		return ERR_PTR(-ENOMEM);
	r->workspace = kvmalloc_node(size, GFP_KERNEL, node);
	r->dctx = zstd_init_dctx(r->workspace, size);
	if (!r->dctx) {
		zstd_reader_destroy(r);
		return ERR_PTR(-ENOMEM);
	}
	return r;
}

static int zstd_compress(const struct zcomp_setup *setup, void *ctx,
			 const void *src, void *dst, unsigned int *len)
{
	struct zstd_writer *w = ctx;
	size_t out;

	if (setup->shared)
		out = zcomp_zstd_dict_compress(setup, w->cctx, src, dst, *len);
	else
		out = zstd_compress_cctx(w->cctx, dst, *len, src, PAGE_SIZE, &w->params);
	if (zstd_is_error(out))
		return zstd_get_error_code(out) == ZSTD_error_dstSize_tooSmall ?
			-ENOSPC : -EINVAL;
	*len = out;
	return 0;
}

static int zstd_decompress(const struct zcomp_setup *setup, void *ctx,
			   const void *src, unsigned int len, void *dst)
{
	struct zstd_reader *r = ctx;
	size_t out;

	if (setup->shared)
		out = zcomp_zstd_dict_decompress(setup, r->dctx, src, len, dst);
	else
		out = zstd_decompress_dctx(r->dctx, dst, PAGE_SIZE, src, len);
	return !zstd_is_error(out) && out == PAGE_SIZE ? 0 : -EBADMSG;
}

const struct zcomp_ops zcomp_zstd_ops = {
	.name		= "zstd",
	.setup		= zstd_setup,
	.release	= zstd_release,
	.writer_create	= zstd_writer_create,
	.writer_destroy	= zstd_writer_destroy,
	.reader_create	= zstd_reader_create,
	.reader_destroy	= zstd_reader_destroy,
	.compress	= zstd_compress,
	.decompress	= zstd_decompress,
};
