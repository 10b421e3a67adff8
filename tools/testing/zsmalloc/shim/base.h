/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Types, arithmetic, error pointers, messages, module boilerplate.
 */
#ifndef _SHIM_BASE_H
#define _SHIM_BASE_H

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;
typedef int8_t s8;
typedef int16_t s16;
typedef int32_t s32;
typedef int64_t s64;
typedef unsigned int gfp_t;
typedef unsigned long pgoff_t;

#define BITS_PER_LONG		(8 * __SIZEOF_LONG__)
#if __SIZEOF_LONG__ == 8
#define CONFIG_64BIT		1
#endif
#define CONFIG_ZSMALLOC_STAT	1

/* PAGE_SHIFT comes from the Makefile: the page size is one of the things tested */
#define PAGE_SIZE		(1UL << PAGE_SHIFT)
#define PAGE_ALIGN(size)	round_up(size, PAGE_SIZE)
#define PAGE_MASK		(~(PAGE_SIZE - 1))
#define SZ_1K			0x400
#define SZ_4K			0x1000
#define SZ_16K			0x4000
#define SZ_64K			0x10000
#define SZ_16M			0x1000000
#define U8_MAX			UINT8_MAX
#define U16_MAX			UINT16_MAX
#define U32_MAX			UINT32_MAX
#define U64_MAX			UINT64_MAX
#define S32_MAX			INT32_MAX
#define S32_MIN			INT32_MIN

#define likely(x)		__builtin_expect(!!(x), 1)
#define unlikely(x)		__builtin_expect(!!(x), 0)
#define barrier()		__asm__ __volatile__("" : : : "memory")
#define __init
#define __exit
#define __user
#define __force
#define __rcu
#define __ro_after_init
#define __read_mostly
#define __acquires(x)
#define __releases(x)
#define __must_hold(x)
#undef __always_inline
#define __always_inline		inline __attribute__((always_inline))
#define noinline		__attribute__((noinline))
#define __maybe_unused		__attribute__((unused))
#define __must_check		__attribute__((warn_unused_result))
#undef __packed
#define __packed		__attribute__((packed))
#undef __aligned
#define __aligned(x)		__attribute__((aligned(x)))
#define ____cacheline_aligned_in_smp	__attribute__((aligned(64)))
#undef __printf
#define __printf(fmt, args)	__attribute__((format(printf, fmt, args)))
#define fallthrough		__attribute__((fallthrough))

#undef static_assert
#define static_assert(expr, ...)	_Static_assert(expr, #expr)
#define BUILD_BUG_ON(cond)	_Static_assert(!(cond), "BUILD_BUG_ON " #cond)

/*
 * Before every access to memory that others may change: the schedule explorer lets
 * them do it here. What the shim does inside its own functions is one step.
 * SHIM_FREE is the end of a piece of slab memory.
 */
enum shim_access { SHIM_READ, SHIM_WRITE, SHIM_FREE };
#ifdef SHIM_EXPLORE
void shim_step(const void *addr, enum shim_access access);
#else
#define shim_step(addr, access)	((void)(addr))
#endif
#ifdef SHIM_STEPS
#define shim_read(addr)		shim_step(addr, SHIM_READ)
#define shim_write(addr)	shim_step(addr, SHIM_WRITE)
#else
#define shim_read(addr)		((void)0)
#define shim_write(addr)	((void)0)
#endif

/* A pointer read orders what is read through it; the nearest the compiler has is acquire. */
#define READ_ONCE(x)		({ shim_read(&(x)); __atomic_load_n(&(x), __ATOMIC_ACQUIRE); })
#define WRITE_ONCE(x, val) \
	({ shim_write(&(x)); __atomic_store_n(&(x), val, __ATOMIC_RELAXED); })
#define smp_load_acquire(p)	({ shim_read(p); __atomic_load_n(p, __ATOMIC_ACQUIRE); })
#define smp_store_release(p, v)	({ shim_write(p); __atomic_store_n(p, v, __ATOMIC_RELEASE); })

/* Read without order, and right all the same; of what, this cannot tell. */
#define data_race(x)		({ shim_read(NULL); (x); })

#define BIT(nr)			(1UL << (nr))
#define BIT_ULL(nr)		(1ULL << (nr))
#define GENMASK(h, l)		((~0UL << (l)) & (~0UL >> (BITS_PER_LONG - 1 - (h))))
#define GENMASK_ULL(h, l)	((~0ULL << (l)) & (~0ULL >> (63 - (h))))

