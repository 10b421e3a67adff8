// SPDX-License-Identifier: GPL-2.0-only
/*
 * The compressors as the kernel's library has them, with no layer above.
 */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/lz4.h>
#include <linux/lzo.h>
#include <linux/mm.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <linux/zstd.h>

#include "zram_bench.h"

static void *mem, *mem2;

static int get(size_t size, size_t size2)
{
	mem = vmalloc(size);
	mem2 = vmalloc(size2);
	return mem && mem2 ? 0 : -ENOMEM;
}

static void put(void)
{
	vfree(mem);
	vfree(mem2);
	mem = NULL;
	mem2 = NULL;
}

static int lzorle_init(void)
{
	return get(LZO1X_MEM_COMPRESS, 1);
}

static u32 lzorle_compress(const void *src, void *dst)
{
	size_t len = 2 * PAGE_SIZE;

	return lzorle1x_1_compress(src, PAGE_SIZE, dst, &len, mem) == LZO_E_OK ? len : 0;
}

static bool lzo_decompress(const void *src, u32 len, void *dst)
{
	size_t out = PAGE_SIZE;

	return lzo1x_decompress_safe(src, len, dst, &out) == LZO_E_OK && out == PAGE_SIZE;
}

static int lz4_init(void)
{
	return get(LZ4_MEM_COMPRESS, 1);
}

static u32 lz4_compress(const void *src, void *dst)
{
	return LZ4_compress_default(src, dst, PAGE_SIZE, 2 * PAGE_SIZE, mem);
}

static bool lz4_decompress(const void *src, u32 len, void *dst)
{
	return LZ4_decompress_safe(src, dst, len, PAGE_SIZE) == PAGE_SIZE;
}

static zstd_parameters zstd_params;
static zstd_cctx *zstd_c;
static zstd_dctx *zstd_d;

/* Level 3 for a source of unknown size, as the crypto API has it. */
static int zstd_init(void)
{
	size_t size, size2;
	int err;

	zstd_params = zstd_get_params(3, 0);
	size = zstd_cctx_workspace_bound(&zstd_params.cParams);
	size2 = zstd_dctx_workspace_bound();
	err = get(size, size2);
	if (err)
		return err;
	zstd_c = zstd_init_cctx(mem, size);
	zstd_d = zstd_init_dctx(mem2, size2);
	return zstd_c && zstd_d ? 0 : -EINVAL;
}

static u32 zstd_compress(const void *src, void *dst)
{
	size_t len = zstd_compress_cctx(zstd_c, dst, 2 * PAGE_SIZE, src, PAGE_SIZE, &zstd_params);

	return zstd_is_error(len) ? 0 : len;
}

static bool zstd_decompress(const void *src, u32 len, void *dst)
{
	return zstd_decompress_dctx(zstd_d, dst, PAGE_SIZE, src, len) == PAGE_SIZE;
}

static const struct codec codecs[] = {
	{ "lzo-rle", lzorle_init, put, lzorle_compress, lzo_decompress },
	{ "lz4", lz4_init, put, lz4_compress, lz4_decompress },
	{ "zstd", zstd_init, put, zstd_compress, zstd_decompress },
};

/**
 * codec_find() - the compressor of a name
 * @name: as zram calls it
 *
 * Return: it, or NULL.
 */
const struct codec *codec_find(const char *name)
{
	unsigned int n;

	for (n = 0; n < ARRAY_SIZE(codecs); n++)
		if (!strcmp(codecs[n].name, name))
			return &codecs[n];
	return NULL;
}
