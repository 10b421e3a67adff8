/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the allocator's sources expect of the kernel, as cheap as the kernel has it:
 * included ahead of every file, it puts the headers of this directory in the place of
 * those of the harness's shim that keep books on locks, RCU and memory, and leaves the
 * others as they are.
 */
#ifndef _NATIVE_FAST_H
#define _NATIVE_FAST_H

#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <sched.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <malloc.h>
#include <sys/types.h>

/* From here on <linux/...> and <asm/...> are empty headers. */
#define _SHIM_READY

#include "base.h"
#include "atomic.h"
#include "bitmap.h"
#include "list.h"

/* On x86 only a store that a later load must not pass takes an instruction. */
#undef smp_rmb
#undef smp_wmb
#undef smp_mb__before_atomic
#undef smp_mb__after_atomic
#define smp_rmb()			__atomic_thread_fence(__ATOMIC_ACQUIRE)
#define smp_wmb()			__atomic_thread_fence(__ATOMIC_RELEASE)
#define smp_mb__before_atomic()		barrier()
#define smp_mb__after_atomic()		barrier()

#define _SHIM_LOCK_H
#define _SHIM_RCU_H
#define _SHIM_MEMORY_H
#define _SHIM_PAGES_H
#define _SHIM_PERCPU_H
#define _SHIM_WORK_H
#include "fast_lock.h"
#include "fast_memory.h"
#include "fast_work.h"

/* The rest of the shim, whatever there is. */
#include "kernel.h"

#endif /* _NATIVE_FAST_H */
