/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _CORPUS_KERNEL_H
#define _CORPUS_KERNEL_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "written for little-endian machines"
#endif
#define __LITTLE_ENDIAN	1234

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;

#define likely(x)	__builtin_expect(!!(x), 1)
#define unlikely(x)	__builtin_expect(!!(x), 0)
#define noinline	__attribute__((noinline))
#define min(a, b)	((a) < (b) ? (a) : (b))
#define BUILD_BUG_ON(cond)	_Static_assert(!(cond), #cond)
#define min_t(type, a, b)	min((type)(a), (type)(b))

#endif /* _CORPUS_KERNEL_H */
