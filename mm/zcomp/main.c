// SPDX-License-Identifier: GPL-2.0-only
/*
 * Life of a struct zcomp and what is done with it: one page to fewer bytes, and back.
 */
#define pr_fmt(fmt) "zcomp: " fmt

#include <linux/cpuhotplug.h>
#include <linux/module.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/slab.h>

#include "internal.h"

static int zcomp_cpu_prepare(unsigned int cpu, struct hlist_node *node)
{
	return zcomp_streams_prepare(hlist_entry(node, struct zcomp, node), cpu);
}

/* After success @ops->release(), if there is one, undoes it. */
static int init_setup(struct zcomp_setup *setup, const char *name,
		      const struct zcomp_params *params, const struct zcomp_ops **ops)
{
	*ops = zcomp_registry_find(name, &setup->name);
	if (!*ops) {
		pr_warn_ratelimited("no algorithm is called '%s'\n", name);
		return -EINVAL;
	}
	setup->params = params ? *params : ZCOMP_PARAMS_DEFAULT;
	return (*ops)->setup(setup);
}

/* Fill in @comp from the front to the back; what is filled in, free_comp() frees. */
static int init_comp(struct zcomp *comp, const char *name,
		     const struct zcomp_params *params)
{
	const struct zcomp_ops *ops;
	int ret = init_setup(&comp->setup, name, params, &ops);

	if (ret)
		return ret;
	comp->ops = ops;

	comp->streams = alloc_percpu(struct zcomp_stream *);
	if (!comp->streams)
		return -ENOMEM;
	return cpuhp_state_add_instance(CPUHP_ZCOMP_PREPARE, &comp->node);
}

static void free_comp(struct zcomp *comp)
{
	if (comp->streams)
		zcomp_streams_free(comp);
	free_percpu(comp->streams);
	if (comp->ops && comp->ops->release)
		comp->ops->release(&comp->setup);
	kfree(comp);
}

/**
 * zcomp_create() - set up an algorithm, with a reader and a writer for every CPU
 * @name: one that zcomp_find() knows
 * @params: copied, except for the dictionary it points to; NULL is all defaults
 *
 * CPUs that come online later get theirs before they run. If there is no memory
 * for that, they stay offline.
 *
 * Context: Process context, may sleep, takes the CPU hotplug lock. See also
 * zcomp_find(). No lock that memory reclaim takes may be held.
 * Return: a struct zcomp to give to zcomp_destroy(), or an error pointer:
 * -EINVAL if there is no such algorithm, or it does not take a value in @params;
 * -EOPNOTSUPP if it takes dictionaries in principle, but not in this kernel; both
 * after a line in the log that names the value. -ENOMEM, and whatever the crypto API
 * returns for an algorithm of its own.
 */
struct zcomp *zcomp_create(const char *name, const struct zcomp_params *params)
{
	struct zcomp *comp = kzalloc(sizeof(*comp), GFP_KERNEL);
	int ret;

	if (!comp)
		return ERR_PTR(-ENOMEM);
	ret = init_comp(comp, name, params);
	if (ret) {
		free_comp(comp);
		return ERR_PTR(ret);
	}
	return comp;
}
EXPORT_SYMBOL_GPL(zcomp_create);

/**
 * zcomp_check() - would zcomp_create() take these parameters?
 * @name: one that zcomp_find() knows
 * @params: as for zcomp_create()
 *
 * A dictionary is read, and what was made of it freed again; no CPU gets anything.
 *
 * Context: As zcomp_create().
 * Return: 0, or the error that zcomp_create() would return, after the same line in
 * the log.
 */
int zcomp_check(const char *name, const struct zcomp_params *params)
{
	struct zcomp_setup setup = { };
	const struct zcomp_ops *ops;
	int ret = init_setup(&setup, name, params, &ops);

	if (!ret && ops->release)
		ops->release(&setup);
	return ret;
}
EXPORT_SYMBOL_GPL(zcomp_check);

/**
 * zcomp_destroy() - free an algorithm with all its readers and writers
 * @comp: from zcomp_create(); nobody holds a reader or a writer of it, or will get one
 *
 * Context: As zcomp_create().
 */
void zcomp_destroy(struct zcomp *comp)
{
	cpuhp_state_remove_instance_nocalls(CPUHP_ZCOMP_PREPARE, &comp->node);
	free_comp(comp);
}
EXPORT_SYMBOL_GPL(zcomp_destroy);

/**
 * zcomp_name() - what an algorithm is called
 * @comp: the algorithm
 *
 * Context: Any.
 * Return: the string that zcomp_find() returns for its name.
 */
