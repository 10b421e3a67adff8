/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Delayed work by the real clock: whichever thread next asks for it once its time has
 * come does it, so that the worker's time is part of what the threads get done. There
 * is no shortage of memory, so shrinkers are never called.
 */
#ifndef _NATIVE_FAST_WORK_H
#define _NATIVE_FAST_WORK_H

#define HZ			1000
#define msecs_to_jiffies(ms)	((unsigned long)(ms))

struct workqueue_struct;
#define system_wq		((struct workqueue_struct *)NULL)
#define system_unbound_wq	system_wq
#define system_freezable_wq	system_wq

struct work_struct {
	void (*func)(struct work_struct *work);
	struct list_head node;
	bool pending;
	unsigned long due;
};

struct delayed_work {
	struct work_struct work;
};

bool native_queue_work(struct work_struct *work, unsigned long delay, bool again);
bool native_cancel_work(struct work_struct *work, bool run);
/* Do what is due; returns how much it was. */
unsigned int native_run_work(void);

static inline void INIT_WORK(struct work_struct *work, void (*func)(struct work_struct *work))
{
	work->func = func;
	work->pending = false;
	INIT_LIST_HEAD(&work->node);
}

#define INIT_DELAYED_WORK(w, fn)		INIT_WORK(&(w)->work, fn)
#define INIT_DEFERRABLE_WORK(w, fn)		INIT_WORK(&(w)->work, fn)
#define schedule_work(w)			native_queue_work(w, 0, false)
#define queue_work(wq, w)			native_queue_work(w, 0, false)
#define queue_delayed_work(wq, w, delay)	native_queue_work(&(w)->work, delay, false)
#define mod_delayed_work(wq, w, delay)		native_queue_work(&(w)->work, delay, true)
#define flush_work(w)				native_cancel_work(w, true)
#define cancel_work_sync(w)			native_cancel_work(w, false)
#define cancel_delayed_work_sync(w)		native_cancel_work(&(w)->work, false)
#define to_delayed_work(w)			container_of(w, struct delayed_work, work)

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
};

#define register_shrinker(shrinker, ...)	((void)(shrinker), 0)
#define unregister_shrinker(shrinker)		((void)(shrinker))

#endif /* _NATIVE_FAST_WORK_H */
