#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Everything at once for ZMEM_seconds: processes swap and verify every page, while swap goes
# off and on, the compressor and the limits change, cgroups are made and killed with
# pages in zswap, processors go off and on, memory is compacted.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh
# shellcheck source=tools/testing/selftests/zswap/zswaplib.sh
. /usr/libexec/zram/zswaplib.sh

seconds=${ZMEM_seconds:-20}
compressors=(lzo zstd lz4 lzo-rle)

# note WHAT: something went wrong that must not; did WHAT: it was done once more
note() {
	echo "$*" >> /tmp/bad
}
did() {
	echo >> "/tmp/did.$1"
}
times() {
	wc -l < "/tmp/did.$1" 2> /dev/null || echo 0
}
running() {
	[ ! -e /tmp/stop ]
}

# The other area takes what comes back when there is no room in memory.
swapoff_loop() {
	while running; do
		swapoff "$(scratch 1)" || note swapoff
		sleep 0.3
		swapon -p 10 "$(scratch 1)" || note swapon
		did swapoff
		sleep 1
	done
}

compressor_loop() {
	local n=0
	while running; do
		[ "$(set_param compressor "${compressors[n++ % 4]}")" = OK ] || note compressor
		did compressor
		sleep 0.4
	done
}

limit_loop() {
	local percent
	while running; do
		for percent in 1 40 3 20; do
			[ "$(set_param max_pool_percent $percent)" = OK ] || note max_pool_percent
			sleep 0.3
		done
		set_param accept_threshold_percent $((RANDOM % 100 + 1)) > /dev/null
		set_param shrinker_enabled $((RANDOM % 2)) > /dev/null
		set_param same_filled_pages_enabled $((RANDOM % 2)) > /dev/null
		set_param enabled 0 > /dev/null
		sleep 0.05
		set_param enabled 1 > /dev/null
		did limit
	done
}

# A group with a limit of its own, whose process dies with its pages in zswap.
cgroup_loop() {
	local n=0 group pid
	while running; do
		group=storm$((n++))
		mkdir $cgroups/$group || note mkdir
		echo $((RANDOM % 3 * 500000)) > $cgroups/$group/memory.zswap.max
		echo 16M > $cgroups/$group/memory.high
		(
			echo "$BASHPID" > $cgroups/$group/cgroup.procs
			exec swapstress 24 1 60
		) > /dev/null 2>&1 &
		pid=$!
		sleep 1
		echo 1 > $cgroups/$group/cgroup.kill
		wait $pid 2> /dev/null
		for _ in {1..50}; do
			rmdir $cgroups/$group 2> /dev/null && break
			sleep 0.1
		done
		[ ! -d $cgroups/$group ] || note rmdir
		did cgroup
	done
}

cpu_loop() {
	local cpu
	while running; do
		for cpu in /sys/devices/system/cpu/cpu[1-9]*/online; do
			echo 0 > "$cpu"
			sleep 0.1
			echo 1 > "$cpu"
		done
		did cpu
	done
}

memory_loop() {
	while running; do
		[ ! -w /proc/sys/vm/compact_memory ] || echo 1 > /proc/sys/vm/compact_memory
		echo 3 > /proc/sys/vm/drop_caches
		cat $counters/* > /dev/null 2>&1
		did memory
		sleep 0.2
	done
}

rm -f /tmp/bad /tmp/stop /tmp/did.*
must max_pool_percent 20
must enabled 1
mount_cgroups
check swapon swap_on "$(scratch 1)"
mkswap "$(scratch 2)" > /dev/null
check swapon_second swapon -p 5 "$(scratch 2)"
for loop in swapoff compressor limit cgroup cpu memory; do
	${loop}_loop &
done
# With the cgroups' pages and the pool more than there is: the memory manager has to choose.
check every_page_is_right swapstress $(($(meminfo MemTotal) * 6 / 10240)) 3 "$seconds"
touch /tmp/stop
wait
rm /tmp/stop
expect nothing_else_failed "" "$(sort /tmp/bad 2> /dev/null | uniq -c | xargs)"
for loop in swapoff compressor limit cgroup cpu memory; do
	holds "${loop}_was_done" "$(times $loop)" -gt 0
	words+="$loop $(times $loop), "
done
say "${words}stored $(vmstat zswpout), loaded $(vmstat zswpin), written back" \
	"$(counter written_back_pages), to disk $(vmstat pswpout), from disk $(vmstat pswpin)"
holds pages_were_stored "$(vmstat zswpout)" -gt 1000
holds pages_were_written_back "$(counter written_back_pages)" -gt 0
[ ! -e $counters/decompress_fail ] ||
	expect nothing_was_damaged 0 "$(counter decompress_fail)"
check swapoff swapoff "$(scratch 1)"
check swapoff_second swapoff "$(scratch 2)"
nothing_left storm
expect one_pool_is_left 1 "$(find /sys/kernel/debug/zsmalloc -maxdepth 1 -name 'zswap*' | wc -l)"
finish
