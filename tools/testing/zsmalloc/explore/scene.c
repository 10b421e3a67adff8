// SPDX-License-Identifier: GPL-2.0-only
/*
 * The pool under both tasks: set up, looked over, given back.
 */
#include "scene.h"

struct scene scene;
static struct shim_usage before;

void content_fill(u8 *to, u32 seed, size_t len)
{
	size_t n;

	for (n = 0; n < len; n++)
		to[n] = (seed * 31 + n) * 167 >> 3;
}

static bool right(const struct thing *thing, const u8 *mem, size_t at)
{
	unsigned int n;

	for (n = 0; n < thing->nr_seeds; n++)
		if (mem[at] == (u8)((thing->seeds[n] * 31 + at) * 167 >> 3))
			return true;
	return !thing->nr_seeds;
}

void content_verify(const struct thing *thing, const u8 *mem, const char *who)
{
	u8 want[PAGE_SIZE];
	size_t at;

	if (thing->nr_seeds == 1) {
		content_fill(want, thing->seeds[0], thing->len);
		if (!memcmp(mem, want, thing->len))
			return;
	}
	for (at = 0; at < thing->len; at++)
		if (!right(thing, mem, at))
			fail("%s: byte %zu of handle %#lx is wrong", who, at, thing->handle);
}

struct thing *scene_malloc(u32 size)
{
	struct thing *thing = &scene.things[scene.nr];
	u8 bytes[PAGE_SIZE];

	expect(scene.nr < MAX_THINGS);
	thing->handle = zs_malloc(scene.pool, size, GFP_TEST);
	expect(!IS_ERR_VALUE(thing->handle), "%#lx", thing->handle);
	thing->len = size;
	thing->seeds[0] = scene.nr++;
	thing->nr_seeds = 1;
	content_fill(bytes, thing->seeds[0], size);
	expect(!zs_obj_write(scene.pool, thing->handle, bytes, size));
	return thing;
}

void scene_free(unsigned int nr)
{
	zs_free(scene.pool, scene.things[nr].handle);
	scene.things[nr].handle = 0;
}

static struct page *page_of(const struct thing *thing)
{
	struct zs_zspage *zspage;
	struct zs_place place;
	struct zs_ref ref;

	rcu_read_lock();
	expect(!zs_handle_find(&scene.pool->handles, thing->handle, &ref));
	place = zs_entry_place(ref.seen);
	zspage = xa_load(&scene.pool->zspages, place.zspage);
	rcu_read_unlock();
	return zspage->pages[place.slot * zspage->class->geo->size / PAGE_SIZE];
}

static struct zs_pool *new_pool(const char *name)
{
	struct zs_pool *pool = zs_create_pool(name);

	expect(pool);
	pool->demand.start = 0;
	pool->demand.stop = 0;
	return pool;
}

/* A handle that is good no more, and its entry, which is the next to be taken. */
static void make_stale(void)
{
	scene.stale = zs_malloc(scene.pool, 64, GFP_TEST);
	expect(!IS_ERR_VALUE(scene.stale));
	zs_free(scene.pool, scene.stale);
}

/* What the operations will make true or allow. */
static void foresee(const struct state *state, const struct operation *const *ops)
{
	unsigned int traits = ops[0]->traits | ops[1]->traits, n;

	for (n = 0; n < 2; n++) {
		struct thing *target = &scene.things[scene.target[n]];

		if (!strcmp(ops[n]->name, "stale")) {
			scene.refused[0] += 3;
			scene.refused[1] += 3;
		}
		if (ops[n]->traits & WRITES)
			target->seeds[target->nr_seeds++] = 500 + n;
	}
	if (!state->same || !(traits & FREES))
		return;
	if (ops[0]->traits & ops[1]->traits & FREES) {
		scene.refused[0]++;
		scene.refused[1]++;
	} else if (traits & USES) {
		scene.refused[1] += 2;
		scene.pins = true;
		scene.things[scene.target[0]].nr_seeds = 0;
	}
}

