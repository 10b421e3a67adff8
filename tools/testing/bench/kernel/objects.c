// SPDX-License-Identifier: GPL-2.0-only
/*
 * Objects of sizes that are drawn from the corpus.
 */
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#include "bench.h"

/* The worker of an allocator shall not have to wait for the end of a loop. */
#define RESCHED_EVERY	32

struct corpus bench_corpus;

/**
 * corpus_read() - read the sizes
 * @path: of a file of 16-bit numbers in the machine's byte order
 *
 * Return: 0 or a negative error.
 */
int corpus_read(const char *path)
{
	struct file *file = filp_open(path, O_RDONLY, 0);
	loff_t pos = 0, size;
	int err = 0;
	u32 n;

	if (IS_ERR(file))
		return PTR_ERR(file);
	size = i_size_read(file_inode(file));
	bench_corpus.size = vmalloc(size + 1);
	if (!bench_corpus.size || kernel_read(file, bench_corpus.size, size, &pos) != size)
		err = -EIO;
	filp_close(file, NULL);

	bench_corpus.nr = size / sizeof(u16);
	for (n = 0; n < bench_corpus.nr && !err; n++)
		if (!bench_corpus.size[n] || bench_corpus.size[n] > PAGE_SIZE)
			err = -EINVAL;
	if (!bench_corpus.nr)
		err = -EINVAL;
	if (err)
		corpus_free();
	return err;
}

void corpus_free(void)
{
	vfree(bench_corpus.size);
	bench_corpus.size = NULL;
}

static u16 draw(struct rnd *rnd)
{
	return bench_corpus.size[rnd_below(rnd, bench_corpus.nr)];
}

/**
 * objects_init() - get the arrays, before any memory is counted
 * @o: the set
 * @max: how many objects it may have
 *
 * Return: 0 or -ENOMEM.
 */
int objects_init(struct objects *o, u32 max)
{
	memset(o, 0, sizeof(*o));
	o->handle = vzalloc(max * sizeof(*o->handle));
	o->size = vzalloc(max * sizeof(*o->size));
	o->max = max;
	return o->handle && o->size ? 0 : -ENOMEM;
}

void objects_exit(struct objects *o)
{
	vfree(o->handle);
	vfree(o->size);
}

/* Begin with an empty pool. */
int objects_pool(struct objects *o, u64 seed)
{
	o->rnd.state = seed;
	o->nr = 0;
	o->payload = 0;
	o->pool = zs_create_pool("bench");
	return o->pool ? 0 : -ENOMEM;
}

/* Decide the sizes of @nr objects that objects_malloc() will allocate. */
void objects_draw(struct objects *o, u32 nr)
{
	o->payload = 0;
	for (o->nr = 0; o->nr < min(nr, o->max); o->nr++) {
		o->size[o->nr] = draw(&o->rnd);
		o->payload += o->size[o->nr];
	}
}

/* Allocate all that was drawn; nobody else runs meanwhile. */
int objects_malloc(struct objects *o)
{
	u32 n;

	for (n = 0; n < o->nr; n++) {
		o->handle[n] = zs_malloc(o->pool, o->size[n], BENCH_GFP);
		if (IS_ERR_VALUE(o->handle[n]))
			goto fail;
	}
	return 0;
fail:
	o->nr = n;
	return -ENOMEM;
}

/* Draw and allocate until there are @payload bytes. */
int objects_fill(struct objects *o, u64 payload)
{
	while (o->payload < payload) {
		unsigned long handle;
		u16 size = draw(&o->rnd);

		if (o->nr == o->max)
			return -ENOSPC;
		handle = zs_malloc(o->pool, size, BENCH_GFP);
		if (IS_ERR_VALUE(handle))
			return -ENOMEM;
		o->handle[o->nr] = handle;
		o->size[o->nr++] = size;
		o->payload += size;
		if (o->nr % RESCHED_EVERY == 0)
			cond_resched();
	}
	return 0;
}

/* Free one at random and allocate one, so often. */
int objects_replace(struct objects *o, u32 times)
{
	for (; times; times--) {
		u32 n = rnd_below(&o->rnd, o->nr);
		u16 size = draw(&o->rnd);

		zs_free(o->pool, o->handle[n]);
		o->handle[n] = zs_malloc(o->pool, size, BENCH_GFP);
		if (IS_ERR_VALUE(o->handle[n])) {
			o->handle[n] = o->handle[--o->nr];
			return -ENOMEM;
		}
		o->payload += size - o->size[n];
		o->size[n] = size;
		if (times % RESCHED_EVERY == 0)
			cond_resched();
	}
	return 0;
}

/* Write to all of all objects, as their user would. */
int objects_write(struct objects *o)
{
	u32 n;

	for (n = 0; n < o->nr; n++) {
		void *mem = zs_map_object(o->pool, o->handle[n], ZS_MM_WO);

		if (!mem)
			return -EIO;
		memset(mem, n, o->size[n]);
		zs_unmap_object(o->pool, o->handle[n]);
	}
	return 0;
}

/* From here on the objects stand in an order that has nothing to do with their age. */
void objects_shuffle(struct objects *o)
{
	u32 n, other;

	for (n = o->nr; n > 1; n--) {
		other = rnd_below(&o->rnd, n);
		swap(o->handle[n - 1], o->handle[other]);
		swap(o->size[n - 1], o->size[other]);
	}
}

/* The last one first: objects_free() begins at the end. */
void objects_reverse(struct objects *o)
{
	u32 n;

	for (n = 0; n < o->nr / 2; n++) {
		swap(o->handle[n], o->handle[o->nr - 1 - n]);
		swap(o->size[n], o->size[o->nr - 1 - n]);
	}
}

/* Free the last @nr objects; nobody else runs meanwhile. */
void objects_free(struct objects *o, u32 nr)
{
	while (nr-- && o->nr) {
		o->nr--;
		o->payload -= o->size[o->nr];
		zs_free(o->pool, o->handle[o->nr]);
	}
}

void objects_end(struct objects *o)
{
	objects_free(o, o->nr);
	if (o->pool)
		zs_destroy_pool(o->pool);
	o->pool = NULL;
}
