#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# A full pool lets go what was stored first, to the disk, and keeps what came last.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh
# shellcheck source=tools/testing/selftests/zswap/zswaplib.sh
. /usr/libexec/zram/zswaplib.sh

# Three times what the pool holds; by smaller steps where it becomes full.
steps=24
pages=500
few=100

# from_disk STEP: has its pages read, and prints how many of them came from the disk
from_disk() {
	local before
	uncache "step$1"
	before=$(vmstat pswpin)
	tell "step$1" verify > /dev/null
	echo $(($(vmstat pswpin) - before))
}

# One page at a time, or the count would be of its neighbours.
echo 0 > /proc/sys/vm/page-cluster
must zpool zsmalloc
must compressor lzo
must max_pool_percent 1
must accept_threshold_percent 60
must enabled 1
check swapon swap_on "$(scratch 1)"
mount_cgroups
# one_more PAGES: the next step
one_more() {
	step=$((step + 1))
	new_cgroup step$step
	start step$step "$1" step$step
	tell step$step fill marked > /dev/null
	all_out "step${step}_goes_out" step$step "$1"
	sizes[step]=$1
}

limit=$(($(meminfo MemTotal) * 1024 / 100))
step=0
while [ "$(counter pool_limit_hit)" = 0 ] && [ $step -lt $steps ]; do
	if [ "$(counter pool_total_size)" -lt $((limit * 3 / 4)) ]; then
		one_more $pages
	else
		one_more $few
	fi
done
# Long enough for somebody who would make room in the background.
sleep 1
say "full at $(counter stored_pages) pages, $(counter written_back_pages) written back for that"
holds no_more_went_than_came_in "$(counter written_back_pages)" -le $((2 * few))
while [ $step -lt $steps ]; do
	one_more $pages
done
say "stored $(counter stored_pages), written back" \
	"$(counter written_back_pages), refused for want of room $(counter reject_reclaim_fail)"
holds pages_were_written_back "$(counter written_back_pages)" -gt $((2 * pages))
newest=$(from_disk $steps)
oldest=$(from_disk 1)
say "$newest of the newest and $oldest of the oldest $pages pages came from the disk"
holds newest_stayed_in_memory "$newest" -lt $((pages / 4))
holds oldest_went_to_disk "$oldest" -gt $((pages * 3 / 4))
for ((step = 1; step <= steps; step++)); do
	expect "step${step}_has_its_pages" "$(all_right "${sizes[step]}")" "$(tell step$step verify)"
	end step$step
done
check swapoff swapoff "$(scratch 1)"
expect nothing_is_stored 0 "$(counter stored_pages)"
finish
