// SPDX-License-Identifier: GPL-2.0-only
/*
 * Names are never freed, dictionaries once, and there is always something to write with.
 */
#include "fixture.h"

static struct zcomp_params tuned(struct kunit *test, s32 level, size_t dict_len)
{
	struct zcomp_params params = ZCOMP_PARAMS_DEFAULT;

	params.level = level;
	if (dict_len) {
		params.dict = kvmalloc(dict_len, GFP_KERNEL);
		KUNIT_ASSERT_NOT_NULL(test, params.dict);
		params.dict_len = dict_len;
	}
	return params;
}

static bool is_untuned(const struct zcomp_params *params)
{
	return params->level == ZCOMP_LEVEL_DEFAULT && params->winbits == ZCOMP_WINBITS_DEFAULT &&
	       !params->dict && !params->dict_len;
}

static void begins_with_the_default_alone(struct kunit *test)
{
	struct zram_setup setup;
	unsigned int i;

	zram_setup_init(&setup);
	KUNIT_EXPECT_STREQ(test, setup.algorithm[0], CONFIG_ZRAM_DEF_COMP);
	for (i = 0; i < ZRAM_MAX_COMPS; i++)
		KUNIT_EXPECT_TRUE(test, is_untuned(&setup.params[i]));
	for (i = 1; i < ZRAM_MAX_COMPS; i++)
		KUNIT_EXPECT_PTR_EQ(test, setup.algorithm[i], NULL);
	zram_setup_release(&setup);
}

static void finds_the_first_of_a_name(struct kunit *test)
{
	struct zram_setup setup;

	zram_setup_init(&setup);
	zram_setup_algorithm(&setup, 0, zcomp_find("lzo"));
	KUNIT_EXPECT_EQ(test, zram_setup_find(&setup, "lzo"), 0);
	KUNIT_EXPECT_EQ(test, zram_setup_find(&setup, "lzo-rle"), -EINVAL);
	KUNIT_EXPECT_EQ(test, zram_setup_find(&setup, ""), -EINVAL);
	zram_setup_algorithm(&setup, 2, zcomp_find("lzo-rle"));
	zram_setup_algorithm(&setup, 3, zcomp_find("lzo-rle"));
	KUNIT_EXPECT_EQ(test, zram_setup_find(&setup, "lzo-rle"), 2);
	zram_setup_release(&setup);
}

static void parameters_go_with_their_algorithm(struct kunit *test)
{
	struct zcomp_params params = tuned(test, 3, 100);
	struct zram_setup setup;

	zram_setup_init(&setup);
	zram_setup_algorithm(&setup, 1, zcomp_find("lzo"));
	zram_setup_params(&setup, 1, &params);
	KUNIT_EXPECT_PTR_EQ(test, setup.params[1].dict, params.dict);

	/* The same again: nothing has changed. */
	zram_setup_algorithm(&setup, 1, zcomp_find("lzo"));
	KUNIT_EXPECT_EQ(test, setup.params[1].level, 3);
	KUNIT_EXPECT_PTR_EQ(test, setup.params[1].dict, params.dict);
	/* Of another priority. */
	zram_setup_algorithm(&setup, 2, zcomp_find("lzo-rle"));
	KUNIT_EXPECT_EQ(test, setup.params[1].level, 3);

	zram_setup_algorithm(&setup, 1, zcomp_find("lzo-rle"));
	KUNIT_EXPECT_TRUE(test, is_untuned(&setup.params[1]));
	zram_setup_algorithm(&setup, 1, zcomp_find("lzo"));
	KUNIT_EXPECT_TRUE(test, is_untuned(&setup.params[1]));
	zram_setup_release(&setup);
}

/* Under KASAN and kmemleak this is rows 60 and 61: freed once, and not forgotten. */
static void any_sequence_leaves_names_in_place(struct kunit *test)
{
	static const char * const names[] = { "lzo", "lzo-rle" };
	struct zcomp_params params;
	struct zram_setup setup;
	struct rnd_state rnd;
	unsigned int i, priority;

	prandom_seed_state(&rnd, 60);
	zram_setup_init(&setup);
	for (i = 0; i < 10000; i++) {
		priority = prandom_u32_state(&rnd) % ZRAM_MAX_COMPS;
		switch (prandom_u32_state(&rnd) % 4) {
		case 0:
			zram_setup_release(&setup);
			break;
		case 1:
			params = tuned(test, i, prandom_u32_state(&rnd) % 3 * PAGE_SIZE);
			zram_setup_params(&setup, priority, &params);
			break;
		default:
			zram_setup_algorithm(&setup, priority,
					     zcomp_find(names[prandom_u32_state(&rnd) % 2]));
		}
		KUNIT_ASSERT_NOT_NULL(test, setup.algorithm[0]);
		KUNIT_ASSERT_EQ(test, strncmp(setup.algorithm[0], "lzo", 3), 0);
	}
	zram_setup_release(&setup);
	for (priority = 0; priority < ZRAM_MAX_COMPS; priority++)
		KUNIT_EXPECT_TRUE(test, is_untuned(&setup.params[priority]));
}

static struct kunit_case setup_cases[] = {
	KUNIT_CASE(begins_with_the_default_alone),
	KUNIT_CASE(finds_the_first_of_a_name),
	KUNIT_CASE(parameters_go_with_their_algorithm),
	KUNIT_CASE(any_sequence_leaves_names_in_place),
	{ }
};

static struct kunit_suite setup_suite = {
	.name = "zram_setup",
	.test_cases = setup_cases,
};

kunit_test_suite(setup_suite);
