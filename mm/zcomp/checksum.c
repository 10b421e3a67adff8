// SPDX-License-Identifier: GPL-2.0-only
/*
 * What 32 bits tell a damaged object from a whole one?
 *
 * A CRC where the processor computes it: every damage of one bit, of two bits
 * and of up to 32 bits in a row changes it, whatever the data. Elsewhere a table
 * driven CRC takes four times as long as a hash, so it is xxHash there: it misses
 * one damage in 2^32, of whatever shape. The figures are in
 * Documentation/vm/benchmarks.rst.
 */
#include <linux/bitops.h>
#include <linux/crc32.h>
#include <linux/export.h>
#include <linux/xxhash.h>

#include "internal.h"

#ifdef CONFIG_X86_64
#include <asm/cpufeature.h>

/* Words in a third of the longest piece that is computed at once. */
#define LANE_MAX	170u
/* Shorter than this, one lane is as fast as three. */
#define LANE_MIN	8u

/*
 * x^(64 n - 33) modulo the polynomial, in its reflected form: what a CRC is
 * multiplied with so that the crc32 instruction, which multiplies by x^32 on
 * its way, moves it past n words. Written once, before anybody can ask.
 */
static u32 powers[2 * LANE_MAX + 1] __ro_after_init;

/* An instruction of the general registers: no FPU state is touched. */
static __always_inline u64 crc_word(u64 crc, u64 word)
{
	asm("crc32q %1, %0" : "+r" (crc) : "rm" (word));
	return crc;
}

static __always_inline u64 crc_byte(u32 crc, u8 byte)
{
	asm("crc32b %1, %0" : "+r" (crc) : "rm" (byte));
	return crc;
}

static bool crc_is_fast(void)
{
	return static_cpu_has(X86_FEATURE_XMM4_2);
}

static void __init crc_init(void)
{
	unsigned int n;

	if (!crc_is_fast())
		return;
	powers[1] = 1;
	for (n = 1; n < 2 * LANE_MAX; n++)
		powers[n + 1] = crc_word(powers[n], 0);
}

/*
 * Product of two polynomials over GF(2). Three of four bits are left out of each
 * factor: no column of an integer product then adds up to more than eight, and
 * what is carried stays clear of the bits that count.
 */
static u64 multiply(u32 a, u32 b)
{
	const u64 every_4th = 0x1111111111111111;
	const u32 in_32_bits = 0x11111111;
	u64 a0 = a & in_32_bits, a1 = a & in_32_bits << 1;
	u64 a2 = a & in_32_bits << 2, a3 = a & in_32_bits << 3;
	u64 b0 = b & in_32_bits, b1 = b & in_32_bits << 1;
	u64 b2 = b & in_32_bits << 2, b3 = b & in_32_bits << 3;
	u64 p0 = a0 * b0 ^ a1 * b3 ^ a2 * b2 ^ a3 * b1;
	u64 p1 = a0 * b1 ^ a1 * b0 ^ a2 * b3 ^ a3 * b2;
	u64 p2 = a0 * b2 ^ a1 * b1 ^ a2 * b0 ^ a3 * b3;
	u64 p3 = a0 * b3 ^ a1 * b2 ^ a2 * b1 ^ a3 * b0;

	return (p0 & every_4th) | (p1 & every_4th << 1) |
	       (p2 & every_4th << 2) | (p3 & every_4th << 3);
}

/*
 * The instruction takes three cycles and one can start in each: three thirds of
 * the data keep it busy, and are put together at the end.
 */
static u64 crc_lanes(u64 crc, const u64 *words, unsigned int lane)
{
	const u64 *second = words + lane, *third = second + lane;
	u64 crc2 = 0, crc3 = 0;
	unsigned int n;

	for (n = 0; n < lane; n++) {
		crc = crc_word(crc, words[n]);
		crc2 = crc_word(crc2, second[n]);
		crc3 = crc_word(crc3, third[n]);
	}
	crc = multiply(crc, powers[2 * lane]) ^ multiply(crc2, powers[lane]);
	return crc_word(0, crc) ^ crc3;
}

static u32 crc(const void *data, size_t len)
{
	const u64 *words = data;
	const u8 *bytes;
	u64 sum = ~0U;

	while (len >= 3 * LANE_MIN * sizeof(*words)) {
		unsigned int lane = min_t(size_t, len / (3 * sizeof(*words)), LANE_MAX);

		sum = crc_lanes(sum, words, lane);
		words += 3 * lane;
		len -= 3 * lane * sizeof(*words);
	}
	for (; len >= sizeof(*words); len -= sizeof(*words))
		sum = crc_word(sum, *words++);
	for (bytes = (const u8 *)words; len; len--)
		sum = crc_byte(sum, *bytes++);
	return sum;
}

#elif defined(CONFIG_ARM64)

/* The architecture replaces the library's function by its instruction, where it has it. */
static bool crc_is_fast(void)
{
	return true;
}

static void __init crc_init(void)
{
}

static u32 crc(const void *data, size_t len)
{
	return __crc32c_le(~0U, data, len);
}

#else

static bool crc_is_fast(void)
{
	return false;
}

static void __init crc_init(void)
{
}

static u32 crc(const void *data, size_t len)
{
	return 0;
}

#endif

/**
 * zcomp_checksum() - 32 bits that change when an object is damaged
 * @data: the object, at any address
 * @len: its length in bytes
 *
 * The same bytes have the same checksum for as long as the machine is up; another
 * machine, or another boot, may compute another. A CRC (x86_64 with SSE 4.2, and
 * arm64) tells every damage of one bit, of two bits and of up to 32 bits in a row,
 * and any other with a probability of 1 - 2^-32; the hash of other machines tells
 * all of them with that probability. It is no protection from somebody who chooses
 * the damage.
 *
 * Context: any.
 * Return: the checksum; any value can be one.
 */
u32 zcomp_checksum(const void *data, size_t len)
{
	u64 hash;

	if (crc_is_fast())
		return crc(data, len);
	hash = xxhash(data, len, 0);
	return hash ^ hash >> 32;
}
EXPORT_SYMBOL_GPL(zcomp_checksum);

/* What has to be there before the first checksum. */
void __init zcomp_checksum_init(void)
{
	crc_init();
}
