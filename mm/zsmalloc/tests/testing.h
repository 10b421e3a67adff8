/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the suites of zsmalloc share: a pool for a case, and bytes that say whose
 * they are.
 */
#ifndef _ZS_TESTING_H
#define _ZS_TESTING_H

#include <kunit/test.h>
#include <linux/prandom.h>
#include <linux/zsmalloc.h>

#include "../check.h"
#include "../redzone.h"
#include "../zspage.h"

#define ZS_TEST_GFP	(GFP_KERNEL | __GFP_HIGHMEM | __GFP_MOVABLE)

/*
 * A pool in test->priv, for .init and .exit of a suite: one that does nothing by
 * itself, and where every object goes to the class that its size asks for.
 */
static inline int zs_test_init(struct kunit *test)
{
	struct zs_pool *pool = zs_create_pool("kunit");

	if (!pool)
		return -ENOMEM;
	pool->background.permille = 1000;
	pool->demand.start = 0;
	pool->demand.stop = 0;
	zs_red_off(pool);
	test->priv = pool;
	return 0;
}

static inline void zs_test_exit(struct kunit *test)
{
	struct zs_pool *pool = test->priv;

	KUNIT_EXPECT_EQ(test, zs_check(pool), ZS_OK);
	zs_destroy_pool(pool);
}

/* An object, or the case ends here. */
static inline unsigned long zs_test_malloc(struct kunit *test, size_t size)
{
	unsigned long handle = zs_malloc(test->priv, size, ZS_TEST_GFP);

	KUNIT_ASSERT_FALSE(test, IS_ERR_VALUE(handle));
	KUNIT_ASSERT_NE(test, handle, 0UL);
	return handle;
}

/* Where the object of a live handle is. */
static inline struct zs_zspage *zs_test_locate(struct kunit *test, unsigned long handle,
					       struct zs_place *place)
{
	struct zs_pool *pool = test->priv;
	const char *wrong;
	struct zs_ref ref;

	rcu_read_lock();
	wrong = zs_handle_find(&pool->handles, handle, &ref);
	rcu_read_unlock();
	KUNIT_ASSERT_NULL(test, wrong);

	*place = zs_entry_place(ref.seen);
	return xa_load(&pool->zspages, place->zspage);
}

/* The bytes of an object are a function of its seed. */
static inline void zs_test_pattern(u8 *buf, size_t len, u32 seed)
{
	struct rnd_state rnd;

	prandom_seed_state(&rnd, seed);
	prandom_bytes_state(&rnd, buf, len);
}

static inline void zs_test_fill(struct kunit *test, unsigned long handle, size_t len, u32 seed)
{
	u8 *buf = kunit_kzalloc(test, len, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, buf);
	zs_test_pattern(buf, len, seed);
	KUNIT_EXPECT_EQ(test, zs_obj_write(test->priv, handle, buf, len), 0);
	kunit_kfree(test, buf);
}

static inline void zs_test_verify(struct kunit *test, unsigned long handle, size_t len, u32 seed)
{
	u8 *buf = kunit_kzalloc(test, 2 * len, GFP_KERNEL);
	void *mem;

	KUNIT_ASSERT_NOT_NULL(test, buf);
	zs_test_pattern(buf, len, seed);
	mem = zs_obj_read_begin(test->priv, handle, len, buf + len);
	KUNIT_ASSERT_NOT_NULL(test, mem);
	KUNIT_EXPECT_EQ(test, memcmp(mem, buf, len), 0);
	zs_obj_read_end(test->priv, handle, len, mem);
	kunit_kfree(test, buf);
}

#endif /* _ZS_TESTING_H */
