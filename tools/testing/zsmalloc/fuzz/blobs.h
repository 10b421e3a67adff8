/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the fuzzer's operations do to objects, and what they want to see.
 */
#ifndef _FUZZ_BLOBS_H
#define _FUZZ_BLOBS_H

#include <linux/zsmalloc.h>

#include "check.h"
#include "page.h"
#include "zspage.h"
#include "shim.h"

#define MAX_BLOBS	256
#define MAX_STALE	16

#define expect(cond)								\
	do {									\
		if (!(cond))							\
			shim_bug("%s:%d: %s", __FILE__, __LINE__, #cond);	\
	} while (0)

/**
 * struct blob - an object
 * @handle: 0 where there is none
 * @len: bytes
 * @seed: of its content
 */
struct blob {
	unsigned long handle;
	u32 len;
	u8 seed;
};

extern struct zs_pool *pool;
extern struct blob blobs[MAX_BLOBS];
extern unsigned long stale[MAX_STALE];
extern unsigned int nr_stale, live;

/* False where there is one, or where an allocation failed; it reads as zeros. */
bool blob_allocate(struct blob *b, u32 len);
void blob_fill(struct blob *b, u8 seed);
void blob_same(const struct blob *b, const u8 *mem, size_t len);
void blob_verify(const struct blob *b, size_t len);
void blob_release(struct blob *b);

/* New content: the first @len bytes are written, the rest goes through a mapping. */
void blob_write(struct blob *b, u32 len, u8 seed);
void blob_wrong_length(const struct blob *b, size_t len);

/* A word that is no live handle: nothing happens but that it is counted. */
void blob_refused(unsigned long handle);

void blob_check(void);

#endif /* _FUZZ_BLOBS_H */
