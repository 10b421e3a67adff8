// SPDX-License-Identifier: GPL-2.0-only
/*
 * What comes free with an object?
 */
#include <linux/err.h>
#include <linux/export.h>
#include <linux/zsmalloc.h>

#include "background.h"
#include "page.h"
#include "redzone.h"
#include "refuse.h"

/**
 * zs_free() - free an object
 * @pool: the pool
 * @handle: from zs_malloc() of this pool, not mapped at the moment; 0 and error
 *	pointers are ignored, any other word that is no live handle is refused with
 *	a line in the log
 *
 * Context: any but interrupts; may be called with preemption off and under
 * spinlocks. Neither sleeps nor allocates.
 */
void zs_free(struct zs_pool *pool, unsigned long handle)
{
	struct zs_zspage *zspage;
	struct zs_class *class;
	struct zs_place place;
	const char *wrong;
	atomic64_t *entry;

	if (unlikely(!handle || IS_ERR_VALUE(handle)))
		return;

	wrong = zs_handle_claim(&pool->handles, handle, &place, &entry);
	if (unlikely(wrong)) {
		zs_refuse(pool, handle, "free", wrong);
		return;
	}

	/* the slot is still in use, so that its zspage stays until we come for it */
	zspage = xa_load(&pool->zspages, place.zspage);
	class = zspage->class;

	spin_lock(&class->lock);
	zs_red_check(pool, zspage, place.slot, handle, "free");
	if (zs_zspage_drop(zspage, place.slot))
		zs_zspage_trim(pool, zspage);
	else
		zs_zspage_refile(zspage);
	zs_class_settle(pool, class);
	spin_unlock(&class->lock);
	zs_demand_leave(&pool->demand, class->nr - place.down);

	/* last: while the slot names the entry it must not name another object */
	zs_handle_release(&pool->handles, entry);
	zs_background_kick(pool);
}
EXPORT_SYMBOL_GPL(zs_free);
