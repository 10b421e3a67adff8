/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a page of swappages holds, which says whose page it is, and of which version.
 */
#ifndef ZSWAP_SELFTEST_SWAPCONTENT_H
#define ZSWAP_SELFTEST_SWAPCONTENT_H

#include <unistd.h>

#include "page.h"

enum kind { TEXT, SMALL, RANDOM, SAME, MARKED, KINDS };

static const char *const kind_name[KINDS] = { "text", "small", "random", "same", "marked" };

/* A mark, random bytes, so that both are literal when compressed, and then words that repeat. */
static inline void mark_page(uint64_t *w, uint64_t state)
{
	memcpy(w, "zmem marked page", 16);
	for (unsigned int i = 2; i < 64; i++)
		w[i] = rng_next(&state);
	for (unsigned int i = 64; i < BLK_WORDS; i++)
		w[i] = (uint64_t)(i / 32) << 40;
}

static inline void fill_page(uint64_t *w, enum kind kind, uint64_t version, uint64_t index)
{
	uint64_t state = (uint64_t)getpid() << 40 ^ version << 24 ^ index;
	uint64_t word = rng_next(&state);

	for (unsigned int i = 0; i < BLK_WORDS; i++) {
		switch (kind) {
		case RANDOM:
			w[i] = rng_next(&state);
			break;
		case SMALL:
			w[i] = i < 8 ? rng_next(&state) : i;
			break;
		default:
			w[i] = word;
		}
	}
	if (kind == MARKED)
		mark_page(w, state);
	if (kind == TEXT)
		page_fill(w, getpid(), index, version);
}

/* Is it what the suites fill a swap area with beforehand? */
static inline bool is_old(const uint64_t *w)
{
	for (unsigned int i = 0; i < BLK_WORDS; i++)
		if (w[i] != 0x5a5a5a5a5a5a5a5aull)
			return false;
	return true;
}

#endif /* ZSWAP_SELFTEST_SWAPCONTENT_H */
