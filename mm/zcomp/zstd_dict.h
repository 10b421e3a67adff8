/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A dictionary for zstd, where the kernel's zstd can use one: a patch of this
 * series lets it, a stock kernel that this is built as a module for does not.
 */
#ifndef _ZCOMP_ZSTD_DICT_H
#define _ZCOMP_ZSTD_DICT_H

#include <linux/printk.h>
#include <linux/zstd.h>

#include "internal.h"

#ifdef CONFIG_ZCOMP_ZSTD_DICT
int zcomp_zstd_dict_prepare(struct zcomp_setup *setup);
void zcomp_zstd_dict_release(struct zcomp_setup *setup);
size_t zcomp_zstd_dict_workspace(const struct zcomp_setup *setup);
size_t zcomp_zstd_dict_compress(const struct zcomp_setup *setup, zstd_cctx *cctx,
				const void *src, void *dst, size_t capacity);
size_t zcomp_zstd_dict_decompress(const struct zcomp_setup *setup, zstd_dctx *dctx,
				  const void *src, size_t len, void *dst);
#else
static inline int zcomp_zstd_dict_prepare(struct zcomp_setup *setup)
{
	pr_warn_ratelimited("zcomp: zstd: dictionary of %zu bytes refused, this kernel's zstd takes none\n",
			    setup->params.dict_len);
	return -EOPNOTSUPP;
}

static inline void zcomp_zstd_dict_release(struct zcomp_setup *setup)
{
}

static inline size_t zcomp_zstd_dict_workspace(const struct zcomp_setup *setup)
{
	return 0;
}

static inline size_t zcomp_zstd_dict_compress(const struct zcomp_setup *setup, zstd_cctx *cctx,
					      const void *src, void *dst, size_t capacity)
{
	return 0;
}

static inline size_t zcomp_zstd_dict_decompress(const struct zcomp_setup *setup, zstd_dctx *dctx,
						const void *src, size_t len, void *dst)
{
	return 0;
}
#endif

#endif /* _ZCOMP_ZSTD_DICT_H */
