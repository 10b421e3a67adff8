/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The one layer between the allocator and user space: what its sources expect of
 * kernel headers. It is included ahead of every file. The headers the sources
 * name (<linux/...>, <asm/...>) are made by the Makefile and are empty, except
 * that the C library, which is read first, finds its own of the same name.
 *
 * The shim is stricter than a kernel without debugging: see lock.h, rcu.h, memory.h.
 */
#ifndef _SHIM_KERNEL_H
#define _SHIM_KERNEL_H

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>

/* From here on <linux/...> and <asm/...> are ours. */
#define _SHIM_READY

#include "base.h"
#include "atomic.h"
#include "bitmap.h"
#include "list.h"
#include "lock.h"
#include "rcu.h"
#include "memory.h"
#include "pages.h"
#include "percpu.h"
#include "xarray.h"
#include "work.h"
#include "debugfs.h"
#include "zpool.h"

#endif /* _SHIM_KERNEL_H */
