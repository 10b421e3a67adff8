// SPDX-License-Identifier: GPL-2.0-only
/*
 * Damage from the outside: what does who reads the page see, and who else suffers?
 */
#include "fixture.h"
#include "../damage.h"
#include "../page_io.h"

#define SEED		2022
#define NR_PAGES	200
#define VICTIM		77

struct fixture {
	struct zram_store *store;
	struct rnd_state rnd;
	struct page *page;
	u8 *mem;
};

static int make_fixture(struct kunit *test)
{
	struct fixture *fixture = kunit_kzalloc(test, sizeof(*fixture), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, fixture);
	test->priv = fixture;
	fixture->page = alloc_page(GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, fixture->page);
	fixture->mem = page_address(fixture->page);
	fixture->store = make_store(test, NR_PAGES, "lzo-rle");
	fixture->store->integrity = true;
	return 0;
}

static void free_fixture(struct kunit *test)
{
	struct fixture *fixture = test->priv;

	if (fixture && fixture->store)
		zram_store_destroy(fixture->store);
	if (fixture && fixture->page)
		__free_page(fixture->page);
}

/* The page that belongs to an index: some are huge, objects are of any size. */
static void make_page(struct fixture *fixture, unsigned long index)
{
	prandom_seed_state(&fixture->rnd, SEED + index);
	fill_page(fixture->mem, FILL_TEXT, &fixture->rnd);
	prandom_bytes_state(&fixture->rnd, fixture->mem, index * PAGE_SIZE / NR_PAGES);
}

static void write_page(struct kunit *test, unsigned long index)
{
	struct fixture *fixture = test->priv;

	make_page(fixture, index);
	KUNIT_ASSERT_EQ(test, zram_page_write(fixture->store, index, fixture->page), 0);
}

static int read_page(struct kunit *test, unsigned long index)
{
	struct fixture *fixture = test->priv;

	return zram_page_read(fixture->store, index, fixture->page);
}

static void expect_page(struct kunit *test, unsigned long index)
{
	struct fixture *fixture = test->priv;
	u8 *back = kunit_kmalloc(test, PAGE_SIZE, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, back);
	KUNIT_EXPECT_EQ_MSG(test, read_page(test, index), 0, "page %lu", index);
	memcpy(back, fixture->mem, PAGE_SIZE);
	make_page(fixture, index);
	KUNIT_EXPECT_EQ(test, memcmp(back, fixture->mem, PAGE_SIZE), 0);
	kunit_kfree(test, back);
}

static unsigned int size_of(struct kunit *test, unsigned long index)
{
	struct fixture *fixture = test->priv;

	return atomic_read(&slot_of(test, fixture->store, index)->state) & ZRAM_SIZE_MASK;
}

/* In one piece, across a border of the allocator's pages, and a page as it is. */
static void every_object_is_checked_on_the_way_out(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	struct zram_damage_request request = { .nr_bits = 1 };
	unsigned long index;

	for (index = 0; index < NR_PAGES; index++)
		write_page(test, index);
	for (index = 0; index < NR_PAGES; index++) {
		request.index = index;
		request.bit = prandom_u32_state(&fixture->rnd) % (size_of(test, index) * 8);
		KUNIT_ASSERT_EQ(test, zram_damage(fixture->store, &request), 0);
		KUNIT_EXPECT_EQ_MSG(test, read_page(test, index), -EBADMSG, "page %lu", index);
		EXPECT_STAT(test, fixture->store, ZRAM_CORRUPTED, index + 1);
		/* a second time undoes it */
		KUNIT_ASSERT_EQ(test, zram_damage(fixture->store, &request), 0);
		expect_page(test, index);
	}
}

