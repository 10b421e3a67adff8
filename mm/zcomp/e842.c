// SPDX-License-Identifier: GPL-2.0-only
/*
 * "842" over lib/842, the format of IBM's compression hardware.
 */
#include <linux/bits.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/sw842.h>

#include "internal.h"

/* A stream is a sequence of operations of 5 bits, each followed by its arguments. */
#define OP_BITS		5
#define OP_REPEAT	0x1b	/* the 8 bytes before, N + 1 times */
#define OP_ZEROS	0x1c	/* 8 zeroes */
#define OP_END		0x1e
#define REPEAT_BITS	6
#define CRC_BITS	32	/* follows OP_END */

/*
 * Bits of arguments for the operations that write 8 bytes out of literals (16, 32
 * or 64 bits) and references to earlier ones (8 bits for 2 or 8 bytes, 9 bits for
 * 4), in the order of the format's description in lib/842/842.h.
 */
static const u8 template_bits[] = {
	64, 56, 56, 48, 41, 56, 48, 48, 40, 33, 56, 48, 48,
	40, 33, 48, 40, 40, 32, 25, 41, 33, 33, 25, 18, 8,
};

static void *e842_writer_create(const struct zcomp_setup *setup, int node)
{
	void *ctx = kvmalloc_node(SW842_MEM_COMPRESS, GFP_KERNEL, node);

	return ctx ?: ERR_PTR(-ENOMEM);
}

static void e842_writer_destroy(void *ctx)
{
	kvfree(ctx);
}

static int e842_compress(const struct zcomp_setup *setup, void *ctx,
			 const void *src, void *dst, unsigned int *len)
{
	return sw842_compress(src, PAGE_SIZE, dst, len, ctx);
}

/* The @n bits, 9 at most, of @src from bit @at on; a byte's top bit is its first. */
static unsigned int get_bits(const u8 *src, unsigned int at, unsigned int n)
{
	unsigned int shift = at % 8;
	unsigned int bits = src[at / 8] << 8;

	if (shift + n > 8)
		bits |= src[at / 8 + 1];
	return bits >> (16 - shift - n) & GENMASK(n - 1, 0);
}

/*
 * Does this stream write exactly one page?
 *
 * sw842_decompress() checks every read of its input, but of its writes only those
 * of literals, of zeroes and of repetitions. References and "short data" are
 * written without a look at the room left, the count of which then wraps, and from
 * there on nothing is checked. A repetition after less than 8 bytes reads in front
 * of the output. All of these need a stream that either writes past the page or
 * has an operation no whole page needs, so it is walked once before it is run:
 * at most 512 steps for 4 KiB.
 */
static bool writes_one_page(const u8 *src, unsigned int len)
{
	unsigned int end = len * 8, at = 0, out = 0;

	while (at + OP_BITS <= end) {
		unsigned int op = get_bits(src, at, OP_BITS);

		at += OP_BITS;
		if (op == OP_END)
			return out == PAGE_SIZE && at + CRC_BITS <= end;
		if (op < ARRAY_SIZE(template_bits)) {
			at += template_bits[op];
			out += 8;
		} else if (op == OP_ZEROS) {
			out += 8;
		} else if (op == OP_REPEAT && out && at + REPEAT_BITS <= end) {
			out += 8 * (get_bits(src, at, REPEAT_BITS) + 1);
			at += REPEAT_BITS;
		} else {
			return false;
		}
		if (out > PAGE_SIZE)
			return false;
	}
	return false;
}

static int e842_decompress(const struct zcomp_setup *setup, void *ctx,
			   const void *src, unsigned int len, void *dst)
{
	unsigned int out = PAGE_SIZE;

	if (!writes_one_page(src, len))
		return -EBADMSG;
	if (sw842_decompress(src, len, dst, &out))
		return -EBADMSG;
	return out == PAGE_SIZE ? 0 : -EBADMSG;
}

const struct zcomp_ops zcomp_842_ops = {
	.name		= "842",
	.setup		= zcomp_params_none,
	.writer_create	= e842_writer_create,
	.writer_destroy	= e842_writer_destroy,
	.compress	= e842_compress,
	.decompress	= e842_decompress,
};
