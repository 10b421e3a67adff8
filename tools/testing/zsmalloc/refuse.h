/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A pool with an object of every size, of which bad handles must touch nothing.
 */
#ifndef _REFUSE_H
#define _REFUSE_H

#include "test.h"

#define REFUSE_NR	300

extern struct zs_pool *refuse_pool;
extern unsigned long refuse_handles[REFUSE_NR];

/* Fill the pool; and everything must be as it was, except where a handle was made 0. */
void refuse_begin(void);
void refuse_end(void);

/* Bytes of object @n, whose content has @n as its seed. */
u32 refuse_len(u32 n);

/* Is the word one of the handles? */
bool refuse_live(unsigned long handle);

/*
 * Every function refuses the word; all but zs_free() say so in the log, and that one
 * in @lines lines: error pointers and 0 it ignores.
 */
void refuse(unsigned long handle, unsigned long lines);

#endif /* _REFUSE_H */
