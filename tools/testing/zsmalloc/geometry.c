// SPDX-License-Identifier: GPL-2.0-only
/*
 * Facts about the table of size classes, each computed here a second time in the
 * plainest way.
 */
#include "test.h"

/* Of comparisons of what was divided. */
#define ROUNDING	0.000000001

static const struct zs_geometry *geo_of(unsigned int class)
{
	return zs_class_geometry(class);
}

/* Bytes that a slot costs, with its part of what the chain wastes. */
static double cost(const struct zs_geometry *geo)
{
	return (double)geo->pages * PAGE_SIZE / geo->slots;
}

static double best_cost(unsigned int size)
{
	double best = PAGE_SIZE;
	unsigned int pages;

	for (pages = 1; pages <= ZS_MAX_CHAIN; pages++) {
		unsigned long slots = min(pages * PAGE_SIZE / size, ZS_MAX_SLOTS);

		best = min(best, (double)pages * PAGE_SIZE / slots);
	}
	return best;
}

static void as_many_classes_as_documented(void)
{
	note("%u classes with pages of %lu bytes, the smallest slot has %u", zs_class_count(),
	     PAGE_SIZE, geo_of(0)->size);
	expect(zs_class_count() <= ZS_CLASS_MAX);
	if (PAGE_SIZE == SZ_4K)
		expect(zs_class_count() == 276, "%u", zs_class_count());
}

static void every_size_gets_the_smallest_slot_that_holds_it(void)
{
	unsigned int size;

	for (size = 1; size <= PAGE_SIZE; size++) {
		unsigned int class = zs_class_of(size);

		expect(class < zs_class_count(), "size %u", size);
		expect(geo_of(class)->size >= size, "size %u", size);
		expect(!class || geo_of(class - 1)->size < size, "size %u", size);
	}
}

static void chains_hold_their_slots(void)
{
	unsigned int class;

	for (class = 0; class < zs_class_count(); class++) {
		const struct zs_geometry *geo = geo_of(class);
		unsigned long room = geo->pages * PAGE_SIZE;

		expect(geo->pages >= 1 && geo->pages <= ZS_MAX_CHAIN, "class %u", class);
		expect(geo->slots >= 1 && geo->slots <= ZS_MAX_SLOTS, "class %u", class);
		expect(geo->size % ZS_ALIGN == 0, "class %u", class);
		expect((unsigned long)geo->slots * geo->size <= room, "class %u", class);
		/* what is left could not have made every slot longer */
		expect(room - (unsigned long)geo->slots * geo->size < geo->slots * ZS_ALIGN,
		       "class %u", class);
	}
}

static void each_class_is_cheaper_than_the_next(void)
{
	unsigned int class;

	for (class = 0; class + 1 < zs_class_count(); class++)
		expect(cost(geo_of(class)) <= cost(geo_of(class + 1)) * (0.996 + ROUNDING),
		       "class %u costs %f, the next %f", class, cost(geo_of(class)),
		       cost(geo_of(class + 1)));
}

static void no_size_costs_much_more_than_a_class_of_its_own(void)
{
	double worst = 0;
	unsigned int size;

	for (size = ZS_MIN_SIZE; size <= PAGE_SIZE; size++) {
		double own = best_cost(round_up(size, ZS_ALIGN));

		worst = max(worst, cost(geo_of(zs_class_of(size))) / own - 1);
	}
	note("at most %.3f %% above a class of its own", worst * 100);
	expect(worst < 1 / 0.996 - 1 + ROUNDING, "%f", worst);
}

static void every_page_brings_a_slot(void)
{
	unsigned int class, pages;

	for (class = 0; class < zs_class_count(); class++) {
		const struct zs_geometry *geo = geo_of(class);

		for (pages = 1; pages <= geo->pages; pages++)
			expect(zs_class_capacity(geo, pages) > zs_class_capacity(geo, pages - 1),
			       "class %u, %u pages", class, pages);
		expect(zs_class_capacity(geo, geo->pages) == geo->slots, "class %u", class);
	}
}

static void packed_counts_the_pages_of_full_chains(void)
{
	unsigned int class;

	for (class = 0; class < zs_class_count(); class++) {
		const struct zs_geometry *geo = geo_of(class);
		unsigned long objects, chains = 0, rest = 0;

		for (objects = 0; objects <= 3UL * geo->slots; objects++) {
			unsigned long pages = chains * geo->pages;

			while (pages - chains * geo->pages < geo->pages &&
			       zs_class_capacity(geo, pages - chains * geo->pages) < rest)
				pages++;
			expect(zs_class_packed(geo, objects) == pages,
			       "class %u, %lu objects: %lu, not %lu", class, objects,
			       zs_class_packed(geo, objects), pages);
			if (++rest == geo->slots) {
				rest = 0;
				chains++;
			}
		}
	}
}

static void descriptors_fit_into_a_page(void)
{
	unsigned int class;

	for (class = 0; class < zs_class_count(); class++)
		expect(zs_zspage_bytes(geo_of(class)) <= PAGE_SIZE, "class %u: %zu bytes", class,
		       zs_zspage_bytes(geo_of(class)));
}

static void huge_starts_where_a_page_is_the_price(void)
{
	size_t huge = zs_class_huge_size();

	expect(huge > 1 && huge <= PAGE_SIZE, "%zu", huge);
	expect(cost(geo_of(zs_class_of(huge))) == PAGE_SIZE);
	expect(cost(geo_of(zs_class_of(huge - 1))) < PAGE_SIZE);
}

static const struct test_case geometry_cases[] = {
	{ "as_many_classes_as_documented", as_many_classes_as_documented },
	{ "every_size_gets_the_smallest_slot_that_holds_it",
	  every_size_gets_the_smallest_slot_that_holds_it },
	{ "chains_hold_their_slots", chains_hold_their_slots },
	{ "each_class_is_cheaper_than_the_next", each_class_is_cheaper_than_the_next },
	{ "no_size_costs_much_more_than_a_class_of_its_own",
	  no_size_costs_much_more_than_a_class_of_its_own },
	{ "every_page_brings_a_slot", every_page_brings_a_slot },
	{ "packed_counts_the_pages_of_full_chains", packed_counts_the_pages_of_full_chains },
	{ "descriptors_fit_into_a_page", descriptors_fit_into_a_page },
	{ "huge_starts_where_a_page_is_the_price", huge_starts_where_a_page_is_the_price },
	{ }
};

const struct test_suite geometry_suite = { "geometry", geometry_cases };
