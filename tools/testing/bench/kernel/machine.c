// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the machine says of itself: how much memory is free, and how much time
 * others than us take.
 */
#include <linux/delay.h>
#include <linux/highmem.h>
#include <linux/mm.h>
#include <linux/mmzone.h>
#include <linux/rcupdate.h>
#include <linux/time64.h>

#include "measure.h"

/* What the machine keeps when its memory is touched. */
#define RESERVE		(16UL << (20 - PAGE_SHIFT))

/* Of the host, which is an x86_64 as well. */
#define HOST_CLOCK_GETTIME		228L
#define HOST_CLOCK_THREAD_CPUTIME	3L

static u64 idle_per_ms;

/**
 * machine_free_pages() - pages that nobody has
 *
 * Those that wait in the lists of a CPU count as free, so that they need not be
 * drained. Meant for a machine with one node.
 *
 * Return: their number.
 */
long machine_free_pages(void)
{
	struct zone *zone = NODE_DATA(0)->node_zones;
	long sum = 0;
	int cpu, n;

	for (n = 0; n < MAX_NR_ZONES; n++, zone++) {
		if (!populated_zone(zone))
			continue;
		sum += zone_page_state(zone, NR_FREE_PAGES);
		for_each_online_cpu(cpu)
			sum += per_cpu_ptr(zone->per_cpu_pageset, cpu)->count;
	}
	return sum;
}

/**
 * machine_quiesce() - let others finish
 * @ms: for so long at least
 */
void machine_quiesce(unsigned int ms)
{
	msleep(ms);
	/* what a callback frees may leave by a callback of its own */
	rcu_barrier();
	synchronize_rcu();
	rcu_barrier();
}

/**
 * machine_cpu_ns() - the time that the machine has had on a CPU of the host
 *
 * User-Mode Linux is a process, and this is a call of that process to its host: what
 * other processes of the host take is not in it, nor is the time spent idle.
 *
 * Return: nanoseconds.
 */
u64 machine_cpu_ns(void)
{
	struct { s64 sec, nsec; } now = { };
	long ret;

	asm volatile("syscall" : "=a" (ret)
		     : "0" (HOST_CLOCK_GETTIME), "D" (HOST_CLOCK_THREAD_CPUTIME), "S" (&now)
		     : "rcx", "r11", "memory");
	return ret ? 0 : now.sec * NSEC_PER_SEC + now.nsec;
}

static u64 asleep(unsigned int ms)
{
	u64 start = machine_cpu_ns();

	msleep(ms);
	return machine_cpu_ns() - start;
}

/**
 * machine_others_ns() - the time that workers and callbacks take while we sleep
 * @ms: how long to sleep
 *
 * What the machine takes when there is nothing to do, that is for its clock, is not
 * counted.
 *
 * Return: nanoseconds.
 */
u64 machine_others_ns(unsigned int ms)
{
	u64 ns = asleep(ms), idle = idle_per_ms * ms;

	return ns > idle ? ns - idle : 0;
}

/**
 * machine_idle() - learn what it costs the machine to be idle
 *
 * Return: nanoseconds in a second.
 */
u64 machine_idle(void)
{
	asleep(100);
	idle_per_ms = asleep(1000) / 1000;
	return idle_per_ms * 1000;
}

/**
 * machine_touch_memory() - have the host give the machine all of its memory
 *
 * A page of User-Mode Linux costs its first user a page fault on the host, which
 * would be added to whatever is measured then.
 */
void machine_touch_memory(void)
{
	LIST_HEAD(pages);
	struct page *page, *next;

	while (machine_free_pages() > RESERVE) {
		page = alloc_page(GFP_KERNEL | __GFP_NOWARN | __GFP_NORETRY);
		if (!page)
			break;
		memset(page_address(page), 0x5a, PAGE_SIZE);
		list_add(&page->lru, &pages);
	}
	list_for_each_entry_safe(page, next, &pages, lru)
		__free_page(page);
}
