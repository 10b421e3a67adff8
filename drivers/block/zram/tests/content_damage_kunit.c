// SPDX-License-Identifier: GPL-2.0-only
/*
 * Damage to an object is an error, and nothing worse, with every algorithm.
 */
#include "fixture.h"
#include "../content.h"

#define SEED		154
#define NR_ROUNDS	50

static const char * const algorithms[] = {
	"lzo", "lzo-rle", "lz4", "lz4hc", "zstd", "deflate", "842"
};

struct fixture {
	struct zram_store *store;
	struct rnd_state rnd;
	void *page;
	void *back;
};

static int make_fixture(struct kunit *test)
{
	struct fixture *fixture = kunit_kzalloc(test, sizeof(*fixture), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, fixture);
	test->priv = fixture;
	fixture->page = kunit_kmalloc(test, PAGE_SIZE, GFP_KERNEL);
	fixture->back = kunit_kmalloc(test, 2 * PAGE_SIZE, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, fixture->page);
	KUNIT_ASSERT_NOT_NULL(test, fixture->back);
	prandom_seed_state(&fixture->rnd, SEED);
	return 0;
}

static void free_store(struct kunit *test)
{
	struct fixture *fixture = test->priv;

	if (fixture && fixture->store)
		zram_store_destroy(fixture->store);
}

/* A store with one object in it, of a page of text. False: not built in. */
static bool start(struct kunit *test, const char *algorithm, struct zram_content *content)
{
	struct fixture *fixture = test->priv;

	if (!zcomp_find(algorithm)) {
		kunit_info(test, "%s is not built in\n", algorithm);
		return false;
	}
	fixture->store = make_store(test, 1, algorithm);
	/* Or the decoders would never see any of it. */
	fixture->store->integrity = false;
	fill_page(fixture->page, FILL_TEXT, &fixture->rnd);
	KUNIT_ASSERT_EQ(test, zram_content_create(fixture->store, fixture->page, content), 0);
	zram_content_count(&fixture->store->stats, content, 1);
	KUNIT_ASSERT_LT_MSG(test, zram_content_size(content), (unsigned int)PAGE_SIZE, "%s",
			    algorithm);
	return true;
}

static void finish(struct kunit *test, struct zram_content *content)
{
	struct fixture *fixture = test->priv;

	zram_content_release(fixture->store, content);
	KUNIT_EXPECT_EQ(test, zs_get_total_pages(fixture->store->pool), 0UL);
	zram_store_destroy(fixture->store);
	fixture->store = NULL;
}

static void expect_back(struct kunit *test, const struct zram_content *content)
{
	struct fixture *fixture = test->priv;

	memset(fixture->back, 0xee, PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, zram_content_read(fixture->store, content, fixture->back), 0);
	KUNIT_EXPECT_EQ(test, memcmp(fixture->back, fixture->page, PAGE_SIZE), 0);
}

/* Is it found to be damaged, and is what lies behind the page untouched? */
static bool read_fails(struct kunit *test, const struct zram_content *content)
{
	struct fixture *fixture = test->priv;
	void *guard = fixture->back + PAGE_SIZE;
	int err;

	memset(guard, 0xee, PAGE_SIZE);
	err = zram_content_read(fixture->store, content, fixture->back);
	KUNIT_EXPECT_PTR_EQ(test, memchr_inv(guard, 0xee, PAGE_SIZE), NULL);
	return err;
}

static void noise_in_place_of_an_object_is_an_error(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	struct zram_content content, neighbour;
	unsigned int i, round, caught, size;
	struct zs_pool *pool;

	for (i = 0; i < ARRAY_SIZE(algorithms); i++) {
		if (!start(test, algorithms[i], &content))
			continue;
		pool = fixture->store->pool;
		size = zram_content_size(&content);
		KUNIT_ASSERT_EQ(test, 0, zram_content_create(fixture->store, fixture->page,
							     &neighbour));

		for (caught = 0, round = 0; round < NR_ROUNDS; round++) {
			prandom_bytes_state(&fixture->rnd, fixture->back, size);
			KUNIT_ASSERT_EQ(test, 0, zs_obj_write(pool, content.value, fixture->back,
							      size));
			caught += read_fails(test, &content);
		}
		/* Noise that decodes to just a page is possible, and rare. */
		KUNIT_EXPECT_GE_MSG(test, caught, NR_ROUNDS * 9U / 10, "%s", algorithms[i]);

		/* Nobody else's object has suffered, nor have the contexts. */
		expect_back(test, &neighbour);
		zs_free(pool, neighbour.value);
		finish(test, &content);
	}
}

static void flipped_bits_never_cross_a_bound(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	unsigned int i, round, size, bit, caught;
	struct zram_content content;
	struct zs_pool *pool;
	u8 *object;

	object = kunit_kmalloc(test, PAGE_SIZE, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, object);
	for (i = 0; i < ARRAY_SIZE(algorithms); i++) {
		void *mem;

		if (!start(test, algorithms[i], &content))
			continue;
		pool = fixture->store->pool;
		size = zram_content_size(&content);
		mem = zs_obj_read_begin(pool, content.value, size, fixture->back);
		memcpy(object, mem, size);
		zs_obj_read_end(pool, content.value, size, mem);

		for (caught = 0, round = 0; round < NR_ROUNDS; round++) {
			bit = prandom_u32_state(&fixture->rnd) % (size * BITS_PER_BYTE);
			object[bit / BITS_PER_BYTE] ^= 1 << bit % BITS_PER_BYTE;
			KUNIT_ASSERT_EQ(test, 0, zs_obj_write(pool, content.value, object, size));
			caught += read_fails(test, &content);
			object[bit / BITS_PER_BYTE] ^= 1 << bit % BITS_PER_BYTE;
		}
		kunit_info(test, "%s: the decoder noticed %u of %u flipped bits\n",
			   algorithms[i], caught, NR_ROUNDS);

		KUNIT_ASSERT_EQ(test, 0, zs_obj_write(pool, content.value, object, size));
		expect_back(test, &content);
		finish(test, &content);
	}
}

static void object_cut_short_is_an_error(struct kunit *test)
{
	struct zram_content content, cut;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(algorithms); i++) {
		if (!start(test, algorithms[i], &content))
			continue;
		cut = content;
		cut.bits -= 40;
		KUNIT_EXPECT_TRUE_MSG(test, read_fails(test, &cut), "%s", algorithms[i]);
		expect_back(test, &content);
		finish(test, &content);
	}
}

static struct kunit_case content_damage_cases[] = {
	KUNIT_CASE(noise_in_place_of_an_object_is_an_error),
	KUNIT_CASE(flipped_bits_never_cross_a_bound),
	KUNIT_CASE(object_cut_short_is_an_error),
	{ }
};

static struct kunit_suite content_damage_suite = {
	.name = "zram_content_damage",
	.init = make_fixture,
	.exit = free_store,
	.test_cases = content_damage_cases,
};

kunit_test_suite(content_damage_suite);
