// SPDX-License-Identifier: GPL-2.0-only
/*
 * Real CPUs go and come back while pages are compressed and decompressed.
 */
#include <linux/cpu.h>
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/percpu.h>
#include <linux/string.h>

#include "test.h"

#define CYCLES	10
#define WORKERS	4

static void needs_hotplug(struct kunit *test)
{
	if (!IS_ENABLED(CONFIG_HOTPLUG_CPU) || num_online_cpus() < 2)
		kunit_skip(test, "needs a CPU that can go offline");
}

static void offline(struct kunit *test, unsigned int cpu)
{
	KUNIT_ASSERT_EQ(test, remove_cpu(cpu), 0);
	KUNIT_EXPECT_FALSE(test, cpu_online(cpu));
}

static void online(struct kunit *test, unsigned int cpu)
{
	KUNIT_ASSERT_EQ(test, add_cpu(cpu), 0);
	KUNIT_EXPECT_TRUE(test, cpu_online(cpu));
}

static void a_cpu_that_comes_later_gets_a_stream(struct kunit *test)
{
	unsigned int cpu = cpumask_last(cpu_online_mask);
	struct zcomp *comp;

	needs_hotplug(test);
	offline(test, cpu);
	comp = zcomp_test_create(test, "lzo-rle", NULL);
	KUNIT_EXPECT_NULL(test, *per_cpu_ptr(comp->streams, cpu));
	online(test, cpu);
	KUNIT_EXPECT_NOT_NULL(test, *per_cpu_ptr(comp->streams, cpu));
}

/* A task that found its CPU's writer and was then moved away still has the pointer. */
static void a_cpu_that_goes_leaves_its_stream(struct kunit *test)
{
	unsigned int cpu = cpumask_last(cpu_online_mask), len;
	u8 *page = zcomp_test_pages(test, PAGE_SIZE);
	struct zcomp_stream *s;
	struct zcomp *comp;

	needs_hotplug(test);
	comp = zcomp_test_create(test, "lzo-rle", NULL);
	s = *per_cpu_ptr(comp->streams, cpu);
	KUNIT_ASSERT_NOT_NULL(test, s);
	offline(test, cpu);
	KUNIT_EXPECT_PTR_EQ(test, *per_cpu_ptr(comp->streams, cpu), s);

	memset(page, 1, PAGE_SIZE);
	mutex_lock(&s->writer.lock);
	KUNIT_EXPECT_EQ(test, zcomp_compress(&s->writer, page, &len), 0);
	memset(page, 0, PAGE_SIZE);
	mutex_lock(&s->reader.lock);
	KUNIT_EXPECT_EQ(test, zcomp_decompress(&s->reader, s->writer.out, len, page), 0);
	mutex_unlock(&s->reader.lock);
	mutex_unlock(&s->writer.lock);
	KUNIT_EXPECT_NULL(test, memchr_inv(page, 1, PAGE_SIZE));

	online(test, cpu);
	KUNIT_EXPECT_PTR_EQ(test, *per_cpu_ptr(comp->streams, cpu), s);
}

struct worker {
	struct zcomp *comp;
	u8 *page;
	u8 *back;
	struct rnd_state rnd;
	unsigned long trips;
	unsigned long wrong;
};

static void trip(struct worker *job)
{
	struct zcomp_writer *w;
	struct zcomp_reader *r;
	unsigned int len;

	zcomp_test_page(&job->rnd, zcomp_test_below(&job->rnd, ZCOMP_PAGE_SHRINKS), job->page);
	w = zcomp_writer_get(job->comp);
	if (zcomp_compress(w, job->page, &len))
		job->wrong++;
	/* let somebody in on this CPU: the writer must stay ours */
	cond_resched();
	r = zcomp_reader_get(job->comp);
	if (zcomp_decompress(r, w->out, len, job->back) ||
	    memcmp(job->page, job->back, PAGE_SIZE))
		job->wrong++;
	zcomp_reader_put(r);
	zcomp_writer_put(w);
	job->trips++;
}

static int work(void *data)
{
	while (!kthread_should_stop()) {
		trip(data);
		cond_resched();
	}
	return 0;
}

static void pages_survive_cpus_that_come_and_go(struct kunit *test)
{
	unsigned int cpu = cpumask_last(cpu_online_mask), i;
	struct task_struct *tasks[WORKERS];
	struct worker *jobs;

	needs_hotplug(test);
	jobs = kunit_kcalloc(test, WORKERS, sizeof(*jobs), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, jobs);
	zcomp_test_seed(test, &jobs[0].rnd);
	for (i = 0; i < WORKERS; i++) {
		prandom_seed_state(&jobs[i].rnd, prandom_u32_state(&jobs[0].rnd));
		jobs[i].comp = i ? jobs[0].comp : zcomp_test_create(test, "lzo-rle", NULL);
		jobs[i].page = zcomp_test_pages(test, PAGE_SIZE);
		jobs[i].back = zcomp_test_pages(test, PAGE_SIZE);
	}
	for (i = 0; i < WORKERS; i++) {
		tasks[i] = kthread_run(work, &jobs[i], "zcomp_work/%u", i);
		if (IS_ERR(tasks[i]))
			break;
	}
	KUNIT_EXPECT_EQ(test, i, WORKERS);

	for (i = 0; i < CYCLES; i++) {
		KUNIT_EXPECT_EQ(test, remove_cpu(cpu), 0);
		msleep(20);
		KUNIT_EXPECT_EQ(test, add_cpu(cpu), 0);
		msleep(20);
	}
	for (i = 0; i < WORKERS && !IS_ERR(tasks[i]); i++) {
		kthread_stop(tasks[i]);
		KUNIT_EXPECT_GT(test, jobs[i].trips, 0);
		KUNIT_EXPECT_EQ(test, jobs[i].wrong, 0);
	}
}

static struct kunit_case hotplug_cases[] = {
	KUNIT_CASE(a_cpu_that_comes_later_gets_a_stream),
	KUNIT_CASE(a_cpu_that_goes_leaves_its_stream),
	KUNIT_CASE(pages_survive_cpus_that_come_and_go),
	{}
};

static struct kunit_suite hotplug_suite = {
	.name = "zcomp_hotplug",
	.test_cases = hotplug_cases,
};

kunit_test_suite(hotplug_suite);
