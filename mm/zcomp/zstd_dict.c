// SPDX-License-Identifier: GPL-2.0-only
/*
 * How does "zstd" use a dictionary?
 *
 * It is prepared once, for both directions; the CPUs share the result, which is
 * only read.
 */
#define pr_fmt(fmt) "zcomp: " fmt

#include <linux/slab.h>

#include "zstd_dict.h"

struct zstd_dict {
	zstd_compression_parameters cparams;	/* immutable after creation */
	const zstd_cdict *cdict;		/* in cspace */
	const zstd_ddict *ddict;		/* in dspace */
	void *cspace;				/* immutable after creation */
	void *dspace;				/* immutable after creation */
};

static void free_dict(struct zstd_dict *dict)
{
	kvfree(dict->cspace);
	kvfree(dict->dspace);
	kfree(dict);
}

/*
 * Read the dictionary in @setup->params, whose level is decided, into
 * @setup->shared. 0, -ENOMEM, or -EINVAL after a log line.
 */
int zcomp_zstd_dict_prepare(struct zcomp_setup *setup)
{
	const struct zcomp_params *params = &setup->params;
	struct zstd_dict *dict = kzalloc(sizeof(*dict), GFP_KERNEL);
	size_t csize, dsize = zstd_ddict_workspace_bound();

	if (!dict)
		return -ENOMEM;
	/* Tables and window are to span the dictionary and the page behind it. */
	dict->cparams = zstd_get_params(params->level, params->dict_len + PAGE_SIZE).cParams;
	csize = zstd_cdict_workspace_bound(&dict->cparams);
	dict->cspace = kvmalloc(csize, GFP_KERNEL);
	dict->dspace = kvmalloc(dsize, GFP_KERNEL);
	if (!dict->cspace || !dict->dspace) {
		free_dict(dict);
		return -ENOMEM;
	}

	dict->cdict = zstd_init_cdict(dict->cspace, csize, params->dict, params->dict_len,
				      &dict->cparams);
	dict->ddict = zstd_init_ddict(dict->dspace, dsize, params->dict, params->dict_len);
	if (!dict->cdict || !dict->ddict) {
		pr_warn_ratelimited("%s: dictionary of %zu bytes refused, it begins as one made by zstd and is damaged\n",
				    setup->name, params->dict_len);
		free_dict(dict);
		return -EINVAL;
	}
	setup->shared = dict;
	return 0;
}

/* Undo it. */
void zcomp_zstd_dict_release(struct zcomp_setup *setup)
{
	free_dict(setup->shared);
	setup->shared = NULL;
}

/* Bytes that a context needs to compress with the dictionary. */
size_t zcomp_zstd_dict_workspace(const struct zcomp_setup *setup)
{
	const struct zstd_dict *dict = setup->shared;

	return zstd_cctx_workspace_bound(&dict->cparams);
}

/* A page at @src to at most @capacity bytes at @dst: their number, or zstd's error. */
size_t zcomp_zstd_dict_compress(const struct zcomp_setup *setup, zstd_cctx *cctx,
				const void *src, void *dst, size_t capacity)
{
	const struct zstd_dict *dict = setup->shared;

	return zstd_compress_using_cdict(cctx, dst, capacity, src, PAGE_SIZE, dict->cdict);
}

/* @len bytes at @src to at most a page at @dst: bytes there, or zstd's error. */
size_t zcomp_zstd_dict_decompress(const struct zcomp_setup *setup, zstd_dctx *dctx,
				  const void *src, size_t len, void *dst)
{
	const struct zstd_dict *dict = setup->shared;

	return zstd_decompress_using_ddict(dctx, dst, PAGE_SIZE, src, len, dict->ddict);
}
