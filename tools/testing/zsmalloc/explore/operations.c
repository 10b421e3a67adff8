// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the tasks do.
 */
#include "scene.h"

static struct zs_class *class_of(u32 size)
{
	return READ_ONCE(scene.pool->classes[zs_class_of(size)]);
}

static struct thing *new_thing(void)
{
	return &scene.things[__atomic_fetch_add(&scene.nr, 1, __ATOMIC_RELAXED)];
}

static void allocate(u32 size)
{
	struct thing *thing = new_thing();

	thing->len = size;
	thing->nr_seeds = 0;
	thing->handle = zs_malloc(scene.pool, size, GFP_TEST);
	expect(thing->handle && !IS_ERR_VALUE(thing->handle), "%#lx", thing->handle);
}

static void op_malloc(unsigned int task, struct thing *target)
{
	allocate(scene.size);
}

/* Of a class that has no object yet. */
static void op_malloc_new(unsigned int task, struct thing *target)
{
	allocate(HALF);
}

/* Found by whoever moves things before its bytes are there. */
static void op_fill(unsigned int task, struct thing *target)
{
	struct thing *thing = new_thing();
	u8 bytes[PAGE_SIZE];

	thing->len = scene.size;
	thing->seeds[0] = 700 + task;
	thing->nr_seeds = 1;
	content_fill(bytes, thing->seeds[0], thing->len);
	thing->handle = zs_obj_create(scene.pool, bytes, thing->len, GFP_TEST);
	expect(thing->handle && !IS_ERR_VALUE(thing->handle), "%#lx", thing->handle);
}

static void op_free(unsigned int task, struct thing *target)
{
	zs_free(scene.pool, target->handle);
}

/* Free, and have others take entry, slot and index. */
static void op_reuse(unsigned int task, struct thing *target)
{
	zs_free(scene.pool, target->handle);
	allocate(HALF);
	allocate(scene.size);
}

/* The page that is read in place, or something of nobody's interest. */
static const void *mapped(void)
{
	return shim_self.nr_kmaps ? shim_self.kmaps[shim_self.nr_kmaps - 1] :
				    (const void *)&shim_self;
}

static void op_read(unsigned int task, struct thing *target)
{
	u8 buf[PAGE_SIZE], *mem;

	mem = zs_obj_read_begin(scene.pool, target->handle, target->len, buf);
	if (!mem)
		return;
	content_verify(target, mem, "at the begin of a read");
	engine_sleep(mapped());
	content_verify(target, mem, "after a sleep");
	zs_obj_read_end(scene.pool, target->handle, target->len, mem);
}

/* Nobody has this handle any more. */
static void op_stale(unsigned int task, struct thing *target)
{
	u8 buf[PAGE_SIZE];

	if (!scene.stale)
		return;
	expect(!zs_obj_read_begin(scene.pool, scene.stale, 1, buf));
	expect(zs_obj_write(scene.pool, scene.stale, buf, 1) == -EINVAL);
	zs_free(scene.pool, scene.stale);
}

static void op_write(unsigned int task, struct thing *target)
{
	u8 bytes[PAGE_SIZE];

	content_fill(bytes, 500 + task, target->len);
	zs_obj_write(scene.pool, target->handle, bytes, target->len);
}

static void op_map(unsigned int task, struct thing *target)
{
	u8 *mem = zs_map_object(scene.pool, target->handle, ZS_MM_RW);

	if (!mem)
		return;
	content_verify(target, mem, "in a mapping");
	content_fill(mem, 500 + task, target->len);
	shim_step(mapped(), SHIM_WRITE);
	zs_unmap_object(scene.pool, target->handle);
}

/* Everything in the class, with the lock dropped after every object. */
static void op_move(unsigned int task, struct thing *target)
{
	struct zs_class *class = class_of(scene.size);
	enum zs_progress progress = ZS_MORE;
	unsigned long freed = 0;
	struct page **spare = &scene.pool->spare;

	if (!class)
		return;
	mutex_lock(&scene.pool->compact_lock);
	while (progress != ZS_DONE) {
		struct zs_budget budget = { .bytes = class->geo->size, .slots = 16 };

		spin_lock(&class->lock);
		progress = zs_compact_step(scene.pool, class, &budget, spare, &freed);
		spin_unlock(&class->lock);
		if (progress == ZS_TRADE)
			*spare = zs_page_alloc(GFP_NOWAIT | __GFP_HIGHMEM | __GFP_MOVABLE);
	}
	zs_page_free(*spare);
	*spare = NULL;
	mutex_unlock(&scene.pool->compact_lock);
}

