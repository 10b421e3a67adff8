// SPDX-License-Identifier: GPL-2.0-only
/*
 * What holds for every text?
 */
#include "harness.h"

/**
 * struct tail - what comes behind a text
 * @text: not terminated
 * @len: bytes in it
 */
struct tail {
	const char *text;
	size_t len;
};

#define MAX_TAIL	4

/* Means nothing. */
static const struct tail ends[] = {
	{ "\n", 1 }, { " ", 1 }, { "\0", 1 }, { "\r\n\t", 3 }, { "\n\0\0", 3 },
};

/* Means something, but only where it continues a word or a path. */
static const struct tail junk[] = {
	{ "!", 1 }, { " !", 2 }, { "\0!", 2 }, { " =", 2 }, { "\n\0!", 3 },
};

static void print_text(const char *text, size_t len)
{
	size_t n;

	for (n = 0; n < len && n < 400; n++) {
		if (isprint((unsigned char)text[n]) && text[n] != '"' && text[n] != '\\')
			putchar(text[n]);
		else
			printf("\\%03o", (unsigned char)text[n]);
	}
	if (n < len)
		printf("... %zu bytes", len);
}

void broken(const struct attribute *attribute, const char *text, size_t len,
	    const char *fmt, ...)
{
	va_list args;

	printf("not ok %s - \"", attribute->name);
	print_text(text, len);
	printf("\": ");
	va_start(args, fmt);
	vprintf(fmt, args);
	va_end(args);
	putchar('\n');
	fflush(stdout);
	abort();
}

/* The sanitizer sees a read behind the end of a text that has a piece of memory of its own. */
static void read_exactly(const struct attribute *attribute, const char *text, size_t len,
			 struct outcome *outcome)
{
	char *exact = malloc(len);

	if (len && !exact)
		abort();
	memcpy(exact, text, len);
	attribute->real(exact, len, outcome);
	if (memcmp(exact, text, len))
		broken(attribute, text, len, "it was written to");
	free(exact);
}

static void expect_same(const struct attribute *attribute, const char *text, size_t len,
			const struct outcome *got, const struct outcome *want, const char *who)
{
	if (!outcome_same(got, want))
		broken(attribute, text, len, "error %d, \"%.*s\"; %s: error %d, \"%.*s\"",
		       got->err, (int)got->len, got->text, who, want->err, (int)want->len,
		       want->text);
}

/* The text with something behind it, for which the model speaks too. */
static size_t append(const struct attribute *attribute, const char *text, size_t len,
		     const struct tail *tail, char *buf, struct outcome *outcome)
{
	static struct outcome model;

	memcpy(buf, text, len);
	memcpy(buf + len, tail->text, tail->len);
	len += tail->len;
	read_exactly(attribute, buf, len, outcome);
	attribute->model(buf, len, &model);
	expect_same(attribute, buf, len, outcome, &model, "the model");
	return len;
}

static void check_end(const struct attribute *attribute, const char *text, size_t len,
		      const struct outcome *before)
{
	static char buf[MAX_TEXT + MAX_TAIL];
	static struct outcome outcome;

	len = append(attribute, text, len, &ends[len % ARRAY_SIZE(ends)], buf, &outcome);
	expect_same(attribute, buf, len, &outcome, before, "without its end");
}

static void check_junk(const struct attribute *attribute, const char *text, size_t len,
		       const struct tail *tail, const struct outcome *before)
{
	static char buf[MAX_TEXT + MAX_TAIL];
	static struct outcome outcome;

	len = append(attribute, text, len, tail, buf, &outcome);
	if (outcome.err)
		return;
	if (outcome_same(&outcome, before))
		broken(attribute, buf, len, "means the same as without its end");
	if (*tail->text == ' ' && !attribute->any_end)
		broken(attribute, buf, len, "a word that nobody knows is accepted");
}

/**
 * text_check() - whether all that is claimed holds for one text
 * @attribute: what it is a text for
 * @text: not terminated
 * @len: bytes in @text, at most MAX_TEXT
 *
 * Ends the program if something does not hold.
 *
 * Return: whether the text is accepted.
 */
bool text_check(const struct attribute *attribute, const char *text, size_t len)
{
	static struct outcome outcome, other;
	unsigned int n;

	read_exactly(attribute, text, len, &outcome);
	if (outcome.err && outcome.err != -EINVAL && outcome.err != attribute->other_error)
		broken(attribute, text, len, "error %d", outcome.err);
	attribute->model(text, len, &other);
	expect_same(attribute, text, len, &outcome, &other, "the model");
	check_end(attribute, text, len, &outcome);
	if (outcome.err)
		return false;

	/* What was understood, written down, is understood as the same. */
	read_exactly(attribute, outcome.text, outcome.len, &other);
	expect_same(attribute, outcome.text, outcome.len, &other, &outcome, "from");
	for (n = 0; n < ARRAY_SIZE(junk); n++)
		check_junk(attribute, text, len, &junk[n], &outcome);
	return true;
}
