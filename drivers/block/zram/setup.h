/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a disk is to be like: chosen before it has a size, kept over a reset.
 */
#ifndef _ZRAM_SETUP_H
#define _ZRAM_SETUP_H

#include <linux/types.h>
#include <linux/zcomp.h>

/* Algorithms of one disk. Priority 0 compresses what is written, others may do it again. */
#define ZRAM_MAX_COMPS	4

/**
 * struct zram_setup - choices of the user
 * @algorithm: name by priority, as zcomp_find() returned it; NULL for none, never for 0
 * @integrity: objects get checksums, and are checked when they are read
 * @params: what each is tuned with; a dictionary in it belongs to this struct
 *
 * Protected by whoever embeds it.
 */
struct zram_setup {
	const char *algorithm[ZRAM_MAX_COMPS];
	bool integrity;
	struct zcomp_params params[ZRAM_MAX_COMPS];
};

void zram_setup_init(struct zram_setup *setup);
void zram_setup_release(struct zram_setup *setup);
int zram_setup_find(const struct zram_setup *setup, const char *name);
void zram_setup_params(struct zram_setup *setup, unsigned int priority,
		       const struct zcomp_params *params);
void zram_setup_algorithm(struct zram_setup *setup, unsigned int priority, const char *name);

#endif /* _ZRAM_SETUP_H */
