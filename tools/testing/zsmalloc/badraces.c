// SPDX-License-Identifier: GPL-2.0-only
/*
 * Handles that go bad while others use them. One thread lives in the pool and owns
 * objects; another one tries handles that it must not have. Whatever it tries, what
 * the first one has stays as it is.
 */
#include "test.h"

#define OWNED	64
#define OLD	512
#define TRIES	(60000 / (PAGE_SIZE / SZ_4K))

static struct zs_pool *pool;
static unsigned long old[OLD];
static atomic_t done;
static void (*attack)(unsigned long handle, struct rnd *rnd);
static void (*disturb)(struct rnd *rnd);

static u32 len_of(u32 n)
{
	return n * 37 % 900 + 1;
}

/* Comes and goes, and leaves its old handles behind. */
static void *owner(void *arg)
{
	struct rnd rnd = { test_options.seed };
	unsigned long mine[OWNED] = { };
	u32 n, k;

	for (n = 0; n < TRIES; n++) {
		k = rnd_below(&rnd, OWNED);
		if (!mine[k]) {
			mine[k] = test_malloc(pool, len_of(k));
			content_write(pool, mine[k], k, len_of(k));
			continue;
		}
		content_verify(pool, mine[k], k, len_of(k));
		if (rnd_below(&rnd, 2))
			continue;
		zs_free(pool, mine[k]);
		__atomic_store_n(&old[rnd_below(&rnd, OLD)], mine[k], __ATOMIC_RELEASE);
		mine[k] = 0;
	}
	atomic_set_release(&done, 1);
	for (k = 0; k < OWNED; k++)
		if (mine[k]) {
			content_verify(pool, mine[k], k, len_of(k));
			zs_free(pool, mine[k]);
		}
	return NULL;
}

static void *attacker(void *arg)
{
	struct rnd rnd = { test_options.seed + 1 };

	shim_self.cpu = 1;
	while (!atomic_read_acquire(&done)) {
		unsigned long handle = __atomic_load_n(&old[rnd_below(&rnd, OLD)],
						       __ATOMIC_ACQUIRE);

		/* with few bits a stale handle is good again soon: take those of another pool */
		if (handle && ZS_HANDLE_GEN_BITS < 16)
			handle ^= 3UL << ZS_HANDLE_TAG_SHIFT;
		if (handle)
			attack(handle, &rnd);
		if (disturb)
			disturb(&rnd);
	}
	return NULL;
}

static void race(void (*with)(unsigned long handle, struct rnd *rnd),
		 void (*beside)(struct rnd *rnd))
{
	pthread_t threads[2];

	memset(old, 0, sizeof(old));
	atomic_set(&done, 0);
	pool = test_pool();
	attack = with;
	disturb = beside;
	run_threads(owner, 1, &threads[0]);
	run_threads(attacker, 1, &threads[1]);
	join_threads(2, threads);
	expect_ok(pool);
	expect(zs_get_total_pages(pool) == 0);
	zs_destroy_pool(pool);
}

static void read_it(unsigned long handle, struct rnd *rnd)
{
	u8 buf[1];

	expect(!zs_obj_read_begin(pool, handle, 1, buf));
}

static void write_it(unsigned long handle, struct rnd *rnd)
{
	u8 buf[1] = { 0xff };

	expect(zs_obj_write(pool, handle, buf, 1) == -EINVAL);
}

static void map_it(unsigned long handle, struct rnd *rnd)
{
	expect(!zs_map_object(pool, handle, ZS_MM_RW));
}

static void free_it(unsigned long handle, struct rnd *rnd)
{
	zs_free(pool, handle);
}

static void free_something_like_it(unsigned long handle, struct rnd *rnd)
{
	zs_free(pool, handle ^ (unsigned long)rnd_range(rnd, 1, 2) << ZS_HANDLE_TAG_SHIFT);
}

static void compact(struct rnd *rnd)
{
	zs_compact(pool);
}

static void migrate(struct rnd *rnd)
{
	struct page *page = test_any_page(rnd);

	if (page && shim_isolate(page) && shim_migrate(page, MIGRATE_SYNC))
		shim_putback(page);
}

#define RACE(name, with, beside)	\
	static void name(void) { race(with, beside); }
RACE(stale_reads_against_reuse, read_it, NULL)
RACE(stale_writes_against_reuse, write_it, NULL)
RACE(stale_maps_against_reuse, map_it, NULL)
RACE(double_frees_against_reuse, free_it, NULL)
RACE(stale_reads_against_compaction, read_it, compact)
RACE(stale_writes_against_compaction, write_it, compact)
RACE(double_frees_against_compaction, free_it, compact)
RACE(stale_reads_against_migration, read_it, migrate)
RACE(stale_writes_against_migration, write_it, migrate)
RACE(double_frees_against_migration, free_it, migrate)
RACE(forged_frees_against_compaction, free_something_like_it, compact)

static const struct test_case badraces_cases[] = {
	{ "stale_reads_against_reuse", stale_reads_against_reuse },
	{ "stale_writes_against_reuse", stale_writes_against_reuse },
	{ "stale_maps_against_reuse", stale_maps_against_reuse },
	{ "double_frees_against_reuse", double_frees_against_reuse },
	{ "stale_reads_against_compaction", stale_reads_against_compaction },
	{ "stale_writes_against_compaction", stale_writes_against_compaction },
	{ "double_frees_against_compaction", double_frees_against_compaction },
	{ "stale_reads_against_migration", stale_reads_against_migration },
	{ "stale_writes_against_migration", stale_writes_against_migration },
	{ "double_frees_against_migration", double_frees_against_migration },
	{ "forged_frees_against_compaction", forged_frees_against_compaction },
	{ }
};

const struct test_suite badraces_suite = { "badraces", badraces_cases };
