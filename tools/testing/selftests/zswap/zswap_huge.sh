#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# A huge page that reaches zswap is refused as a whole, and counted; nothing is charged, and it
# is on the disk with all its parts. A disk that seeks gets no huge pages: there the swap code
# splits them, and their parts are stored.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh
# shellcheck source=tools/testing/selftests/zswap/zswaplib.sh
. /usr/libexec/zram/zswaplib.sh

number=8
pages=$((number * 512))
disk=$(scratch 1)
thp=/sys/kernel/mm/transparent_hugepage

# huge: how many huge pages the process has
huge() {
	awk '$1 == "AnonHugePages:" { print $2 / 2048 }' "/proc/${pids[one]}/smaps_rollup"
}

# note: what is counted now; since NAME FUNCTION: how much more it is
note() {
	local name
	for name in reject_thp duplicate_entry; do
		noted[$name]=$(counter $name)
	done
	for name in thp_swpout thp_swpout_fallback zswpout pswpout; do
		noted[$name]=$(vmstat $name)
	done
}
declare -A noted
since() {
	echo $(($("$2" "$1") - ${noted[$1]}))
}

# goes_whole NAME: its huge pages go to the disk as they are
goes_whole() {
	local went
	note
	expect "$1_goes_out" "swapped $pages" "$(out one)"
	went=$(since thp_swpout vmstat)
	say "$1: $went huge pages of $number went out whole, $(since thp_swpout_fallback vmstat) did not"
	holds "$1_whole" "$went" -ge $((number / 2))
	expect "$1_each_is_refused_once" "$went" "$(since reject_thp counter)"
	expect "$1_nothing_else_is_stored" $((pages - went * 512)) \
		$(($(since zswpout vmstat) + $(since pswpout vmstat) - went * 512))
	figures_agree "$1"
}

must compressor lzo
must max_pool_percent 50
must enabled 1
mount_cgroups
new_cgroup huge
echo madvise > $thp/enabled
echo madvise > $thp/defrag
# Nobody makes huge pages but who is told to.
echo 0 > $thp/khugepaged/defrag
echo 0 > "/sys/block/${disk##*/}/queue/rotational"
check swapon swap_on "$disk" 64
echo 1 > /proc/sys/vm/compact_memory

# --- as they were made
start one $pages huge huge
tell one fill small > /dev/null
expect has_huge_pages $number "$(huge)"
goes_whole made
if [ "$(since thp_swpout vmstat)" = $number ]; then
	expect nothing_is_charged "0 0" \
		"$(< $cgroups/huge/memory.zswap.current) $(memcg huge zswapped)"
	expect nothing_is_kept 0 "$(audit entries)"
fi
expect comes_back "$(all_right $pages)" "$(tell one verify)"

# --- the same memory in small pages: those are stored
expect is_in_small_pages 0 "$(huge)"
tell one fill small > /dev/null
note
expect parts_go_out "swapped $pages" "$(out one)"
holds parts_are_stored "$(since zswpout vmstat)" -ge $((pages - 64))
expect parts_are_not_refused 0 "$(since reject_thp counter)"
figures_agree parts
expect parts_come_back "$(all_right $pages)" "$(tell one verify2)"

# --- huge again while its older parts are in zswap: they must not be believed any more
tell one fill small > /dev/null
out one > /dev/null
expect collapse collapsed "$(tell one collapse)"
expect has_huge_pages_again $number "$(huge)"
tell one fill text > /dev/null
goes_whole collapsed
expect collapsed_come_back "$(all_right $pages)" "$(tell one verify2)"
end one
check swapoff swapoff "$disk"
nothing_left huge

# --- a disk that seeks: split before they get here
echo 1 > "/sys/block/${disk##*/}/queue/rotational"
check swapon_seeking swap_on "$disk" 64
start one $pages huge huge
tell one fill small > /dev/null
expect has_huge_pages_to_split $number "$(huge)"
note
expect split_goes_out "swapped $pages" "$(out one)"
expect split_is_not_refused "0 0" "$(since reject_thp counter) $(since thp_swpout vmstat)"
holds split_by_the_swap_code "$(since thp_swpout_fallback vmstat)" -ge $((number / 2))
holds split_is_stored "$(since zswpout vmstat)" -ge $((pages - 64))
figures_agree split
expect split_comes_back "$(all_right $pages)" "$(tell one verify)"
end one
check swapoff_seeking swapoff "$disk"
nothing_left split
finish
