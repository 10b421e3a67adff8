/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Post-processing: work on what a slot holds without holding the slot.
 *
 * Writing a page back and compressing it again take long and wait for I/O and
 * memory. Readers, writers, discards and swap must not wait for them, so they run
 * beside each other, and this is the rule that keeps pages apart:
 *
 * 1. With the slot locked, zram_pp_begin() sets PP, and notes value and sequence.
 *    What the work needs of the object is copied out before the slot is unlocked:
 *    without the lock the object may be freed at any time.
 * 2. The work is done, without the lock.
 * 3. With the slot locked again, zram_pp_end() tells whether the slot still holds
 *    what it held. Only then may the result replace it. Else the result, an object
 *    or a block, is nobody's, and whoever made it frees it.
 *
 * Every change of content, by zram_slot_replace(), clears PP and adds one to the
 * sequence. PP is therefore set for one worker at a time, and a slot that was
 * freed, or written again, does not have it any more; if another worker has begun
 * meanwhile with the new content, sequence and value tell it apart: a handle
 * comes back only with another generation.
 *
 * Reading changes no content: a page that is read while it is being written back
 * still goes out.
 */
#ifndef _ZRAM_PP_H
#define _ZRAM_PP_H

#include "slot.h"

/**
 * struct zram_pp - a slot that is being worked on
 * @slot: which; stays valid as long as its table
 * @content: what it held when the work began
 * @sequence: the ZRAM_SEQ_MASK part of its state at that time
 *
 * Belongs to the one who works: no lock.
 */
struct zram_pp {
	struct zram_slot *slot;
	struct zram_content content;
	u32 sequence;
};

bool zram_pp_begin(struct zram_slot *slot, struct zram_pp *pp);
bool zram_pp_end(struct zram_pp *pp);

#endif /* _ZRAM_PP_H */
