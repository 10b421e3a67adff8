// SPDX-License-Identifier: GPL-2.0-only
/*
 * scaling CORPUS ROUNDS SECONDS: what two threads get done on one pool, of what one
 * thread gets done.
 *
 * Of the operations, half read an object, a quarter free one and a quarter allocate
 * one. The objects are dealt out anew between the two threads time and again, so that
 * one frees what the other allocated. Afterwards the same with a pool for each thread:
 * what this machine gives to two threads that have nothing in common.
 *
 * A round counts only if no thread had to wait for a CPU. It takes ROUNDS that count,
 * or SECONDS.
 */
#include <stdio.h>
#include <time.h>
#include <linux/zsmalloc.h>

#include "shim.h"

#define GFP		(GFP_KERNEL | __GFP_HIGHMEM | __GFP_MOVABLE)
#define OBJECTS		65536u
#define SHARE		64
#define DEALS		16
#define OPS_A_DEAL	60000
#define OPS_A_REST	32
/* Part of the time by the clock that a thread must have had a CPU. */
#define OWN_CPU		0.93

struct object {
	unsigned long handle;
	u32 size;
};

struct worker {
	pthread_t thread;
	unsigned int nr;
	bool dealt;
	u32 nr_objects;
	struct zs_pool *pool;
	struct object *objects;
	u64 rnd;
	double cpu, wall;
	unsigned long sum;
} __attribute__((aligned(64)));

static u16 *sizes;
static u32 nr_sizes;
static pthread_barrier_t barrier_;

static u32 rnd_next(u64 *state)
{
	u64 z = *state += 0x9e3779b97f4a7c15ULL;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ z >> 27) * 0x94d049bb133111ebULL;
	return (z ^ z >> 31) >> 16;
}

static u32 rnd_below(u64 *state, u32 limit)
{
	return (u64)rnd_next(state) * limit >> 32;
}

static double seconds(clockid_t clock)
{
	struct timespec ts;

	clock_gettime(clock, &ts);
	return ts.tv_sec + ts.tv_nsec / 1e9;
}

static void die(const char *what)
{
	fprintf(stderr, "scaling: %s\n", what);
	exit(1);
}

static const char content[PAGE_SIZE] = "as good as any";

static void make(struct worker *w, struct object *o)
{
	o->size = sizes[rnd_below(&w->rnd, nr_sizes)];
	o->handle = zs_malloc(w->pool, o->size, GFP);
	if (IS_ERR_VALUE(o->handle))
		die("zs_malloc fails");
	/* what was never written is not read from where it is */
	if (zs_obj_write(w->pool, o->handle, content, o->size))
		die("zs_obj_write fails");
}

/* One object in two is there. */
static void step(struct worker *w, struct object *o)
{
	if (!o->handle) {
		make(w, o);
	} else if (rnd_next(&w->rnd) & 1) {
		zs_free(w->pool, o->handle);
		o->handle = 0;
	}
}

static void look(struct worker *w, struct object *o)
{
	unsigned char *mem;

	if (!o->handle)
		return;
	mem = zs_map_object(w->pool, o->handle, ZS_MM_RO);
	if (!mem)
		die("zs_map_object fails");
	w->sum += mem[0] + mem[o->size - 1];
	zs_unmap_object(w->pool, o->handle);
}

/* Every other share of the objects is this thread's; they change hands with every deal. */
static u32 mine(struct worker *w, u32 deal)
{
	u32 nr = rnd_below(&w->rnd, w->nr_objects);

	if (!w->dealt)
		return nr;
	return nr / SHARE * SHARE * 2 + nr % SHARE + ((w->nr + deal) & 1) * SHARE;
}

