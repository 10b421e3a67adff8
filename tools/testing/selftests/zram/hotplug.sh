#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# A processor goes and comes while pages are compressed and decompressed.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh

cpu=/sys/devices/system/cpu/cpu1/online
check cpu1_can_go [ -w $cpu ]

plug_until() {
	local n=0
	until [ -e "$1" ]; do
		echo 0 > $cpu && echo 1 > $cpu && n=$((n + 1))
	done
	echo $n > /tmp/cycles
}

for alg in lzo-rle zstd deflate; do
	new_device ""
	[ "$(store comp_algorithm $alg)" = OK ] || {
		not_ok "$alg" "not offered"
		remove_device > /dev/null
		continue
	}
	set_up disksize 64M
	plug_until /tmp/stop &
	check "storm_$alg" slotstorm /dev/"$dev" 256 7 6
	touch /tmp/stop
	wait
	rm /tmp/stop
	holds "cpu_went_and_came_$alg" "$(cat /tmp/cycles)" -ge 5
	say "$alg: $(cat /tmp/cycles) cycles"
	expect "failed_no_io_$alg" "0 0 0" "$(io 1) $(io 2) $(io 3)"
	# A stream that is not there while its processor is away must not be missed.
	echo 0 > $cpu
	check "one_cpu_writes_$alg" blkio /dev/"$dev" write 1000 128 1
	check "one_cpu_reads_$alg" blkio /dev/"$dev" verify 1000 128 1
	expect "streams_follow_$alg" 1 "$(< $sys/"$dev"/max_comp_streams)"
	expect "goes_with_one_cpu_$alg" OK "$(remove_device)"
	new_device 16M $alg
	echo 1 > $cpu
	check "device_of_one_cpu_writes_$alg" blkio /dev/"$dev" write 0 256 1
	check "device_of_one_cpu_reads_$alg" blkio /dev/"$dev" verify 0 256 1
	expect "goes_$alg" OK "$(remove_device)"
done

# --- the same under swap
new_device 256M zstd
check swap_on sh -c "mkswap /dev/$dev && swapon /dev/$dev"
plug_until /tmp/stop &
check swap_stress swapstress 48 3 12
touch /tmp/stop
wait
holds cpu_went_and_came_under_swap "$(cat /tmp/cycles)" -ge 3
check swapoff swapoff /dev/"$dev"
expect goes_at_last OK "$(remove_device)"
finish
