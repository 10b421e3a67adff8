// SPDX-License-Identifier: GPL-2.0-only
/*
 * Is a slot still what it was when somebody began to work on it?
 */
#include "pp.h"

/**
 * zram_pp_begin() - start to work on what a slot holds
 * @slot: the slot
 * @pp: filled in on success
 *
 * Context: slot lock held; never sleeps.
 * Return: false if there is no object in it to work on, or somebody else does.
 */
bool zram_pp_begin(struct zram_slot *slot, struct zram_pp *pp)
{
	struct zram_content content = zram_slot_content(slot);
	u32 state = atomic_read(&slot->state);

	if (!zram_content_size(&content) || (state & (ZRAM_WB | ZRAM_PP)))
		return false;
	atomic_or(ZRAM_PP, &slot->state);
	pp->slot = slot;
	pp->content = content;
	pp->sequence = state & ZRAM_SEQ_MASK;
	return true;
}

/**
 * zram_pp_end() - stop working on a slot
 * @pp: from zram_pp_begin()
 *
 * Context: slot lock held; never sleeps.
 * Return: true if the slot still holds @pp->content: the caller may replace it.
 */
bool zram_pp_end(struct zram_pp *pp)
{
	struct zram_content now = zram_slot_content(pp->slot);
	u32 state = atomic_read(&pp->slot->state);

	if (!(state & ZRAM_PP) || (state & ZRAM_SEQ_MASK) != pp->sequence ||
	    now.value != pp->content.value || now.bits != pp->content.bits)
		return false;
	atomic_andnot(ZRAM_PP, &pp->slot->state);
	return true;
}
