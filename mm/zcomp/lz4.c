// SPDX-License-Identifier: GPL-2.0-only
/*
 * "lz4" over lib/lz4. The level is the acceleration: 1 looks for a match at
 * every position, each step up skips more of them.
 */
#include <linux/lz4.h>
#include <linux/slab.h>

#include "internal.h"

/* Later versions of LZ4 treat more as this; the library's own arithmetic bears it. */
#define ACCELERATION_MAX	65537

/*
 * Reading a dictionary costs more than compressing a page, so it is read once;
 * a writer then starts every page from a copy of the result.
 */
static int lz4_setup(struct zcomp_setup *setup)
{
	const struct zcomp_params *params = &setup->params;
	LZ4_stream_t *loaded;
	int ret;

	ret = zcomp_params_level(setup, LZ4_ACCELERATION_DEFAULT,
				 LZ4_ACCELERATION_DEFAULT, ACCELERATION_MAX) ?:
	      zcomp_params_no_winbits(setup) ?:
	      zcomp_params_dict(setup);
	if (ret || !params->dict)
		return ret;

	loaded = kvzalloc(sizeof(*loaded), GFP_KERNEL);
	if (!loaded)
		return -ENOMEM;
	LZ4_loadDict(loaded, params->dict, params->dict_len);
	setup->shared = loaded;
	return 0;
}

static void lz4_release(struct zcomp_setup *setup)
{
	kvfree(setup->shared);
}

static void *lz4_writer_create(const struct zcomp_setup *setup, int node)
{
	void *ctx = kvmalloc_node(LZ4_MEM_COMPRESS, GFP_KERNEL, node);

	return ctx ?: ERR_PTR(-ENOMEM);
}

static void lz4_writer_destroy(void *ctx)
{
	kvfree(ctx);
}

static int lz4_compress(const struct zcomp_setup *setup, void *ctx,
			const void *src, void *dst, unsigned int *len)
{
	s32 acceleration = setup->params.level;
	LZ4_stream_t *stream = ctx;
	int out;

	if (setup->shared) {
		memcpy(stream, setup->shared, sizeof(*stream));
		out = LZ4_compress_fast_continue(stream, src, dst, PAGE_SIZE,
						 *len, acceleration);
	} else {
		/* With room for any page the library checks no limit: 3 % faster. */
		static_assert(LZ4_COMPRESSBOUND(PAGE_SIZE) <= ZCOMP_OUT_SIZE);
		out = LZ4_compress_fast(src, dst, PAGE_SIZE, ZCOMP_OUT_SIZE,
					acceleration, stream);
	}
	if (out <= 0 || out > *len)
		return -ENOSPC;
	*len = out;
	return 0;
}

const struct zcomp_ops zcomp_lz4_ops = {
	.name		= "lz4",
	.setup		= lz4_setup,
	.release	= lz4_release,
	.writer_create	= lz4_writer_create,
	.writer_destroy	= lz4_writer_destroy,
	.compress	= lz4_compress,
	.decompress	= zcomp_lz4_decompress,
};
