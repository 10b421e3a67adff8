// SPDX-License-Identifier: GPL-2.0-only
/*
 * Delayed work.
 */
#include <time.h>

#include "shim.h"

static LIST_HEAD(queue);
static pthread_mutex_t queue_lock = PTHREAD_MUTEX_INITIALIZER;
static unsigned long first_due = ULONG_MAX;
static struct work_struct *running;

static unsigned long now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC_COARSE, &ts);
	return ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/* queue_lock is held. */
static void find_first(void)
{
	struct work_struct *work;
	unsigned long first = ULONG_MAX;

	list_for_each_entry(work, &queue, node)
		first = min(first, work->due);
	__atomic_store_n(&first_due, first, __ATOMIC_RELAXED);
}

bool native_queue_work(struct work_struct *work, unsigned long delay, bool again)
{
	bool queued;

	pthread_mutex_lock(&queue_lock);
	queued = !work->pending;
	if (queued)
		list_add_tail(&work->node, &queue);
	if (queued || again)
		work->due = now_ms() + delay;
	work->pending = true;
	find_first();
	pthread_mutex_unlock(&queue_lock);
	return queued;
}

unsigned int native_run_work(void)
{
	unsigned long now = now_ms();
	struct work_struct *work;
	unsigned int ran = 0;

	if (now < __atomic_load_n(&first_due, __ATOMIC_RELAXED))
		return 0;
	pthread_mutex_lock(&queue_lock);
	list_for_each_entry(work, &queue, node) {
		if (running || work->due > now)
			continue;
		list_del_init(&work->node);
		work->pending = false;
		find_first();
		running = work;
		pthread_mutex_unlock(&queue_lock);
		work->func(work);
		ran++;
		pthread_mutex_lock(&queue_lock);
		running = NULL;
		break;
	}
	pthread_mutex_unlock(&queue_lock);
	return ran;
}

/* Called where no other thread does work. */
bool native_cancel_work(struct work_struct *work, bool run_it)
{
	bool was = work->pending;

	if (!was)
		return false;
	pthread_mutex_lock(&queue_lock);
	list_del_init(&work->node);
	work->pending = false;
	find_first();
	pthread_mutex_unlock(&queue_lock);
	if (run_it)
		work->func(work);
	return true;
}
