// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which bits of which object does a test want to be inverted?
 */
#include <linux/errno.h>
#include <linux/limits.h>

#include "request_text.h"

/**
 * zram_request_damage() - "INDEX BIT [NBITS]"
 * @text: what the user wrote, not terminated
 * @len: bytes in @text
 * @request: on success what it says; else untouched
 *
 * Return: 0, or -EINVAL for anything but two or three numbers, for more bits than a
 *	   page has, and for none.
 */
int zram_request_damage(const char *text, size_t len, struct zram_damage_request *request)
{
	const u64 max[3] = { ULONG_MAX, 8 * 65536 - 1, 8 * 65536 };
	struct zram_text rest = zram_text_start(text, len), word;
	u64 value[3] = { 0, 0, 1 };
	unsigned int n;

	for (n = 0; zram_text_next_word(&rest, &word); n++)
		if (n == 3 || zram_text_number(word, max[n], &value[n]))
			return -EINVAL;
	if (n < 2 || !value[2])
		return -EINVAL;
	request->index = value[0];
	request->bit = value[1];
	request->nr_bits = value[2];
	return 0;
}