void scene_begin(const struct state *state, const struct operation *const *ops, bool swapped)
{
	struct thing *target;

	before = shim_usage();
	memset(&scene, 0, sizeof(scene));
	scene.size = SIZE;
	scene.pool = new_pool("explored");
	if (state->table)
		make_stale();
	state->build();
	if (!state->table)
		make_stale();
	if (swapped)
		swap(scene.target[0], scene.target[1]);
	target = &scene.things[scene.target[0]];
	if (target->handle)
		scene.page = page_of(target);
	foresee(state, ops);
	if (!strcmp(ops[0]->name, "destroy") || !strcmp(ops[1]->name, "destroy")) {
		scene.other = new_pool("other");
		expect(!IS_ERR_VALUE(zs_malloc(scene.other, SIZE, GFP_TEST)));
	}
}

/* Classes that nobody asks for in any scene stay NULL. */
bool scene_quiet(const void *addr)
{
	const void *classes = scene.pool->classes;
	size_t nr = (addr - classes) / sizeof(scene.pool->classes[0]);

	return addr >= classes && nr < zs_class_count() && nr != zs_class_of(SIZE) &&
	       nr != zs_class_of(LARGER) && nr != zs_class_of(HALF) && nr != zs_class_of(64);
}

static void verify_things(void)
{
	u8 buf[PAGE_SIZE];
	unsigned int n;

	for (n = 0; n < scene.nr; n++) {
		struct thing *thing = &scene.things[n];
		u8 *mem;

		if (!thing->handle)
			continue;
		mem = zs_obj_read_begin(scene.pool, thing->handle, thing->len, buf);
		expect(mem, "handle %#lx is lost", thing->handle);
		content_verify(thing, mem, "in the end");
		zs_obj_read_end(scene.pool, thing->handle, thing->len, mem);
	}
}

/* Objects that the tasks allocated get their content now; nobody else's may suffer. */
static void fill_new_things(void)
{
	u8 bytes[PAGE_SIZE];
	unsigned int n;

	for (n = 0; n < scene.nr; n++) {
		struct thing *thing = &scene.things[n];

		if (!thing->handle || thing->nr_seeds)
			continue;
		thing->seeds[0] = 1000 + n;
		thing->nr_seeds = 1;
		content_fill(bytes, thing->seeds[0], thing->len);
		expect(!zs_obj_write(scene.pool, thing->handle, bytes, thing->len));
	}
}

static void verify_pins(void)
{
	struct zs_zspage *zspage;
	unsigned long index;

	if (scene.pins)
		return;
	xa_for_each(&scene.pool->zspages, index, zspage)
		expect(!atomic_read(&zspage->pins), "zspage %lu has pins %#x", index,
		       atomic_read(&zspage->pins));
}

void scene_end(const struct operation *const *ops)
{
	unsigned long refused = zs_counted(scene.pool, ZS_COUNT_REFUSED);
	enum zs_invariant bad;
	unsigned int n;

	expect(refused >= scene.refused[0] && refused <= scene.refused[1],
	       "%lu handles refused, not %u to %u", refused, scene.refused[0],
	       scene.refused[1]);
	for (n = 0; n < scene.nr_reserved; n++)
		zs_handle_release(&scene.pool->handles, scene.reserved[n]);
	free(scene.reserved);
	atomic_long_sub(scene.pretended, &scene.pool->handles.nr_leaves);
	shim_run_work();

	for (n = 0; n < 2; n++)
		if (ops[n]->traits & FREES)
			scene.things[scene.target[n]].handle = 0;
	bad = zs_check(scene.pool);
	expect(!bad, "zs_check() returns %d", bad);
	verify_pins();
	verify_things();
	fill_new_things();
	verify_things();

	for (n = 0; n < scene.nr; n++)
		if (scene.things[n].handle)
			scene_free(n);
	shim_run_work();
	expect(zs_counted(scene.pool, ZS_COUNT_REFUSED) == (long)refused);
	expect(zs_get_total_pages(scene.pool) == 0, "%lu pages are left",
	       zs_get_total_pages(scene.pool));
	bad = zs_check(scene.pool);
	expect(!bad, "zs_check() returns %d when all is freed", bad);

	zs_destroy_pool(scene.pool);
	zs_destroy_pool(scene.other);
	expect(shim_usage_same(before, shim_usage()), "memory is left");
}
