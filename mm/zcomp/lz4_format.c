// SPDX-License-Identifier: GPL-2.0-only
/*
 * How does a page come back from what "lz4" and "lz4hc" have made? They look for
 * matches in different ways and write the same format.
 */
#include <linux/lz4.h>

#include "internal.h"

/* As decompress() in struct zcomp_ops. */
int zcomp_lz4_decompress(const struct zcomp_setup *setup, void *ctx,
			 const void *src, unsigned int len, void *dst)
{
	const struct zcomp_params *params = &setup->params;
	int out;

	if (params->dict)
		out = LZ4_decompress_safe_usingDict(src, dst, len, PAGE_SIZE,
						    params->dict, params->dict_len);
	else
		out = LZ4_decompress_safe(src, dst, len, PAGE_SIZE);
	return out == PAGE_SIZE ? 0 : -EBADMSG;
}
