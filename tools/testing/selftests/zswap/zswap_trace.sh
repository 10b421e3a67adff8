#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Every event of zswap is traced once, with its reason, and the counters count the same. It
# needs a kernel with tracepoints.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh
# shellcheck source=tools/testing/selftests/zswap/zswaplib.sh
. /usr/libexec/zram/zswaplib.sh

pages=300
trace=/tmp/trace

# traced EVENT [WORD]: how often the event was seen; with that word
traced() {
	echo "${lines[$1${2:+ $2}]:-0}"
}
declare -A lines

# look: sets the array "is" to what is counted now. This is called often, on a kernel that
# takes long to start a program.
look() {
	local name value
	for name in same_filled_pages decompress_fail written_back_pages pool_limit_hit reject_thp \
		reject_compress_poor reject_alloc_fail reject_kmemcache_fail reject_compress_fail; do
		read -r "is[$name]" < $counters/$name
	done
	for name in succ_stores failed_stores; do
		read -r "is[$name]" < /sys/kernel/debug/frontswap/$name
	done
	while read -r name value; do
		case $name in
		zswpin | zswpout) is[$name]=$value ;;
		esac
	done < /proc/vmstat
}
declare -A is was

# watch; seen: what is traced between the two, and how much more is counted
watch() {
	local name
	look
	for name in "${!is[@]}"; do
		was[$name]=${is[$name]}
	done
	echo > $trace/trace
	echo 1 > $trace/events/zswap/enable
}
seen() {
	local number words
	echo 0 > $trace/events/zswap/enable
	look
	lines=()
	while read -r number words; do
		lines[$words]=$number
	done < <(awk 'match($0, / zswap_[a-z]*: /) {
			event = substr($0, RSTART + 7, RLENGTH - 9)
			n[event]++
			n[event " " $NF]++
		}
		END { for (words in n) print n[words], words }' $trace/trace)
}
since() {
	echo $((${is[$1]} - ${was[$1]}))
}

# adds_up RESULT: each store, load and refusal of the last watch has one line
adds_up() {
	local counted="" seen="" counter words
	while read -r counter words; do
		# shellcheck disable=SC2086 # an event, and a word maybe
		seen+="$counter $(traced $words), "
		counted+="$counter $(since "$counter"), "
	done <<-END
		zswpout store
		succ_stores store
		failed_stores reject
		zswpin load err=0
		written_back_pages writeback err=0
		reject_thp reject reason=huge_page
		reject_compress_poor reject reason=compresses_poorly
		reject_alloc_fail reject reason=no_memory_for_object
		reject_kmemcache_fail reject reason=no_memory_for_entry
		reject_compress_fail reject reason=compressor_failed
	END
	expect "$1_adds_up" "$counted" "$seen"
	expect "$1_damaged_adds_up" "$(since decompress_fail)" \
		$(($(traced load err=-5) + $(traced writeback err=-74)))
	holds "$1_full_adds_up" "$(traced reject reason=pool_full)" -ge "$(since pool_limit_hit)"
}

# goes_out KIND: fresh pages of a process go out under watch
goes_out() {
	tell one drop > /dev/null
	tell one fill "$1" > /dev/null
	settle
	watch
	tell one out > /dev/null
	seen
}

# refused RESULT REASON: nearly all pages of the last goes_out were
refused() {
	adds_up "$1"
	holds "$1_has_its_reason" "$(traced reject "reason=$2")" -ge $((pages - 64))
}

mkdir -p $trace
check tracefs mount -t tracefs tracefs $trace
echo 4096 > $trace/buffer_size_kb
for event in store load reject writeback; do
	check "event_$event" [ -d $trace/events/zswap/zswap_$event ]
done
must max_pool_percent 50
must enabled 1
echo 0 > /proc/sys/vm/page-cluster
disk=$(scratch 1)
echo 0 > "/sys/block/${disk##*/}/queue/rotational"
check swapon swap_on "$disk"
mount_cgroups
new_cgroup group
start one $pages group

# --- stored and loaded
goes_out text
adds_up store
holds stores_are_traced "$(traced store)" -ge $((pages / 2))
watch
expect comes_back "$(all_right $pages)" "$(tell one verify)"
seen
adds_up load
holds loads_are_traced "$(traced load err=0)" -ge $((pages / 2))
goes_out same
adds_up same
expect same_have_no_object "$(since same_filled_pages)" "$(traced store length=0)"
holds same_are_traced "$(traced store length=0)" -ge $((pages - 64))

# --- each reason to refuse
goes_out random
refused random compresses_poorly
must enabled 0
goes_out text
refused off off
must enabled 1
must non_same_filled_pages_enabled 0
goes_out text
refused form not_same_filled
must non_same_filled_pages_enabled 1
must max_compression_ratio 1
goes_out small
refused ratio compresses_poorly
must max_compression_ratio 100
echo 0 > $cgroups/group/memory.zswap.max
goes_out text
refused cgroup cgroup_limit
echo max > $cgroups/group/memory.zswap.max
must max_pool_percent 0
goes_out text
refused full pool_full
must max_pool_percent 50

# --- no memory, for the object or for its description
for kind in fail_page_alloc:no_memory_for_object failslab:no_memory_for_entry; do
	fault "${kind%:*}" task-filter Y interval 1 times -1 ignore-gfp-wait Y verbose 0 probability 30
	[ "${kind%:*}" = failslab ] || fault fail_page_alloc min-order 0 ignore-gfp-highmem N
	reasons=0
	# The slot caches of the swap code want memory as well: not every page comes so far.
	for round in 1 2 3; do
		tell one drop > /dev/null
		tell one fill text > /dev/null
		settle
		tell one fail 1 > /dev/null
		watch
		tell one out > /dev/null
		seen
		tell one fail 0 > /dev/null
		adds_up "${kind%:*}_$round"
		reasons=$((reasons + $(traced reject "reason=${kind#*:}")))
	done
	fault "${kind%:*}" probability 0
	say "${kind%:*}: $reasons refusals"
	holds "${kind#*:}_is_traced" "$reasons" -gt 0
	expect "${kind%:*}_lost_nothing" "$(all_right $pages)" "$(tell one verify)"
done

# --- a huge page
echo madvise > /sys/kernel/mm/transparent_hugepage/enabled
echo 1 > /proc/sys/vm/compact_memory
start big 1024 group huge
tell big fill small > /dev/null
watch
tell big out > /dev/null
seen
adds_up huge
expect huge_pages_are_traced 2 "$(traced reject reason=huge_page)"
end big

# --- damaged, and loaded
goes_out small
damage $pages 4
watch
told=$(tell one verify)
seen
adds_up damaged
holds damaged_loads_are_traced "$(traced load err=-5)" -ge "$(tally bus "$told")"

# --- written back: on its way, or why not
goes_out small
damage $pages 4
start poke 10
tell poke fill small > /dev/null
watch
must max_pool_percent 0
tell poke out > /dev/null
for _ in {1..50}; do
	[ "$(audit listed)" != 0 ] || break
	sleep 0.2
done
seen
adds_up writeback
holds writeback_is_traced "$(traced writeback err=0)" -ge $((pages / 2))
holds writeback_of_damaged_is_traced "$(traced writeback err=-74)" -ge $((pages / 8))
must max_pool_percent 50
end poke
end one
check swapoff swapoff "$disk"
nothing_left trace
umount $trace
finish
