/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * From the text a user writes into an attribute to what it asks for.
 *
 * Pure functions of the text: no device, no lock, no log, and nothing of the
 * block layer, so that they can be tested and fuzzed in user space.
 *
 * A text is consumed to its end or refused. What may follow the last character
 * that means something is blanks, newlines and zero bytes: shells and C programs
 * end their texts with them.
 */
#ifndef _ZRAM_REQUEST_H
#define _ZRAM_REQUEST_H

#include <linux/types.h>

int zram_request_disksize(const char *text, size_t len, u64 page_size, u64 max, u64 *bytes);
int zram_request_limit(const char *text, size_t len, u64 page_size, unsigned long *pages);
int zram_request_zero(const char *text, size_t len);
int zram_request_reset(const char *text, size_t len);
int zram_request_id(const char *text, size_t len, int *id);
int zram_request_name(const char *text, size_t len, char *name, size_t size);

#endif /* _ZRAM_REQUEST_H */
