/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Atomics on the compiler's builtins.
 *
 * ThreadSanitizer knows no fences, so under it every read-modify-write is
 * sequentially consistent and the barriers around them are empty: it finds
 * missing locks and unordered plain accesses, not a barrier left out.
 */
#ifndef _SHIM_ATOMIC_H
#define _SHIM_ATOMIC_H

#ifdef __SANITIZE_THREAD__
#define SHIM_RMW	__ATOMIC_SEQ_CST
#define smp_mb()	barrier()
#else
#define SHIM_RMW	__ATOMIC_RELAXED
#define smp_mb()	__atomic_thread_fence(__ATOMIC_SEQ_CST)
#endif
#define smp_rmb()			smp_mb()
#define smp_wmb()			smp_mb()
#define smp_mb__before_atomic()		smp_mb()
#define smp_mb__after_atomic()		smp_mb()

typedef struct { int counter; } atomic_t;
typedef struct { s64 __aligned(8) counter; } atomic64_t;
typedef struct { long counter; } atomic_long_t;
#define ATOMIC_INIT(i)		{ (i) }
#define ATOMIC64_INIT(i)	{ (i) }
#define ATOMIC_LONG_INIT(i)	{ (i) }

/* Loads, stores, and what returns nothing. */
#define SHIM_ATOMIC_PLAIN(name, type, base)					\
static inline base name##_read(const type *v)					\
{ shim_read(v); return __atomic_load_n(&v->counter, __ATOMIC_RELAXED); }	\
static inline base name##_read_acquire(const type *v)				\
{ shim_read(v); return __atomic_load_n(&v->counter, __ATOMIC_ACQUIRE); }	\
static inline void name##_set(type *v, base i)					\
{ shim_write(v); __atomic_store_n(&v->counter, i, __ATOMIC_RELAXED); }		\
static inline void name##_set_release(type *v, base i)				\
{ shim_write(v); __atomic_store_n(&v->counter, i, __ATOMIC_RELEASE); }		\
static inline void name##_add(base i, type *v)					\
{ shim_write(v); __atomic_fetch_add(&v->counter, i, SHIM_RMW); }		\
static inline void name##_sub(base i, type *v)					\
{ shim_write(v); __atomic_fetch_sub(&v->counter, i, SHIM_RMW); }		\
static inline void name##_inc(type *v)						\
{ shim_write(v); __atomic_fetch_add(&v->counter, 1, SHIM_RMW); }		\
static inline void name##_dec(type *v)						\
{ shim_write(v); __atomic_fetch_sub(&v->counter, 1, SHIM_RMW); }		\
static inline bool name##_dec_and_test(type *v)					\
{ shim_write(v); return !__atomic_sub_fetch(&v->counter, 1, __ATOMIC_SEQ_CST); }

/* What returns a value, in one of the four orders. */
#define SHIM_ATOMIC_ORDER(name, type, base, suffix, order)			\
static inline base name##_add_return##suffix(base i, type *v)			\
{ shim_write(v); return __atomic_add_fetch(&v->counter, i, order); }		\
static inline base name##_sub_return##suffix(base i, type *v)			\
{ shim_write(v); return __atomic_sub_fetch(&v->counter, i, order); }		\
static inline base name##_inc_return##suffix(type *v)				\
{ shim_write(v); return __atomic_add_fetch(&v->counter, 1, order); }		\
static inline base name##_dec_return##suffix(type *v)				\
{ shim_write(v); return __atomic_sub_fetch(&v->counter, 1, order); }		\
static inline base name##_fetch_add##suffix(base i, type *v)			\
{ shim_write(v); return __atomic_fetch_add(&v->counter, i, order); }		\
static inline base name##_xchg##suffix(type *v, base new)			\
{ shim_write(v); return __atomic_exchange_n(&v->counter, new, order); }		\
static inline bool name##_try_cmpxchg##suffix(type *v, base *old, base new)	\
{										\
	shim_write(v);								\
	return __atomic_compare_exchange_n(&v->counter, old, new, false, order,	\
					   __ATOMIC_RELAXED);			\
}										\
static inline base name##_cmpxchg##suffix(type *v, base old, base new)		\
{										\
	name##_try_cmpxchg##suffix(v, &old, new);				\
	return old;								\
}

#define SHIM_ATOMIC(name, type, base)						\
	SHIM_ATOMIC_PLAIN(name, type, base)					\
	SHIM_ATOMIC_ORDER(name, type, base, , __ATOMIC_SEQ_CST)			\
	SHIM_ATOMIC_ORDER(name, type, base, _acquire, __ATOMIC_ACQUIRE)		\
	SHIM_ATOMIC_ORDER(name, type, base, _release, __ATOMIC_RELEASE)		\
	SHIM_ATOMIC_ORDER(name, type, base, _relaxed, __ATOMIC_RELAXED)

SHIM_ATOMIC(atomic, atomic_t, int)
SHIM_ATOMIC(atomic64, atomic64_t, s64)
SHIM_ATOMIC(atomic_long, atomic_long_t, long)

static inline bool atomic_add_unless(atomic_t *v, int by, int unless)
{
	int old = atomic_read(v);

	while (old != unless)
		if (atomic_try_cmpxchg(v, &old, old + by))
			return true;
	return false;
}

/* As strict as the kernel's: no reference comes out of none, and none is dropped twice. */
typedef struct { atomic_t refs; } refcount_t;

static inline void refcount_set(refcount_t *r, int n)
{
	atomic_set(&r->refs, n);
}

static inline void refcount_inc(refcount_t *r)
{
	if (atomic_inc_return(&r->refs) <= 1)
		shim_bug("refcount: a reference is taken to something that is gone");
}

static inline bool refcount_dec_and_test(refcount_t *r)
{
	int left = atomic_dec_return(&r->refs);

	if (left < 0)
		shim_bug("refcount: a reference is dropped that nobody had");
	return !left;
}

/* One that fails has read, and a pointer so read orders what it leads to, as with READ_ONCE(). */
#define cmpxchg(ptr, old, new)							\
({										\
	typeof(*(ptr)) __old = (old);						\
										\
	shim_write(ptr);							\
	__atomic_compare_exchange_n(ptr, &__old, new, false, __ATOMIC_SEQ_CST,	\
				    __ATOMIC_ACQUIRE);				\
	__old;									\
})
#define xchg(ptr, new) \
	({ shim_write(ptr); __atomic_exchange_n(ptr, new, __ATOMIC_SEQ_CST); })

#endif /* _SHIM_ATOMIC_H */