static void op_spill(unsigned int task, struct thing *target)
{
	struct zs_class *class = class_of(scene.size);

	if (!class)
		return;
	mutex_lock(&scene.pool->compact_lock);
	zs_spill(scene.pool, class);
	mutex_unlock(&scene.pool->compact_lock);
}

static void op_compact(unsigned int task, struct thing *target)
{
	zs_compact(scene.pool);
}

static void op_shrink(unsigned int task, struct thing *target)
{
	unsigned long counted;

	shim_shrink(1, &counted);
}

static void op_worker(unsigned int task, struct thing *target)
{
	queue_delayed_work(system_wq, &scene.pool->background.work, 0);
	shim_run_work();
}

static void op_migrate(unsigned int task, struct thing *target)
{
	if (scene.page && shim_isolate(scene.page) && shim_migrate(scene.page, MIGRATE_SYNC))
		shim_putback(scene.page);
}

/* Somebody looks at the page and lets go of it. */
static void op_isolate(unsigned int task, struct thing *target)
{
	if (!scene.page || !shim_isolate(scene.page))
		return;
	engine_sleep(scene.page);
	shim_putback(scene.page);
}

static void op_destroy(unsigned int task, struct thing *target)
{
	struct zs_pool *pool = xchg(&scene.other, NULL);

	zs_destroy_pool(pool);
}

static void op_create(unsigned int task, struct thing *target)
{
	struct zs_pool *pool = zs_create_pool("new");

	expect(pool);
	zs_destroy_pool(pool);
}

static void op_stats(unsigned int task, struct thing *target)
{
	struct zs_pool_stats stats;

	free(shim_debugfs_read("explored", "classes"));
	zs_pool_stats(scene.pool, &stats);
}

/*
 * Compaction may carry an object away, free its zspage, and bring it back to a new
 * one that got the same index and slot: the entry says what it said before.
 */
static void carry(struct zs_zspage *from, unsigned int slot, struct zs_zspage *to)
{
	struct zs_class *class = from->class;

	lockdep_assert_held(&class->lock);
	if (zs_zspage_freeze(from)) {
		zs_move(scene.pool, from, slot, to);
		zs_zspage_thaw(from);
		zs_zspage_trim(scene.pool, from);
		zs_class_settle(scene.pool, class);
	}
}

static struct zs_zspage *new_zspage(struct zs_class *class)
{
	struct zs_zspage *zspage = zs_zspage_alloc(scene.pool, class, GFP_KERNEL);
	struct page *page = zs_page_alloc(GFP_TEST);

	spin_lock(&class->lock);
	zs_zspage_grow(scene.pool, zspage, page);
	zs_zspage_join(scene.pool, zspage);
	return zspage;
}

static void op_round_trip(unsigned int task, struct thing *target)
{
	struct zs_class *class = class_of(scene.size);
	struct zs_zspage *there, *back;

	if (!class || scene.nr != 1)
		return;
	/* with the lock of the class held from here to there, as zspages without objects are */
	there = new_zspage(class);
	carry(xa_load(&scene.pool->zspages, 0), 0, there);
	spin_unlock(&class->lock);
	if (!xa_load(&scene.pool->zspages, 0)) {
		back = new_zspage(class);
		carry(there, 0, back);
		if (!back->objects)
			zs_zspage_trim(scene.pool, back);
		zs_class_settle(scene.pool, class);
		spin_unlock(&class->lock);
	} else {
		spin_lock(&class->lock);
		if (!there->objects)
			zs_zspage_trim(scene.pool, there);
		zs_class_settle(scene.pool, class);
		spin_unlock(&class->lock);
	}
}

const struct operation operations[] = {
	{ "malloc", TABLE, op_malloc },
	{ "malloc_new", TABLE, op_malloc_new },
	{ "fill", TABLE, op_fill },
	{ "free", FREES | TABLE, op_free },
	{ "reuse", FREES | REUSES | TABLE, op_reuse },
	{ "read", USES | TABLE, op_read },
	{ "stale", TABLE, op_stale },
	{ "write", USES | WRITES, op_write },
	{ "map", USES | WRITES, op_map },
	{ "move", TABLE, op_move },
	{ "spill", 0, op_spill },
	{ "compact", 0, op_compact },
	{ "shrink", 0, op_shrink },
	{ "worker", 0, op_worker },
	{ "migrate", 0, op_migrate },
	{ "isolate", 0, op_isolate },
	{ "destroy", 0, op_destroy },
	{ "create", 0, op_create },
	{ "stats", TABLE, op_stats },
	{ "round_trip", CARRIES, op_round_trip },
	{ }
};