const char *zcomp_name(const struct zcomp *comp)
{
	return comp->setup.name;
}
EXPORT_SYMBOL_GPL(zcomp_name);

/**
 * zcomp_compress_stable() - make a page shorter that nobody changes
 * @writer: from zcomp_writer_get(), still held
 * @src: PAGE_SIZE bytes, best mapped by kmap_local_page(); as long as this runs nobody,
 *	no user and no device, may write to them. If that cannot be known for sure it is a
 *	case for zcomp_compress(): codecs may write anywhere if their input changes
 * @len: as zcomp_compress()
 *
 * Saves zcomp_compress() its copy. @writer->stable is left alone.
 *
 * Context: as zcomp_compress().
 * Return: as zcomp_compress().
 */
int zcomp_compress_stable(struct zcomp_writer *writer, const void *src, unsigned int *len)
{
	const struct zcomp *comp = writer->comp;
	unsigned int out = ZCOMP_LIMIT;
	int ret;

	lockdep_assert_held(&writer->lock);
	ret = comp->ops->compress(&comp->setup, writer->ctx, src, writer->out, &out);
	if (!ret && out > ZCOMP_LIMIT)
		ret = -ENOSPC;
	if (!ret && !out)
		ret = -EIO;
	*len = ret ? PAGE_SIZE : out;
	return ret;
}
EXPORT_SYMBOL_GPL(zcomp_compress_stable);

/**
 * zcomp_compress() - make a page shorter
 * @writer: from zcomp_writer_get(), still held
 * @src: PAGE_SIZE bytes, best mapped by kmap_local_page(); they may change meanwhile:
 *	what is compressed is a mixture then, and it is in @writer->stable
 * @len: set to the bytes in @writer->out: 1 to PAGE_SIZE - 1, or PAGE_SIZE on an error
 *
 * Context: Process context; does not sleep, unless a driver of the crypto API does.
 * Return: 0 with the result in @writer->out; -ENOSPC if it would not be shorter than the
 * page, so that the page is best stored as it is; another error if the algorithm fails.
 */
int zcomp_compress(struct zcomp_writer *writer, const void *src, unsigned int *len)
{
	lockdep_assert_held(&writer->lock);
	/*
	 * A user may write to the page while it is on its way, with O_DIRECT for one,
	 * and the codecs read bytes twice: LZ4_count() can find two words different, read
	 * them again, find them equal, and count the zeros in 0. It then goes on
	 * anywhere. The copy also brings the page into the cache, where the codec
	 * wants it.
	 */
	memcpy(writer->stable, src, PAGE_SIZE);
	return zcomp_compress_stable(writer, writer->stable, len);
}
EXPORT_SYMBOL_GPL(zcomp_compress);

/**
 * zcomp_decompress() - get a page back
 * @reader: from zcomp_reader_get(), still held
 * @src: what zcomp_compress() made with the same algorithm, parameters and dictionary;
 *	@reader->bounce is a good place for it
 * @len: bytes at @src
 * @dst: PAGE_SIZE bytes, best mapped by kmap_local_page()
 *
 * @src may be damaged: nothing outside @len bytes of it is read, and nothing outside
 * PAGE_SIZE bytes at @dst is written. An algorithm without a checksum of its own (only
 * 842, and deflate with zlib's header, have one) does not notice every damage.
 *
 * Context: Process context; allocates nothing; does not sleep, unless a driver of the
 * crypto API does.
 * Return: 0 with a whole page at @dst; -EBADMSG if @src does not decompress to exactly
 * PAGE_SIZE bytes, with undefined content at @dst.
 */
int zcomp_decompress(struct zcomp_reader *reader, const void *src,
		     unsigned int len, void *dst)
{
	const struct zcomp *comp = reader->comp;

	lockdep_assert_held(&reader->lock);
	if (!len || len > ZCOMP_LIMIT)
		return -EBADMSG;
	if (comp->ops->decompress(&comp->setup, reader->ctx, src, len, dst))
		return -EBADMSG;
	return 0;
}
EXPORT_SYMBOL_GPL(zcomp_decompress);

static int __init zcomp_init(void)
{
	zcomp_checksum_init();
	return cpuhp_setup_state_multi(CPUHP_ZCOMP_PREPARE, "mm/zcomp:prepare",
				       zcomp_cpu_prepare, NULL);
}

static void __exit zcomp_exit(void)
{
	cpuhp_remove_multi_state(CPUHP_ZCOMP_PREPARE);
	zcomp_crypto_exit();
}

/* Before zram and zswap, which may be built in as well and linked earlier. */
subsys_initcall(zcomp_init);
module_exit(zcomp_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Page compression for zram and zswap");
