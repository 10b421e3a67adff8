// SPDX-License-Identifier: GPL-2.0-only
/*
 * What does the compressor take by itself?
 */
#include <linux/errno.h>
#include <linux/lz4.h>
#include <linux/lzo.h>
#include <linux/mm.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#include "swap.h"

static void *work, *out;
static bool lz4;

int codec_init(const char *name)
{
	lz4 = !strcmp(name, "lz4");
	if (!lz4 && strcmp(name, "lzo"))
		return -EINVAL;
	work = vmalloc(lz4 ? LZ4_MEM_COMPRESS : LZO1X_1_MEM_COMPRESS);
	out = vmalloc(2 * PAGE_SIZE);
	return work && out ? 0 : -ENOMEM;
}

void codec_exit(void)
{
	vfree(work);
	vfree(out);
}

/* Returns the size. */
u32 codec_compress(const void *page)
{
	size_t len = 2 * PAGE_SIZE;

	if (lz4)
		return LZ4_compress_default(page, out, PAGE_SIZE, len, work);
	return lzo1x_1_compress(page, PAGE_SIZE, out, &len, work) ? 0 : len;
}

/* What the last compression made. */
void *codec_last(void)
{
	return out;
}

int codec_decompress(const void *from, u32 size, void *to)
{
	size_t len = PAGE_SIZE;

	if (lz4)
		return LZ4_decompress_safe(from, to, size, PAGE_SIZE) == PAGE_SIZE ? 0 : -EIO;
	return lzo1x_decompress_safe(from, size, to, &len) || len != PAGE_SIZE ? -EIO : 0;
}
