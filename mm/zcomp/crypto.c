// SPDX-License-Identifier: GPL-2.0-only
/*
 * Any other algorithm, through the crypto API: what drivers of compression hardware
 * offer. A transform of the crypto API has one working memory for both directions,
 * so a reader and a writer have one each.
 */
#define pr_fmt(fmt) "zcomp: " fmt

#include <linux/crypto.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "internal.h"

/*
 * struct crypto_name - a name that was found once
 * @list: in names, protected by names_lock
 * @name: immutable
 *
 * There are only as many as the crypto API has algorithms. They stay until the
 * module goes, because users keep the pointers.
 */
struct crypto_name {
	struct list_head list;
	char name[ZCOMP_NAME_MAX];
};

static LIST_HEAD(names);
static DEFINE_MUTEX(names_lock);

static const char *intern(const char *name)
{
	struct crypto_name *n;

	lockdep_assert_held(&names_lock);
	list_for_each_entry(n, &names, list)
		if (!strcmp(n->name, name))
			return n->name;

	n = kzalloc(sizeof(*n), GFP_KERNEL);
	if (!n)
		return NULL;
	strscpy(n->name, name, sizeof(n->name));
	list_add_tail(&n->list, &names);
	return n->name;
}

/* Forget all names. Their users are gone. */
void zcomp_crypto_exit(void)
{
	struct crypto_name *n, *next;

	list_for_each_entry_safe(n, next, &names, list)
		kfree(n);
}

/* A transform of that name, unless it is known to leave its bounds. */
static struct crypto_comp *open_tfm(const char *name)
{
	struct crypto_comp *tfm = crypto_alloc_comp(name, 0, 0);

	if (IS_ERR(tfm))
		return tfm;

	/* The same code as lib/842 behind our own table, without what protects it there. */
	if (!strcmp(crypto_tfm_alg_driver_name(crypto_comp_tfm(tfm)), "842-generic")) {
		pr_warn_ratelimited("%s: refused, it writes past a page when its input is damaged\n",
				    name);
		crypto_free_comp(tfm);
		return ERR_PTR(-EINVAL);
	}
	return tfm;
}

/*
 * The transform kept in @setup->shared is never run. It holds the algorithm in
 * memory, so that a CPU's transforms can be made under the CPU hotplug lock
 * without a module being loaded there, whose initialisation may want that lock.
 */
static int crypto_setup(struct zcomp_setup *setup)
{
	struct crypto_comp *tfm;
	int ret = zcomp_params_none(setup);

	if (ret)
		return ret;
	tfm = open_tfm(setup->name);
	if (IS_ERR(tfm))
		return PTR_ERR(tfm);
	setup->shared = tfm;
	return 0;
}

static void crypto_release(struct zcomp_setup *setup)
{
	crypto_free_comp(setup->shared);
}

static void *crypto_create(const struct zcomp_setup *setup, int node)
{
	return crypto_alloc_comp(setup->name, 0, 0);
}

static void crypto_destroy(void *ctx)
{
	crypto_free_comp(ctx);
}

/*
 * Not every algorithm tells "too long" from "failed", or knows a limit: it gets the
 * whole buffer, and its length is looked at afterwards.
 */
static int crypto_compress(const struct zcomp_setup *setup, void *ctx,
			   const void *src, void *dst, unsigned int *len)
{
	unsigned int limit = *len;
	int ret;

	*len = ZCOMP_OUT_SIZE;
	ret = crypto_comp_compress(ctx, src, PAGE_SIZE, dst, len);
	if (ret)
		return ret;
	return *len > limit ? -ENOSPC : 0;
}

static int crypto_decompress(const struct zcomp_setup *setup, void *ctx,
			     const void *src, unsigned int len, void *dst)
{
	unsigned int out = PAGE_SIZE;

	if (crypto_comp_decompress(ctx, src, len, dst, &out))
		return -EBADMSG;
	return out == PAGE_SIZE ? 0 : -EBADMSG;
}

static const struct zcomp_ops crypto_ops = {
	.setup		= crypto_setup,
	.release	= crypto_release,
	.writer_create	= crypto_create,
	.writer_destroy	= crypto_destroy,
	.reader_create	= crypto_create,
	.reader_destroy	= crypto_destroy,
	.compress	= crypto_compress,
	.decompress	= crypto_decompress,
};

/*
 * The table in this file, and in @found the name as a string that lasts, if the
 * crypto API compresses by that name.
 */
const struct zcomp_ops *zcomp_crypto_find(const char *name, const char **found)
{
	const char *interned;
	struct crypto_comp *tfm;

	if (!*name || strlen(name) >= ZCOMP_NAME_MAX)
		return NULL;
	tfm = open_tfm(name);
	if (IS_ERR(tfm))
		return NULL;
	crypto_free_comp(tfm);

	mutex_lock(&names_lock);
	interned = intern(name);
	mutex_unlock(&names_lock);
	if (!interned)
		return NULL;
	*found = interned;
	return &crypto_ops;
}
