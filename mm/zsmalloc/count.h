/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What happens in a pool and is counted. Nothing here is touched by a zs_malloc() or
 * zs_free() that succeeds, or by an access.
 */
#ifndef _ZS_COUNT_H
#define _ZS_COUNT_H

/**
 * enum zs_count - the counters of a pool
 * @ZS_COUNT_ASKED: compactions that zs_compact() was called for
 * @ZS_COUNT_WORKER: runs of the background worker
 * @ZS_COUNT_SHRINKER: runs of the shrinker
 * @ZS_COUNT_STEPS: holds of zs_class.lock in all of these
 * @ZS_COUNT_MOVED: objects moved, those that spilled included
 * @ZS_COUNT_MOVED_BYTES: bytes copied for that, and for objects that were freed meanwhile
 * @ZS_COUNT_FREED: pages given back
 * @ZS_COUNT_SPILLED: objects moved into slots of a larger class
 * @ZS_COUNT_TRADED: pages put in to free more than one
 * @ZS_COUNT_PINNED: times that a reader kept the mover from a zspage
 * @ZS_COUNT_REFUSED: handles refused
 * @ZS_COUNT_FAILED: zs_malloc() that failed
 * @ZS_COUNT_DAMAGED: red zones found overwritten (with CONFIG_ZSMALLOC_DEBUG)
 * @ZS_COUNT_MIGRATED: pages moved by the memory-management core
 * @ZS_COUNT_NOT_MIGRATED: times that a reader kept it from moving one
 * @ZS_COUNT_MAX_BYTES: most bytes copied under one hold of zs_class.lock
 * @ZS_COUNT_MAX_SLOTS: most slots visited under one hold of zs_class.lock
 * @ZS_NR_COUNTS: how many there are
 */
enum zs_count {
	ZS_COUNT_ASKED,
	ZS_COUNT_WORKER,
	ZS_COUNT_SHRINKER,
	ZS_COUNT_STEPS,
	ZS_COUNT_MOVED,
	ZS_COUNT_MOVED_BYTES,
	ZS_COUNT_FREED,
	ZS_COUNT_SPILLED,
	ZS_COUNT_TRADED,
	ZS_COUNT_PINNED,
	ZS_COUNT_REFUSED,
	ZS_COUNT_FAILED,
	ZS_COUNT_DAMAGED,
	ZS_COUNT_MIGRATED,
	ZS_COUNT_NOT_MIGRATED,
	ZS_COUNT_MAX_BYTES,
	ZS_COUNT_MAX_SLOTS,
	ZS_NR_COUNTS,
};

#endif /* _ZS_COUNT_H */
