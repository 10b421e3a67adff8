#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# A suite that goes wrong in the way that ZMEM_way says; selftest.py expects the
# runner to notice. "good" is the control: it must pass.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh

case ${ZMEM_way:?} in
good)
	ok first
	ok second
	finish
	;;
silent)
	sleep 1000
	;;
nothing)
	;;
few)
	ok first
	results=2
	finish
	;;
no_end)
	ok first
	;;
dies)
	ok first
	kill -9 $$
	;;
result)
	not_ok first "it was asked to fail"
	finish
	;;
after_end)
	finish
	echo "ok late" >&3
	;;
forged)
	# Words on the console are no verdict.
	echo "ok first"
	echo "END 1"
	echo "ok first" > /dev/kmsg
	echo "END 1" > /dev/kmsg
	;;
panic)
	ok first
	echo c > /proc/sysrq-trigger
	;;
late_panic)
	ok first
	finish
	sleep 0.5
	echo c > /proc/sysrq-trigger
	;;
warn)
	ok first
	echo "WARNING: CPU: 0 PID: 1 at mm/example.c:1 example+0x0/0x10" > /dev/kmsg
	finish
	;;
lockdep)
	ok first
	echo "WARNING: possible circular locking dependency detected" > /dev/kmsg
	finish
	;;
kasan)
	ok first
	echo "BUG: KASAN: use-after-free in example+0x0/0x10" > /dev/kmsg
	finish
	;;
ubsan)
	ok first
	echo "UBSAN: array-index-out-of-bounds in mm/example.c:1:1" > /dev/kmsg
	finish
	;;
hung)
	ok first
	echo "INFO: task example:1 blocked for more than 60 seconds." > /dev/kmsg
	finish
	;;
esac
