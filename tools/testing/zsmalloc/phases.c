// SPDX-License-Identifier: GPL-2.0-only
/*
 * U1: the model through phases of growth, churn, shrinking and compaction, for
 * several distributions of sizes.
 */
#include <time.h>

#include "model.h"

/* Calls between two walks over every invariant, and between two compactions. */
#define CHECK_EVERY	1024
#define COMPACT_EVERY	20000
#define BACKGROUND_EVERY	3000

static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec + now.tv_nsec / 1e9;
}

/* How many of 8 draws allocate, in turn; the pool grows, churns, shrinks, recovers. */
static const unsigned int appetites[] = { 7, 4, 1, 4, 7, 0, 5, 2 };

static void phases(const char *what, u32 (*size)(struct rnd *rnd))
{
	unsigned long ops = test_options.ops, part = ops / ARRAY_SIZE(appetites);
	unsigned long next_check = 0, next_compact = COMPACT_EVERY, peak = 0;
	unsigned long next_background = BACKGROUND_EVERY, next_word = ops / 10;
	struct model *m = model_new(size);
	double start = seconds();

	while (m->ops < ops) {
		model_step(m, appetites[m->ops / (part + 1)]);
		if (m->ops >= next_compact) {
			model_compact(m);
			/* nobody was in its way: what it leaves are odd pages of some classes */
			expect(atomic_long_read(&m->pool->recoverable) <=
			       (long)zs_get_total_pages(m->pool) / 50 + 4, "%ld of %lu pages",
			       atomic_long_read(&m->pool->recoverable),
			       zs_get_total_pages(m->pool));
			next_compact += COMPACT_EVERY;
		}
		if (m->ops >= next_background) {
			model_background(m);
			next_background += BACKGROUND_EVERY;
		}
		if (m->ops >= next_check) {
			model_check(m);
			next_check += CHECK_EVERY;
		}
		if (test_options.long_form && m->ops >= next_word) {
			note("%s: %lu of %lu millions", what, m->ops / 1000000, ops / 1000000);
			next_word += ops / 10;
		}
		peak = max(peak, zs_get_total_pages(m->pool));
	}
	note("%s: %lu operations, %.0f a second, up to %lu pages, %lu compacted, %lu migrated",
	     what, m->ops, m->ops / (seconds() - start), peak, m->compacted, m->moved);
	expect(m->moved > m->ops / 2000, "only %lu pages migrated", m->moved);
	/* no legal write is taken for one too long */
	expect(zs_counted(m->pool, ZS_COUNT_DAMAGED) == 0);
	model_end(m);
}

static void sizes_from_one_byte_to_a_page(void)
{
	phases("any", model_any_size);
}

static void sizes_of_compressed_pages(void)
{
	phases("pages", model_page_size);
}

static void tiny_objects(void)
{
	phases("tiny", model_tiny_size);
}

static void huge_objects(void)
{
	phases("huge", model_huge_size);
}

static void one_size(void)
{
	phases("one", model_one_size);
}

static const struct test_case model_cases[] = {
	{ "sizes_from_one_byte_to_a_page", sizes_from_one_byte_to_a_page },
	{ "sizes_of_compressed_pages", sizes_of_compressed_pages },
	{ "tiny_objects", tiny_objects },
	{ "huge_objects", huge_objects },
	{ "one_size", one_size },
	{ }
};

const struct test_suite model_suite = { "model", model_cases };
