// SPDX-License-Identifier: GPL-2.0-only
/*
 * Every counter is in its column, and every byte of the text in its place.
 */
#include <linux/gfp.h>

#include "fixture.h"

struct fixture {
	struct zram_stats stats;
	char *text;
};

static int make_fixture(struct kunit *test)
{
	struct fixture *fixture = kunit_kzalloc(test, sizeof(*fixture), GFP_KERNEL);

	if (!fixture)
		return -ENOMEM;
	make_stats(test, &fixture->stats);
	/* What sysfs hands out: sysfs_emit() insists on a page. */
	fixture->text = (char *)get_zeroed_page(GFP_KERNEL);
	test->priv = fixture;
	return fixture->text ? 0 : -ENOMEM;
}

static void free_fixture(struct kunit *test)
{
	struct fixture *fixture = test->priv;

	if (fixture)
		free_page((unsigned long)fixture->text);
}

static void io_stat_is_four_columns(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	struct zram_stats *stats = &fixture->stats;

	KUNIT_EXPECT_EQ(test, zram_stats_show_io(stats, fixture->text), (ssize_t)36);
	KUNIT_EXPECT_STREQ(test, fixture->text, "       0        0        0        0\n");

	zram_stats_add(stats, ZRAM_FAILED_READS, 1);
	zram_stats_add(stats, ZRAM_FAILED_WRITES, 22);
	zram_stats_add(stats, ZRAM_INVALID_IO, 333);
	zram_stats_add(stats, ZRAM_NOTIFY_FREE, 1234567890);
	zram_stats_show_io(stats, fixture->text);
	KUNIT_EXPECT_STREQ(test, fixture->text, "       1       22      333 1234567890\n");
}

static void mm_stat_is_nine_columns(struct kunit *test)
{
	const struct zram_memory memory = {
		.used_pages = 3,
		.limit_pages = 256,
		.compacted_pages = 7,
	};
	struct fixture *fixture = test->priv;
	struct zram_stats *stats = &fixture->stats;
	char expected[128];

	zram_stats_add(stats, ZRAM_PAGES_STORED, 100);
	zram_stats_add(stats, ZRAM_COMPR_BYTES, 8765);
	zram_stats_add(stats, ZRAM_SAME_PAGES, 5);
	zram_stats_add(stats, ZRAM_HUGE_PAGES, 2);
	zram_stats_add(stats, ZRAM_HUGE_SINCE, 9);
	zram_stats_raise_max(stats, 4);
	zram_stats_show_mm(stats, &memory, fixture->text);

	snprintf(expected, sizeof(expected), "%8lu %8u %8lu %8lu %8lu %8u %8u %8u %8u\n",
		 100 * PAGE_SIZE, 8765, 3 * PAGE_SIZE, 256 * PAGE_SIZE, 4 * PAGE_SIZE, 5, 7, 2, 9);
	KUNIT_EXPECT_STREQ(test, fixture->text, expected);
}

static void debug_stat_tells_its_version(struct kunit *test)
{
	struct fixture *fixture = test->priv;

	zram_stats_add(&fixture->stats, ZRAM_WRITESTALL, 17);
	zram_stats_add(&fixture->stats, ZRAM_MISS_FREE, 4);
	zram_stats_show_debug(&fixture->stats, fixture->text);
	KUNIT_EXPECT_STREQ(test, fixture->text, "version: 1\n      17        4\n");
}

static void high_water_mark_only_rises(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	struct zram_stats *stats = &fixture->stats;

	zram_stats_raise_max(stats, 10);
	zram_stats_raise_max(stats, 3);
	KUNIT_EXPECT_EQ(test, atomic_long_read(&stats->max_used_pages), 10L);
	zram_stats_raise_max(stats, 11);
	KUNIT_EXPECT_EQ(test, atomic_long_read(&stats->max_used_pages), 11L);
}

static void clear_leaves_nothing(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	struct zram_stats *stats = &fixture->stats;
	unsigned int i;

	for (i = 0; i < ZRAM_NR_STATS; i++)
		zram_stats_add(stats, i, i + 1);
	zram_stats_object(stats, 1, 100, false, 1);
	zram_stats_raise_max(stats, 1);
	zram_stats_clear(stats);

	for (i = 0; i < ZRAM_NR_STATS; i++)
		KUNIT_EXPECT_EQ(test, zram_stats_read(stats, i), 0ULL);
	KUNIT_EXPECT_EQ(test, zram_stats_pages(stats, 1), 0ULL);
	KUNIT_EXPECT_EQ(test, zram_stats_bytes(stats, 1), 0ULL);
	KUNIT_EXPECT_EQ(test, zram_stats_sizes(stats, 0), 0ULL);
	KUNIT_EXPECT_EQ(test, atomic_long_read(&stats->max_used_pages), 0L);
}

/* A page comes on one CPU and goes on another: counts of a CPU may be negative. */
static void sums_are_never_negative(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	struct zram_stats *stats = &fixture->stats;
	int cpu;

	for_each_possible_cpu(cpu)
		local64_set(&per_cpu_ptr(stats->cpu, cpu)->count[ZRAM_SAME_PAGES], cpu ? 1 : -3);
	KUNIT_EXPECT_EQ(test, zram_stats_read(stats, ZRAM_SAME_PAGES),
			(u64)max_t(int, 0, (int)num_possible_cpus() - 4));
}

static void sizes_are_told_apart_by_steps(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	struct zram_stats *stats = &fixture->stats;
	unsigned int i;

	for (i = 1; i <= PAGE_SIZE; i++)
		zram_stats_object(stats, 0, i, false, 1);
	for (i = 0; i < ZRAM_NR_SIZES; i++)
		KUNIT_EXPECT_EQ_MSG(test, zram_stats_sizes(stats, i), (u64)ZRAM_SIZE_STEP,
				    "bucket %u", i);
	zram_stats_object(stats, 0, ZRAM_SIZE_STEP, false, -1);
	KUNIT_EXPECT_EQ(test, zram_stats_sizes(stats, 0), (u64)ZRAM_SIZE_STEP - 1);
	zram_stats_object(stats, 0, ZRAM_SIZE_STEP + 1, false, -1);
	KUNIT_EXPECT_EQ(test, zram_stats_sizes(stats, 1), (u64)ZRAM_SIZE_STEP - 1);
}

static struct kunit_case stats_cases[] = {
	KUNIT_CASE(io_stat_is_four_columns),
	KUNIT_CASE(mm_stat_is_nine_columns),
	KUNIT_CASE(debug_stat_tells_its_version),
	KUNIT_CASE(high_water_mark_only_rises),
	KUNIT_CASE(clear_leaves_nothing),
	KUNIT_CASE(sums_are_never_negative),
	KUNIT_CASE(sizes_are_told_apart_by_steps),
	{ }
};

static struct kunit_suite stats_suite = {
	.name = "zram_stats",
	.init = make_fixture,
	.exit = free_fixture,
	.test_cases = stats_cases,
};

kunit_test_suite(stats_suite);
