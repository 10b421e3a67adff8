// SPDX-License-Identifier: GPL-2.0-only
/*
 * What do pairs of key and value mean, said a second time?
 *
 * All pairs are put into a table first; what each value has to be is said by a letter.
 */
#include "request.h"
#include "harness.h"

#define MAX_KEYS	8

/**
 * struct slot - a key there is, and the value it has in this text
 * @key: ends with =; an empty one ends the table
 * @kind: n for a name, t for a kind of pages, / for a path, s for a number with a
 *	  sign, and else for a number, which is at most @max
 * @min: the smallest number
 * @max: the largest number
 * @value: as it stands in the text, or NULL
 */
struct slot {
	const char *key;
	char kind;
	unsigned long long min, max;
	const char *value;
};

static bool digits_at_most(const char *digits, unsigned long long min, unsigned long long max)
{
	unsigned long long value;

	if (!*digits || digits[strspn(digits, "0123456789")])
		return false;
	errno = 0;
	value = strtoull(digits, NULL, 10);
	return !errno && value >= min && value <= max;
}

static int value_error(const struct slot *slot, const char *value)
{
	bool good;

	switch (slot->kind) {
	case 'n':
		if (strlen(value) > 63)
			return -E2BIG;
		good = *value;
		break;
	case 't':
		good = !strcmp(value, "idle") || !strcmp(value, "huge") ||
		       !strcmp(value, "huge_idle");
		break;
	case '/':
		good = *value == '/';
		break;
	case 's':
		if (*value == '-')
			good = digits_at_most(value + 1, 0, 2147483648ULL);
		else
			good = digits_at_most(value + (*value == '+'), 0, 2147483647ULL);
		break;
	default:
		good = digits_at_most(value, slot->min, slot->max);
	}
	return good ? 0 : -EINVAL;
}

/* Fills the table; the values are in a copy of the text. */
static int fill(const char *text, size_t len, struct slot *slots)
{
	static char buf[4 * MAX_TEXT + 1];
	struct slot *slot;
	char *word;
	int err, nr = 0;

	while (len && (!text[len - 1] || strchr(" \t\r\n", text[len - 1])))
		len--;
	if (memchr(text, 0, len))
		return -EINVAL;
	memcpy(buf, text, len);
	buf[len] = '\0';
	for (word = strtok(buf, " \t\r\n"); word; word = strtok(NULL, " \t\r\n")) {
		for (slot = slots; *slot->key; slot++)
			if (!strncmp(word, slot->key, strlen(slot->key)))
				break;
		if (!*slot->key || slot->value)
			return -EINVAL;
		slot->value = word + strlen(slot->key);
		err = value_error(slot, slot->value);
		if (err)
			return err;
		nr++;
	}
	return nr ? 0 : -EINVAL;
}

static unsigned long long value_of(const struct slot *slot, unsigned long long otherwise)
{
	return slot->value ? strtoull(slot->value, NULL, 10) : otherwise;
}

static int signed_of(const struct slot *slot)
{
	return slot->value ? strtoll(slot->value, NULL, 10) : S32_MIN;
}

void model_recompress(const char *text, size_t len, struct outcome *outcome)
{
	struct slot slots[] = {
		{ "type=", 't' },
		{ "algo=", 'n' },
		{ "priority=", 0, 1, 3 },
		{ "threshold=", 0, 0, U32_MAX },
		{ "max_pages=", 0, 0, U64_MAX },
		{ "" },
	};
	int n, err = fill(text, len, slots);

	if (!err && value_of(&slots[3], 0) >= TEST_HUGE_SIZE)
		err = -EINVAL;
	outcome_error(outcome, err);
	if (err)
		return;
	for (n = 0; n < 2; n++)
		if (slots[n].value)
			outcome_print(outcome, "%s%s ", slots[n].key, slots[n].value);
	if (slots[2].value)
		outcome_print(outcome, "priority=%llu ", value_of(&slots[2], 0));
	outcome_print(outcome, "threshold=%llu max_pages=%llu", value_of(&slots[3], 0),
		      value_of(&slots[4], U64_MAX));
}

void model_recomp(const char *text, size_t len, struct outcome *outcome)
{
	struct slot slots[] = { { "algo=", 'n' }, { "priority=", 0, 1, 3 }, { "" } };
	int err = fill(text, len, slots);

	if (!err && !slots[0].value)
		err = -EINVAL;
	outcome_error(outcome, err);
	if (!err)
		outcome_print(outcome, "algo=%s priority=%llu", slots[0].value,
			      value_of(&slots[1], 1));
}

void model_params(const char *text, size_t len, struct outcome *outcome)
{
	struct slot slots[] = {
		{ "algo=", 'n' },
		{ "priority=", 0, 0, 3 },
		{ "level=", 's' },
		{ "deflate.winbits=", 's' },
		{ "dict=", '/' },
		{ "" },
	};
	int err = fill(text, len, slots);

	if (!err && slots[0].value && slots[1].value)
		err = -EINVAL;
	outcome_error(outcome, err);
	if (err)
		return;
	if (slots[0].value)
		outcome_print(outcome, "algo=%s ", slots[0].value);
	else
		outcome_print(outcome, "priority=%llu ", value_of(&slots[1], 0));
	outcome_print(outcome, "level=%d deflate.winbits=%d", signed_of(&slots[2]),
		      signed_of(&slots[3]));
	if (slots[4].value) {
		outcome_print(outcome, " dict=");
		outcome_bytes(outcome, slots[4].value, strlen(slots[4].value));
	}
}
