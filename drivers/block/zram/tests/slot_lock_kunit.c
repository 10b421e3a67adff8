// SPDX-License-Identifier: GPL-2.0-only
/*
 * A slot has one owner at a time, whose debts are paid before the next one comes.
 */
#include <kunit/test.h>
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/gfp.h>
#include <linux/kthread.h>
#include <linux/sched.h>

#include "../slot.h"

static const struct zram_content nothing;

#define NR_THREADS	4
#define NR_ROUNDS	2000

/* One slot, fought over. */
struct contest {
	struct zram_table table;
	struct zram_slot *slot;
	unsigned long guarded;		/* slot lock */
	bool owned;			/* slot lock */
	atomic_t collisions;
	atomic_t stale;
	struct completion done;
};

static int contender(void *arg)
{
	const struct zram_content used = { .value = 1, .bits = ZRAM_SAME };
	struct contest *contest = arg;
	struct zram_slot *slot = contest->slot;
	struct zram_content content;
	unsigned int i;

	for (i = 0; i < NR_ROUNDS; i++) {
		zram_slot_lock(&contest->table, slot);
		if (contest->owned)
			atomic_inc(&contest->collisions);
		contest->owned = true;
		/* Every owner leaves it in use with a free pending: none may see that. */
		content = zram_slot_content(slot);
		if (!zram_content_empty(&content))
			atomic_inc(&contest->stale);
		if (i % 16 == 0)
			usleep_range(1, 20);
		zram_slot_replace(slot, &used);
		zram_slot_lock_or_defer(&contest->table, slot);
		contest->guarded++;
		contest->owned = false;
		while (!zram_slot_unlock(&contest->table, slot))
			zram_slot_replace(slot, &nothing);
		if (i % 64 == 0)
			usleep_range(1, 20);
	}
	complete(&contest->done);
	return 0;
}

static void one_owner_at_a_time_and_no_free_is_lost(struct kunit *test)
{
	struct contest *contest = kunit_kzalloc(test, sizeof(*contest), GFP_KERNEL);
	struct task_struct *task;
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, contest);
	zram_table_init(&contest->table, 1);
	contest->slot = zram_table_get(&contest->table, 0, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, contest->slot);
	init_completion(&contest->done);

	for (i = 0; i < NR_THREADS; i++) {
		task = kthread_run(contender, contest, "zram_slot/%u", i);
		KUNIT_ASSERT_FALSE(test, IS_ERR(task));
	}
	for (i = 0; i < NR_THREADS; i++)
		wait_for_completion(&contest->done);

	KUNIT_EXPECT_EQ(test, contest->guarded, (unsigned long)NR_THREADS * NR_ROUNDS);
	KUNIT_EXPECT_EQ(test, atomic_read(&contest->collisions), 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&contest->stale), 0);
	KUNIT_EXPECT_EQ(test, (u32)atomic_read(&contest->slot->state) & ~(u32)ZRAM_SEQ_MASK, 0U);
	zram_table_destroy(&contest->table);
}

static int latecomer(void *arg)
{
	struct contest *contest = arg;

	zram_slot_lock(&contest->table, contest->slot);
	contest->guarded = 1;
	while (!zram_slot_unlock(&contest->table, contest->slot))
		;
	complete(&contest->done);
	return 0;
}

static void sleeper_is_woken(struct kunit *test)
{
	struct contest *contest = kunit_kzalloc(test, sizeof(*contest), GFP_KERNEL);
	struct task_struct *task;
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, contest);
	zram_table_init(&contest->table, 1);
	contest->slot = zram_table_get(&contest->table, 0, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, contest->slot);
	init_completion(&contest->done);

	/* Made before the lock is held: under it nothing may wait for I/O. */
	task = kthread_create(latecomer, contest, "zram_slot");
	KUNIT_ASSERT_FALSE(test, IS_ERR(task));

	zram_slot_lock(&contest->table, contest->slot);
	KUNIT_EXPECT_EQ(test, atomic_read(&contest->slot->state), (int)ZRAM_LOCKED);
	wake_up_process(task);
	for (i = 0; i < 1000; i++) {
		if (atomic_read(&contest->slot->state) & ZRAM_WAITERS)
			break;
		usleep_range(1000, 2000);
	}
	KUNIT_EXPECT_EQ(test, atomic_read(&contest->slot->state),
			(int)(ZRAM_LOCKED | ZRAM_WAITERS));
	KUNIT_EXPECT_EQ(test, contest->guarded, 0UL);

	KUNIT_EXPECT_TRUE(test, zram_slot_unlock(&contest->table, contest->slot));
	KUNIT_EXPECT_NE(test, wait_for_completion_timeout(&contest->done, 10 * HZ), 0UL);
	KUNIT_EXPECT_EQ(test, contest->guarded, 1UL);
	KUNIT_EXPECT_EQ(test, atomic_read(&contest->slot->state), 0);
	zram_table_destroy(&contest->table);
}

static struct kunit_case slot_lock_cases[] = {
	KUNIT_CASE(one_owner_at_a_time_and_no_free_is_lost),
	KUNIT_CASE(sleeper_is_woken),
	{ }
};

static struct kunit_suite slot_lock_suite = {
	.name = "zram_slot_lock",
	.test_cases = slot_lock_cases,
};

kunit_test_suite(slot_lock_suite);
