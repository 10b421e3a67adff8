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
#include <linux/zcomp.h>

/* Which pages a request is about, where it names no single ones. */
enum zram_select {
	ZRAM_SELECT_NONE,		/* not said */
	ZRAM_SELECT_IDLE,
	ZRAM_SELECT_HUGE,
	ZRAM_SELECT_HUGE_IDLE,		/* both huge and idle */
	ZRAM_SELECT_INCOMPRESSIBLE,
};

/*
 * What a text asks for. All of these live on the stack of whoever reads the text:
 * no locks. Pointers are into the text, which must outlive them.
 */

/**
 * struct zram_idle_request - which pages to mark as idle
 * @all: every page
 * @seconds: those not used for so long; 0 with @all
 */
struct zram_idle_request {
	bool all;
	u64 seconds;
};

/**
 * struct zram_writeback_request - which pages to write back
 * @select: a kind of pages, or ZRAM_SELECT_NONE: the ranges say it
 * @nr_ranges: ranges in the text, 0 unless @select is ZRAM_SELECT_NONE
 * @rest: ranges not handed out yet, for zram_request_next_range() only
 * @end: behind the last of them
 */
struct zram_writeback_request {
	enum zram_select select;
	unsigned int nr_ranges;
	const char *rest;
	const char *end;
};

/**
 * struct zram_recompress_request - which pages to compress again, and with what
 * @select: a kind of pages, or ZRAM_SELECT_NONE: of any kind
 * @threshold: objects of at least so many bytes; 0 for any
 * @algorithm: a name, or "" if the text has none
 * @priority: 1 to 3, or 0 if the text has none
 * @max_pages: how many at most; U64_MAX if the text does not say
 */
struct zram_recompress_request {
	enum zram_select select;
	u32 threshold;
	char algorithm[ZCOMP_NAME_MAX];
	int priority;
	u64 max_pages;
};

/**
 * struct zram_recomp_request - an algorithm that pages may be compressed again with
 * @algorithm: its name
 * @priority: 1 to 3
 */
struct zram_recomp_request {
	char algorithm[ZCOMP_NAME_MAX];
	int priority;
};

/**
 * struct zram_params_request - what an algorithm is to be tuned with
 * @algorithm: its name, or "": @priority tells which
 * @priority: 0 to 3; 0 with a name
 * @level: ZCOMP_LEVEL_DEFAULT if the text has none
 * @winbits: ZCOMP_WINBITS_DEFAULT if the text has none
 * @dict: path of the dictionary, absolute and not terminated; NULL if there is none
 * @dict_len: bytes of that path
 */
struct zram_params_request {
	char algorithm[ZCOMP_NAME_MAX];
	int priority;
	s32 level;
	s32 winbits;
	const char *dict;
	size_t dict_len;
};

/**
 * struct zram_damage_request - bits of an object to be inverted
 * @index: page of the disk
 * @bit: the first one, counted from the least significant of the first byte
 * @nr_bits: how many, at least 1
 */
struct zram_damage_request {
	unsigned long index;
	u32 bit;
	u32 nr_bits;
};

/* request_damage.c, with CONFIG_ZRAM_DEBUG only */
int zram_request_damage(const char *text, size_t len, struct zram_damage_request *request);

/* request_size.c */
int zram_request_disksize(const char *text, size_t len, u64 page_size, u64 max, u64 *bytes);
int zram_request_limit(const char *text, size_t len, u64 page_size, unsigned long *pages);

/* request.c */
int zram_request_zero(const char *text, size_t len);
int zram_request_reset(const char *text, size_t len);
int zram_request_id(const char *text, size_t len, int *id);
int zram_request_name(const char *text, size_t len, char *name, size_t size);
int zram_request_idle(const char *text, size_t len, struct zram_idle_request *request);
int zram_request_bool(const char *text, size_t len, bool *value);
int zram_request_u64(const char *text, size_t len, u64 *value);
int zram_request_positive(const char *text, size_t len, u32 *value);
int zram_request_path(const char *text, size_t len, const char **path, size_t *path_len);

/* request_writeback.c */
int zram_request_writeback(const char *text, size_t len, unsigned long nr_pages,
			   struct zram_writeback_request *request);
bool zram_request_next_range(struct zram_writeback_request *request, unsigned long *first,
			     unsigned long *last);

/* request_keys.c */
int zram_request_recompress(const char *text, size_t len, size_t huge_size,
			    struct zram_recompress_request *request);
int zram_request_recomp(const char *text, size_t len, struct zram_recomp_request *request);
int zram_request_params(const char *text, size_t len, struct zram_params_request *request);

#endif /* _ZRAM_REQUEST_H */
