// SPDX-License-Identifier: GPL-2.0-only
/*
 * Is every damage found that a checksum of 32 bits can promise to find?
 */
#include <linux/bitops.h>

#include "fixture.h"
#include "../content.h"
#include "../object.h"

#define SEED		20221
#define NR_OBJECTS	1000	/* for each algorithm */
#define NR_PAIRS	32	/* for each object, and as many bursts */
#define STRIDE		16	/* of the bits of an object: the next one takes others */
#define BURST		32

static const char * const algorithms[] = {
	"lzo", "lzo-rle", "lz4", "lz4hc", "zstd", "deflate", "842"
};

struct fixture {
	struct zram_store *store;
	struct rnd_state rnd;
	void *page;
	u8 *object;
	unsigned int missed;
};

static int make_fixture(struct kunit *test)
{
	struct fixture *fixture = kunit_kzalloc(test, sizeof(*fixture), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, fixture);
	test->priv = fixture;
	fixture->page = kunit_kmalloc(test, PAGE_SIZE, GFP_KERNEL);
	fixture->object = kunit_kmalloc(test, PAGE_SIZE, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, fixture->page);
	KUNIT_ASSERT_NOT_NULL(test, fixture->object);
	prandom_seed_state(&fixture->rnd, SEED);
	return 0;
}

static void free_store(struct kunit *test)
{
	struct fixture *fixture = test->priv;

	if (fixture && fixture->store)
		zram_store_destroy(fixture->store);
	if (fixture)
		fixture->store = NULL;
}

static u32 below(struct fixture *fixture, u32 limit)
{
	return prandom_u32_state(&fixture->rnd) % limit;
}

/* A page of text in whose place some other text or noise begins somewhere. */
static void make_page(struct fixture *fixture)
{
	u8 *mem = fixture->page;

	fill_page(mem, FILL_TEXT, &fixture->rnd);
	prandom_bytes_state(&fixture->rnd, mem, below(fixture, PAGE_SIZE));
}

static void make_disk(struct kunit *test, const char *algorithm)
{
	struct fixture *fixture = test->priv;

	fixture->store = make_store(test, 4, algorithm);
	fixture->store->integrity = true;
}

/* A new object, and its bytes in fixture->object. */
static void create(struct kunit *test, struct zram_content *content)
{
	struct fixture *fixture = test->priv;
	struct zs_reading reading;
	void *mem;

	make_page(fixture);
	KUNIT_ASSERT_EQ(test, 0, zram_content_create(fixture->store, fixture->page, content));
	zram_content_count(&fixture->store->stats, content, 1);
	mem = zram_object_begin(fixture->store, content, fixture->object, &reading);
	KUNIT_ASSERT_FALSE(test, IS_ERR(mem));
	if (mem != fixture->object)
		memcpy(fixture->object, mem, zram_content_size(content));
	zs_read_end(&reading);
}

static void flip(struct fixture *fixture, u32 bit)
{
	fixture->object[bit / 8] ^= BIT(bit % 8);
}

static void expect_found(struct fixture *fixture, const struct zram_content *content)
{
	fixture->missed += !zram_object_check(fixture->store, content, fixture->object);
}

static void single_bits(struct fixture *fixture, const struct zram_content *content, u32 first)
{
	u32 bit;

	for (bit = first; bit < zram_content_size(content) * 8; bit += STRIDE) {
		flip(fixture, bit);
		expect_found(fixture, content);
		flip(fixture, bit);
	}
}

/* Half of them side by side. */
static void double_bits(struct fixture *fixture, const struct zram_content *content)
{
	u32 bits = zram_content_size(content) * 8, n, one, other;

	for (n = 0; n < NR_PAIRS; n++) {
		one = below(fixture, bits);
		other = n % 2 ? (one + 1) % bits : below(fixture, bits);
		if (one == other)
			continue;
		flip(fixture, one);
		flip(fixture, other);
		expect_found(fixture, content);
		flip(fixture, one);
		flip(fixture, other);
	}
}

