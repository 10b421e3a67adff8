// SPDX-License-Identifier: GPL-2.0-only
/*
 * What does a text mean, said a second time and in another way?
 *
 * With the C library's strings and numbers, on a terminated copy, and slowly.
 */
#include "request.h"
#include "harness.h"

/* A copy without what may follow the last character; NULL if it has zero bytes inside. */
static char *copy(const char *text, size_t len)
{
	static char trimmed[4 * MAX_TEXT + 1];

	memcpy(trimmed, text, len);
	trimmed[len] = '\0';
	while (len && (!trimmed[len - 1] || strchr(" \t\r\n", trimmed[len - 1])))
		trimmed[--len] = '\0';
	return strlen(trimmed) == len ? trimmed : NULL;
}

/* Nothing but decimal digits, and not too many: compared as texts, then converted. */
static bool decimal(const char *text, const char *max, unsigned long long *value)
{
	if (!*text || text[strspn(text, "0123456789")])
		return false;
	text += strspn(text, "0");
	if (strlen(text) > strlen(max) ||
	    (strlen(text) == strlen(max) && strcmp(text, max) > 0))
		return false;
	*value = *text ? strtoull(text, NULL, 10) : 0;
	return true;
}

#define MAX_64	"18446744073709551615"

static bool number(const char *text, size_t len, const char *max, unsigned long long *value)
{
	const char *trimmed = copy(text, len);

	return trimmed && decimal(trimmed, max, value);
}

/* The C library knows the prefixes too. */
static bool size(const char *text, size_t len, u64 page_size, u64 *bytes)
{
	static const char units[] = "kmgtpe";
	const char *trimmed = copy(text, len), *unit;
	unsigned long long value, scale;
	char *end;

	if (!trimmed || !isdigit((unsigned char)*trimmed))
		return false;
	errno = 0;
	value = strtoull(trimmed, &end, 0);
	if (errno)
		return false;
	if (*end) {
		unit = strchr(units, tolower((unsigned char)*end));
		if (!unit || end[1])
			return false;
		for (; unit >= units; unit--) {
			scale = value * 1024;
			if (scale / 1024 != value)
				return false;
			value = scale;
		}
	}
	for (; value % page_size; value++)
		if (value == ULLONG_MAX)
			return false;
	*bytes = value;
	return true;
}

static void disksize(const char *text, size_t len, u64 page_size, u64 max,
		     struct outcome *outcome)
{
	u64 bytes;

	outcome_error(outcome, -EINVAL);
	if (size(text, len, page_size, &bytes) && bytes > 0 && bytes <= max)
		outcome_print(outcome, "%llu", (unsigned long long)bytes);
}

void model_disksize(const char *text, size_t len, struct outcome *outcome)
{
	disksize(text, len, 4096, TEST_MAX_SIZE, outcome);
}

void model_disksize_64k(const char *text, size_t len, struct outcome *outcome)
{
	disksize(text, len, 65536, U64_MAX, outcome);
}

void model_limit(const char *text, size_t len, struct outcome *outcome)
{
	u64 bytes;

	outcome_error(outcome, -EINVAL);
	if (size(text, len, 4096, &bytes) && bytes / 4096 <= ULONG_MAX)
		outcome_print(outcome, "%llu", (unsigned long long)bytes);
}

/* PLAIN(parser, largest, smallest, form): texts of one number. */
#define PLAIN(parser, max, min, form)						\
void model_##parser(const char *text, size_t len, struct outcome *outcome)	\
{										\
	unsigned long long value;						\
										\
	outcome_error(outcome, -EINVAL);					\
	if (number(text, len, max, &value) && value + 1 > (min))		\
		outcome_print(outcome, form, value);				\
}

PLAIN(zero, "0", 0, "%llu")
PLAIN(id, "2147483647", 0, "%llu")
PLAIN(positive, "4294967295", 1, "%llu")

void model_u64(const char *text, size_t len, struct outcome *outcome)
{
	unsigned long long value;

	outcome_error(outcome, -EINVAL);
	if (number(text, len, MAX_64, &value))
		outcome_print(outcome, "%llu", value);
}

