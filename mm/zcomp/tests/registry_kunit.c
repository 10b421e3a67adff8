// SPDX-License-Identifier: GPL-2.0-only
/*
 * Names: which are known, that they last, and how they are listed.
 */
#include <linux/crypto.h>
#include <linux/string.h>

#include "test.h"

static void always_knows_lzo(struct kunit *test)
{
	KUNIT_EXPECT_STREQ(test, zcomp_find("lzo"), "lzo");
	KUNIT_EXPECT_STREQ(test, zcomp_find("lzo-rle"), "lzo-rle");
}

/* Every algorithm with a table of its own, and whether it is part of this kernel. */
static const struct {
	const char *name;
	bool configured;
} own[] = {
	{ "lzo", true },
	{ "lzo-rle", true },
	{ "lz4", IS_ENABLED(CONFIG_ZCOMP_LZ4) },
	{ "lz4hc", IS_ENABLED(CONFIG_ZCOMP_LZ4HC) },
	{ "842", IS_ENABLED(CONFIG_ZCOMP_842) },
	{ "zstd", IS_ENABLED(CONFIG_ZCOMP_ZSTD) },
	{ "deflate", IS_ENABLED(CONFIG_ZCOMP_DEFLATE) },
};

static void knows_what_is_configured(struct kunit *test)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(own); i++) {
		struct zcomp *comp;

		if (!own[i].configured)
			continue;
		KUNIT_EXPECT_STREQ(test, zcomp_find(own[i].name), own[i].name);
		comp = zcomp_test_create(test, own[i].name, NULL);
		KUNIT_EXPECT_STREQ(test, comp->ops->name, own[i].name);
	}
}

static void returns_a_string_of_its_own(struct kunit *test)
{
	char name[] = "lzo-rle";
	const char *found = zcomp_find(name);

	KUNIT_EXPECT_PTR_NE(test, found, (const char *)name);
	memset(name, 'x', sizeof(name) - 1);
	KUNIT_EXPECT_STREQ(test, found, "lzo-rle");
	KUNIT_EXPECT_PTR_EQ(test, found, zcomp_find("lzo-rle"));
}

static void compares_every_byte(struct kunit *test)
{
	char longer[ZCOMP_NAME_MAX + 1];

	memset(longer, 'z', ZCOMP_NAME_MAX);
	longer[ZCOMP_NAME_MAX] = '\0';
	KUNIT_EXPECT_NULL(test, zcomp_find(longer));
	KUNIT_EXPECT_NULL(test, zcomp_find(""));
	KUNIT_EXPECT_NULL(test, zcomp_find("lz"));
	KUNIT_EXPECT_NULL(test, zcomp_find("lzo\n"));
	KUNIT_EXPECT_NULL(test, zcomp_find("lzo "));
	KUNIT_EXPECT_NULL(test, zcomp_find(" lzo"));
	KUNIT_EXPECT_NULL(test, zcomp_find("LZO"));
	KUNIT_EXPECT_NULL(test, zcomp_find("lzo-rle2"));
}

static void lists_every_name_and_a_space_after_each(struct kunit *test)
{
	char expected[128] = "", line[128];
	int i;

	for (i = 0; i < ARRAY_SIZE(own); i++) {
		if (!own[i].configured)
			continue;
		strcat(expected, own[i].name);
		strcat(expected, " ");
	}
	strcat(expected, "\n");

	KUNIT_EXPECT_EQ(test, zcomp_show_names(NULL, line, sizeof(line)), strlen(expected));
	KUNIT_EXPECT_STREQ(test, line, expected);
}

static void puts_the_chosen_name_in_brackets(struct kunit *test)
{
	char line[128];

	zcomp_show_names("lzo", line, sizeof(line));
	KUNIT_EXPECT_EQ(test, strncmp(line, "[lzo] lzo-rle ", 14), 0);
	zcomp_show_names("lzo-rle", line, sizeof(line));
	KUNIT_EXPECT_EQ(test, strncmp(line, "lzo [lzo-rle] ", 14), 0);
	KUNIT_EXPECT_PTR_EQ(test, strchr(strchr(line, '[') + 1, '['), (char *)NULL);
}

