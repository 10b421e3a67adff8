// SPDX-License-Identifier: GPL-2.0-only
/*
 * Linked into User-Mode Linux in front of ptrace(): User-Mode Linux of 6.1 keeps 2696
 * bytes of extended registers for a process of its guest. A host with wider registers
 * (AMX has 11008 bytes) refuses to set less than all of them, and the guest's first
 * process dies. What the guest does not know of is kept as the host has it.
 */
#include <errno.h>
#include <linux/elf.h>
#include <stdarg.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/uio.h>

#include "xstate.h"

/* More than any processor has; not on the stack, which is a few pages of the guest. */
static char all[1 << 16];

static long set_registers(int pid, void *addr, const struct iovec *iov)
{
	struct iovec whole = { .iov_base = all, .iov_len = sizeof(all) };

	if (__real_ptrace(PTRACE_GETREGSET, pid, addr, &whole) < 0)
		return -1;
	if (iov->iov_len < whole.iov_len) {
		memcpy(all, iov->iov_base, iov->iov_len);
		iov = &whole;
	}
	return __real_ptrace(PTRACE_SETREGSET, pid, addr, iov);
}

long __wrap_ptrace(int request, ...)
{
	va_list args;
	void *addr, *data;
	int pid;

	va_start(args, request);
	pid = va_arg(args, int);
	addr = va_arg(args, void *);
	data = va_arg(args, void *);
	va_end(args);

	if (request == PTRACE_SETREGSET && addr == (void *)NT_X86_XSTATE)
		return set_registers(pid, addr, data);
	return __real_ptrace(request, pid, addr, data);
}
