// SPDX-License-Identifier: GPL-2.0-only
/*
 * Is the pool full, and who makes room in it?
 */
#include <linux/cpumask.h>
#include <linux/mm.h>
#include <linux/nodemask.h>
#include <linux/sched.h>
#include <linux/swap.h>
#include <linux/workqueue.h>

#include "accept.h"
#include "evict.h"
#include "group.h"
#include "limit.h"
#include "object.h"
#include "params.h"
#include "stats.h"
#include "writeback.h"

/* Entries of a group that are looked at before it is the next one's turn. */
#define TURN	32

/*
 * The same for a store that meets a full pool. Two pages for one: in the holes that they
 * leave is room for it, though the pool is no smaller before the allocator has closed them.
 */
#define EXCHANGE	2

/* Not every racing update survives; see zswap_judge(). */
static bool full;

static struct workqueue_struct *wq;
static void make_room(struct work_struct *work);
static DECLARE_DELAYED_WORK(room_work, make_room);

static struct zswap_limits limits(void)
{
	return (struct zswap_limits){
		.ram		= totalram_pages(),
		.max_percent	= READ_ONCE(zswap_params.max_pool_percent),
		.accept_percent	= READ_ONCE(zswap_params.accept_threshold_percent),
	};
}

static bool over(void)
{
	struct zswap_limits now = limits();

	return zswap_object_pages() > zswap_resume_pages(&now);
}

/*
 * A turn of every node's next group. Returns pages written back; *@left is false if there
 * was nothing to be written. A node that has gone may have left entries behind.
 */
static unsigned long turn(bool *left)
{
	struct zswap_leave leave = ZSWAP_LEAVE_WORKER;
	unsigned long written = 0;
	int nid;

	*left = false;
	for_each_node(nid) {
		struct zswap_group *group = zswap_group_next(ZSWAP_ALL, NULL, nid);

		if (!group)
			continue;
		*left = true;
		written += zswap_writeback_some(&group->lru[nid], TURN, &leave);
		zswap_group_put(group);
		cond_resched();
	}
	return written;
}

/*
 * Freed objects leave holes, and a hole is no room: let the allocator close them before
 * more pages go than have to.
 */
static bool make_some_room(bool again, bool *left)
{
	unsigned long before = zswap_object_pages(), written = turn(left);

	/* There are none left to close if nothing has gone since. */
	if ((written || !again) && zswap_object_pages() >= before)
		zswap_object_compact();
	return written;
}

/*
 * One turn, and then another execution for the next: the freezer waits for an execution, and
 * keeps the next one from beginning.
 */
static void make_room(struct work_struct *work)
{
	/* Entries looked at since one went. Executions do not overlap. */
	static unsigned long in_vain;
	bool left = true;

	if (over())
		in_vain = make_some_room(in_vain, &left) ? 0 : in_vain + TURN;
	zswap_stats_update_size();
	if (!over()) {
		in_vain = 0;
		return;
	}
	/*
	 * An entry may be spared once, so all of them may have to be seen twice. If nothing
	 * goes then, nothing will: pages that are being used, a device that is taken
	 * away, no memory.
	 */
	if (left && in_vain <= 2 * (unsigned long)atomic_read(&zswap_stored_pages)) {
		queue_delayed_work(wq, &room_work, in_vain ? 1 : 0);
		return;
	}
	in_vain = 0;
	zswap_count(ZSWAP_REJECT_RECLAIM_FAIL);
}

/**
 * zswap_limit_start() - set up who makes room
 *
 * Context: once, at initialisation.
 * Return: 0 or -ENOMEM.
 */
int zswap_limit_start(void)
{
	/*
	 * Frozen, because nothing may write to swap behind the back of hibernation; nobody
	 * waits for this work, so that reclaim does without it meanwhile.
	 */
	wq = alloc_workqueue("zswap-room", WQ_UNBOUND | WQ_MEM_RECLAIM | WQ_FREEZABLE, 1);
	return wq ? 0 : -ENOMEM;
}

/**
 * zswap_limit_admit() - is there room for a page?
 * @nid: the node the page is on
 *
 * Where there is none, older pages go for it: otherwise a burst would send the youngest
 * to the disk, past older ones that stay. Somebody who makes room in the background is called
 * only when none can go at once: he goes on to the lower limit, and writes pages whose room
 * nobody needed.
 *
 * Context: Process context, as part of the store of a page; sleeps, writes to swap devices.
 * Return: whether there is.
 */
bool zswap_limit_admit(int nid)
{
	struct zswap_leave leave = ZSWAP_LEAVE_STORE;
	struct zswap_limits now = limits();
	bool was_full = READ_ONCE(full), is_full = was_full;
	enum zswap_verdict verdict = zswap_judge(&now, zswap_object_pages(), &is_full);

	if (is_full != was_full)
		WRITE_ONCE(full, is_full);
	if (verdict == ZSWAP_TAKE)
		return true;
	if (verdict == ZSWAP_LIMIT_HIT)
		zswap_count(ZSWAP_POOL_LIMIT_HIT);
	/* A pool that is above its limit, for that was lowered, has nothing to exchange. */
	if (zswap_object_pages() <= zswap_exchange_pages(&now, num_online_cpus()) &&
	    zswap_evict(ZSWAP_ALL, NULL, nid, EXCHANGE, &leave)) {
		/* Room as it is needed: nobody waits for the lower limit, but who goes on to it. */
		if (!work_busy(&room_work.work))
			WRITE_ONCE(full, false);
		return true;
	}
	/* Queued once, however many ask: it runs until there is room for all. */
	queue_delayed_work(wq, &room_work, 0);
	return false;
}