static void lists_a_chosen_name_of_the_crypto_api(struct kunit *test)
{
	char line[160], plain[160];
	ssize_t len, plain_len;

	plain_len = zcomp_show_names(NULL, plain, sizeof(plain));
	len = zcomp_show_names("lzo-generic", line, sizeof(line));
	KUNIT_EXPECT_EQ(test, len, plain_len + strlen("[lzo-generic] "));
	KUNIT_EXPECT_EQ(test, strncmp(line + plain_len - 1, "[lzo-generic] ", 14), 0);
	KUNIT_EXPECT_STREQ(test, line + len - 1, "\n");
	KUNIT_EXPECT_EQ(test, strncmp(line, plain, plain_len - 1), 0);
}

static void cuts_a_line_that_does_not_fit(struct kunit *test)
{
	char whole[128], part[129];
	size_t size, full = zcomp_show_names("lzo", whole, sizeof(whole));

	for (size = 0; size <= full + 1; size++) {
		ssize_t len;

		memset(part, '#', sizeof(part));
		len = zcomp_show_names("lzo", part, size);
		KUNIT_EXPECT_EQ(test, len, size ? min(size - 1, full) : 0);
		KUNIT_EXPECT_EQ(test, memcmp(part, whole, len), 0);
		if (size)
			KUNIT_EXPECT_EQ(test, part[len], '\0');
		KUNIT_EXPECT_NULL(test, memchr_inv(part + size, '#', sizeof(part) - size));
	}
}

static void create_refuses_unknown_names(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, PTR_ERR(zcomp_create("no-such-thing", NULL)), -EINVAL);
	KUNIT_EXPECT_EQ(test, PTR_ERR(zcomp_create("", NULL)), -EINVAL);
	KUNIT_EXPECT_EQ(test, PTR_ERR(zcomp_create("lzo\n", NULL)), -EINVAL);
}

static void a_comp_is_called_what_was_found(struct kunit *test)
{
	char name[] = "lzo";
	struct zcomp *comp = zcomp_test_create(test, name, NULL);

	name[0] = 'x';
	KUNIT_EXPECT_PTR_EQ(test, zcomp_name(comp), zcomp_find("lzo"));
}

static void crypto_names_last(struct kunit *test)
{
	char name[] = "lzo-generic";
	const char *found = zcomp_find(name);

	if (!found)
		kunit_skip(test, "the crypto API has no lzo-generic");
	KUNIT_EXPECT_PTR_NE(test, found, (const char *)name);
	KUNIT_EXPECT_PTR_EQ(test, found, zcomp_find("lzo-generic"));
	KUNIT_EXPECT_PTR_EQ(test, found, zcomp_name(zcomp_test_create(test, name, NULL)));
}

static void refuses_unguarded_842(struct kunit *test)
{
	if (!IS_ENABLED(CONFIG_ZCOMP_CRYPTO) || !crypto_has_comp("842-generic", 0, 0))
		kunit_skip(test, "the crypto API has no 842-generic");
	KUNIT_EXPECT_NULL(test, zcomp_find("842-generic"));
	KUNIT_EXPECT_EQ(test, PTR_ERR(zcomp_create("842-generic", NULL)), -EINVAL);
}

static struct kunit_case registry_cases[] = {
	KUNIT_CASE(always_knows_lzo),
	KUNIT_CASE(knows_what_is_configured),
	KUNIT_CASE(returns_a_string_of_its_own),
	KUNIT_CASE(compares_every_byte),
	KUNIT_CASE(lists_every_name_and_a_space_after_each),
	KUNIT_CASE(puts_the_chosen_name_in_brackets),
	KUNIT_CASE(lists_a_chosen_name_of_the_crypto_api),
	KUNIT_CASE(cuts_a_line_that_does_not_fit),
	KUNIT_CASE(create_refuses_unknown_names),
	KUNIT_CASE(a_comp_is_called_what_was_found),
	KUNIT_CASE(crypto_names_last),
	KUNIT_CASE(refuses_unguarded_842),
	{}
};

static struct kunit_suite registry_suite = {
	.name = "zcomp_registry",
	.test_cases = registry_cases,
};

kunit_test_suite(registry_suite);
