# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2154 # zswaplib.sh comes first
# What swapstorm has going on beside the processes that swap, until /tmp/stop is there.

compressors=(lzo zstd lz4 lzo-rle deflate)

# note WHAT: something went wrong that must not; did WHAT: it was done once more
note() {
	echo "$*" >> /tmp/bad
}
did() {
	echo >> "/tmp/did.$1"
}
times() {
	wc -l 2> /dev/null < "/tmp/did.$1" || echo 0
}
running() {
	[ ! -e /tmp/stop ]
}

# wait_until TENTHS COMMAND...: true as soon as the command is
wait_until() {
	local i=$1
	shift
	while ! "$@"; do
		[ $((i--)) -gt 0 ] || return
		sleep 0.1
	done
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
		[ "$(set_param compressor "${compressors[n++ % 5]}")" = OK ] || note compressor
		did compressor
		sleep 0.4
	done
}

# move NAME VALUE: a parameter, while everybody stores
move() {
	[ "$(set_param "$1" "$2")" = OK ] || note "$1"
	did limit
}

limit_loop() {
	local percent
	while running; do
		for percent in 1 40 3 20; do
			move max_pool_percent $percent
			sleep 0.3
		done
		move accept_threshold_percent $((RANDOM % 100 + 1))
		move max_compression_ratio $((RANDOM % 2 ? 100 : 60))
		move incompressible_pages_enabled $((RANDOM % 2))
		move shrinker_enabled $((RANDOM % 2))
		move same_filled_pages_enabled $((RANDOM % 2))
		move checksum_enabled $((RANDOM % 2))
		move non_same_filled_pages_enabled 0
		move zpool zbud
		sleep 0.05
		move non_same_filled_pages_enabled 1
		move enabled 0
		sleep 0.05
		move enabled 1
	done
}

# has_pages GROUP: in zswap
has_pages() {
	local bytes
	bytes=$(cat "$cgroups/$1/memory.zswap.current")
	[ "$bytes" -gt 0 ]
}

# gone GROUP: removed
gone() {
	rmdir "$cgroups/$1" 2> /dev/null
}

# live GROUP: its process swaps, and its limit moves, until it is killed
live() {
	local pid limit
	(
		echo "$BASHPID" > "$cgroups/$1/cgroup.procs"
		exec swapstress 24 1 60
	) > /tmp/"$1" 2>&1 &
	pid=$!
	wait_until 50 has_pages "$1"
	for limit in 2M 300K $((RANDOM % 2 * 1000000)); do
		echo "$limit" > "$cgroups/$1/memory.zswap.max" || note memory.zswap.max
		did cgroup_limit
		sleep 0.3
	done
	! has_pages "$1" || did cgroup_with_pages
	echo 1 > "$cgroups/$1/cgroup.kill"
	wait $pid 2> /dev/null
	# What it has to say before it is killed is that a page is wrong.
	[ ! -s /tmp/"$1" ] || note "$1: $(head -n 1 /tmp/"$1")"
	rm /tmp/"$1"
}

# A group whose process dies with its pages in zswap.
cgroup_loop() {
	local n=0
	while running; do
		mkdir "$cgroups/storm$n" || note mkdir
		echo 16M > "$cgroups/storm$n/memory.high"
		live storm$n
		wait_until 300 gone storm$n || note rmdir
		did cgroup
		n=$((n + 1))
	done
}

cpu_loop() {
	local cpu
	while running; do
		for cpu in /sys/devices/system/cpu/cpu[1-9]*/online; do
			echo 0 > "$cpu" || note "$cpu stays"
			sleep 0.1
			echo 1 > "$cpu" || note "$cpu does not come back"
			did cpu
		done
	done
}

# The memory manager compacts memory, and what is available goes to huge pages for a moment:
# others have to swap, and pages of the pool have to move out of the way.
memory_loop() {
	local huge=/proc/sys/vm/nr_hugepages
	while running; do
		echo 1 > /proc/sys/vm/compact_memory || note compact_memory
		echo $(($(meminfo MemAvailable) / $(meminfo Hugepagesize))) > $huge
		sleep 0.2
		echo 0 > $huge
		did memory
		sleep 1
	done
}

# Everybody looks at everything, and reclaim empties what it can.
look_loop() {
	while running; do
		cat "$counters"/{[!d]*,decompress_fail,duplicate_entry} > /dev/null ||
			note look
		echo 3 > /proc/sys/vm/drop_caches
		did look
		sleep 0.2
	done
}
