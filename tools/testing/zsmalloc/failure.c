// SPDX-License-Identifier: GPL-2.0-only
/*
 * U3: a fixed piece of work, done once for every allocation in it with that one
 * failing, then for every pair. What fails must say so as documented, leave
 * every invariant true and every object intact, and succeed when it is tried
 * again.
 */
#include "test.h"

/* More objects than a leaf of 4 KiB holds, of classes with short and long chains. */
#define NR	540

static struct zs_pool *pool;
static unsigned long handles[NR];

static u32 len_of(u32 n)
{
	static const u32 eighths[] = { 1, 3, 1, 8, 1, 5, 1, 2 };

	/* mostly small, so that it is the table that grows and not the time */
	return n % 16 ? 40 : eighths[n / 16 % 8] * (PAGE_SIZE / 8) - n % 7;
}

static void intact(u32 nr)
{
	u32 n;

	expect_ok(pool);
	for (n = 0; n < nr; n++)
		if (handles[n])
			content_verify(pool, handles[n], n, len_of(n));
}

/* Did an allocation fail since *@failed was that many? */
static bool failed_since(unsigned long *failed)
{
	bool did = shim_failed != *failed;

	*failed = shim_failed;
	return did;
}

static void create(void)
{
	unsigned long failed = shim_failed;
	struct shim_usage before = shim_usage();

	while (!(pool = zs_create_pool("failing"))) {
		expect(failed_since(&failed), "no pool, though nothing failed");
		expect(shim_usage_same(before, shim_usage()), "a pool that failed left memory");
	}
}

static void allocate(u32 n)
{
	unsigned long failed = shim_failed;

	for (;;) {
		handles[n] = zs_malloc(pool, len_of(n), GFP_TEST);
		if (!IS_ERR_VALUE(handles[n]))
			break;
		expect(handles[n] == (unsigned long)-ENOMEM, "%#lx", handles[n]);
		handles[n] = 0;
		expect(failed_since(&failed), "-ENOMEM, though nothing failed");
		intact(n);
	}
	content_write(pool, handles[n], n, len_of(n));
}

static void work(void)
{
	u32 n;

	create();
	for (n = 0; n < NR; n++)
		allocate(n);
	for (n = 0; n < NR; n += 2) {
		zs_free(pool, handles[n]);
		handles[n] = 0;
	}
	zs_compact(pool);
	intact(NR);
	for (n = 0; n < NR; n += 4)
		allocate(n);
	intact(NR);
	for (n = 0; n < NR; n++) {
		zs_free(pool, handles[n]);
		handles[n] = 0;
	}
	expect_ok(pool);
	expect(zs_get_total_pages(pool) == 0);
	zs_destroy_pool(pool);
}

static unsigned long count_sites(void)
{
	shim_fail(0, 0);
	work();
	return shim_sites;
}

static void work_with(unsigned long first, unsigned long second)
{
	struct shim_usage before = shim_usage();

	shim_fail(first, second);
	work();
	/* debugfs asks for less once it was refused: the second may not be reached */
	expect(shim_failed == 1 + (second && second <= shim_sites), "%lu of %lu failed",
	       shim_failed, shim_sites);
	expect(shim_usage_same(before, shim_usage()), "allocations %lu and %lu fail: a leak",
	       first, second);
}

static void each_allocation_fails_once(void)
{
	unsigned long sites = count_sites(), n;

	expect(sites > 40, "%lu", sites);
	for (n = 1; n <= sites; n++)
		work_with(n, 0);
	note("%lu allocations failed one by one", sites);
}

/* Next to each other in the short form: those that undo each other's work. */
static void pairs_of_allocations_fail(void)
{
	unsigned long sites = count_sites(), apart = test_options.long_form ? sites : 8;
	unsigned long n, k, pairs = 0;

	for (n = 1; n <= sites; n++)
		for (k = n + 1; k <= sites && k <= n + apart; k++, pairs++)
			work_with(n, k);
	note("%lu pairs of %lu allocations failed", pairs, sites);
}

/* A module that is loaded again begins with its variables as they were linked. */
static int load(unsigned long failing)
{
	shim_percpu_halt();
	shim_percpu_boot();
	shim_fail(failing, 0);
	return shim_module_init();
}

static void each_allocation_of_init_fails_once(void)
{
	struct shim_usage loaded = shim_usage(), before;
	unsigned long n;
	int err;

	shim_module_exit();
	before = shim_usage();
	expect(before.lowmem == loaded.lowmem - num_possible_cpus(), "%ld pages stay",
	       before.lowmem);
	for (n = 1;; n++) {
		err = load(n);
		if (!shim_failed)
			break;
		if (err) {
			expect(err == -ENOMEM, "%d", err);
			expect(shim_usage_same(before, shim_usage()),
			       "allocation %lu fails: init fails and keeps %ld pages", n,
			       shim_usage().lowmem - before.lowmem);
		} else {
			shim_module_exit();
		}
	}
	expect(!err && n > num_possible_cpus(), "%d after %lu allocations", err, n);
	expect(shim_usage_same(loaded, shim_usage()));
}

static const struct test_case failure_cases[] = {
	{ "each_allocation_fails_once", each_allocation_fails_once },
	{ "pairs_of_allocations_fail", pairs_of_allocations_fail },
	{ "each_allocation_of_init_fails_once", each_allocation_of_init_fails_once },
	{ }
};

const struct test_suite failure_suite = { "failure", failure_cases };
