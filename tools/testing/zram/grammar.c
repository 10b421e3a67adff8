// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which attributes are there, and what are their texts put together from?
 */
#include "harness.h"

#define NUMBERS									\
	"0", "1", "2", "3", "4", "7", "10", "007", "999", "1000", "2999", "3000", "4095",	\
	"4096", "65535", "65536", "2147483647", "2147483648", "4294967295", "4294967296",	\
	"18446744073709551615", "18446744073709551616", "18446744073709551617", "-1", "+1",	\
	"-2147483648", "-2147483649", "00000000000000000000000001", "1152921504606846976",	\
	"99999999999999999999999"

#define BLANKS	" ", " ", " ", "\t", "\n", "  ", " \t\n"

static const char *const zeros[] = {
	"0", "0", "0", "00", "0\n", "-0", "0x0", NUMBERS, BLANKS, NULL
};

static const char *const numbers[] = { NUMBERS, BLANKS, "", NULL };

static const char *const sizes[] = {
	NUMBERS, BLANKS, "K", "m", "G", "t", "P", "e", "E", "KB", "0x", "0X10",
	"0xffffffffffffffff",
	"0x10000000000000000", "010000", "08", "01777777777777777777777", "02000000000000000000000",
	"18446744073709551615", "15", "16", "17", "8191", "1.5", NULL
};

static const char *const names[] = {
	"lz4", "zstd", "1234567", "12345678", "lzo-rle", "a", "=", BLANKS, NULL
};

static const char *const idles[] = { "all", "all", "ALL", NUMBERS, BLANKS, NULL };

static const char *const bools[] = {
	"0", "1", "y", "N", "yes", "NO", "on", "Off", "o", "f", "true", "e", "s", BLANKS, NULL
};

static const char *const paths[] = {
	"/dev/loop0", "/", "dev", ".", "..", "a b", "\\", "\"", BLANKS, NULL
};

/* Whole words are there more than once, or hardly a text would be right. */
#define RANGES									\
	"page_index=5 ", "page_index=999\n", "page_index=0 ", "page_index=007 ",	\
	"page_indexes=1-2 ", "page_indexes=0-999 ", "page_indexes=3-3 "

static const char *const writebacks[] = {
	RANGES, RANGES, RANGES, RANGES, RANGES, "idle ", "huge", "huge_idle", "incompressible",
	"type=", "type=huge ", "type=idle", "page_index=", "page_index=", "page_index=999 ",
	"page_index=1000 ", "page_indexes=", "page_indexes=0-1000 ", "page_indexes=7-1 ", "-", "_",
	"=", "none", "\"", NUMBERS, BLANKS, NULL
};

#define BROKEN_KEYS	"algo=", "priority=", "algo=1234567890 priority=", "=", "key=value ", ","
#define ALGOS		"algo=zstd ", "algo=lz4\n", "algo=a=b "
#define PRIORITIES	"priority=1 ", "priority=2 ", " priority=3 "
#define LONG_NAME	"algo=123456789012345678901234567890123456789012345678901234567890123"

#define RECOMPRESSIONS								\
	ALGOS, PRIORITIES, "type=idle ", "type=huge ", " type=huge_idle ", "threshold=2999 ",	\
	"threshold=0 ", "threshold=100 ", "max_pages=10 ", "max_pages=0 ", "max_pages=9999999 "

static const char *const recompressions[] = {
	RECOMPRESSIONS, RECOMPRESSIONS, RECOMPRESSIONS, RECOMPRESSIONS, BROKEN_KEYS, LONG_NAME,
	"type=", "type=incompressible ", "threshold=", "threshold=3000 ", "max_pages=",
	NUMBERS, BLANKS, NULL
};

static const char *const recomps[] = {
	ALGOS, ALGOS, ALGOS, ALGOS, ALGOS, ALGOS, ALGOS, ALGOS, PRIORITIES, PRIORITIES,
	PRIORITIES, PRIORITIES, PRIORITIES, PRIORITIES, PRIORITIES, PRIORITIES,
	BROKEN_KEYS, LONG_NAME, "priority=0 ", NUMBERS, BLANKS, NULL
};

#define PARAMETERS								\
	"level=-5 ", "level=+9 ", "level=0 ", "deflate.winbits=-15 ", "deflate.winbits=8\n",	\
	"dict=/etc/dict ", "dict=/ ", " dict=/a=b "

static const char *const params[] = {
	PARAMETERS, PARAMETERS, PARAMETERS, PARAMETERS, ALGOS, ALGOS, PRIORITIES, "priority=0 ",
	BROKEN_KEYS, LONG_NAME, "level=", "deflate.winbits=", "dict=", "winbits=1 ", "/",
	NUMBERS, BLANKS, NULL
};

#define ATTRIBUTE(parser, words, often, ...) \
	{ #parser, real_##parser, model_##parser, words, .weight = often, ##__VA_ARGS__ }

const struct attribute attributes[] = {
	ATTRIBUTE(disksize, sizes, 3),
	ATTRIBUTE(disksize_64k, sizes, 1),
	ATTRIBUTE(limit, sizes, 3),
	ATTRIBUTE(zero, zeros, 1),
	ATTRIBUTE(reset, numbers, 1),
	ATTRIBUTE(id, numbers, 1),
	ATTRIBUTE(name, names, 2, .other_error = -E2BIG),
	ATTRIBUTE(idle, idles, 1),
	ATTRIBUTE(bool, bools, 1),
	ATTRIBUTE(u64, numbers, 1),
	ATTRIBUTE(positive, numbers, 1),
	ATTRIBUTE(path, paths, 1, .any_end = true),
	ATTRIBUTE(writeback, writebacks, 8, .other_error = -ERANGE),
	ATTRIBUTE(recompress, recompressions, 8, .other_error = -E2BIG),
	ATTRIBUTE(recomp, recomps, 3, .other_error = -E2BIG),
	ATTRIBUTE(params, params, 8, .other_error = -E2BIG),
};

const unsigned int nr_attributes = ARRAY_SIZE(attributes);
