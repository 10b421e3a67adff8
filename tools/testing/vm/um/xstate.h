/* SPDX-License-Identifier: GPL-2.0-only */
/* What the linker's --wrap=ptrace makes of the calls and of the library's function. */
#ifndef _UM_XSTATE_H
#define _UM_XSTATE_H

long __real_ptrace(int request, ...);
long __wrap_ptrace(int request, ...);

#endif /* _UM_XSTATE_H */
