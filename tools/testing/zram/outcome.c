// SPDX-License-Identifier: GPL-2.0-only
/*
 * How is it written down what was made of a text?
 */
#include "harness.h"

void outcome_error(struct outcome *outcome, int err)
{
	outcome->err = err;
	outcome->len = 0;
}

void outcome_bytes(struct outcome *outcome, const char *bytes, size_t len)
{
	if (len > sizeof(outcome->text) - outcome->len)
		abort();
	memcpy(outcome->text + outcome->len, bytes, len);
	outcome->len += len;
	outcome->err = 0;
}

void outcome_print(struct outcome *outcome, const char *fmt, ...)
{
	char buf[256];
	va_list args;
	int len;

	va_start(args, fmt);
	len = vsnprintf(buf, sizeof(buf), fmt, args);
	va_end(args);
	if (len < 0 || (size_t)len >= sizeof(buf))
		abort();
	outcome_bytes(outcome, buf, len);
}

bool outcome_same(const struct outcome *a, const struct outcome *b)
{
	return a->err == b->err && a->len == b->len && !memcmp(a->text, b->text, a->len);
}