static void *work(void *arg)
{
	const struct sched_param realtime = { .sched_priority = 1 };
	struct worker *w = arg;
	double cpu, wall;
	u32 deal, n;

	/* where that is allowed: other programs of this machine wait for a moment */
	pthread_setschedparam(pthread_self(), SCHED_FIFO, &realtime);
	native_online(w->nr);
	pthread_barrier_wait(&barrier_);
	cpu = seconds(CLOCK_THREAD_CPUTIME_ID);
	wall = seconds(CLOCK_MONOTONIC);
	for (deal = 0; deal < DEALS; deal++) {
		for (n = 0; n < OPS_A_DEAL; n++) {
			struct object *o = &w->objects[mine(w, deal)];

			if (n & 1)
				look(w, o);
			else
				step(w, o);
			if (n % OPS_A_REST)
				continue;
			native_run_work();
			native_quiescent();
		}
		pthread_barrier_wait(&barrier_);
		native_quiescent();
	}
	w->cpu = seconds(CLOCK_THREAD_CPUTIME_ID) - cpu;
	w->wall = seconds(CLOCK_MONOTONIC) - wall;
	native_offline();
	return NULL;
}

static void setup(struct worker *w, unsigned int nr, struct worker *with, u32 nr_objects, u64 seed)
{
	u32 k;

	w->nr = nr;
	w->rnd = seed;
	w->nr_objects = nr_objects;
	if (with) {
		w->pool = with->pool;
		w->objects = with->objects;
		return;
	}
	w->pool = zs_create_pool("scaling");
	w->objects = calloc(OBJECTS, sizeof(*w->objects));
	if (!w->pool || !w->objects)
		die("no pool");
	for (k = 0; k < OBJECTS; k += 2)
		if (k < nr_objects || w->dealt)
			make(w, &w->objects[k]);
}

static void end(struct worker *w)
{
	u32 k;

	for (k = 0; k < OBJECTS; k++)
		zs_free(w->pool, w->objects[k].handle);
	zs_destroy_pool(w->pool);
	free(w->objects);
}

/*
 * Prints millions of operations in a second, of all threads together. True if none of
 * them had to wait for a CPU.
 */
static bool measure(const char *name, unsigned int threads, bool share, u64 seed)
{
	struct worker w[NR_CPUS] = { };
	double cpu = 0, wall = 0, ops = (double)threads * DEALS * OPS_A_DEAL / 1e6;
	unsigned int n;
	bool own;

	pthread_barrier_init(&barrier_, NULL, threads);
	for (n = 0; n < threads; n++) {
		w[n].dealt = share && threads > 1;
		setup(&w[n], n, share && n ? &w[0] : NULL, OBJECTS / threads, seed + n);
	}
	for (n = 0; n < threads; n++)
		pthread_create(&w[n].thread, NULL, work, &w[n]);
	for (n = 0; n < threads; n++) {
		pthread_join(w[n].thread, NULL);
		cpu += w[n].cpu / threads;
		wall = max(wall, w[n].wall);
	}
	for (n = 0; n < threads; n++)
		if (!n || !share)
			end(&w[n]);
	pthread_barrier_destroy(&barrier_);

	own = cpu > OWN_CPU * wall;
	if (name && own)
		printf("= %s %.4f\n", name, ops / wall);
	else if (name)
		printf("# %s: a thread had a CPU for %.0f %% of the time only\n", name,
		       100 * cpu / wall);
	fflush(stdout);
	return own;
}

int main(int argc, char **argv)
{
	FILE *file = argc == 4 ? fopen(argv[1], "rb") : NULL;
	double end_at;
	int rounds;
	long size;
	u64 seed;

	if (!file)
		die("usage: scaling CORPUS ROUNDS SECONDS");
	fseek(file, 0, SEEK_END);
	size = ftell(file);
	rewind(file);
	sizes = malloc(size);
	nr_sizes = size / sizeof(*sizes);
	if (!nr_sizes || fread(sizes, 1, size, file) != (size_t)size)
		die("no sizes");
	fclose(file);

	native_boot();
	if (shim_module_init())
		die("the module's init fails");
	/* the first round gets the memory from the system */
	measure(NULL, 2, true, 1);
	rounds = atoi(argv[2]);
	end_at = seconds(CLOCK_MONOTONIC) + atoi(argv[3]);
	for (seed = 1; rounds && seconds(CLOCK_MONOTONIC) < end_at; seed += 2)
		rounds -= measure("one", 1, true, seed) & measure("two", 2, true, seed) &
			  measure("apart", 2, false, seed);
	return 0;
}
