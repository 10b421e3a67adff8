// SPDX-License-Identifier: GPL-2.0-only
/*
 * A queue of work that is run on request, and a list of shrinkers.
 */
#include <stdio.h>

#include "shim.h"

static LIST_HEAD(queue);
static pthread_mutex_t queue_lock = PTHREAD_MUTEX_INITIALIZER;

void shim_work_init(struct work_struct *work, void (*func)(struct work_struct *work))
{
	work->func = func;
	work->pending = false;
	work->running = false;
	INIT_LIST_HEAD(&work->node);
}

bool queue_work(struct workqueue_struct *wq, struct work_struct *work)
{
	bool queued;

	shim_step(work, SHIM_WRITE);
	pthread_mutex_lock(&queue_lock);
	queued = !work->pending;
	if (queued)
		list_add_tail(&work->node, &queue);
	work->pending = true;
	pthread_mutex_unlock(&queue_lock);
	return queued;
}

static void unqueue(struct work_struct *work)
{
	list_del_init(&work->node);
	work->pending = false;
}

/* With the lock held, which is dropped meanwhile. */
static void run(struct work_struct *work)
{
	unqueue(work);
	work->running = true;
	pthread_mutex_unlock(&queue_lock);
	work->func(work);
	shim_rcu_work();
	pthread_mutex_lock(&queue_lock);
	work->running = false;
}

static void wait_a_moment(void)
{
	pthread_mutex_unlock(&queue_lock);
	cpu_relax();
	pthread_mutex_lock(&queue_lock);
}

bool cancel_work_sync(struct work_struct *work)
{
	bool was;

	might_sleep();
	pthread_mutex_lock(&queue_lock);
	was = work->pending;
	/* it may queue itself again while it runs for the last time */
	while (work->pending || work->running) {
		if (work->pending)
			unqueue(work);
		else
			wait_a_moment();
	}
	pthread_mutex_unlock(&queue_lock);
	return was;
}

/* The worker is whoever waits for it. */
bool flush_work(struct work_struct *work)
{
	bool was;

	might_sleep();
	pthread_mutex_lock(&queue_lock);
	was = work->pending || work->running;
	while (work->running)
		wait_a_moment();
	if (work->pending)
		run(work);
	pthread_mutex_unlock(&queue_lock);
	return was;
}

unsigned int work_busy(struct work_struct *work)
{
	bool busy;

	shim_step(work, SHIM_READ);
	pthread_mutex_lock(&queue_lock);
	busy = work->pending || work->running;
	pthread_mutex_unlock(&queue_lock);
	return busy;
}

static struct work_struct *next_work(void)
{
	struct work_struct *work;

	/* the same one is not run twice at a time */
	list_for_each_entry(work, &queue, node)
		if (!work->running)
			return work;
	return NULL;
}

unsigned int shim_run_work(void)
{
	struct work_struct *work;
	unsigned int ran = 0;

	might_sleep();
	pthread_mutex_lock(&queue_lock);
	/* what comes again and again comes later */
	while (ran < 8 && (work = next_work())) {
		run(work);
		ran++;
	}
	pthread_mutex_unlock(&queue_lock);
	return ran;
}

static LIST_HEAD(shrinkers);
static DEFINE_MUTEX(shrinker_lock);

int register_shrinker(struct shrinker *shrinker, const char *fmt, ...)
{
	char name[128];
	va_list args;

	va_start(args, fmt);
	vsnprintf(name, sizeof(name), fmt, args);
	va_end(args);
	shrinker->name = kstrdup(name, GFP_KERNEL);
	if (!shrinker->name)
		return -ENOMEM;
	mutex_lock(&shrinker_lock);
	list_add_tail(&shrinker->list, &shrinkers);
	mutex_unlock(&shrinker_lock);
	return 0;
}

void unregister_shrinker(struct shrinker *shrinker)
{
	mutex_lock(&shrinker_lock);
	list_del(&shrinker->list);
	mutex_unlock(&shrinker_lock);
	kfree(shrinker->name);
	shrinker->name = NULL;
}

unsigned long shim_shrink(unsigned long nr, unsigned long *counted)
{
	struct shrink_control sc = { .gfp_mask = GFP_KERNEL, .nr_to_scan = nr };
	struct shrinker *shrinker;
	unsigned long freed = 0, ret;

	*counted = 0;
	mutex_lock(&shrinker_lock);
	list_for_each_entry(shrinker, &shrinkers, list) {
		ret = shrinker->count_objects(shrinker, &sc);
		if (!ret || ret == SHRINK_EMPTY)
			continue;
		*counted += ret;
		ret = shrinker->scan_objects(shrinker, &sc);
		if (ret != SHRINK_STOP)
			freed += ret;
	}
	mutex_unlock(&shrinker_lock);
	return freed;
}
