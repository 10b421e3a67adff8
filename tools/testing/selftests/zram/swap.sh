#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Swap under pressure: processes, threads and forks fault on the same pages,
# the pool is compacted, swap goes off and on while it is in use.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh

compact_until() {
	until [ -e "$1" ]; do
		echo 1 > $sys/"$dev"/compact
		sleep 0.05
	done
}

swap_on() {
	mkswap /dev/"$dev" > /dev/null && swapon -p 10 /dev/"$dev"
}

# --- everything pushed out, faulted in twice at once, forked, compacted
new_device 384M lzo-rle
check swap_on swap_on
compact_until /tmp/stop1 &
check stress swapstress 60 3 12
touch /tmp/stop1
wait
holds pages_went_out "$(vmstat pswpout)" -gt 10000
holds pages_came_in "$(vmstat pswpin)" -gt 10000
say "out $(vmstat pswpout), in $(vmstat pswpin) pages; $(xargs < $sys/"$dev"/mm_stat)"
expect failed_no_io "0 0 0" "$(io 1) $(io 2) $(io 3)"
check swapoff swapoff /dev/"$dev"
holds accounting_is_back_to_the_header "$(orig_size)" -le 8192

# --- more than fits: real pressure from the memory manager
check swap_on_again swap_on
check pressure swapstress 280 4 15
holds memory_was_short "$(mm 5)" -gt $((20 << 20))
check swapoff_again swapoff /dev/"$dev"
holds accounting_after_pressure "$(orig_size)" -le 8192

# --- swapoff and swapon while processes run
swapstress 60 2 12 > /tmp/stress.txt 2>&1 &
stress=$!
cycles=0
while [ -d /proc/$stress ] && kill -0 $stress 2>/dev/null && [ $cycles -lt 40 ]; do
	swapon -p 10 /dev/"$dev" || break
	sleep 0.4
	swapoff /dev/"$dev" || break
	cycles=$((cycles + 1))
done
holds swapoff_during_use "$cycles" -ge 3
wait $stress
expect data_survive_swapoff 0 $?
cat /tmp/stress.txt
say "$cycles times off and on"
holds accounting_at_the_end "$(orig_size)" -le 8192
expect failed_no_io_at_the_end "0 0 0" "$(io 1) $(io 2) $(io 3)"
refuses stress_notices_a_spoiled_byte swapstress 4 1 2 spoil
expect goes OK "$(remove_device)"
finish
