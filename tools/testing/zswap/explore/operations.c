// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the tasks do: to the first process and its slot, if nothing else is said.
 */
#include "scene.h"

static swp_entry_t first_slot(void)
{
	return swap_entry_of(0);
}

static void op_evict(unsigned int task)
{
	enum zswap_written written = zswap_writeback_oldest(scene_lru(), &(struct zswap_leave){ });

	expect(written != ZSWAP_WROTE || !swap_area.by_filesystem);
}

/* And wait for it, as the worker does. */
static void op_evict_and_wait(unsigned int task)
{
	zswap_writeback_oldest(scene_lru(), &ZSWAP_LEAVE_WORKER);
	shim_run_work();
}

/* A fault that gives the slot back. */
static void op_fault(unsigned int task)
{
	owner_read(&owners[0], FREE_SLOT);
}

/* A fault after which the page stays in the swap cache. */
static void op_touch(unsigned int task)
{
	owner_read(&owners[0], KEEP_SLOT);
}

/* What becomes of the page in the swap cache is read again. */
static void op_reload(unsigned int task)
{
	owner_read(&owners[0], KEEP_SLOT);
	engine_sleep(NULL);
	owner_swap_out(&owners[0]);
	reclaim_slot(first_slot());
	owner_read(&owners[0], FREE_SLOT);
}

/* The second process needs its page. */
static void op_other_fault(unsigned int task)
{
	owner_read(&owners[1], FREE_SLOT);
}

/* What is under way arrives, and the workers have their time. */
static void others_work(void)
{
	device_work();
	shim_run_work();
}

/* A second store to the same slot, or a write to the device. */
static void op_rewrite(unsigned int task)
{
	owner_read(&owners[0], KEEP_SLOT);
	owner_write(&owners[0]);
	others_work();
	owner_swap_out(&owners[0]);
	others_work();
	reclaim_slot(first_slot());
}

static void op_exit(unsigned int task)
{
	owner_exit(&owners[0]);
}

/* The slot is freed, and is the second process's. */
static void op_reuse(unsigned int task)
{
	owner_exit(&owners[0]);
	owner_swap_out(&owners[1]);
}

static void op_other_store(unsigned int task)
{
	owner_swap_out(&owners[1]);
}

static void op_readahead(unsigned int task)
{
	struct page *page = read_swap_cache_async(first_slot());

	if (page)
		put_page(page);
}

static void op_reclaim(unsigned int task)
{
	reclaim_slot(first_slot());
}

static void op_swapoff(unsigned int task)
{
	swap_off();
}

/* Another area gets the number, and the second process's page. */
static void op_swapoff_on(unsigned int task)
{
	swap_off();
	swap_on(0);
	owner_swap_out(&owners[1]);
}

/* With a chance for others in between. */
static void op_rewrite_swapoff(unsigned int task)
{
	op_rewrite(task);
	engine_sleep(NULL);
	op_swapoff(task);
}

const struct operation operations[] = {
	{ "evict", op_evict },
	{ "evict_and_wait", op_evict_and_wait },
	{ "fault", op_fault },
	{ "touch", op_touch },
	{ "reload", op_reload },
	{ "other_fault", op_other_fault },
	{ "rewrite", op_rewrite },
	{ "exit", op_exit },
	{ "reuse", op_reuse },
	{ "other_store", op_other_store },
	{ "readahead", op_readahead },
	{ "reclaim", op_reclaim },
	{ "swapoff", op_swapoff },
	{ "swapoff_on", op_swapoff_on },
	{ "rewrite_swapoff", op_rewrite_swapoff },
	{ }
};
