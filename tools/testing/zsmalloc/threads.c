// SPDX-License-Identifier: GPL-2.0-only
/*
 * The beginning of U2: threads on one pool, under ThreadSanitizer. Each has
 * objects of its own and hands some on, so that who frees is not who allocated;
 * two more compact and read statistics all the while. Invariants are checked when
 * all have come to rest.
 */
#include "model.h"

#define MAX_BLOBS	256
#define MAILBOX		8
#define MAX_THREADS	16

static struct zs_pool *pool;
static struct blob mailbox[MAILBOX];
static DEFINE_MUTEX(mailbox_lock);
static atomic_t working;
static unsigned long ops_of_each;
static u32 (*size_of)(struct rnd *rnd);
static u32 nr_blobs;

static void exchange(struct rnd *rnd, struct blob *b)
{
	struct blob *other = &mailbox[rnd_below(rnd, MAILBOX)];

	mutex_lock(&mailbox_lock);
	swap(*b, *other);
	mutex_unlock(&mailbox_lock);
}

static void fill_blob(struct rnd *rnd, struct blob *b)
{
	b->len = size_of(rnd);
	b->handle = zs_malloc(pool, b->len, GFP_TEST);
	expect(!IS_ERR_VALUE(b->handle), "%#lx", b->handle);
	b->seed = rnd_next(rnd);
	content_write(pool, b->handle, b->seed, b->len);
}

static void verify_by_map(struct blob *b)
{
	u8 want[PAGE_SIZE];
	void *mem;

	content_fill(want, b->seed, b->len);
	mem = zs_map_object(pool, b->handle, ZS_MM_RO);
	expect(mem && !memcmp(mem, want, b->len), "handle %#lx", b->handle);
	zs_unmap_object(pool, b->handle);
}

static void *worker(void *arg)
{
	unsigned long nr = (unsigned long)arg, n;
	struct rnd rnd = { test_options.seed + nr * 7919 };
	struct blob blobs[MAX_BLOBS] = { };

	shim_self.cpu = nr % num_possible_cpus();
	for (n = 0; n < ops_of_each; n++) {
		struct blob *b = &blobs[rnd_below(&rnd, nr_blobs)];

		if (!b->handle) {
			fill_blob(&rnd, b);
			continue;
		}
		switch (rnd_below(&rnd, 6)) {
		case 0:
			zs_free(pool, b->handle);
			b->handle = 0;
			break;
		case 1:
			exchange(&rnd, b);
			break;
		case 2:
			b->seed = rnd_next(&rnd);
			content_write(pool, b->handle, b->seed, b->len);
			break;
		case 3:
			verify_by_map(b);
			break;
		default:
			content_verify(pool, b->handle, b->seed, b->len);
		}
	}
	for (n = 0; n < nr_blobs; n++) {
		if (!blobs[n].handle)
			continue;
		content_verify(pool, blobs[n].handle, blobs[n].seed, blobs[n].len);
		zs_free(pool, blobs[n].handle);
	}
	atomic_dec_return(&working);
	return NULL;
}

static void *keeper(void *arg)
{
	struct zs_pool_stats stats;
	unsigned long rounds = 0, counted;

	for (; atomic_read_acquire(&working); rounds++) {
		if (arg)
			zs_compact(pool);
		shim_run_work();
		shim_shrink(rounds % 50, &counted);
		zs_get_total_pages(pool);
		zs_pool_stats(pool, &stats);
		if (rounds % 16 == 0)
			free(shim_debugfs_read("test", "classes"));
		cond_resched();
	}
	return NULL;
}

/* The memory manager moves pages about, or keeps them for a while and lets go of them. */
static void *migrator(void *arg)
{
	enum { KEPT = 8 };
	struct rnd rnd = { test_options.seed + 1000 };
	struct page *kept[KEPT];
	unsigned int nr = 0, rounds = 0, n;

	while (atomic_read_acquire(&working)) {
		struct page *page = test_any_page(&rnd);

		if (page && nr < KEPT && shim_isolate(page))
			kept[nr++] = page;
		n = rnd_below(&rnd, KEPT);
		if (n < nr) {
			if (!rnd_below(&rnd, 4))
				shim_putback(kept[n]);
			else if (shim_migrate(kept[n], rnd_below(&rnd, 2) ? MIGRATE_SYNC :
								    MIGRATE_ASYNC))
				continue;
			kept[n] = kept[--nr];
		}
		if (++rounds % 64 == 0)
			cond_resched();
	}
	while (nr)
		shim_putback(kept[--nr]);
	return NULL;
}

static void share_a_pool(unsigned int nr, u32 blobs, u32 (*size)(struct rnd *rnd))
{
	pthread_t threads[MAX_THREADS], other[2], mover;
	struct zs_pool_stats stats;
	int n;

	pool = zs_create_pool("test");
	expect(pool);
	/* the long form is about eight threads */
	ops_of_each = (test_options.long_form && nr == 8 ? test_options.ops :
		       min(test_options.ops, 400000UL)) / nr;
	size_of = size;
	nr_blobs = blobs;
	atomic_set(&working, nr);
	run_threads(worker, nr, threads);
	run_threads(keeper, 2, other);
	run_threads(migrator, 1, &mover);
	join_threads(nr, threads);
	join_threads(2, other);
	join_threads(1, &mover);

	for (n = 0; n < MAILBOX; n++) {
		if (!mailbox[n].handle)
			continue;
		content_verify(pool, mailbox[n].handle, mailbox[n].seed, mailbox[n].len);
		zs_free(pool, mailbox[n].handle);
	}
	memset(mailbox, 0, sizeof(mailbox));
	expect_ok(pool);
	zs_pool_stats(pool, &stats);
	note("%u threads, %lu operations each, %ld pages compacted, %ld migrated, %ld not",
	     nr, ops_of_each, atomic_long_read(&stats.pages_compacted),
	     zs_counted(pool, ZS_COUNT_MIGRATED), zs_counted(pool, ZS_COUNT_NOT_MIGRATED));
	expect(zs_get_total_pages(pool) == 0, "%lu pages", zs_get_total_pages(pool));
	zs_destroy_pool(pool);
}

static void two_threads_share_a_pool(void)
{
	share_a_pool(2, MAX_BLOBS, model_page_size);
}

static void eight_threads_share_a_pool(void)
{
	share_a_pool(8, MAX_BLOBS, model_page_size);
}

/* All in one class, whose objects are moved all the time. */
static void objects_move_under_their_readers(void)
{
	share_a_pool(4, MAX_BLOBS, model_one_size);
}

/* A few zspages in which everybody is at work. */
static void few_objects_move_all_the_time(void)
{
	share_a_pool(3, 6, model_one_size);
}

static const struct test_case threads_cases[] = {
	{ "two_threads_share_a_pool", two_threads_share_a_pool },
	{ "eight_threads_share_a_pool", eight_threads_share_a_pool },
	{ "objects_move_under_their_readers", objects_move_under_their_readers },
	{ "few_objects_move_all_the_time", few_objects_move_all_the_time },
	{ }
};

const struct test_suite threads_suite = { "threads", threads_cases };
