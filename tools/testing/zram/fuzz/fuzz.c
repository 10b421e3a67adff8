// SPDX-License-Identifier: GPL-2.0-only
/*
 * A byte picks the attribute, the others are a text for it. For libFuzzer, and for
 * replay.c, which needs nothing but a compiler.
 */
#include "harness.h"
#include "replay.h"

void fuzz_done(void)
{
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	if (size < 1 || size - 1 > MAX_TEXT)
		return 0;
	text_check(&attributes[*data % nr_attributes], (const char *)data + 1, size - 1);
	return 0;
}