/* Any pattern that is not empty, on up to 32 bits in a row. */
static void bursts(struct fixture *fixture, const struct zram_content *content)
{
	u32 bits = zram_content_size(content) * 8, n, first, i, pattern;

	for (n = 0; n < NR_PAIRS; n++) {
		first = below(fixture, bits - BURST);
		pattern = prandom_u32_state(&fixture->rnd) | 1;
		for (i = 0; i < BURST; i++)
			if (pattern & BIT(i))
				flip(fixture, first + i);
		expect_found(fixture, content);
		for (i = 0; i < BURST; i++)
			if (pattern & BIT(i))
				flip(fixture, first + i);
	}
}

static void finds_small_damage_of_1000_objects(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	struct zram_content content;
	unsigned int i, n;

	for (i = 0; i < ARRAY_SIZE(algorithms); i++) {
		if (!zcomp_find(algorithms[i])) {
			kunit_info(test, "%s is not built in\n", algorithms[i]);
			continue;
		}
		make_disk(test, algorithms[i]);
		fixture->missed = 0;
		for (n = 0; n < NR_OBJECTS; n++) {
			create(test, &content);
			single_bits(fixture, &content, n % STRIDE);
			double_bits(fixture, &content);
			bursts(fixture, &content);
			/* all of it was undone: it is whole again */
			KUNIT_EXPECT_EQ(test, 0, zram_object_check(fixture->store, &content,
								   fixture->object));
			zram_content_release(fixture->store, &content);
			cond_resched();
		}
		KUNIT_EXPECT_EQ_MSG(test, fixture->missed, 0U, "%s", algorithms[i]);
		free_store(test);
	}
}

/* A length, a checksum or an object that is another one's. */
static void finds_truncation_and_splices(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	struct zram_content one, other, mixed;
	void *back;
	unsigned int n;

	make_disk(test, "lzo-rle");
	back = kunit_kmalloc(test, PAGE_SIZE, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, back);
	for (n = 0; n < 100; n++) {
		create(test, &one);
		create(test, &other);

		mixed = one;
		if (!(one.bits & ZRAM_HUGE)) {
			mixed.bits--;
			KUNIT_EXPECT_EQ(test, -EBADMSG,
					zram_content_read(fixture->store, &mixed, back));
		}
		mixed = one;
		mixed.checksum = other.checksum;
		KUNIT_EXPECT_EQ(test, -EBADMSG, zram_content_read(fixture->store, &mixed, back));
		mixed = zram_content_size(&one) < zram_content_size(&other) ? one : other;
		mixed.value ^= one.value ^ other.value;
		KUNIT_EXPECT_EQ(test, -EBADMSG, zram_content_read(fixture->store, &mixed, back));

		KUNIT_EXPECT_EQ(test, 0, zram_content_read(fixture->store, &other, back));
		KUNIT_EXPECT_EQ(test, memcmp(back, fixture->page, PAGE_SIZE), 0);
		zram_content_release(fixture->store, &one);
		zram_content_release(fixture->store, &other);
	}
}

static void repeated_words_have_no_checksum(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	struct zram_content content;

	make_disk(test, "lzo-rle");
	memset(fixture->page, 0x5a, PAGE_SIZE);
	KUNIT_ASSERT_EQ(test, 0, zram_content_create(fixture->store, fixture->page, &content));
	KUNIT_EXPECT_EQ(test, content.checksum, 0U);
	KUNIT_EXPECT_EQ(test, 0, zram_content_read(fixture->store, &content, fixture->object));
	KUNIT_EXPECT_EQ(test, memcmp(fixture->object, fixture->page, PAGE_SIZE), 0);
}

static void a_disk_without_has_none(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	struct zram_content content;

	make_disk(test, "lzo-rle");
	fixture->store->integrity = false;
	create(test, &content);
	KUNIT_EXPECT_EQ(test, content.checksum, 0U);
	flip(fixture, 0);
	expect_found(fixture, &content);
	KUNIT_EXPECT_EQ(test, fixture->missed, 1U);
	EXPECT_STAT(test, fixture->store, ZRAM_CORRUPTED, 0);
	zram_content_release(fixture->store, &content);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(finds_small_damage_of_1000_objects),
	KUNIT_CASE(finds_truncation_and_splices),
	KUNIT_CASE(repeated_words_have_no_checksum),
	KUNIT_CASE(a_disk_without_has_none),
	{}
};

static struct kunit_suite suite = {
	.name = "zram_integrity",
	.init = make_fixture,
	.exit = free_store,
	.test_cases = cases,
};

kunit_test_suite(suite);
