// SPDX-License-Identifier: GPL-2.0-only
/*
 * Bad handles again: parts of good ones put together wrongly, stale ones whose object,
 * slot or page has gone on to others, and stale ones while others are at work. See
 * forged.c and stale.c for the plain cases.
 */
#include "refuse.h"

static void bits_of_a_freed_handle_flip(void)
{
	unsigned long freed;
	int bit;

	refuse_begin();
	freed = refuse_handles[5];
	zs_free(refuse_pool, freed);
	refuse_handles[5] = 0;
	for (bit = 0; bit < BITS_PER_LONG; bit++)
		if (!refuse_live(freed ^ 1UL << bit))
			refuse(freed ^ 1UL << bit, !IS_ERR_VALUE(freed ^ 1UL << bit));
	refuse_end();
}

static void every_other_generation(void)
{
	const unsigned long mask = (1UL << ZS_HANDLE_GEN_BITS) - 1;
	unsigned long good, gen;

	refuse_begin();
	good = refuse_handles[11];
	for (gen = 0; gen <= mask; gen += gen < 64 || gen > mask - 64 ? 1 : 61)
		if ((good & mask) != gen)
			refuse((good & ~mask) | gen, 1);
	refuse_end();
}

static void the_tag_of_another_pool_on_a_good_entry(void)
{
	const unsigned long mask = (1UL << ZS_HANDLE_TAG_BITS) - 1;
	unsigned long good, tag;

	refuse_begin();
	good = refuse_handles[17];
	for (tag = 0; tag <= mask; tag += tag < 64 ? 1 : 509) {
		unsigned long forged = (good & ~(mask << ZS_HANDLE_TAG_SHIFT)) |
				       tag << ZS_HANDLE_TAG_SHIFT;

		if (forged != good)
			refuse(forged, forged && !IS_ERR_VALUE(forged));
	}
	refuse_end();
}

static void entries_that_nobody_has_yet(void)
{
	const unsigned long next = 1UL << ZS_HANDLE_INDEX_SHIFT;
	unsigned long forged;
	int n;

	refuse_begin();
	forged = refuse_handles[REFUSE_NR - 1];
	for (n = 0; n < 100; n++) {
		forged += next;
		if (!refuse_live(forged))
			refuse(forged, 1);
	}
	refuse_end();
}

#ifdef CONFIG_64BIT
static void the_bit_that_is_always_zero(void)
{
	int n;

	refuse_begin();
	for (n = 0; n < REFUSE_NR; n += 7)
		refuse(refuse_handles[n] | 1UL << 63,
		       !IS_ERR_VALUE(refuse_handles[n] | 1UL << 63));
	refuse_end();
}
#endif

static void halves_of_two_handles(void)
{
	const unsigned long low = (1UL << BITS_PER_LONG / 2) - 1;
	int n;

	refuse_begin();
	/* different generations, so that the parts do not fit */
	for (n = 0; n < 20; n++) {
		zs_free(refuse_pool, refuse_handles[n]);
		refuse_handles[n] = test_malloc(refuse_pool, refuse_len(n));
		content_write(refuse_pool, refuse_handles[n], n, refuse_len(n));
	}
	for (n = 0; n < 19; n++) {
		unsigned long forged = (refuse_handles[n] & ~low) |
				       (refuse_handles[n + 100] & low);

		if (!refuse_live(forged))
			refuse(forged, 1);
	}
	refuse_end();
}

/* The slot, the entry and the size are those of the object that was freed. */
static void the_slot_has_a_new_object(void)
{
	struct object old, new;
	unsigned long stale;

	refuse_begin();
	stale = refuse_handles[30];
	old = test_find(refuse_pool, stale);
	zs_free(refuse_pool, stale);
	refuse_handles[30] = test_malloc(refuse_pool, refuse_len(30));
	content_write(refuse_pool, refuse_handles[30], 30, refuse_len(30));
	new = test_find(refuse_pool, refuse_handles[30]);
	expect(old.index == new.index && old.slot == new.slot, "the case proves nothing");
	refuse(stale, 1);
	refuse_end();
}

