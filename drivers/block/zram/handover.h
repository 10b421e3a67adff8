/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Requests that have to wait for a device, on their way to somebody who may wait.
 *
 * ->submit_bio must not: what it waits for may be queued behind it in its own
 * task. So such a bio goes on a list, and a worker takes it from there. The list
 * is made of the bios themselves and the workers are there from the start: handing
 * a bio over neither allocates nor waits.
 */
#ifndef _ZRAM_HANDOVER_H
#define _ZRAM_HANDOVER_H

#include <linux/bio.h>
#include <linux/spinlock_types.h>
#include <linux/types.h>
#include <linux/workqueue.h>

/* Bios of one disk that wait for the device at the same time. */
#define ZRAM_LANES	32

struct zram_handover;

/**
 * struct zram_lane - works off one bio at a time
 * @work: the worker; by the rules of workqueues
 * @handover: where it takes them from; immutable
 */
struct zram_lane {
	struct work_struct work;
	struct zram_handover *handover;
};

/**
 * struct zram_handover - bios that wait, and who sees to them
 * @resume: does what a bio asks for, and ends it; may sleep; immutable
 * @queue: runs the lanes, also when there is no memory; immutable
 * @lock: never taken from interrupts
 * @bios: nobody has them yet. @lock
 * @busy: lanes that will look at @bios again. @lock
 * @lanes: the workers
 */
struct zram_handover {
	void (*resume)(struct bio *bio);
	struct workqueue_struct *queue;
	spinlock_t lock;	/* the list; innermost */
	struct bio_list bios;
	DECLARE_BITMAP(busy, ZRAM_LANES);
	struct zram_lane lanes[ZRAM_LANES];
};

int zram_handover_init(struct zram_handover *handover, const char *name,
		       void (*resume)(struct bio *bio));
void zram_handover_destroy(struct zram_handover *handover);
void zram_handover_add(struct zram_handover *handover, struct bio *bio);
void zram_handover_flush(struct zram_handover *handover);

#endif /* _ZRAM_HANDOVER_H */
