// SPDX-License-Identifier: GPL-2.0-only
/*
 * Algorithms of the crypto API that do what a test says, see fake_codec.h.
 *
 * An output is a number, and the page of that number is kept here.
 */
#include <linux/crypto.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "fake_codec.h"

#define MAGIC	0x6661636b

struct fake_codec fake_codecs[FAKE_CODECS];

/* One test at a time uses them: no lock. */
static u8 *pages;
static u32 next_page;

static int fake_compress(struct crypto_tfm *tfm, const u8 *src, unsigned int slen,
			 u8 *dst, unsigned int *dlen);
static int fake_decompress(struct crypto_tfm *tfm, const u8 *src, unsigned int slen,
			   u8 *dst, unsigned int *dlen);

#define FAKE(number) {							\
	.cra_name = "zram-kunit-" number,				\
	.cra_flags = CRYPTO_ALG_TYPE_COMPRESS,				\
	.cra_module = THIS_MODULE,					\
	.cra_u = { .compress = {					\
		.coa_compress = fake_compress,				\
		.coa_decompress = fake_decompress,			\
	} },								\
}

static struct crypto_alg algs[FAKE_CODECS] = { FAKE("1"), FAKE("2"), FAKE("3") };

static int fake_compress(struct crypto_tfm *tfm, const u8 *src, unsigned int slen,
			 u8 *dst, unsigned int *dlen)
{
	struct fake_codec *codec = &fake_codecs[tfm->__crt_alg - algs];
	u32 head[2] = { MAGIC, next_page++ };

	codec->calls++;
	if (codec->meanwhile)
		codec->meanwhile(codec->arg);
	if (codec->len > *dlen)
		return -ENOSPC;
	memcpy(pages + head[1] % FAKE_PAGES * PAGE_SIZE, src, PAGE_SIZE);
	memset(dst, 0x5a, codec->len);
	memcpy(dst, head, sizeof(head));
	*dlen = codec->len;
	return 0;
}

static int fake_decompress(struct crypto_tfm *tfm, const u8 *src, unsigned int slen,
			   u8 *dst, unsigned int *dlen)
{
	u32 head[2];

	memcpy(head, src, sizeof(head));
	if (head[0] != MAGIC || next_page - head[1] > FAKE_PAGES)
		return -EINVAL;
	memcpy(dst, pages + head[1] % FAKE_PAGES * PAGE_SIZE, PAGE_SIZE);
	*dlen = PAGE_SIZE;
	return 0;
}

const char *fake_name(unsigned int number)
{
	return algs[number].cra_name;
}

int fake_codecs_register(struct kunit_suite *suite)
{
	int err, i;

	pages = kvmalloc_array(FAKE_PAGES, PAGE_SIZE, GFP_KERNEL);
	if (!pages)
		return -ENOMEM;
	for (i = 0; i < FAKE_CODECS; i++) {
		snprintf(algs[i].cra_driver_name, sizeof(algs[i].cra_driver_name), "%s-generic",
			 algs[i].cra_name);
		err = crypto_register_alg(&algs[i]);
		if (err)
			goto undo;
	}
	return 0;
undo:
	while (i--)
		crypto_unregister_alg(&algs[i]);
	kvfree(pages);
	return err;
}

void fake_codecs_unregister(struct kunit_suite *suite)
{
	int i;

	for (i = 0; i < FAKE_CODECS; i++)
		crypto_unregister_alg(&algs[i]);
	kvfree(pages);
}
