// SPDX-License-Identifier: GPL-2.0-only
/*
 * Who sees to a request that has to wait for the backing device?
 */
#include <linux/bitmap.h>
#include <linux/spinlock.h>

#include "handover.h"

static struct bio *next_bio(struct zram_lane *lane)
{
	struct zram_handover *handover = lane->handover;
	struct bio *bio;

	spin_lock(&handover->lock);
	bio = bio_list_pop(&handover->bios);
	/* Nothing left, and with the lock still held: the next bio starts a lane. */
	if (!bio)
		__clear_bit(lane - handover->lanes, handover->busy);
	spin_unlock(&handover->lock);
	return bio;
}

static void run_lane(struct work_struct *work)
{
	struct zram_lane *lane = container_of(work, struct zram_lane, work);
	struct bio *bio;

	while ((bio = next_bio(lane)))
		lane->handover->resume(bio);
}

/**
 * zram_handover_init() - get the workers ready
 * @handover: where
 * @name: of the disk
 * @resume: what is done with each bio, exactly once
 *
 * Context: sleeps.
 * Return: 0, or -ENOMEM.
 */
int zram_handover_init(struct zram_handover *handover, const char *name,
		       void (*resume)(struct bio *bio))
{
	unsigned int i;

	/* A queue for each disk: one may be the other's backing device. */
	handover->queue = alloc_workqueue("zram_wait/%s", WQ_UNBOUND | WQ_MEM_RECLAIM,
					  ZRAM_LANES, name);
	if (!handover->queue)
		return -ENOMEM;
	handover->resume = resume;
	spin_lock_init(&handover->lock);
	bio_list_init(&handover->bios);
	bitmap_zero(handover->busy, ZRAM_LANES);
	for (i = 0; i < ZRAM_LANES; i++) {
		INIT_WORK(&handover->lanes[i].work, run_lane);
		handover->lanes[i].handover = handover;
	}
	return 0;
}

/**
 * zram_handover_destroy() - send the workers home
 * @handover: nobody adds anything any more
 *
 * Context: sleeps until all that was added is done.
 */
void zram_handover_destroy(struct zram_handover *handover)
{
	destroy_workqueue(handover->queue);
}

/**
 * zram_handover_add() - leave a bio to a worker
 * @handover: the workers
 * @bio: the caller has nothing to do with it any more
 *
 * Context: any but interrupts; never sleeps, allocates nothing.
 */
void zram_handover_add(struct zram_handover *handover, struct bio *bio)
{
	unsigned int lane;

	spin_lock(&handover->lock);
	bio_list_add(&handover->bios, bio);
	lane = find_first_zero_bit(handover->busy, ZRAM_LANES);
	if (lane < ZRAM_LANES)
		__set_bit(lane, handover->busy);
	spin_unlock(&handover->lock);
	if (lane < ZRAM_LANES)
		queue_work(handover->queue, &handover->lanes[lane].work);
}

/**
 * zram_handover_flush() - wait until all that was added is done
 * @handover: nobody adds anything meanwhile
 *
 * The block layer knows nothing of these bios: freezing the queue of a disk waits
 * for ->submit_bio to return, and then for nothing else.
 *
 * Context: sleeps.
 */
void zram_handover_flush(struct zram_handover *handover)
{
	flush_workqueue(handover->queue);
}
