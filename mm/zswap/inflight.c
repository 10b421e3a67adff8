// SPDX-License-Identifier: GPL-2.0-only
/*
 * How many pages are on their way to a swap area, and who notices that one has
 * arrived?
 *
 * Each area is for itself: one that does not answer holds up others for a second, until
 * that is noticed, and takes none of their places.
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

/**
 * struct area - what is on its way to a swap area
 * @under_way: pages that are being written, or are going to be: at most ZSWAP_INFLIGHT_MAX
 * @lock: protects @pages and @nr
 * @pages: those that have been submitted, with a reference each, the oldest first
 * @nr: how many; written under @lock, read without
 * @moved_at: jiffies; when one has arrived last, or the first one was submitted. No lock:
 *	@reap and who submits to an area with nothing under way
 * @failed_at: jiffies; when a write has failed last, 0 if one has succeeded since. Only
 *	@reap writes it
 * @reap: waits for them
 */
struct area {
	atomic_t under_way;
	spinlock_t lock;	/* innermost */
	struct page *pages[ZSWAP_INFLIGHT_MAX];
	unsigned int nr;
	unsigned long moved_at;
	unsigned long failed_at;
	struct work_struct reap;
};

static struct area areas[MAX_SWAPFILES];

/* Those who wait until another page may be written. */
static DECLARE_WAIT_QUEUE_HEAD(slots);

static struct workqueue_struct *wq;

/* Takes out what has arrived; returns how many. */
static unsigned int take_arrived(struct area *area, struct page **arrived)
{
	unsigned int i, left = 0, nr = 0;

	spin_lock(&area->lock);
	for (i = 0; i < area->nr; i++) {
		struct page *page = area->pages[i];

		if (PageWriteback(page))
			area->pages[left++] = page;
		else
			arrived[nr++] = page;
	}
	WRITE_ONCE(area->nr, left);
	spin_unlock(&area->lock);
	return nr;
}

/*
 * Only here is it known how a write has ended. Swap areas of a filesystem do not say it by
 * the flag; the page is dirty again then. It may be for having been used, too, which costs
 * no more than a pause.
 */
static bool has_failed(struct page *page)
{
	return PageError(page) || (PageSwapCache(page) && PageDirty(page));
}

static void let_go(struct area *area)
{
	struct page *arrived[ZSWAP_INFLIGHT_MAX];
	unsigned int nr = take_arrived(area, arrived);
	bool failed = false;

	if (!nr)
		return;
	WRITE_ONCE(area->moved_at, jiffies);
	while (nr--) {
		failed |= has_failed(arrived[nr]);
		put_page(arrived[nr]);
		zswap_inflight_cancel(area - areas);
	}
	WRITE_ONCE(area->failed_at, failed ? jiffies ?: 1 : 0);
}

static struct page *oldest(struct area *area)
{
	struct page *page;

	spin_lock(&area->lock);
	page = area->nr ? area->pages[0] : NULL;
	spin_unlock(&area->lock);
	return page;
}

static void reap(struct work_struct *work)
{
	struct area *area = container_of(work, struct area, reap);
	struct page *page;

	/* Nobody else takes it out, so the reference to it lasts. */
	while ((page = oldest(area))) {
		wait_on_page_writeback(page);
		let_go(area);
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
	int i;

	for (i = 0; i < ARRAY_SIZE(areas); i++) {
		spin_lock_init(&areas[i].lock);
		INIT_WORK(&areas[i].reap, reap);
	}
	wq = alloc_workqueue("zswap-written", WQ_UNBOUND | WQ_MEM_RECLAIM, 0);
	return wq ? 0 : -ENOMEM;
}

static bool take_slot(struct area *area)
{
	return atomic_add_unless(&area->under_way, 1, ZSWAP_INFLIGHT_MAX);
}

/**
 * zswap_inflight_begin() - may another page be written?
 * @type: number of the swap area
 * @patience: jiffies to wait until it may; becomes what is left of them
 *
 * Context: Process context. Sleeps unless *@patience is 0, for devices to finish writes;
 * whoever holds what a device or its filesystem may need for that must not wait for ever.
 * Return: true if so; then zswap_inflight_submitted() or zswap_inflight_cancel() follows.
 */
bool zswap_inflight_begin(unsigned int type, long *patience)
{
	struct area *area = &areas[type];

	if (take_slot(area))
		return true;
	if (!*patience)
		return false;
	*patience = wait_event_timeout(slots, take_slot(area), *patience);
	return *patience;
}

/**
 * zswap_inflight_cancel() - a page is not being written, any more or after all
 * @type: number of the swap area
 *
 * Context: Any.
 */
void zswap_inflight_cancel(unsigned int type)
{
	atomic_dec(&areas[type].under_way);
	/* With the barrier that the check needs. */
	if (wq_has_sleeper(&slots))
		wake_up_all(&slots);
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
	struct area *area = &areas[type];

	spin_lock(&area->lock);
	if (!area->nr)
		WRITE_ONCE(area->moved_at, jiffies);
	area->pages[area->nr] = page;
	WRITE_ONCE(area->nr, area->nr + 1);
	spin_unlock(&area->lock);
	/* The reference would keep the page from being freed when it has been written. */
	queue_work(wq, &area->reap);
}

/* For a second nothing has arrived of what is under way. */
static bool stuck(const struct area *area)
{
	return READ_ONCE(area->nr) && time_after(jiffies, READ_ONCE(area->moved_at) + HZ);
}

/**
 * zswap_inflight_failing() - is there a point in writing to a swap area?
 * @type: number of the area
 *
 * A page whose write fails is back in memory, as large as it was: there is no sense in
 * doing that to all of them. Nor in waiting for a device that does not answer.
 *
 * Context: Any.
 * Return: true for a second after a failure, unless a write succeeds, and as long as
 * nothing that is under way has arrived for a second.
 */
bool zswap_inflight_failing(unsigned int type)
{
	const struct area *area = &areas[type];
	unsigned long failed = READ_ONCE(area->failed_at);

	return (failed && jiffies - failed < HZ) || stuck(area);
}

/**
 * zswap_inflight() - how many pages are being written?
 *
 * Context: Any.
 * Return: 0 to ZSWAP_INFLIGHT_MAX for each swap area.
 */
int zswap_inflight(void)
{
	int i, sum = 0;

	for (i = 0; i < ARRAY_SIZE(areas); i++)
		sum += atomic_read(&areas[i].under_way);
	return sum;
}
