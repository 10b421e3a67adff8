// SPDX-License-Identifier: GPL-2.0-only
/*
 * Every counter of a store against counting what its slots hold.
 */
#include "fixture.h"
#include "../content.h"
#include "../page_io.h"

#define NR_PAGES	300
#define NR_OPS		20000
#define AUDIT_EVERY	500
#define SEED		4796101

/* What the counters should say, from events (@freed, @huge_since) or from slots. */
struct model {
	u64 stored, bytes, same, huge;
	u64 pages[ZRAM_MAX_COMPS], made[ZRAM_MAX_COMPS];
	u64 sizes[ZRAM_NR_SIZES];
};

struct fixture {
	struct zram_store *store;
	struct rnd_state rnd;
	struct page *page;
	bool written[NR_PAGES];
	u64 freed, huge_since;
};

static int make_fixture(struct kunit *test)
{
	struct fixture *fixture = kunit_kzalloc(test, sizeof(*fixture), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, fixture);
	test->priv = fixture;
	prandom_seed_state(&fixture->rnd, SEED);
	fixture->page = alloc_page(GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, fixture->page);
	fixture->store = make_store(test, NR_PAGES, "lzo-rle");
	return 0;
}

static void free_fixture(struct kunit *test)
{
	struct fixture *fixture = test->priv;

	if (!fixture)
		return;
	if (fixture->store)
		zram_store_destroy(fixture->store);
	if (fixture->page)
		__free_page(fixture->page);
}

static void count_slots(struct zram_store *store, struct model *model)
{
	struct zram_slot *slot;
	unsigned long index;

	for (index = 0; (slot = zram_table_next(&store->table, &index, ULONG_MAX)); index++) {
		u32 state = atomic_read(&slot->state);
		unsigned int priority = (state & ZRAM_PRIO_MASK) >> ZRAM_PRIO_SHIFT;
		unsigned int size = state & ZRAM_SIZE_MASK;

		model->stored += !!(state & ZRAM_CONTENT_MASK);
		model->same += !!(state & ZRAM_SAME);
		model->huge += !!(state & ZRAM_HUGE);
		model->bytes += size;
		if (size)
			model->sizes[(size + ZRAM_SIZE_STEP - 1) / ZRAM_SIZE_STEP - 1]++;
		if (size && !(state & ZRAM_HUGE)) {
			model->pages[priority]++;
			model->made[priority] += size;
		}
	}
}

static void audit(struct kunit *test, unsigned int op)
{
	struct fixture *fixture = test->priv;
	struct zram_store *store = fixture->store;
	struct model model = { };
	u64 written = 0;
	unsigned int i;

	count_slots(store, &model);
	for (i = 0; i < NR_PAGES; i++)
		written += fixture->written[i];
	KUNIT_EXPECT_EQ_MSG(test, model.stored, written, "after %u operations, seed %u", op, SEED);
	EXPECT_STAT(test, store, ZRAM_PAGES_STORED, model.stored);
	EXPECT_STAT(test, store, ZRAM_COMPR_BYTES, model.bytes);
	EXPECT_STAT(test, store, ZRAM_SAME_PAGES, model.same);
	EXPECT_STAT(test, store, ZRAM_HUGE_PAGES, model.huge);
	EXPECT_STAT(test, store, ZRAM_HUGE_SINCE, fixture->huge_since);
	EXPECT_STAT(test, store, ZRAM_NOTIFY_FREE, fixture->freed);
	EXPECT_STAT(test, store, ZRAM_MISS_FREE, 0);
	for (i = 0; i < ZRAM_MAX_COMPS; i++) {
		KUNIT_EXPECT_EQ(test, zram_stats_pages(&store->stats, i), model.pages[i]);
		KUNIT_EXPECT_EQ(test, zram_stats_bytes(&store->stats, i), model.made[i]);
	}
	for (i = 0; i < ZRAM_NR_SIZES; i++)
		KUNIT_EXPECT_EQ(test, zram_stats_sizes(&store->stats, i), model.sizes[i]);
}

