// SPDX-License-Identifier: GPL-2.0-only
/*
 * mm/zswap/accept.c against numbers twice as wide, and against what it promises.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "accept.h"
#include "rnd.h"

static struct rnd rnd;
static bool held;
static char why[256];

#define expect(cond, ...)							\
	do {									\
		if (!(cond)) {							\
			held = false;						\
			snprintf(why, sizeof(why), #cond " " __VA_ARGS__);	\
		}								\
	} while (0)

static unsigned long random_long(void)
{
	return (unsigned long)((u64)rnd_next(&rnd) << 32 | rnd_next(&rnd));
}

/* Small, large, near a power of two, near the end, or near what divides by 100. */
static unsigned long random_pages(void)
{
	unsigned long near = rnd_range(&rnd, 0, 4) - 2UL;

	switch (rnd_below(&rnd, 6)) {
	case 0:
		return rnd_below(&rnd, 300);
	case 1:
		return ULONG_MAX - rnd_below(&rnd, 300);
	case 2:
		return BIT(rnd_below(&rnd, BITS_PER_LONG)) + near;
	case 3:
		return random_long() / 100 * 100 + near;
	default:
		return random_long() >> rnd_below(&rnd, BITS_PER_LONG);
	}
}

static unsigned int random_percent(void)
{
	static const unsigned int edges[] = { 0, 1, 50, 99, 100 };

	if (rnd_below(&rnd, 3))
		return rnd_range(&rnd, 0, 100);
	return edges[rnd_below(&rnd, ARRAY_SIZE(edges))];
}

static struct zswap_limits random_limits(void)
{
	return (struct zswap_limits){ random_pages(), random_percent(), random_percent() };
}

static unsigned long share(unsigned long whole, unsigned int percent)
{
#if __SIZEOF_LONG__ == 8
	return (__uint128_t)whole * percent / 100;
#else
	return (u64)whole * percent / 100;
#endif
}

/* The limits are what wider arithmetic says. */
static void limits_do_not_overflow(void)
{
	struct zswap_limits limits = random_limits();
	unsigned long limit = zswap_limit_pages(&limits), resume = zswap_resume_pages(&limits);

	expect(limit == share(limits.ram, limits.max_percent), "ram %lu, %u %%: %lu", limits.ram,
	       limits.max_percent, limit);
	expect(resume == share(limit, limits.accept_percent), "limit %lu, %u %%: %lu", limit,
	       limits.accept_percent, resume);
	expect(resume <= limit && limit <= limits.ram);
}

/* None and all, whatever of. */
static void ends_are_exact(void)
{
	struct zswap_limits none = { random_pages(), 0, random_percent() };
	struct zswap_limits all = { random_pages(), 100, 100 };
	struct zswap_limits empty = { random_pages(), random_percent(), 0 };
	bool full = rnd_below(&rnd, 2);

	expect(!zswap_limit_pages(&none) && !zswap_resume_pages(&none));
	expect(zswap_judge(&none, random_pages(), &full) == ZSWAP_LIMIT_HIT && full);
	expect(zswap_limit_pages(&all) == all.ram && zswap_resume_pages(&all) == all.ram);
	expect(!zswap_resume_pages(&empty));
}

/* More memory or a larger share is never a lower limit. */
static void limits_are_monotonous(void)
{
	struct zswap_limits a = random_limits(), b = random_limits();

	if (a.ram > b.ram)
		swap(a.ram, b.ram);
	if (a.max_percent > b.max_percent)
		swap(a.max_percent, b.max_percent);
	if (a.accept_percent > b.accept_percent)
		swap(a.accept_percent, b.accept_percent);
	expect(zswap_limit_pages(&a) <= zswap_limit_pages(&b), "ram %lu and %lu, %u and %u %%",
	       a.ram, b.ram, a.max_percent, b.max_percent);
	expect(zswap_resume_pages(&a) <= zswap_resume_pages(&b), "ram %lu and %lu", a.ram, b.ram);
}

