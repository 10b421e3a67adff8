/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Random texts for attributes: for this harness, and for the guest's, which does not
 * have the shim.
 */
#ifndef _TEXTS_H
#define _TEXTS_H

#include <stddef.h>

#include "rnd.h"

/* Sysfs hands over at most a page. */
#define MAX_TEXT	4096

size_t text_random(struct rnd *rnd, const char *const *grammar, char *text);

#endif /* _TEXTS_H */
