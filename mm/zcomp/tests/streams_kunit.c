// SPDX-License-Identifier: GPL-2.0-only
/*
 * Readers and writers: independent of each other, there for every CPU, as long as
 * their struct zcomp lives.
 */
#include <linux/cpu.h>
#include <linux/kthread.h>
#include <linux/percpu.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "test.h"

/* An algorithm that counts its contexts and fails when told to. */
static int writers, readers;
static int fail_writer, fail_reader;	/* errors to return instead of the next one */

static void *count_create(int *count, int *fail)
{
	void *ctx = *fail ? ERR_PTR(*fail) : kmalloc(1, GFP_KERNEL);

	if (!ctx)
		return ERR_PTR(-ENOMEM);
	if (!IS_ERR(ctx))
		++*count;
	return ctx;
}

static void *fake_writer_create(const struct zcomp_setup *setup, int node)
{
	return count_create(&writers, &fail_writer);
}

static void fake_writer_destroy(void *ctx)
{
	kfree(ctx);
	writers--;
}

static void *fake_reader_create(const struct zcomp_setup *setup, int node)
{
	return count_create(&readers, &fail_reader);
}

static void fake_reader_destroy(void *ctx)
{
	kfree(ctx);
	readers--;
}

static int fake_result;
static unsigned int fake_len;

static int fake_compress(const struct zcomp_setup *setup, void *ctx, const void *src,
			 void *dst, unsigned int *len)
{
	*len = fake_len;
	return fake_result;
}

static int fake_decompress(const struct zcomp_setup *setup, void *ctx, const void *src,
			   unsigned int len, void *dst)
{
	return fake_result;
}

static const struct zcomp_ops fake_ops = {
	.name		= "fake",
	.writer_create	= fake_writer_create,
	.writer_destroy	= fake_writer_destroy,
	.reader_create	= fake_reader_create,
	.reader_destroy	= fake_reader_destroy,
	.compress	= fake_compress,
	.decompress	= fake_decompress,
};

/* A comp no CPU has got a stream of yet, unknown to the hotplug core. */
static void init_bare(struct kunit *test, struct zcomp *comp)
{
	writers = 0;
	readers = 0;
	fail_writer = 0;
	fail_reader = 0;
	memset(comp, 0, sizeof(*comp));
	comp->ops = &fake_ops;
	comp->streams = alloc_percpu(struct zcomp_stream *);
	KUNIT_ASSERT_TRUE(test, comp->streams);
}

static void free_bare(struct kunit *test, struct zcomp *comp)
{
	zcomp_streams_free(comp);
	free_percpu(comp->streams);
	KUNIT_EXPECT_EQ(test, writers, 0);
	KUNIT_EXPECT_EQ(test, readers, 0);
}

static void reader_does_not_wait_for_writer(struct kunit *test)
{
	struct zcomp *comp = zcomp_test_create(test, "lzo-rle", NULL);
	char *page = zcomp_test_pages(test, PAGE_SIZE);
	unsigned int len = 0, cpu;
	struct zcomp_writer *w;
	struct zcomp_reader *r;

	memset(page, 7, PAGE_SIZE);
	/* every writer there is, so that no reader could borrow one */
	for_each_online_cpu(cpu)
		mutex_lock_nested(&(*per_cpu_ptr(comp->streams, cpu))->writer.lock,
				  cpu % MAX_LOCKDEP_SUBCLASSES);
	w = &(*per_cpu_ptr(comp->streams, cpumask_first(cpu_online_mask)))->writer;
	KUNIT_EXPECT_EQ(test, zcomp_compress(w, page, &len), 0);

	r = zcomp_reader_get(comp);
	memset(page, 0, PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, zcomp_decompress(r, w->out, len, page), 0);
	KUNIT_EXPECT_NULL(test, memchr_inv(page, 7, PAGE_SIZE));
	zcomp_reader_put(r);

	for_each_online_cpu(cpu)
		zcomp_writer_put(&(*per_cpu_ptr(comp->streams, cpu))->writer);
}

static void every_online_cpu_has_a_stream(struct kunit *test)
{
	struct zcomp *comp = zcomp_test_create(test, "lzo-rle", NULL);
	unsigned int cpu;

	cpus_read_lock();
	for_each_online_cpu(cpu) {
		struct zcomp_stream *s = *per_cpu_ptr(comp->streams, cpu);

		KUNIT_ASSERT_NOT_NULL(test, s);
		KUNIT_EXPECT_PTR_EQ(test, s->writer.comp, comp);
		KUNIT_EXPECT_PTR_EQ(test, s->reader.comp, comp);
		KUNIT_EXPECT_NOT_NULL(test, s->writer.ctx);
		KUNIT_EXPECT_NOT_NULL(test, s->writer.out);
		KUNIT_EXPECT_NOT_NULL(test, s->reader.bounce);
	}
	cpus_read_unlock();
}

