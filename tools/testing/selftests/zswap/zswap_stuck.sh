#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Of two swap disks one stops to answer while zswap writes to it. Pages of the other one go on
# leaving a full pool for those that want in, and nothing is lost when it answers again.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh
# shellcheck source=tools/testing/selftests/zswap/zswaplib.sh
. /usr/libexec/zram/zswaplib.sh

pages=6000
disk=$(scratch 1)
sectors=$(blockdev --getsz "$disk")

echo 0 > /proc/sys/vm/page-cluster
must zpool zsmalloc
must compressor lzo
must max_pool_percent 1
must enabled 1
dmsetup create stuck --table "0 $sectors linear $disk 0" > /dev/null
dmsetup mknodes stuck
# Of the same priority: pages go to both of them by turns.
check swapon swap_on /dev/mapper/stuck
check swapon_other swap_on "$(scratch 2)"
mount_cgroups
new_cgroup group

# The pool is full of pages for both disks.
start old $pages group
tell old fill marked > /dev/null
all_out old_goes_out old $pages
holds pool_is_full "$(counter pool_limit_hit)" -gt 0
stored=$(counter stored_pages)

dmsetup suspend --noflush --nolockfs stuck
written=$(counter written_back_pages)
went=$(vmstat pswpout)
start new 2000 group
tell new fill marked > /dev/null
began=$SECONDS
tell new out > /dev/null
took=$((SECONDS - began))
written=$(($(counter written_back_pages) - written))
went=$(($(vmstat pswpout) - went))
say "$stored stored, then 2000 pages in $took s with one disk stuck: $written written back," \
	"$(audit inflight) under way, $((went - written)) to a disk past zswap"
holds writes_to_the_other_disk_go_on "$written" -ge 1000
holds most_pages_are_let_in $((went - written)) -le 500
holds stuck_disk_has_its_share_and_no_more "$(audit inflight)" -le 64
expect new_is_right "$(all_right 2000)" "$(tell new verify)"

dmsetup resume stuck
for _ in {1..100}; do
	[ "$(audit inflight)" != 0 ] || break
	sleep 0.1
done
expect nothing_is_under_way 0 "$(audit inflight)"
expect old_is_right "$(all_right $pages)" "$(tell old verify)"
end old
end new
check swapoff swapoff /dev/mapper/stuck
check swapoff_other swapoff "$(scratch 2)"
check remove dmsetup remove stuck
expect nothing_is_stored 0 "$(counter stored_pages)"
finish