static void the_object_was_moved_before_it_was_freed(void)
{
	unsigned long many[200];
	int n;

	refuse_begin();
	for (n = 0; n < 200; n++)
		many[n] = test_malloc(refuse_pool, PAGE_SIZE / 4 - 64);
	for (n = 0; n < 198; n += 2)
		zs_free(refuse_pool, many[n]);
	zs_compact(refuse_pool);
	expect(zs_counted(refuse_pool, ZS_COUNT_MOVED) > 10, "nothing was moved");
	for (n = 1; n < 200; n += 2)
		zs_free(refuse_pool, many[n]);
	zs_free(refuse_pool, many[198]);
	for (n = 0; n < 200; n++)
		refuse(many[n], 1);
	refuse_end();
}

static struct page *page_of(unsigned long handle)
{
	struct object object = test_find(refuse_pool, handle);

	return zs_extent(object.zspage, object.slot, 1).page;
}

static void the_page_was_migrated(void)
{
	unsigned long stale;
	struct page *page;

	refuse_begin();
	stale = refuse_handles[40];
	page = page_of(refuse_handles[40]);
	expect(shim_isolate(page) && shim_migrate(page, MIGRATE_SYNC) == MIGRATEPAGE_SUCCESS);
	zs_free(refuse_pool, stale);
	refuse_handles[40] = 0;
	refuse(stale, 1);
	refuse_end();
}

static void the_page_is_isolated(void)
{
	unsigned long stale;
	struct page *page;

	refuse_begin();
	stale = refuse_handles[50];
	page = page_of(stale);
	expect(shim_isolate(page));
	zs_free(refuse_pool, stale);
	refuse(stale, 1);
	refuse_handles[50] = 0;
	shim_putback(page);
	refuse(stale, 1);
	refuse_end();
}

static void no_read_is_ended_with_a_bad_handle(void)
{
	unsigned long stale, lines;
	struct zs_pool *other;
	u8 buf[8];

	refuse_begin();
	other = test_pool();
	stale = refuse_handles[60];
	zs_free(refuse_pool, stale);
	refuse_handles[60] = 0;
	lines = shim_log_lines;
	zs_obj_read_end(refuse_pool, stale, 8, buf);
	zs_obj_read_end(refuse_pool, test_malloc(other, 100), 8, buf);
	zs_obj_read_end(refuse_pool, 0x1234, 8, buf);
	zs_obj_read_end(refuse_pool, 0, 8, buf);
	expect(shim_log_lines == lines + 4);
	zs_destroy_pool(other);
	refuse_end();
}

static void a_pool_without_objects(void)
{
	unsigned long word;

	refuse_begin();
	for (word = 0; word < REFUSE_NR; word++) {
		zs_free(refuse_pool, refuse_handles[word]);
		refuse_handles[word] = 0;
	}
	for (word = 1; word < 1000; word++)
		refuse(word << ZS_HANDLE_INDEX_SHIFT |
		       (unsigned long)refuse_pool->handles.tag << ZS_HANDLE_TAG_SHIFT, 1);
	refuse_end();
}

static const struct test_case hardening_cases[] = {
	{ "bits_of_a_freed_handle_flip", bits_of_a_freed_handle_flip },
	{ "every_other_generation", every_other_generation },
	{ "the_tag_of_another_pool_on_a_good_entry", the_tag_of_another_pool_on_a_good_entry },
	{ "entries_that_nobody_has_yet", entries_that_nobody_has_yet },
#ifdef CONFIG_64BIT
	{ "the_bit_that_is_always_zero", the_bit_that_is_always_zero },
#endif
	{ "halves_of_two_handles", halves_of_two_handles },
	{ "the_slot_has_a_new_object", the_slot_has_a_new_object },
	{ "the_object_was_moved_before_it_was_freed", the_object_was_moved_before_it_was_freed },
	{ "the_page_was_migrated", the_page_was_migrated },
	{ "the_page_is_isolated", the_page_is_isolated },
	{ "no_read_is_ended_with_a_bad_handle", no_read_is_ended_with_a_bad_handle },
	{ "a_pool_without_objects", a_pool_without_objects },
	{ }
};

const struct test_suite hardening_suite = { "hardening", hardening_cases };
