// SPDX-License-Identifier: GPL-2.0-only
/*
 * The part of the memory manager that migrates pages: who holds which reference and
 * lock, and what is looked at in which order, is as in mm/migrate.c.
 */
#include "shim.h"

static const struct movable_operations *ops_of(struct page *page)
{
	return (void *)(page->mapping & ~PAGE_MAPPING_MOVABLE);
}

/* isolate_movable_page() */
bool shim_isolate(struct page *page)
{
	bool isolated = false;

	if (!get_page_unless_zero(page))
		return false;
	if (!__PageMovable(page))
		goto put;
	if (!trylock_page(page))
		goto put;
	if (PageMovable(page) && !PageIsolated(page) && ops_of(page)->isolate_page(page, 0)) {
		if (PageIsolated(page))
			shim_bug("migrate: the owner has touched PG_isolated");
		SetPageIsolated(page);
		isolated = true;
	}
	unlock_page(page);
	if (isolated)
		return true;
put:
	put_page(page);
	return false;
}

/* move_to_new_folio() */
static int move_to_new(struct page *dst, struct page *src, enum migrate_mode mode)
{
	int err;

	if (!PageIsolated(src))
		shim_bug("migrate: the page is not isolated any more");
	if (!PageMovable(src)) {
		/* its owner has freed it meanwhile */
		ClearPageIsolated(src);
		return MIGRATEPAGE_SUCCESS;
	}
	err = ops_of(src)->migrate_page(dst, src, mode);
	if (err == MIGRATEPAGE_SUCCESS) {
		if (!PageIsolated(src))
			shim_bug("migrate: the owner has touched PG_isolated");
		ClearPageIsolated(src);
		if (PageMovable(src))
			shim_bug("migrate: the old page is still marked");
	}
	return err;
}

/* unmap_and_move() */
int shim_migrate(struct page *page, enum migrate_mode mode)
{
	struct page *new;
	int err = -EAGAIN;

	if (page_count(page) == 1) {
		put_page(page);
		return MIGRATEPAGE_SUCCESS;
	}

	new = alloc_page(GFP_HIGHUSER_MOVABLE);
	if (!new)
		return -ENOMEM;

	if (mode == MIGRATE_ASYNC) {
		if (!trylock_page(page))
			goto put;
	} else {
		lock_page(page);
	}
	if (!trylock_page(new))
		shim_bug("migrate: somebody locks a page that nobody knows");
	err = move_to_new(new, page, mode);
	unlock_page(new);
	unlock_page(page);
put:
	put_page(new);
	if (err == MIGRATEPAGE_SUCCESS)
		put_page(page);
	return err;
}

/* putback_movable_pages() */
void shim_putback(struct page *page)
{
	if (!PageIsolated(page))
		shim_bug("migrate: a page is put back that is not isolated");
	lock_page(page);
	if (PageMovable(page))
		ops_of(page)->putback_page(page);
	ClearPageIsolated(page);
	unlock_page(page);
	put_page(page);
}
