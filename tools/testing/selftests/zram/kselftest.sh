#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The kernel's own selftests of zram, unmodified.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh

check selftests_are_there [ -x /usr/libexec/kselftest/zram01.sh ]
cd /usr/libexec/kselftest || exit 1
for t in zram01 zram02; do
	timeout 100 bash ./$t.sh > /tmp/$t.txt 2>&1
	status=$?
	cat /tmp/$t.txt
	if [ $status = 0 ] && ! grep -qE 'FAIL|skip' /tmp/$t.txt; then
		ok $t
	else
		not_ok $t "status $status: $(tail -n 3 /tmp/$t.txt)"
	fi
done
finish
