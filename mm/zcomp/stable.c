// SPDX-License-Identifier: GPL-2.0-only
/*
 * Can anybody write to a page while it is being compressed?
 */
#include <linux/export.h>
#include <linux/mm.h>
#include <linux/page-flags.h>
#include <linux/zcomp.h>

/**
 * zcomp_page_is_stable() - does a page stay as it is while it is swapped out?
 * @page: what the swap code asks to be written, with a reference of the caller
 *
 * Reclaim has put it into the swap cache and unmapped it; who wants to map it again needs
 * its lock, which is held. Who has known it since before, a device that was told of it with
 * get_user_pages() for one, has a reference: there must be none but the swap cache's and
 * the caller's. Reclaim has looked for that, but drivers that write out objects in shmem
 * come this way too, and do not look.
 *
 * Not for pages of a bio: such a page may be in the swap cache for the sake of another
 * disk. A page of the page cache is locked as well, but a device may write to it.
 *
 * Context: Any; the answer lasts until the caller lets go of the page or of its lock.
 * Return: true if zcomp_compress_stable() may have it; false if that is not certain.
 */
bool zcomp_page_is_stable(struct page *page)
{
	return PageSwapCache(page) && PageLocked(page) && page_count(page) <= 2;
}
EXPORT_SYMBOL_GPL(zcomp_page_is_stable);