#define ARRAY_SIZE(a)		(sizeof(a) / sizeof((a)[0]))
#define DIV_ROUND_UP(n, d)	(((n) + (d) - 1) / (d))
#define ALIGN(x, a)		(((x) + (typeof(x))(a) - 1) & ~((typeof(x))(a) - 1))
#define IS_ALIGNED(x, a)	(!((x) & ((typeof(x))(a) - 1)))
#define round_up(x, y)		ALIGN(x, y)
#define round_down(x, y)	((x) & ~((typeof(x))(y) - 1))
#define container_of(ptr, type, member) \
	((type *)((char *)(ptr) - offsetof(type, member)))
#define struct_size(p, member, n)	(sizeof(*(p)) + sizeof((p)->member[0]) * (n))

#define __shim_pick(a, op, b) \
	({ __auto_type __a = (a); __auto_type __b = (b); __a op __b ? __a : __b; })
#define min(a, b)		__shim_pick(a, <, b)
#define max(a, b)		__shim_pick(a, >, b)
#define min_t(type, a, b)	min((type)(a), (type)(b))
#define max_t(type, a, b)	max((type)(a), (type)(b))
#define clamp(v, lo, hi)	min(max(v, lo), hi)
#define swap(a, b) \
	do { typeof(a) __tmp = (a); (a) = (b); (b) = __tmp; } while (0)

#define MAX_ERRNO		4095
#define IS_ERR_VALUE(x)		unlikely((unsigned long)(x) >= (unsigned long)-MAX_ERRNO)

/* Decimal only. */
static inline int kstrtouint(const char *text, unsigned int base, unsigned int *number)
{
	size_t digits = strspn(text, "0123456789");
	unsigned long long value = 0;
	size_t n;

	for (n = 0; n < digits && value <= U32_MAX; n++)
		value = value * base + text[n] - '0';
	if (!digits || text[digits])
		return -EINVAL;
	*number = value;
	return value > U32_MAX ? -ERANGE : 0;
}

static inline void *ERR_PTR(long error)
{
	return (void *)error;
}

static inline long PTR_ERR(const void *ptr)
{
	return (long)ptr;
}

static inline bool IS_ERR(const void *ptr)
{
	return IS_ERR_VALUE(ptr);
}

static inline bool IS_ERR_OR_NULL(const void *ptr)
{
	return !ptr || IS_ERR(ptr);
}

/* What the kernel would stop for ends the program, with a stack. */
void shim_bug(const char *fmt, ...) __printf(1, 2) __attribute__((noreturn));

#define BUG()		shim_bug("BUG at %s:%d", __FILE__, __LINE__)
#define BUG_ON(cond)								\
	do {									\
		if (unlikely(cond))						\
			shim_bug("BUG_ON(%s) at %s:%d", #cond, __FILE__, __LINE__); \
	} while (0)
#define WARN_ON(cond)								\
	({									\
		if (unlikely(cond))						\
			shim_bug("WARN_ON(%s) at %s:%d", #cond, __FILE__, __LINE__); \
		false;								\
	})
#define WARN_ON_ONCE(cond)	WARN_ON(cond)
#define WARN_ONCE(cond, ...)	WARN_ON(cond)
#define VM_BUG_ON(cond)		BUG_ON(cond)

void shim_printk(char level, const char *fmt, ...) __printf(2, 3);

/* Nothing is rate limited: tests count the lines. */
#define pr_err(...)		shim_printk('3', __VA_ARGS__)
#define pr_warn(...)		shim_printk('4', __VA_ARGS__)
#define pr_info(...)		shim_printk('6', __VA_ARGS__)
#define pr_debug(...)		shim_printk('7', __VA_ARGS__)
#define pr_err_ratelimited	pr_err
#define pr_warn_ratelimited	pr_warn
#define pr_info_ratelimited	pr_info
#define pr_err_once		pr_err
#define pr_warn_once		pr_warn

/* 1 for an option that is defined as 1, 0 for one that is not defined. */
#define SHIM_IF_1		0,
#define SHIM_SECOND(a, b, ...)	b
#define SHIM_ENABLED_(junk)	SHIM_SECOND(junk 1, 0)
#define SHIM_ENABLED(value)	SHIM_ENABLED_(SHIM_IF_##value)
#define IS_ENABLED(option)	SHIM_ENABLED(option)

#define EXPORT_SYMBOL(name)
#define EXPORT_SYMBOL_GPL(name)
#define MODULE_LICENSE(text)
#define MODULE_DESCRIPTION(text)
#define MODULE_AUTHOR(text)
#define MODULE_ALIAS(text)
int shim_module_init(void);
void shim_module_exit(void);
#define module_init(fn)		int shim_module_init(void) { return fn(); }
#define module_exit(fn)		void shim_module_exit(void) { fn(); }

#endif /* _SHIM_BASE_H */
