#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Processors go off and come back while 16 processes store and load with the compressor
# that takes longest. Those that were interrupted in it go on on another processor.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh
# shellcheck source=tools/testing/selftests/zswap/zswaplib.sh
. /usr/libexec/zram/zswaplib.sh

seconds=${ZMEM_seconds:-15}

# first PID: it gets a processor before all others
first() {
	renice -n -20 -p "$1" > /dev/null
}

must zpool zsmalloc
must compressor zstd
must max_pool_percent 50
must enabled 1
check swapon swap_on "$(scratch 1)"
swapstress 64 16 "$seconds" > /tmp/swapstress.txt 2>&1 &
stress=$!
# Those that swap would leave little to this shell and to the threads that switch processors.
first $$
for comm in /proc/[0-9]*/comm; do
	case $(cat "$comm" 2> /dev/null) in
	cpuhp/*) first "$(basename "${comm%/comm}")" ;;
	esac
done
cycles=0
while kill -0 $stress 2> /dev/null; do
	for cpu in 1 2 3; do
		echo 0 > /sys/devices/system/cpu/cpu$cpu/online
	done
	for cpu in 1 2 3; do
		echo 1 > /sys/devices/system/cpu/cpu$cpu/online
	done
	cycles=$((cycles + 1))
done
wait $stress
expect every_page_is_right 0 $?
tail -n 3 /tmp/swapstress.txt
holds processors_went_and_came $cycles -ge 2
holds pages_were_stored "$(vmstat zswpout)" -gt 5000
say "$cycles cycles of three processors, $(vmstat zswpout) pages stored, $(vmstat zswpin) loaded"
check swapoff swapoff "$(scratch 1)"
expect nothing_is_stored 0 "$(counter stored_pages)"
finish
