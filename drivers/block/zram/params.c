// SPDX-License-Identifier: GPL-2.0-only
/*
 * How is an algorithm of a disk tuned, and where does its dictionary come from?
 */
#define pr_fmt(fmt) "zram: " fmt

#include <linux/err.h>
#include <linux/fs.h>
#include <linux/kernel_read_file.h>
#include <linux/mm.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "request.h"
#include "zram.h"

/*
 * No algorithm looks back further than a page and what precedes it: 64 KiB with LZ4.
 * Dictionaries that zstd makes by itself have 110 KiB.
 */
#define DICT_MAX	SZ_1M

/* A regular file, whole: its length, or an error. */
static ssize_t read_file(const char *path, void **bytes)
{
	/* What is no regular file must not make the open wait, for a writer of a pipe. */
	struct file *file = filp_open(path, O_RDONLY | O_NONBLOCK | O_LARGEFILE, 0);
	ssize_t len;

	if (IS_ERR(file))
		return PTR_ERR(file);
	*bytes = NULL;
	len = kernel_read_file(file, 0, bytes, DICT_MAX, NULL, READING_UNKNOWN);
	fput(file);
	return len;
}

static int read_dict(struct zram *zram, const struct zram_params_request *request,
		     struct zcomp_params *params)
{
	char *path = kmemdup_nul(request->dict, request->dict_len, GFP_KERNEL);
	void *bytes;
	ssize_t len;

	if (!path)
		return -ENOMEM;
	len = read_file(path, &bytes);
	if (len < 0)
		pr_warn_ratelimited("%s: algorithm_params: dictionary \"%s\" cannot be used, error %zd\n",
				    zram->disk->disk_name, path, len);
	kfree(path);
	if (len == -ENOMEM || len == -EINTR)
		return len;
	if (len < 0)
		return -EINVAL;
	params->dict = bytes;
	params->dict_len = len;
	return 0;
}

/* Context: init_lock held for writing. On success the dictionary has a new owner. */
static int set_params(struct zram *zram, const struct zram_params_request *request,
		      const struct zcomp_params *params)
{
	int priority = request->priority;
	int err;

	lockdep_assert_held_write(&zram->init_lock);
	if (zram->disksize)
		return -EBUSY;
	if (request->algorithm[0])
		priority = zram_setup_find(&zram->setup, request->algorithm);
	if (priority < 0 || !zram->setup.algorithm[priority])
		return -EINVAL;
	err = zcomp_check(zram->setup.algorithm[priority], params);
	if (!err)
		zram_setup_params(&zram->setup, priority, params);
	return err;
}

/**
 * zram_params_set() - tune an algorithm of a disk
 * @zram: the disk
 * @request: which, and how: what it does not name has its default from now on
 *
 * Context: sleeps; takes init_lock. Reads a file, without it.
 * Return: 0; -EBUSY if the disk has a size; -EINVAL if it has no such algorithm, the
 *	   algorithm does not take a value, or the dictionary is no regular file, is
 *	   empty, longer than 1 MiB or cannot be read; -EOPNOTSUPP as zcomp_create();
 *	   -ENOMEM; -EINTR. After an error everything is as before.
 */
int zram_params_set(struct zram *zram, const struct zram_params_request *request)
{
	struct zcomp_params params = {
		.level = request->level,
		.winbits = request->winbits,
	};
	int err = 0;

	/* The file may be on a disk whose lock of this kind is held by others. */
	if (request->dict)
		err = read_dict(zram, request, &params);
	if (err)
		return err;

	down_write(&zram->init_lock);
	err = set_params(zram, request, &params);
	up_write(&zram->init_lock);
	if (err)
		kvfree(params.dict);
	return err;
}
