#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# What is used all the time, and fits, is not hurt by zswap: a hot process goes over its pages,
# a cold one has gone to sleep, and a file is read that is several times the machine's memory. With
# the shrinker and without it nothing of the hot pages comes from the disk.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh
# shellcheck source=tools/testing/selftests/zswap/zswaplib.sh
. /usr/libexec/zram/zswaplib.sh

# More than the memory: a part of it has to be in the pool, for which there is room.
hot=10000
cold=20000

# figures: written back, from the disk, stored, loaded, major faults
figures() {
	echo "$(counter written_back_pages) $(vmstat pswpin) $(vmstat zswpout) $(vmstat zswpin)" \
		"$(vmstat pgmajfault)"
}

must compressor lz4
must max_pool_percent 30
must enabled 1
# One page at a time, or those counted would be their neighbours.
echo 0 > /proc/sys/vm/page-cluster
check swapon swap_on "$(scratch 1)"
for shrinker in 0 1; do
	must shrinker_enabled $shrinker
	start cold $cold
	tell cold fill marked > /dev/null
	start hot $hot
	tell hot fill marked > /dev/null
	holds "pool_is_needed_$shrinker" "$(counter stored_pages)" -gt 2000
	hits=$(counter pool_limit_hit)
	read -r written from_disk _ loaded faults <<< "$(figures)"
	for round in 1 2 3; do
		cat "$(scratch 2)" > /dev/null &
		reader=$!
		expect "hot_is_right_${shrinker}_$round" "$(all_right $hot)" "$(tell hot verify)"
		wait $reader
	done
	read -r written2 from_disk2 _ loaded2 faults2 <<< "$(figures)"
	written=$((written2 - written))
	from_disk=$((from_disk2 - from_disk))
	say "shrinker $shrinker, hot: $written written back, $from_disk from the disk," \
		"$((loaded2 - loaded)) loaded, $((faults2 - faults)) major faults"
	expect "pool_never_was_full_$shrinker" "$hits" "$(counter pool_limit_hit)"
	holds "hot_is_not_read_from_the_disk_$shrinker" $((from_disk * 200)) -lt $hot
	holds "hot_hardly_faults_$shrinker" $(((faults2 - faults) * 20)) -lt $hot
	[ $shrinker = 1 ] || expect no_shrinker_writes_nothing 0 "$written"
	expect "cold_is_right_$shrinker" "$(all_right $cold)" "$(tell cold verify)"
	say "shrinker $shrinker, cold: $(($(vmstat pswpin) - from_disk2)) from the disk," \
		"$(($(vmstat zswpin) - loaded2)) loaded"
	end hot
	end cold
done
check swapoff swapoff "$(scratch 1)"
nothing_left fits
finish
