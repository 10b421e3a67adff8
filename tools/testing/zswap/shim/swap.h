/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What mm/swap.h has for zswap; ../explore/swap.c is behind it.
 */
#ifndef _SHIM_SWAP_H
#define _SHIM_SWAP_H

struct page *__read_swap_cache_async(swp_entry_t entry, gfp_t gfp, struct vm_area_struct *vma,
				     unsigned long addr, bool *is_new, bool skip_if_exists);
void delete_from_swap_cache(struct page *page);
int __swap_writepage(struct page *page, struct writeback_control *wbc);
int swap_readpage(struct page *page, bool synchronous, struct swap_iocb **plug);

#endif /* _SHIM_SWAP_H */
