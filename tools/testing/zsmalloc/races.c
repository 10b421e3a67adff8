// SPDX-License-Identifier: GPL-2.0-only
/*
 * Many threads do the same thing at the same time.
 */
#include "test.h"

#define RACES	500
#define NR	4

static struct zs_pool *pool;
static unsigned long contested;
static pthread_barrier_t barrier;

static void *racer(void *arg)
{
	int n;

	for (n = 0; n < RACES; n++) {
		pthread_barrier_wait(&barrier);
		zs_free(pool, contested);
		pthread_barrier_wait(&barrier);
	}
	return NULL;
}

/* All free the same object: one does, the others are refused. */
static void only_one_of_many_frees(void)
{
	pthread_t threads[NR];
	long refused;
	int n;

	pool = test_pool();
	pthread_barrier_init(&barrier, NULL, NR + 1);
	run_threads(racer, NR, threads);
	for (n = 0; n < RACES; n++) {
		refused = zs_counted(pool, ZS_COUNT_REFUSED);
		contested = test_malloc(pool, 100);
		pthread_barrier_wait(&barrier);
		pthread_barrier_wait(&barrier);
		expect(zs_counted(pool, ZS_COUNT_REFUSED) - refused == NR - 1);
		expect(zs_get_total_pages(pool) == 0);
	}
	join_threads(NR, threads);
	pthread_barrier_destroy(&barrier);
	expect_ok(pool);
	zs_destroy_pool(pool);
}

static void *first(void *arg)
{
	int n;

	shim_self.cpu = (unsigned long)arg % num_possible_cpus();
	for (n = 0; n < RACES; n++) {
		pthread_barrier_wait(&barrier);
		expect(!IS_ERR_VALUE(zs_malloc(pool, 100, GFP_TEST)));
		pthread_barrier_wait(&barrier);
	}
	return NULL;
}

/* All find that there is no class, no entry, no zspage: what is too much goes back. */
static void first_objects_at_the_same_time(void)
{
	pthread_t threads[NR];
	int n;

	pthread_barrier_init(&barrier, NULL, NR + 1);
	run_threads(first, NR, threads);
	for (n = 0; n < RACES; n++) {
		pool = test_pool();
		pthread_barrier_wait(&barrier);
		pthread_barrier_wait(&barrier);
		expect_ok(pool);
		expect(zs_get_total_pages(pool) == 1, "%lu", zs_get_total_pages(pool));
		zs_destroy_pool(pool);
	}
	join_threads(NR, threads);
	pthread_barrier_destroy(&barrier);
}

static void *owner(void *arg)
{
	struct zs_pool *own;
	int n, k;

	for (n = 0; n < 30; n++) {
		own = zs_create_pool("own");
		expect(own);
		for (k = 0; k < 40; k++)
			expect(!IS_ERR_VALUE(zs_malloc(own, 300 + k, GFP_TEST)));
		expect_ok(own);
		zs_destroy_pool(own);
	}
	return NULL;
}

static void pools_come_and_go(void)
{
	pthread_t threads[NR];

	run_threads(owner, NR, threads);
	join_threads(NR, threads);
}

static const struct test_case races_cases[] = {
	{ "only_one_of_many_frees", only_one_of_many_frees },
	{ "pools_come_and_go", pools_come_and_go },
	{ "first_objects_at_the_same_time", first_objects_at_the_same_time },
	{ }
};

const struct test_suite races_suite = { "races", races_cases };