static void note_write(struct fixture *fixture, unsigned long index)
{
	struct zram_slot *slot = zram_table_find(&fixture->store->table, index);

	fixture->written[index] = true;
	fixture->huge_since += !!(atomic_read(&slot->state) & ZRAM_HUGE);
}

static void note_free(struct fixture *fixture, unsigned long index)
{
	fixture->freed += fixture->written[index];
	fixture->written[index] = false;
}

/* An object of another algorithm takes the place of a page, as recompression does. */
static void change_algorithm(struct kunit *test, unsigned long index, unsigned int priority)
{
	struct fixture *fixture = test->priv;
	struct zram_store *store = fixture->store;
	struct zram_slot *slot = zram_table_find(&store->table, index);
	struct zram_content content;

	if (!slot)
		return;
	zram_slot_lock(&store->table, slot);
	content = zram_slot_content(slot);
	if (zram_content_size(&content) && !(content.bits & ZRAM_HUGE)) {
		zram_content_count(&store->stats, &content, -1);
		content.bits &= ~ZRAM_PRIO_MASK;
		content.bits |= ZRAM_RECOMP | priority << ZRAM_PRIO_SHIFT;
		zram_content_count(&store->stats, &content, 1);
		zram_slot_replace(slot, &content);
	}
	zram_page_unlock(store, slot);
}

static void one_operation(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	struct zram_store *store = fixture->store;
	unsigned long index = prandom_u32_state(&fixture->rnd) % NR_PAGES;
	u32 choice = prandom_u32_state(&fixture->rnd);
	unsigned long end, i;

	switch (choice % 8) {
	case 0 ... 4:
		fill_page(page_address(fixture->page), choice / 8 % NR_FILLS, &fixture->rnd);
		/* Texts of many lengths. */
		if (choice / 8 % NR_FILLS == FILL_TEXT)
			prandom_bytes_state(&fixture->rnd, page_address(fixture->page),
					    choice / 64 % PAGE_SIZE);
		KUNIT_ASSERT_EQ(test, zram_page_write(store, index, fixture->page), 0);
		note_write(fixture, index);
		break;
	case 5:
		zram_page_free_atomic(store, index);
		note_free(fixture, index);
		break;
	case 6:
		end = min_t(unsigned long, index + choice / 8 % 8, NR_PAGES);
		zram_page_free_range(store, index, end);
		for (i = index; i < end; i++)
			note_free(fixture, i);
		break;
	default:
		change_algorithm(test, index, choice / 8 % ZRAM_MAX_COMPS);
	}
}

static void every_counter_is_what_the_slots_hold(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	unsigned int op;

	audit(test, 0);
	for (op = 1; op <= NR_OPS; op++) {
		one_operation(test);
		if (op % AUDIT_EVERY == 0)
			audit(test, op);
	}
	zram_page_free_range(fixture->store, 0, NR_PAGES);
	for (op = 0; op < NR_PAGES; op++)
		note_free(fixture, op);
	audit(test, NR_OPS);
	EXPECT_STAT(test, fixture->store, ZRAM_COMPR_BYTES, 0);
}

/* A write that fails changes no counter but that of waiting. */
static void failure_counts_nothing(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	struct zram_store *store = fixture->store;
	unsigned long i;

	for (i = 0; i < 8; i++) {
		fill_page(page_address(fixture->page), FILL_RANDOM, &fixture->rnd);
		KUNIT_ASSERT_EQ(test, zram_page_write(store, i, fixture->page), 0);
		note_write(fixture, i);
	}
	store->limit_pages = 1;
	for (i = 0; i < 16; i++)
		KUNIT_EXPECT_EQ(test, zram_page_write(store, i, fixture->page), -ENOMEM);
	audit(test, 0);
	EXPECT_STAT(test, store, ZRAM_FAILED_WRITES, 0);
}

static struct kunit_case statistics_cases[] = {
	KUNIT_CASE(every_counter_is_what_the_slots_hold),
	KUNIT_CASE(failure_counts_nothing),
	{ }
};

static struct kunit_suite statistics_suite = {
	.name = "zram_statistics",
	.init = make_fixture,
	.exit = free_fixture,
	.test_cases = statistics_cases,
};

kunit_test_suite(statistics_suite);
