// SPDX-License-Identifier: GPL-2.0-only
/*
 * Everything at once: some threads allocate, read, rewrite and free objects of
 * their own while two others compact without a pause. Each object says whose it
 * is; a move that readers do not notice, or notice too early, shows in its bytes.
 * What two threads do to one handle is the caller's to order, except freeing it
 * twice, which one of them must win.
 */
#include <linux/completion.h>
#include <linux/kthread.h>
#include <linux/random.h>

#include "testing.h"

#define WORKERS		4
#define COMPACTORS	2
#define OBJECTS		400
#define STEPS		40000
#define PAIRS		2000

struct shared {
	struct zs_pool *pool;
	atomic_t running;
	atomic_t bad;
	struct completion done;
	unsigned long *handles;
};

struct worker {
	struct shared *shared;
	struct rnd_state rnd;
	struct {
		unsigned long handle;
		u32 seed;
		u16 len;
	} objects[OBJECTS];
	u32 want[PAGE_SIZE / sizeof(u32)];
	u32 buf[PAGE_SIZE / sizeof(u32)];
};

static void content(struct worker *w, u32 seed, size_t len)
{
	unsigned int i;

	for (i = 0; i < DIV_ROUND_UP(len, sizeof(u32)); i++)
		w->want[i] = seed * 2654435761U + i;
}

static bool intact(struct worker *w, unsigned int i)
{
	struct zs_pool *pool = w->shared->pool;
	size_t len = w->objects[i].len;
	bool same;
	void *mem;

	content(w, w->objects[i].seed, len);
	mem = zs_obj_read_begin(pool, w->objects[i].handle, len, w->buf);
	if (!mem)
		return false;
	same = !memcmp(mem, w->want, len);
	/* readers may sleep; let somebody else have the CPU with the pin held */
	if (prandom_u32_state(&w->rnd) % 64 == 0)
		cond_resched();
	zs_obj_read_end(pool, w->objects[i].handle, len, mem);
	return same;
}

static bool work_on(struct worker *w, unsigned int i)
{
	struct zs_pool *pool = w->shared->pool;

	if (w->objects[i].handle) {
		bool same = intact(w, i);

		if (prandom_u32_state(&w->rnd) % 4 == 0) {
			zs_free(pool, w->objects[i].handle);
			w->objects[i].handle = 0;
		}
		return same;
	}

	/* few sizes, so that the threads meet in the same classes and zspages */
	w->objects[i].len = 600 + prandom_u32_state(&w->rnd) % 4 * 400;
	w->objects[i].handle = zs_malloc(pool, w->objects[i].len, ZS_TEST_GFP);
	if (IS_ERR_VALUE(w->objects[i].handle)) {
		w->objects[i].handle = 0;
		return false;
	}
	w->objects[i].seed = prandom_u32_state(&w->rnd);
	content(w, w->objects[i].seed, w->objects[i].len);
	return !zs_obj_write(pool, w->objects[i].handle, w->want, w->objects[i].len);
}

static int work(void *arg)
{
	struct worker *w = arg;
	struct shared *s = w->shared;
	unsigned int i;

	for (i = 0; i < STEPS; i++) {
		if (!work_on(w, prandom_u32_state(&w->rnd) % OBJECTS))
			atomic_inc(&s->bad);
		if (i % 256 == 0)
			cond_resched();
	}
	for (i = 0; i < OBJECTS; i++) {
		if (w->objects[i].handle && !intact(w, i))
			atomic_inc(&s->bad);
		zs_free(s->pool, w->objects[i].handle);
	}
	if (atomic_dec_and_test(&s->running))
		complete_all(&s->done);
	return 0;
}

static int compact_until_done(void *arg)
{
	struct shared *s = arg;

	while (!kthread_should_stop()) {
		zs_compact(s->pool);
		cond_resched();
	}
	return 0;
}

static struct shared *shared_init(struct kunit *test, int running)
{
	struct shared *s = kunit_kzalloc(test, sizeof(*s), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, s);
	s->pool = test->priv;
	atomic_set(&s->running, running);
	init_completion(&s->done);
	return s;
}

static void compaction_is_invisible_to_users(struct kunit *test)
{
	struct shared *s = shared_init(test, WORKERS);
	struct task_struct *compactors[COMPACTORS];
	struct worker *workers[WORKERS];
	u32 seed = get_random_u32();
	int i;

	kunit_info(test, "seed %#x", seed);
	for (i = 0; i < WORKERS; i++) {
		workers[i] = kvzalloc(sizeof(*workers[i]), GFP_KERNEL);
		KUNIT_ASSERT_NOT_NULL(test, workers[i]);
		workers[i]->shared = s;
		prandom_seed_state(&workers[i]->rnd, seed + i);
	}
	for (i = 0; i < COMPACTORS; i++) {
		compactors[i] = kthread_run(compact_until_done, s, "zs-compact/%d", i);
		KUNIT_ASSERT_FALSE(test, IS_ERR(compactors[i]));
	}
	for (i = 0; i < WORKERS; i++)
		KUNIT_ASSERT_FALSE(test, IS_ERR(kthread_run(work, workers[i], "zs-work/%d", i)));

	wait_for_completion(&s->done);
	for (i = 0; i < COMPACTORS; i++)
		kthread_stop(compactors[i]);

	KUNIT_EXPECT_EQ(test, atomic_read(&s->bad), 0);
	KUNIT_EXPECT_EQ(test, zs_get_total_pages(s->pool), 0UL);
	KUNIT_EXPECT_EQ(test, zs_counted(s->pool, ZS_COUNT_REFUSED), 0L);
	for (i = 0; i < WORKERS; i++)
		kvfree(workers[i]);
}

static int free_all(void *arg)
{
	struct shared *s = arg;
	int i;

	for (i = 0; i < PAIRS; i++)
		zs_free(s->pool, s->handles[i]);
	if (atomic_dec_and_test(&s->running))
		complete_all(&s->done);
	return 0;
}

static void of_two_frees_one_is_refused(struct kunit *test)
{
	struct shared *s = shared_init(test, 2);
	int i;

	s->handles = kunit_kcalloc(test, PAIRS, sizeof(long), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, s->handles);
	for (i = 0; i < PAIRS; i++)
		s->handles[i] = zs_test_malloc(test, 100 + i % 50);
	for (i = 0; i < 2; i++)
		KUNIT_ASSERT_FALSE(test, IS_ERR(kthread_run(free_all, s, "zs-free/%d", i)));

	wait_for_completion(&s->done);
	KUNIT_EXPECT_EQ(test, zs_counted(s->pool, ZS_COUNT_REFUSED), (long)PAIRS);
	KUNIT_EXPECT_EQ(test, zs_get_total_pages(s->pool), 0UL);
}

static struct kunit_case race_cases[] = {
	KUNIT_CASE(compaction_is_invisible_to_users),
	KUNIT_CASE(of_two_frees_one_is_refused),
	{}
};

static struct kunit_suite race_suite = {
	.name = "zsmalloc_race",
	.init = zs_test_init,
	.exit = zs_test_exit,
	.test_cases = race_cases,
};

kunit_test_suite(race_suite);
