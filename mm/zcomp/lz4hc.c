// SPDX-License-Identifier: GPL-2.0-only
/*
 * "lz4hc" over lib/lz4: LZ4's format, searched for harder. The level sets how
 * many candidates are looked at for a match: 2 to the power of level - 1.
 */
#include <linux/lz4.h>
#include <linux/slab.h>

#include "internal.h"

#define LEVEL_MIN	1	/* the library replaces less by its default */

static int lz4hc_setup(struct zcomp_setup *setup)
{
	const struct zcomp_params *params = &setup->params;
	LZ4_streamHC_t *loaded;
	int ret;

	ret = zcomp_params_level(setup, LZ4HC_DEFAULT_CLEVEL,
				 LEVEL_MIN, LZ4HC_MAX_CLEVEL) ?:
	      zcomp_params_no_winbits(setup) ?:
	      zcomp_params_dict(setup);
	if (ret || !params->dict)
		return ret;

	loaded = kvzalloc(sizeof(*loaded), GFP_KERNEL);
	if (!loaded)
		return -ENOMEM;
	LZ4_loadDictHC(loaded, params->dict, params->dict_len);
	/* LZ4_resetStreamHC() is the only call that sets it, and is not exported. */
	loaded->internal_donotuse.compressionLevel = params->level;
	setup->shared = loaded;
	return 0;
}

static void lz4hc_release(struct zcomp_setup *setup)
{
	kvfree(setup->shared);
}

static void *lz4hc_writer_create(const struct zcomp_setup *setup, int node)
{
	void *ctx = kvmalloc_node(LZ4HC_MEM_COMPRESS, GFP_KERNEL, node);

	return ctx ?: ERR_PTR(-ENOMEM);
}

static void lz4hc_writer_destroy(void *ctx)
{
	kvfree(ctx);
}

static int lz4hc_compress(const struct zcomp_setup *setup, void *ctx,
			  const void *src, void *dst, unsigned int *len)
{
	LZ4_streamHC_t *stream = ctx;
	int out;

	if (setup->shared) {
		memcpy(stream, setup->shared, sizeof(*stream));
		out = LZ4_compress_HC_continue(stream, src, dst, PAGE_SIZE, *len);
	} else {
		out = LZ4_compress_HC(src, dst, PAGE_SIZE, *len,
				      setup->params.level, stream);
	}
	if (out <= 0)
		return -ENOSPC;
	*len = out;
	return 0;
}

const struct zcomp_ops zcomp_lz4hc_ops = {
	.name		= "lz4hc",
	.setup		= lz4hc_setup,
	.release	= lz4hc_release,
	.writer_create	= lz4hc_writer_create,
	.writer_destroy	= lz4hc_writer_destroy,
	.compress	= lz4hc_compress,
	.decompress	= zcomp_lz4_decompress,
};