static void a_cpu_gets_its_stream_once(struct kunit *test)
{
	unsigned int cpu = cpumask_last(cpu_possible_mask);
	struct zcomp_stream *s;
	struct zcomp comp;

	init_bare(test, &comp);
	KUNIT_EXPECT_EQ(test, zcomp_streams_prepare(&comp, cpu), 0);
	s = *per_cpu_ptr(comp.streams, cpu);
	KUNIT_EXPECT_NOT_NULL(test, s);
	KUNIT_EXPECT_PTR_EQ(test, comp.first, s);

	/* offline and online again */
	KUNIT_EXPECT_EQ(test, zcomp_streams_prepare(&comp, cpu), 0);
	KUNIT_EXPECT_PTR_EQ(test, *per_cpu_ptr(comp.streams, cpu), s);
	KUNIT_EXPECT_EQ(test, writers, 1);
	KUNIT_EXPECT_EQ(test, readers, 1);
	free_bare(test, &comp);
}

static void a_cpu_without_a_stream_uses_the_first(struct kunit *test)
{
	unsigned int cpu = cpumask_last(cpu_possible_mask);
	struct zcomp_writer *w;
	struct zcomp_reader *r;
	struct zcomp comp;

	init_bare(test, &comp);
	KUNIT_EXPECT_EQ(test, zcomp_streams_prepare(&comp, cpu), 0);
	*per_cpu_ptr(comp.streams, cpu) = NULL;

	w = zcomp_writer_get(&comp);
	KUNIT_EXPECT_PTR_EQ(test, w, &comp.first->writer);
	zcomp_writer_put(w);
	r = zcomp_reader_get(&comp);
	KUNIT_EXPECT_PTR_EQ(test, r, &comp.first->reader);
	zcomp_reader_put(r);

	*per_cpu_ptr(comp.streams, cpu) = comp.first;
	free_bare(test, &comp);
}

static void a_failure_leaves_nothing_behind(struct kunit *test)
{
	unsigned int cpu = cpumask_first(cpu_possible_mask);
	struct zcomp comp;

	init_bare(test, &comp);
	fail_writer = -ENOMEM;
	KUNIT_EXPECT_EQ(test, zcomp_streams_prepare(&comp, cpu), -ENOMEM);
	KUNIT_EXPECT_NULL(test, *per_cpu_ptr(comp.streams, cpu));
	KUNIT_EXPECT_NULL(test, comp.first);

	fail_writer = 0;
	fail_reader = -ENODEV;
	KUNIT_EXPECT_EQ(test, zcomp_streams_prepare(&comp, cpu), -ENODEV);
	KUNIT_EXPECT_NULL(test, *per_cpu_ptr(comp.streams, cpu));
	KUNIT_EXPECT_EQ(test, writers, 0);

	fail_reader = 0;
	KUNIT_EXPECT_EQ(test, zcomp_streams_prepare(&comp, cpu), 0);
	free_bare(test, &comp);
}

static void results_of_codecs_are_checked(struct kunit *test)
{
	unsigned int len, cpu = cpumask_first(cpu_possible_mask);
	struct zcomp_writer *w;
	struct zcomp_reader *r;
	struct zcomp comp;

	init_bare(test, &comp);
	KUNIT_EXPECT_EQ(test, zcomp_streams_prepare(&comp, cpu), 0);
	w = &comp.first->writer;
	r = &comp.first->reader;
	mutex_lock(&w->lock);
	mutex_lock(&r->lock);

	fake_result = 0;
	fake_len = PAGE_SIZE - 1;
	KUNIT_EXPECT_EQ(test, zcomp_compress(w, r->bounce, &len), 0);
	KUNIT_EXPECT_EQ(test, len, PAGE_SIZE - 1);
	fake_len = PAGE_SIZE;
	KUNIT_EXPECT_EQ(test, zcomp_compress(w, r->bounce, &len), -ENOSPC);
	KUNIT_EXPECT_EQ(test, len, PAGE_SIZE);
	fake_len = 0;
	KUNIT_EXPECT_EQ(test, zcomp_compress(w, r->bounce, &len), -EIO);
	KUNIT_EXPECT_EQ(test, len, PAGE_SIZE);

	fake_result = -ENODEV;
	fake_len = 1;
	KUNIT_EXPECT_EQ(test, zcomp_compress(w, r->bounce, &len), -ENODEV);
	KUNIT_EXPECT_EQ(test, len, PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, zcomp_decompress(r, NULL, 1, NULL), -EBADMSG);

	mutex_unlock(&r->lock);
	mutex_unlock(&w->lock);
	free_bare(test, &comp);
}

static struct kunit_case streams_cases[] = {
	KUNIT_CASE(reader_does_not_wait_for_writer),
	KUNIT_CASE(every_online_cpu_has_a_stream),
	KUNIT_CASE(a_cpu_gets_its_stream_once),
	KUNIT_CASE(a_cpu_without_a_stream_uses_the_first),
	KUNIT_CASE(a_failure_leaves_nothing_behind),
	KUNIT_CASE(results_of_codecs_are_checked),
	{}
};

static struct kunit_suite streams_suite = {
	.name = "zcomp_streams",
	.test_cases = streams_cases,
};

kunit_test_suite(streams_suite);