static void nobody_else_suffers(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	struct zram_damage_request request = { .index = VICTIM, .bit = 3, .nr_bits = 32 };
	unsigned long index;
	u8 part[512];

	for (index = 0; index < NR_PAGES; index++)
		write_page(test, index);
	KUNIT_ASSERT_EQ(test, zram_damage(fixture->store, &request), 0);

	KUNIT_EXPECT_EQ(test, read_page(test, VICTIM), -EBADMSG);
	KUNIT_EXPECT_EQ(test, -EBADMSG,
			zram_page_read_part(fixture->store, VICTIM, 512, part, 512));
	/* what cannot be read cannot be merged, and stays as it is */
	KUNIT_EXPECT_EQ(test, -EBADMSG,
			zram_page_write_part(fixture->store, VICTIM, 512, part, 512));
	EXPECT_STAT(test, fixture->store, ZRAM_CORRUPTED, 3);
	for (index = 0; index < NR_PAGES; index++)
		if (index != VICTIM)
			expect_page(test, index);

	/* a new page mends it */
	write_page(test, VICTIM);
	expect_page(test, VICTIM);
	EXPECT_STAT(test, fixture->store, ZRAM_CORRUPTED, 3);
}

static void refuses_what_is_not_there(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	struct zram_damage_request request = { .index = 0, .bit = 0, .nr_bits = 1 };

	KUNIT_EXPECT_EQ(test, zram_damage(fixture->store, &request), -ENOENT);
	memset(fixture->mem, 0x5a, PAGE_SIZE);
	KUNIT_ASSERT_EQ(test, zram_page_write(fixture->store, 0, fixture->page), 0);
	KUNIT_EXPECT_EQ(test, zram_damage(fixture->store, &request), -ENOENT);

	write_page(test, 0);
	request.bit = size_of(test, 0) * 8;
	KUNIT_EXPECT_EQ(test, zram_damage(fixture->store, &request), -ERANGE);
	request.bit--;
	request.nr_bits = 2;
	KUNIT_EXPECT_EQ(test, zram_damage(fixture->store, &request), -ERANGE);
	request.index = NR_PAGES;
	KUNIT_EXPECT_EQ(test, zram_damage(fixture->store, &request), -ERANGE);
	expect_page(test, 0);
}

static const struct {
	const char *text;
	int err;
	struct zram_damage_request request;
} texts[] = {
	{ "7 12",		0,	 { 7, 12, 1 } },
	{ " 7  12\t32\n",	0,	 { 7, 12, 32 } },
	{ "0 0 1",		0,	 { 0, 0, 1 } },
	{ "",			-EINVAL, },
	{ "7",			-EINVAL, },
	{ "7 12 0",		-EINVAL, },
	{ "7 12 32 1",		-EINVAL, },
	{ "7 12x",		-EINVAL, },
	{ "-7 12",		-EINVAL, },
	{ "7 524288",		-EINVAL, },
	{ "7 0 524289",		-EINVAL, },
	{ "99999999999999999999 0", -EINVAL, },
};

static void reads_its_text(struct kunit *test)
{
	unsigned int n;

	for (n = 0; n < ARRAY_SIZE(texts); n++) {
		struct zram_damage_request request = { };

		KUNIT_EXPECT_EQ_MSG(test, texts[n].err,
				    zram_request_damage(texts[n].text, strlen(texts[n].text),
							&request), "%s", texts[n].text);
		KUNIT_EXPECT_EQ(test, request.index, texts[n].request.index);
		KUNIT_EXPECT_EQ(test, request.bit, texts[n].request.bit);
		KUNIT_EXPECT_EQ(test, request.nr_bits, texts[n].request.nr_bits);
	}
}

static struct kunit_case cases[] = {
	KUNIT_CASE(every_object_is_checked_on_the_way_out),
	KUNIT_CASE(nobody_else_suffers),
	KUNIT_CASE(refuses_what_is_not_there),
	KUNIT_CASE(reads_its_text),
	{}
};

static struct kunit_suite suite = {
	.name = "zram_damage",
	.init = make_fixture,
	.exit = free_fixture,
	.test_cases = cases,
};

kunit_test_suite(suite);
