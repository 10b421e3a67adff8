// SPDX-License-Identifier: GPL-2.0-only
/*
 * What can be set in a running pool, as text: "name=value", any number of them.
 *
 * All of a text is understood and found possible before any of it takes effect.
 */
#include <linux/ctype.h>
#include <linux/kernel.h>
#include <linux/mutex.h>
#include <linux/printk.h>
#include <linux/sizes.h>
#include <linux/string.h>

#include "background.h"
#include "tunables.h"

struct tunable {
	const char *name;
	unsigned int max;
	size_t offset;
};

#define TUNABLE(name, max, member)	{ name, max, offsetof(struct zs_pool, member) }

static const struct tunable tunables[] = {
	[ZS_TUNE_PERMILLE] = TUNABLE("background_permille", 1000, background.permille),
	[ZS_TUNE_BURST] = TUNABLE("burst_delay_ms", 60000, background.burst_ms),
	[ZS_TUNE_QUIET] = TUNABLE("quiet_delay_ms", 60000, background.quiet_ms),
	[ZS_TUNE_START] = TUNABLE("demand_start", SZ_16M, demand.start),
	[ZS_TUNE_STOP] = TUNABLE("demand_stop", SZ_16M, demand.stop),
};

static_assert(ARRAY_SIZE(tunables) == ZS_NR_TUNABLES);

/* One change at a time, of any pool: what is compared stays as it is. */
static DEFINE_MUTEX(lock);

static unsigned int *value_of(struct zs_pool *pool, enum zs_tunable which)
{
	return (void *)pool + tunables[which].offset;
}

/**
 * zs_tunable_name() - what a tunable is called
 * @which: the tunable
 */
const char *zs_tunable_name(enum zs_tunable which)
{
	return tunables[which].name;
}

/**
 * zs_tunable_get() - the value in effect
 * @pool: the pool
 * @which: the tunable
 */
unsigned int zs_tunable_get(struct zs_pool *pool, enum zs_tunable which)
{
	return READ_ONCE(*value_of(pool, which));
}

static int refuse(struct zs_pool *pool, const char *key, const char *value, const char *wrong)
{
	pr_warn_ratelimited("zsmalloc: pool %s: tunable %s: '%s' refused: %s\n", pool->name, key,
			    value, wrong);
	return -EINVAL;
}

static enum zs_tunable find(const char *name)
{
	enum zs_tunable which;

	for (which = 0; which < ZS_NR_TUNABLES; which++)
		if (!strcmp(name, tunables[which].name))
			break;
	return which;
}

/* One "name=value" becomes an element of @values. */
static int parse(struct zs_pool *pool, char *word, unsigned int *values)
{
	char *value = strchr(word, '=');
	enum zs_tunable which;
	unsigned int number;

	if (!value)
		return refuse(pool, word, "", "no value");
	*value++ = 0;
	which = find(word);
	if (which == ZS_NR_TUNABLES)
		return refuse(pool, word, value, "no such tunable");
	/* no sign, which kstrtouint() would take */
	if (!isdigit(*value) || kstrtouint(value, 10, &number))
		return refuse(pool, word, value, "not a number");
	if (number > tunables[which].max)
		return refuse(pool, word, value, "too large");
	values[which] = number;
	return 0;
}

static int parse_all(struct zs_pool *pool, char *text, unsigned int *values)
{
	unsigned int words = 0;
	char *word;

	while ((word = strsep(&text, " \t\n"))) {
		int err;

		if (!*word)
			continue;
		err = parse(pool, word, values);
		if (err)
			return err;
		words++;
	}
	if (!words)
		return refuse(pool, "", "", "nothing to set");
	/* a class would be given up as soon as it is taken up */
	if (values[ZS_TUNE_START] < values[ZS_TUNE_STOP])
		return refuse(pool, "demand_start", "", "below demand_stop");
	return 0;
}

/**
 * zs_tunables_set() - set some of the tunables of a pool, or none
 * @pool: the pool, which may be in use
 * @text: "name=value", separated by blanks or line ends; changed
 * @len: bytes of it, at most ZS_TUNABLES_TEXT; a null byte follows
 *
 * Context: may sleep.
 * Return: 0, or -EINVAL after a line in the log that names key and value; then nothing
 * has changed.
 */
int zs_tunables_set(struct zs_pool *pool, char *text, size_t len)
{
	unsigned int values[ZS_NR_TUNABLES], n;
	int err;

	for (n = 0; n < len; n++)
		/* the log is no place for them, and none is part of a name or value */
		if (!(isascii(text[n]) && isprint(text[n])) && text[n] != '\n' && text[n] != '\t')
			return refuse(pool, "", "", "not printable");

	mutex_lock(&lock);
	for (n = 0; n < ZS_NR_TUNABLES; n++)
		values[n] = *value_of(pool, n);
	err = parse_all(pool, text, values);
	for (n = 0; n < ZS_NR_TUNABLES && !err; n++)
		WRITE_ONCE(*value_of(pool, n), values[n]);
	mutex_unlock(&lock);

	/* what is enough to start the worker may be there already */
	if (!err)
		zs_background_kick(pool);
	return err;
}
