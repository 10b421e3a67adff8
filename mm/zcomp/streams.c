// SPDX-License-Identifier: GPL-2.0-only
/*
 * A CPU's reader and writer: how they come to be, how a task gets hold of one.
 *
 * A stream is made before its CPU comes online for the first time and lives as
 * long as its struct zcomp. CPU hotplug never frees one: a task that sleeps on
 * a stream's mutex, or was preempted with it, may be the last to know that the
 * CPU is gone.
 */
#include <linux/percpu.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>

#include "internal.h"

/*
 * Pages are compressed to free memory: whoever holds a reader or a writer must
 * not wait for memory to be freed. And whoever holds a reader must not wait for a
 * writer, or others would wait for a compression behind it. Tell lockdep before
 * it happens.
 */
static void stream_init_locks(struct zcomp_stream *s)
{
	mutex_init(&s->writer.lock);
	mutex_init(&s->reader.lock);

	fs_reclaim_acquire(GFP_KERNEL);
	mutex_lock(&s->writer.lock);
	might_lock(&s->reader.lock);
	mutex_unlock(&s->writer.lock);
	fs_reclaim_release(GFP_KERNEL);
}

/* Takes a stream in any state between zeroed and complete. */
static void stream_free(struct zcomp_stream *s)
{
	const struct zcomp_ops *ops = s->writer.comp->ops;

	if (s->writer.ctx)
		ops->writer_destroy(s->writer.ctx);
	if (s->reader.ctx)
		ops->reader_destroy(s->reader.ctx);
	kvfree(s->writer.out);
	kvfree(s->writer.stable);
	kvfree(s->reader.bounce);
	mutex_destroy(&s->writer.lock);
	mutex_destroy(&s->reader.lock);
	kfree(s);
}

static int stream_fill(struct zcomp_stream *s, int node)
{
	const struct zcomp *comp = s->writer.comp;
	void *ctx;

	s->writer.out = kvmalloc_node(ZCOMP_OUT_SIZE, GFP_KERNEL, node);
	s->writer.stable = kvmalloc_node(PAGE_SIZE, GFP_KERNEL, node);
	s->reader.bounce = kvmalloc_node(PAGE_SIZE, GFP_KERNEL, node);
	if (!s->writer.out || !s->writer.stable || !s->reader.bounce)
		return -ENOMEM;

	ctx = comp->ops->writer_create(&comp->setup, node);
	if (IS_ERR(ctx))
		return PTR_ERR(ctx);
	s->writer.ctx = ctx;

	if (!comp->ops->reader_create)
		return 0;
	ctx = comp->ops->reader_create(&comp->setup, node);
	if (IS_ERR(ctx))
		return PTR_ERR(ctx);
	s->reader.ctx = ctx;
	return 0;
}

/*
 * Give @cpu its stream, unless it was online before and still has it. Called under
 * the CPU hotplug lock, before @cpu runs tasks. 0, or an error that keeps @cpu
 * offline: -ENOMEM, or what the algorithm's tables return.
 */
int zcomp_streams_prepare(struct zcomp *comp, unsigned int cpu)
{
	struct zcomp_stream **slot = per_cpu_ptr(comp->streams, cpu);
	int node = cpu_to_node(cpu);
	struct zcomp_stream *s;
	int ret;

	if (*slot)
		return 0;

	s = kzalloc_node(sizeof(*s), GFP_KERNEL, node);
	if (!s)
		return -ENOMEM;
	s->writer.comp = comp;
	s->reader.comp = comp;
	stream_init_locks(s);
	ret = stream_fill(s, node);
	if (ret) {
		stream_free(s);
		return ret;
	}

	if (!comp->first)
		comp->first = s;
	/* Pairs with the address dependency in this_stream(). */
	smp_store_release(slot, s);
	return 0;
}

/* Free every CPU's stream. Nobody uses @comp any more. */
void zcomp_streams_free(struct zcomp *comp)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu) {
		struct zcomp_stream *s = *per_cpu_ptr(comp->streams, cpu);

		if (s)
			stream_free(s);
	}
}

/*
 * The task may move to another CPU at once: it then shares this stream with others,
 * under its mutex, which costs time and nothing else. Every CPU that runs tasks has
 * a stream; should that ever fail, the first one serves as well as its own.
 */
static struct zcomp_stream *this_stream(struct zcomp *comp)
{
	struct zcomp_stream *s = READ_ONCE(*raw_cpu_ptr(comp->streams));

	return likely(s) ? s : comp->first;
}

/**
 * zcomp_writer_get() - take hold of a means to compress
 * @comp: the algorithm
 *
 * Context: Process context, may sleep. Do not take a second writer of the same
 * @comp, and do not allocate with GFP_KERNEL, before zcomp_writer_put(): memory
 * reclaim compresses pages.
 * Return: this CPU's writer, locked. Never NULL.
 */
struct zcomp_writer *zcomp_writer_get(struct zcomp *comp)
{
	struct zcomp_writer *writer = &this_stream(comp)->writer;

	mutex_lock(&writer->lock);
	return writer;
}
EXPORT_SYMBOL_GPL(zcomp_writer_get);

/**
 * zcomp_writer_put() - let go of a writer and of what is in its output buffer
 * @writer: from zcomp_writer_get()
 *
 * Context: The task that took it, on any CPU.
 */
void zcomp_writer_put(struct zcomp_writer *writer)
{
	mutex_unlock(&writer->lock);
}
EXPORT_SYMBOL_GPL(zcomp_writer_put);

/**
 * zcomp_reader_get() - take hold of a means to decompress
 * @comp: the algorithm
 *
 * A reader has nothing in common with a writer: it never waits for a page to be
 * compressed. A task that needs both at once takes the writer first, of whichever
 * struct zcomp, so that this stays true for those who wait for its reader.
 *
 * Context: Process context, may sleep. Do not take a second reader of the same
 * @comp, and do not allocate with GFP_KERNEL, before zcomp_reader_put().
 * Return: this CPU's reader, locked. Never NULL.
 */
struct zcomp_reader *zcomp_reader_get(struct zcomp *comp)
{
	struct zcomp_reader *reader = &this_stream(comp)->reader;

	mutex_lock(&reader->lock);
	return reader;
}
EXPORT_SYMBOL_GPL(zcomp_reader_get);

/**
 * zcomp_reader_put() - let go of a reader and of what is in its bounce buffer
 * @reader: from zcomp_reader_get()
 *
 * Context: The task that took it, on any CPU.
 */
void zcomp_reader_put(struct zcomp_reader *reader)
{
	mutex_unlock(&reader->lock);
}
EXPORT_SYMBOL_GPL(zcomp_reader_put);
