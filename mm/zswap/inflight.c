// SPDX-License-Identifier: GPL-2.0-only
/*
 * How many pages are on their way to the swap device, and who notices that one has
 * arrived?
 */
#include <linux/jiffies.h>
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include <linux/swap.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

#include "inflight.h"

/* Pages that are being written, or are going to be: at most ZSWAP_INFLIGHT_MAX. */
static atomic_t under_way;

/* Those that have been submitted, with a reference, in the order of that; ring_lock. */
static struct submitted {
	struct page *page;
	unsigned int type;
} ring[ZSWAP_INFLIGHT_MAX];
static unsigned int ring_first, ring_nr;
static DEFINE_SPINLOCK(ring_lock);

/* When a write to a swap area failed last, in jiffies; 0 if one has succeeded since. */
static unsigned long failed_at[MAX_SWAPFILES];

/* Those who wait until another page may be written. */
static DECLARE_WAIT_QUEUE_HEAD(slots);

static struct workqueue_struct *wq;
static void reap_all(struct work_struct *work);
static DECLARE_WORK(reap_work, reap_all);

static bool take_first(struct submitted *first)
{
	bool any;

	spin_lock(&ring_lock);
	any = ring_nr;
	if (any) {
		*first = ring[ring_first];
		ring_first = (ring_first + 1) % ZSWAP_INFLIGHT_MAX;
		ring_nr--;
	}
	spin_unlock(&ring_lock);
	return any;
}

/* Only here is it known how a write has ended. */
static void note_end(const struct submitted *done)
{
	WRITE_ONCE(failed_at[done->type], PageError(done->page) ? jiffies ?: 1 : 0);
}

static void reap_all(struct work_struct *work)
{
	struct submitted first;

	while (take_first(&first)) {
		wait_on_page_writeback(first.page);
		note_end(&first);
		put_page(first.page);
		zswap_inflight_cancel();
		cond_resched();
	}
}

/**
 * zswap_inflight_start() - set up who waits for pages
 *
 * Context: once, at initialisation.
 * Return: 0 or -ENOMEM.
 */
int zswap_inflight_start(void)
{
	wq = alloc_workqueue("zswap-written", WQ_UNBOUND | WQ_MEM_RECLAIM, 1);
	return wq ? 0 : -ENOMEM;
}

static bool take_slot(void)
{
	return atomic_add_unless(&under_way, 1, ZSWAP_INFLIGHT_MAX);
}

/**
 * zswap_inflight_begin() - may another page be written?
 * @timeout: jiffies to wait until it may, or MAX_SCHEDULE_TIMEOUT
 *
 * Context: Process context. Sleeps unless @timeout is 0, for devices to finish writes;
 * whoever holds what a device or its filesystem may need for that must not wait for ever.
 * Return: true if so; then zswap_inflight_submitted() or zswap_inflight_cancel() follows.
 */
bool zswap_inflight_begin(long timeout)
{
	if (take_slot())
		return true;
	return timeout && wait_event_timeout(slots, take_slot(), timeout);
}

/**
 * zswap_inflight_cancel() - a page is not being written, any more or after all
 *
 * Context: Any.
 */
void zswap_inflight_cancel(void)
{
	atomic_dec(&under_way);
	/* With the barrier that the check needs. */
	if (wq_has_sleeper(&slots))
		wake_up(&slots);
}

/**
 * zswap_inflight_submitted() - a page is being written
 * @page: the caller's reference to it is passed on
 * @type: number of the swap area it is written to
 *
 * Context: Any but interrupts; never sleeps.
 */
void zswap_inflight_submitted(struct page *page, unsigned int type)
{
	struct submitted new = { .page = page, .type = type };

	spin_lock(&ring_lock);
	ring[(ring_first + ring_nr++) % ZSWAP_INFLIGHT_MAX] = new;
	spin_unlock(&ring_lock);
	/* The reference would keep the page from being freed when it has been written. */
	queue_work(wq, &reap_work);
}

/**
 * zswap_inflight_failing() - has a write to a swap area failed just now?
 * @type: number of the area
 *
 * A page whose write fails is back in memory, as large as it was: there is no sense in
 * doing that to all of them.
 *
 * Context: Any.
 * Return: true for a second after a failure, unless a write succeeds.
 */
bool zswap_inflight_failing(unsigned int type)
{
	unsigned long failed = READ_ONCE(failed_at[type]);

	return failed && time_before(jiffies, failed + HZ);
}

/**
 * zswap_inflight() - how many pages are being written?
 *
 * Context: Any.
 * Return: 0 to ZSWAP_INFLIGHT_MAX.
 */
int zswap_inflight(void)
{
	return atomic_read(&under_way);
}
