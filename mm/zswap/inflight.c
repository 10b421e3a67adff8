// SPDX-License-Identifier: GPL-2.0-only
/*
 * How many pages are on their way to the swap device, and who notices that one has
 * arrived?
 */
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>

#include "inflight.h"

/* Pages that are being written, or are going to be: at most ZSWAP_INFLIGHT_MAX. */
static atomic_t under_way;

/* Those that have been submitted, with a reference, in the order of that; ring_lock. */
static struct page *ring[ZSWAP_INFLIGHT_MAX];
static unsigned int ring_first, ring_nr;
static DEFINE_SPINLOCK(ring_lock);

static struct workqueue_struct *wq;
static void reap_all(struct work_struct *work);
static DECLARE_WORK(reap_work, reap_all);

static struct page *take_first(void)
{
	struct page *page = NULL;

	spin_lock(&ring_lock);
	if (ring_nr) {
		page = ring[ring_first];
		ring_first = (ring_first + 1) % ZSWAP_INFLIGHT_MAX;
		ring_nr--;
	}
	spin_unlock(&ring_lock);
	return page;
}

/* Wait for the page that was submitted first. False if there is none. */
static bool reap(void)
{
	struct page *page = take_first();

	if (!page)
		return false;
	wait_on_page_writeback(page);
	put_page(page);
	zswap_inflight_cancel();
	return true;
}

static void reap_all(struct work_struct *work)
{
	while (reap())
		cond_resched();
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

/**
 * zswap_inflight_begin() - may another page be written?
 * @wait: wait until it may
 *
 * Context: Process context. Sleeps if @wait.
 * Return: true if so; then zswap_inflight_submitted() or zswap_inflight_cancel() follows.
 */
bool zswap_inflight_begin(bool wait)
{
	while (!atomic_add_unless(&under_way, 1, ZSWAP_INFLIGHT_MAX)) {
		if (!wait)
			return false;
		/* None to wait for: others are about to submit theirs, or wait already. */
		if (!reap())
			schedule_timeout_uninterruptible(1);
	}
	return true;
}

/**
 * zswap_inflight_cancel() - a page is not written after all
 *
 * Context: Any.
 */
void zswap_inflight_cancel(void)
{
	atomic_dec(&under_way);
}

/**
 * zswap_inflight_submitted() - a page is being written
 * @page: the caller's reference to it is passed on
 *
 * Context: Any but interrupts; never sleeps.
 */
void zswap_inflight_submitted(struct page *page)
{
	spin_lock(&ring_lock);
	ring[(ring_first + ring_nr++) % ZSWAP_INFLIGHT_MAX] = page;
	spin_unlock(&ring_lock);
	/* The reference would keep the page from being freed when it has been written. */
	queue_work(wq, &reap_work);
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
