// SPDX-License-Identifier: GPL-2.0-only
/*
 * Does the checksum see all of its bytes, nothing else, and every small damage?
 */
#include <linux/bitops.h>
#include <linux/sizes.h>
#include <linux/string.h>
#include <linux/xxhash.h>
#ifdef CONFIG_X86_64
#include <asm/cpufeature.h>
#endif

#include "test.h"

/* Two pages and some: longer than any object, and than what is computed at once. */
#define ROOM	(2 * SZ_4K + 100)

static bool is_crc(void)
{
#ifdef CONFIG_X86_64
	return boot_cpu_has(X86_FEATURE_XMM4_2);
#else
	return IS_ENABLED(CONFIG_ARM64);
#endif
}

/* Bit by bit, as the definition of CRC-32C has it; no complement at the end. */
static u32 crc_by_definition(const u8 *data, size_t len)
{
	u32 crc = ~0U;
	int bit;

	while (len--) {
		crc ^= *data++;
		for (bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? 0x82f63b78 : 0);
	}
	return crc;
}

static u32 by_definition(const u8 *data, size_t len)
{
	u64 hash;

	if (is_crc())
		return crc_by_definition(data, len);
	hash = xxhash(data, len, 0);
	return hash ^ hash >> 32;
}

/* Every length up to some hundred bytes, and some of all others, at every address. */
static void is_what_it_is_by_definition(struct kunit *test)
{
	u8 *mem = kunit_kzalloc(test, ROOM + 8, GFP_KERNEL);
	struct rnd_state rnd;
	size_t len, at;

	KUNIT_ASSERT_NOT_NULL(test, mem);
	zcomp_test_seed(test, &rnd);
	prandom_bytes_state(&rnd, mem, ROOM + 8);
	for (len = 0; len <= ROOM; len += len < 600 ? 1 : 1 + zcomp_test_below(&rnd, 40)) {
		at = len % 8;
		KUNIT_ASSERT_EQ_MSG(test, zcomp_checksum(mem + at, len),
				    by_definition(mem + at, len), "%zu bytes", len);
	}
	KUNIT_EXPECT_EQ(test, zcomp_checksum(mem, ROOM), by_definition(mem, ROOM));
}

static void known_answer(struct kunit *test)
{
	if (!is_crc())
		kunit_skip(test, "this machine has a hash instead");
	/* the check value of CRC-32C, before its last complement */
	KUNIT_EXPECT_EQ(test, zcomp_checksum("123456789", 9), ~0xe3069283);
}

/* Runs into a page that is not there if it looks further. */
static void stays_inside(struct kunit *test)
{
	u8 *mem = zcomp_test_pages(test, PAGE_SIZE);
	size_t len;

	memset(mem, 0x5a, PAGE_SIZE);
	for (len = 0; len <= PAGE_SIZE; len += 1 + len / 16)
		KUNIT_EXPECT_EQ(test, zcomp_checksum(mem + PAGE_SIZE - len, len),
				zcomp_checksum(mem + PAGE_SIZE - len, len));
	for (len = 0; len <= 600; len++)
		zcomp_checksum(mem + PAGE_SIZE - len, len);
}

static void flip(u8 *mem, unsigned int bit)
{
	mem[bit / 8] ^= BIT(bit % 8);
}

/* Every bit of a page. */
static void sees_every_bit(struct kunit *test)
{
	u8 *mem = zcomp_test_pages(test, PAGE_SIZE);
	struct rnd_state rnd;
	unsigned int bit;
	u32 sum;

	zcomp_test_seed(test, &rnd);
	prandom_bytes_state(&rnd, mem, PAGE_SIZE);
	sum = zcomp_checksum(mem, PAGE_SIZE);
	for (bit = 0; bit < min_t(size_t, PAGE_SIZE, SZ_4K) * 8; bit++) {
		flip(mem, bit);
		KUNIT_ASSERT_NE_MSG(test, zcomp_checksum(mem, PAGE_SIZE), sum, "bit %u", bit);
		flip(mem, bit);
	}
	KUNIT_EXPECT_EQ(test, zcomp_checksum(mem, PAGE_SIZE), sum);
}

/* A page of zeros is where a weak sum would confuse lengths. */
static void length_counts(struct kunit *test)
{
	u8 *mem = zcomp_test_pages(test, PAGE_SIZE);
	size_t len;

	memset(mem, 0, PAGE_SIZE);
	for (len = 1; len <= SZ_4K; len++)
		KUNIT_EXPECT_NE(test, zcomp_checksum(mem, len), zcomp_checksum(mem, len - 1));
}

static struct kunit_case cases[] = {
	KUNIT_CASE(is_what_it_is_by_definition),
	KUNIT_CASE(known_answer),
	KUNIT_CASE(stays_inside),
	KUNIT_CASE(sees_every_bit),
	KUNIT_CASE(length_counts),
	{}
};

static struct kunit_suite suite = {
	.name = "zcomp_checksum",
	.test_cases = cases,
};

kunit_test_suite(suite);