/* Pages in use: around the limits, or anything. */
static unsigned long random_used(const struct zswap_limits *limits)
{
	unsigned long near = rnd_range(&rnd, 0, 4) - 2UL;

	switch (rnd_below(&rnd, 4)) {
	case 0:
		return zswap_limit_pages(limits) + near;
	case 1:
		return zswap_resume_pages(limits) + near;
	case 2:
		return zswap_resume_pages(limits) / 2 + zswap_limit_pages(limits) / 2;
	default:
		return random_pages();
	}
}

/* At the limit it is full, at the threshold it is not, and in between it stays what it was. */
static void verdicts_have_hysteresis(void)
{
	struct zswap_limits limits = random_limits();
	unsigned long limit = zswap_limit_pages(&limits), resume = zswap_resume_pages(&limits);
	bool full = false, now;
	unsigned int n;

	for (n = 0; n < 16; n++) {
		unsigned long used = random_used(&limits);
		enum zswap_verdict verdict;

		now = full;
		verdict = zswap_judge(&limits, used, &now);
		expect((verdict == ZSWAP_TAKE) == !now);
		expect((verdict == ZSWAP_LIMIT_HIT) == (used >= limit), "used %lu of %lu", used,
		       limit);
		if (used >= limit)
			expect(now, "used %lu of %lu", used, limit);
		else if (used <= resume)
			expect(!now, "used %lu, resume %lu", used, resume);
		else
			expect(now == full, "used %lu between %lu and %lu", used, resume, limit);
		full = now;
	}
}

/* What is taken would have been taken with less in use, and the other way round. */
static void verdicts_are_monotonous(void)
{
	struct zswap_limits limits = random_limits();
	unsigned long more = random_used(&limits), less = random_used(&limits);
	bool full = rnd_below(&rnd, 2), full_more = full, full_less = full;

	if (less > more)
		swap(less, more);
	if (zswap_judge(&limits, more, &full_more) == ZSWAP_TAKE)
		expect(zswap_judge(&limits, less, &full_less) == ZSWAP_TAKE, "%lu and %lu", less,
		       more);
}

static void lengths_are_shares_of_a_page(void)
{
	unsigned int size = 1u << rnd_range(&rnd, 12, 16), percent = random_percent();
	unsigned int bytes = zswap_limit_bytes(size, percent);

	expect(bytes == size * percent / 100 && bytes <= size, "%u %% of %u: %u", percent, size,
	       bytes);
}

static const struct {
	const char *name;
	void (*claim)(void);
} claims[] = {
	{ "limits_do_not_overflow", limits_do_not_overflow },
	{ "ends_are_exact", ends_are_exact },
	{ "limits_are_monotonous", limits_are_monotonous },
	{ "verdicts_have_hysteresis", verdicts_have_hysteresis },
	{ "verdicts_are_monotonous", verdicts_are_monotonous },
	{ "lengths_are_shares_of_a_page", lengths_are_shares_of_a_page },
};

static bool check(unsigned int claim, unsigned long cases)
{
	unsigned long n;

	for (n = 0; n < cases; n++) {
		held = true;
		claims[claim].claim();
		if (held)
			continue;
		printf("not ok %s/%s - %s\n", VARIANT, claims[claim].name, why);
		return false;
	}
	printf("ok %s/%s\n", VARIANT, claims[claim].name);
	return true;
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "seed", required_argument, NULL, 's' },
		{ "cases", required_argument, NULL, 'n' },
		{ }
	};
	u64 seed = time(NULL);
	unsigned long cases = 1000000;
	unsigned int n;
	bool good = true;
	int c;

	while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (c == 's')
			seed = strtoull(optarg, NULL, 0);
		else if (c == 'n')
			cases = strtoul(optarg, NULL, 0);
		else
			return 2;
	}
	printf("# %s: %lu cases of %zu claims, repeat with --seed=%#llx\n", VARIANT, cases,
	       ARRAY_SIZE(claims), (unsigned long long)seed);
	for (n = 0; n < ARRAY_SIZE(claims); n++) {
		rnd.state = seed + n;
		good &= check(n, cases);
	}
	return !good;
}
