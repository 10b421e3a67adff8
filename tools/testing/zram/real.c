// SPDX-License-Identifier: GPL-2.0-only
/*
 * What do the sources under test make of a text?
 *
 * Each of them puts its request into a place that was filled with a pattern, and must
 * have left it alone if it refuses the text.
 */
#include "request.h"
#include "harness.h"

#define PATTERN	0x5a

static void expect_untouched(const void *place, size_t size, const char *parser)
{
	const unsigned char *byte = place;
	size_t n;

	for (n = 0; n < size; n++) {
		if (byte[n] != PATTERN) {
			printf("not ok %s - with an error, byte %zu of the result was written\n",
			       parser, n);
			fflush(stdout);
			abort();
		}
	}
}

/* CALL(type, parser, arguments...): puts @request on the stack; comes back for 0 only. */
#define CALL(type, parser, ...)							\
	type request;								\
	int err;								\
										\
	memset(&request, PATTERN, sizeof(request));				\
	outcome->len = 0;							\
	err = zram_request_##parser(text, len, __VA_ARGS__);			\
	if (err) {								\
		expect_untouched(&request, sizeof(request), #parser);		\
		outcome_error(outcome, err);					\
		return;								\
	}

void real_disksize(const char *text, size_t len, struct outcome *outcome)
{
	CALL(u64, disksize, 4096, TEST_MAX_SIZE, &request);
	outcome_print(outcome, "%llu", (unsigned long long)request);
}

void real_disksize_64k(const char *text, size_t len, struct outcome *outcome)
{
	CALL(u64, disksize, 65536, U64_MAX, &request);
	outcome_print(outcome, "%llu", (unsigned long long)request);
}

void real_limit(const char *text, size_t len, struct outcome *outcome)
{
	CALL(unsigned long, limit, 4096, &request);
	outcome_print(outcome, "%llu", (unsigned long long)request * 4096);
}

void real_zero(const char *text, size_t len, struct outcome *outcome)
{
	int err = zram_request_zero(text, len);

	outcome_error(outcome, err);
	if (!err)
		outcome_print(outcome, "0");
}

void real_reset(const char *text, size_t len, struct outcome *outcome)
{
	int err = zram_request_reset(text, len);

	outcome_error(outcome, err);
	if (!err)
		outcome_print(outcome, "1");
}

void real_id(const char *text, size_t len, struct outcome *outcome)
{
	CALL(int, id, &request);
	outcome_print(outcome, "%d", request);
}

void real_name(const char *text, size_t len, struct outcome *outcome)
{
	struct name {
		char name[8];
	};

	CALL(struct name, name, request.name, sizeof(request.name));
	outcome_print(outcome, "%s", request.name);
}

void real_idle(const char *text, size_t len, struct outcome *outcome)
{
	CALL(struct zram_idle_request, idle, &request);
	if (request.all)
		outcome_print(outcome, "all");
	else
		outcome_print(outcome, "%llu", (unsigned long long)request.seconds);
}

void real_bool(const char *text, size_t len, struct outcome *outcome)
{
	CALL(bool, bool, &request);
	outcome_print(outcome, "%d", request);
}

void real_u64(const char *text, size_t len, struct outcome *outcome)
{
	CALL(u64, u64, &request);
	outcome_print(outcome, "%llu", (unsigned long long)request);
}

void real_positive(const char *text, size_t len, struct outcome *outcome)
{
	CALL(u32, positive, &request);
	outcome_print(outcome, "%u", request);
}

void real_path(const char *text, size_t len, struct outcome *outcome)
{
	struct path {
		const char *at;
		size_t len;
	};

	CALL(struct path, path, &request.at, &request.len);
	outcome_bytes(outcome, request.at, request.len);
}

static const char *const selects[] = {
	[ZRAM_SELECT_IDLE] = "idle",
	[ZRAM_SELECT_HUGE] = "huge",
	[ZRAM_SELECT_HUGE_IDLE] = "huge_idle",
	[ZRAM_SELECT_INCOMPRESSIBLE] = "incompressible",
};

void real_writeback(const char *text, size_t len, struct outcome *outcome)
{
	unsigned long first, last;
	unsigned int nr = 0;

	CALL(struct zram_writeback_request, writeback, TEST_PAGES, &request);
	if (request.select)
		outcome_print(outcome, "type=%s ", selects[request.select]);
	for (; zram_request_next_range(&request, &first, &last); nr++)
		outcome_print(outcome, "page_indexes=%lu-%lu ", first, last);
	/* A claim of its own: the ranges are as many as was said. */
	if (nr != request.nr_ranges)
		outcome_print(outcome, "but nr_ranges=%u", request.nr_ranges);
}

void real_recompress(const char *text, size_t len, struct outcome *outcome)
{
	CALL(struct zram_recompress_request, recompress, TEST_HUGE_SIZE, &request);
	if (request.select)
		outcome_print(outcome, "type=%s ", selects[request.select]);
	if (request.algorithm[0])
		outcome_print(outcome, "algo=%s ", request.algorithm);
	if (request.priority)
		outcome_print(outcome, "priority=%d ", request.priority);
	outcome_print(outcome, "threshold=%u max_pages=%llu", request.threshold,
		      (unsigned long long)request.max_pages);
}

void real_recomp(const char *text, size_t len, struct outcome *outcome)
{
	CALL(struct zram_recomp_request, recomp, &request);
	outcome_print(outcome, "algo=%s priority=%d", request.algorithm, request.priority);
}

void real_params(const char *text, size_t len, struct outcome *outcome)
{
	CALL(struct zram_params_request, params, &request);
	if (request.algorithm[0])
		outcome_print(outcome, "algo=%s ", request.algorithm);
	else
		outcome_print(outcome, "priority=%d ", request.priority);
	outcome_print(outcome, "level=%d deflate.winbits=%d", request.level, request.winbits);
	if (request.dict) {
		outcome_print(outcome, " dict=");
		outcome_bytes(outcome, request.dict, request.dict_len);
	}
}
