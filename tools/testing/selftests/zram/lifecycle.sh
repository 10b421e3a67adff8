#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Devices come and go: nothing is left behind, whatever the order of events.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh

# cycles COUNT: a device is made, used and removed, COUNT times
cycles() {
	local i id
	for ((i = 0; i < $1; i++)); do
		read -r id < $control/hot_add || return 1
		if [ $((i % 10)) = 0 ]; then
			echo 16M > $sys/zram"$id"/disksize || return 1
			echo data > /dev/zram"$id" || return 1
		fi
		[ $((i % 20)) = 0 ] && { echo 1 > $sys/zram"$id"/reset || return 1; }
		echo "$id" > $control/hot_remove || return 1
	done
}

slab() {
	meminfo Slab
}

# --- a thousand devices: the first hundred warm up what stays cached
check warm_up cycles 100
settle
free=$(meminfo MemFree)
slab=$(slab)
check a_thousand_devices cycles 1000
settle
lost=$((free - $(meminfo MemFree)))
say "1000 cycles: MemFree fell by $lost KiB, slab grew by $(($(slab) - slab)) KiB"
# Page tables, caches of the shell and per-CPU lists move by some hundred KiB;
# a leak of one page a cycle would be 4000.
holds memory_is_given_back "$lost" -lt 2000
holds slab_is_given_back $(($(slab) - slab)) -lt 1000

# --- many devices at once, removed in another order
ids=()
for i in {1..24}; do
	new_device 8M
	ids+=("${dev#zram}")
	blkio /dev/"$dev" write 0 16 "$i" > /dev/null
done
expect devices_are_distinct 24 "$(printf '%s\n' "${ids[@]}" | sort -u | wc -l)"
bad=0
for i in {24..1}; do
	[ "$(blkio /dev/zram"${ids[i - 1]}" verify 0 16 "$i")" = OK ] || bad=$((bad + 1))
done
expect every_device_holds_its_own_data 0 $bad
for id in "${ids[@]}"; do
	dev=zram$id
	[ "$(remove_device)" = OK ] || bad=$((bad + 1))
done
expect every_device_goes 0 $bad

# --- four shells at once: making, sizing, writing, resetting, removing
storm() {
	local end=$((SECONDS + $1)) id n=0
	while [ $SECONDS -lt $end ]; do
		read -r id 2>/dev/null < $control/hot_add || continue
		sysfs_store $sys/zram"$id"/comp_algorithm zstd
		sysfs_store $sys/zram"$id"/disksize 4M
		blkio /dev/zram"$id" write 0 32 "$id"
		blkio /dev/zram"$id" verify 0 32 "$id"
		sysfs_store $sys/zram"$id"/reset 1
		sysfs_store $sys/zram"$id"/disksize 1M
		until [ "$(sysfs_store $control/hot_remove "$id")" = OK ]; do
			sleep 0.05
		done
		n=$((n + 1))
	done > /tmp/storm."$2"
	echo $n > /tmp/count."$2"
}
for i in 1 2 3 4; do
	storm 8 $i &
done
# A fifth shell resets and compacts whatever is there.
(
	end=$((SECONDS + 8))
	while [ $SECONDS -lt $end ]; do
		for d in "$sys"/zram*; do
			sysfs_store "$d"/compact 1
			cat "$d"/mm_stat "$d"/io_stat "$d"/debug_stat "$d"/comp_algorithm
		done > /dev/null 2>&1
	done
) &
wait
total=0
for i in 1 2 3 4; do
	total=$((total + $(cat /tmp/count.$i)))
done
holds shells_made_devices $total -gt 20
expect only_the_first_is_left zram0 "$(cd "$sys" && echo zram*)"
refuses no_read_was_wrong grep -q differs /tmp/storm.1 /tmp/storm.2 /tmp/storm.3 /tmp/storm.4

# --- reset under a reader: the reader gets data or an end, never a crash
new_device 8M
for i in {1..30}; do
	blkio /dev/"$dev" write 0 64 1 > /dev/null &
	store reset 1 > /dev/null
	store disksize 8M > /dev/null
	wait
done
store reset 1 > /dev/null
expect reset_under_io_ends_well 0 "$(< $sys/"$dev"/initstate)"
expect goes OK "$(remove_device)"
finish
