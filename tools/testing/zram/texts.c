// SPDX-License-Identifier: GPL-2.0-only
/*
 * What do random texts look like?
 *
 * Most are words of a grammar in a random order, some of those changed a little;
 * some are bytes. Few are long.
 */
#include <stdbool.h>
#include <string.h>

#include "texts.h"

#define MAX_WORDS	6

static size_t put(char *text, size_t len, const char *word)
{
	size_t more = strlen(word);

	if (len + more > MAX_TEXT)
		return len;
	memcpy(text + len, word, more);
	return len + more;
}

static size_t words(struct rnd *rnd, const char *const *grammar, char *text)
{
	u32 nr, total = 0;
	size_t len = 0;

	while (grammar[total])
		total++;
	nr = rnd_below(rnd, 64) ? rnd_range(rnd, 0, MAX_WORDS) : rnd_below(rnd, 1500);
	while (nr--) {
		len = put(text, len, grammar[rnd_below(rnd, total)]);
		if (!rnd_below(rnd, 4))
			len = put(text, len, " ");
	}
	return len;
}

static size_t bytes(struct rnd *rnd, char *text)
{
	size_t len = rnd_below(rnd, 32) ? rnd_below(rnd, 40) : rnd_below(rnd, MAX_TEXT);
	bool printable = rnd_below(rnd, 2);
	size_t n;

	for (n = 0; n < len; n++)
		text[n] = printable ? rnd_range(rnd, ' ', '~') : rnd_below(rnd, 256);
	return len;
}

/* Makes room for a piece at @at, or takes one away. */
static size_t resize(char *text, size_t len, size_t at, size_t piece, bool more)
{
	if (more) {
		if (len + piece > MAX_TEXT)
			return len;
		memmove(text + at + piece, text + at, len - at);
		return len + piece;
	}
	if (piece > len - at)
		piece = len - at;
	memmove(text + at, text + at + piece, len - at - piece);
	return len - piece;
}

static size_t change(struct rnd *rnd, char *text, size_t len)
{
	static const char likely_bytes[] = " \0\n\t=-+_.0129axAK\x7f\xff";
	size_t at = rnd_below(rnd, len + 1), old = len;

	switch (rnd_below(rnd, 6)) {
	case 0:
		if (at < len)
			text[at] ^= 1 << rnd_below(rnd, 8);
		return len;
	case 1:
		if (at < len)
			text[at] = rnd_below(rnd, 256);
		return len;
	case 2:
		len = resize(text, len, at, 1, true);
		if (len != old)
			text[at] = likely_bytes[rnd_below(rnd, sizeof(likely_bytes) - 1)];
		return len;
	case 3:
		return resize(text, len, at, 1 + rnd_below(rnd, 3), false);
	case 4:
		/* The piece is there twice. */
		return resize(text, len, at, rnd_below(rnd, (len - at) / 2 + 1), true);
	default:
		/* Cut off. */
		return at;
	}
}

/**
 * text_random() - the next text
 * @rnd: where randomness comes from
 * @grammar: the words, with a NULL at the end
 * @text: MAX_TEXT bytes, not terminated
 *
 * Return: bytes in @text.
 */
size_t text_random(struct rnd *rnd, const char *const *grammar, char *text)
{
	size_t len;
	u32 nr;

	if (!rnd_below(rnd, 12))
		return bytes(rnd, text);
	len = words(rnd, grammar, text);
	if (rnd_below(rnd, 2))
		return len;
	for (nr = rnd_range(rnd, 1, 4); nr; nr--)
		len = change(rnd, text, len);
	return len;
}