void model_reset(const char *text, size_t len, struct outcome *outcome)
{
	unsigned long long value;

	outcome_error(outcome, -EINVAL);
	if (number(text, len, "65535", &value) && value)
		outcome_print(outcome, "1");
}

void model_name(const char *text, size_t len, struct outcome *outcome)
{
	const char *trimmed = copy(text, len);
	size_t end = len;

	/* With zero bytes inside it is too long first. */
	while (end && strchr(" \t\r\n", text[end - 1]))
		end--;
	if (end > 7)
		return outcome_error(outcome, -E2BIG);
	outcome_error(outcome, -EINVAL);
	if (trimmed && *trimmed && !strpbrk(trimmed, " \t\r\n"))
		outcome_print(outcome, "%s", trimmed);
}

void model_idle(const char *text, size_t len, struct outcome *outcome)
{
	const char *trimmed = copy(text, len);

	if (trimmed && !strcmp(trimmed, "all")) {
		outcome_error(outcome, 0);
		outcome_print(outcome, "all");
	} else {
		model_u64(text, len, outcome);
	}
}

void model_bool(const char *text, size_t len, struct outcome *outcome)
{
	const char *trimmed = copy(text, len);

	outcome_error(outcome, -EINVAL);
	if (!trimmed)
		return;
	if (!strcmp(trimmed, "1") || !strcasecmp(trimmed, "y") || !strcasecmp(trimmed, "yes") ||
	    !strcasecmp(trimmed, "on"))
		outcome_print(outcome, "1");
	if (!strcmp(trimmed, "0") || !strcasecmp(trimmed, "n") || !strcasecmp(trimmed, "no") ||
	    !strcasecmp(trimmed, "off"))
		outcome_print(outcome, "0");
}

void model_path(const char *text, size_t len, struct outcome *outcome)
{
	const char *trimmed = copy(text, len);

	outcome_error(outcome, -EINVAL);
	if (trimmed && *trimmed)
		outcome_bytes(outcome, trimmed, strlen(trimmed));
}

static bool is_kind(const char *word)
{
	return !strcmp(word, "idle") || !strcmp(word, "huge") || !strcmp(word, "huge_idle") ||
	       !strcmp(word, "incompressible");
}

/* One range; what it adds is printed. */
static int add_range(char *word, struct outcome *outcome)
{
	unsigned long long low, high;
	char *dash;

	if (!strncmp(word, "page_index=", 11)) {
		if (!decimal(word + 11, MAX_64, &low))
			return -EINVAL;
		high = low;
	} else if (!strncmp(word, "page_indexes=", 13)) {
		dash = strchr(word, '-');
		if (!dash)
			return -EINVAL;
		*dash = '\0';
		if (!decimal(word + 13, MAX_64, &low) || !decimal(dash + 1, MAX_64, &high))
			return -EINVAL;
		if (low > high)
			return -EINVAL;
	} else {
		return -EINVAL;
	}
	if (high >= TEST_PAGES)
		return -ERANGE;
	outcome_print(outcome, "page_indexes=%llu-%llu ", low, high);
	return 0;
}

void model_writeback(const char *text, size_t len, struct outcome *outcome)
{
	char *rest = copy(text, len), *word;
	bool kind = false, ranges = false;
	int err;

	outcome_error(outcome, -EINVAL);
	for (word = strtok(rest ?: "", " \t\r\n"); word; word = strtok(NULL, " \t\r\n")) {
		if (!strncmp(word, "type=", 5) && is_kind(word + 5))
			word += 5;
		if (is_kind(word)) {
			if (kind || ranges)
				return outcome_error(outcome, -EINVAL);
			outcome_print(outcome, "type=%s ", word);
			kind = true;
			continue;
		}
		if (kind)
			return outcome_error(outcome, -EINVAL);
		err = add_range(word, outcome);
		if (err)
			return outcome_error(outcome, err);
		ranges = true;
	}
}
