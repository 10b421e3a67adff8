/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Delayed work and shrinkers. Nothing runs by itself: a test says when the time of
 * all that is queued has come, and when memory is short.
 */
#ifndef _SHIM_WORK_H
#define _SHIM_WORK_H

#define HZ			250
#define msecs_to_jiffies(ms)	((unsigned long)(ms) * HZ / 1000)

struct workqueue_struct;
#define system_wq		((struct workqueue_struct *)NULL)
#define system_unbound_wq	system_wq
#define system_freezable_wq	system_wq

#define WQ_UNBOUND		1u
#define WQ_FREEZABLE		2u
#define WQ_MEM_RECLAIM		4u
/* There is one queue. */
#define alloc_workqueue(name, flags, max)	((struct workqueue_struct *)1)

struct work_struct {
	void (*func)(struct work_struct *work);
	struct list_head node;
	bool pending;
	bool running;
};

struct delayed_work {
	struct work_struct work;
};

#define DECLARE_WORK(name, fn) \
	struct work_struct name = { .func = (fn), .node = LIST_HEAD_INIT(name.node) }

#define DECLARE_DELAYED_WORK(name, fn) \
	struct delayed_work name = { \
		.work = { .func = (fn), .node = LIST_HEAD_INIT(name.work.node) } \
	}

void shim_work_init(struct work_struct *work, void (*func)(struct work_struct *work));
bool queue_work(struct workqueue_struct *wq, struct work_struct *work);
bool cancel_work_sync(struct work_struct *work);
bool flush_work(struct work_struct *work);
unsigned int work_busy(struct work_struct *work);
#define schedule_work(work)	queue_work(system_wq, work)

#define INIT_WORK(w, fn)		shim_work_init(w, fn)
#define INIT_DELAYED_WORK(w, fn)	shim_work_init(&(w)->work, fn)
#define INIT_DEFERRABLE_WORK(w, fn)	shim_work_init(&(w)->work, fn)
#define queue_delayed_work(wq, w, delay)	((void)(delay), queue_work(wq, &(w)->work))
#define mod_delayed_work(wq, w, delay)		queue_delayed_work(wq, w, delay)
#define cancel_delayed_work_sync(w)		cancel_work_sync(&(w)->work)

static inline struct delayed_work *to_delayed_work(struct work_struct *work)
{
	return container_of(work, struct delayed_work, work);
}

#define SHRINK_STOP	(~0UL)
#define SHRINK_EMPTY	(~0UL - 1)
#define DEFAULT_SEEKS	2

struct shrink_control {
	gfp_t gfp_mask;
	int nid;
	unsigned long nr_to_scan;
	unsigned long nr_scanned;
};

struct shrinker {
	unsigned long (*count_objects)(struct shrinker *shrinker, struct shrink_control *sc);
	unsigned long (*scan_objects)(struct shrinker *shrinker, struct shrink_control *sc);
	long batch;
	int seeks;
	unsigned int flags;
	struct list_head list;
	char *name;
};

int register_shrinker(struct shrinker *shrinker, const char *fmt, ...) __printf(2, 3);
void unregister_shrinker(struct shrinker *shrinker);

#endif /* _SHIM_WORK_H */
