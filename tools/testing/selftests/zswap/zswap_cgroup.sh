#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Who pays for what in zswap, and whose pages go: what newer kernels' cgroup selftest asks of zswap,
# but for its two cases about memory.zswap.writeback, through the files that 6.1 has.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh
# shellcheck source=tools/testing/selftests/zswap/zswaplib.sh
. /usr/libexec/zram/zswaplib.sh

pages=2000
small=$((1 << 20))

# cg GROUP FILE [TEXT]: reads or writes a file of the group
cg() {
	if [ $# -gt 2 ]; then
		echo "$3" > "$cgroups/$1/memory.$2"
	else
		cat "$cgroups/$1/memory.$2"
	fi
}

must zpool zsmalloc
must compressor lzo
must max_pool_percent 50
must enabled 1
# One page at a time: what comes back is what was asked for.
echo 0 > /proc/sys/vm/page-cluster
check swapon swap_on "$(scratch 1)"
mount_cgroups

# --- usage: what a group has in zswap is in its accounts, and leaves them
new_cgroup usage
start one $pages usage
expect usage_is_0_at_first 0 "$(memcg usage zswpout)"
tell one fill text > /dev/null
all_out usage_out one $pages
holds usage_zswpout "$(memcg usage zswpout)" -ge $((pages / 2))
holds usage_zswapped "$(memcg usage zswapped)" -ge $((pages * 2048))
current=$(cg usage zswap.current)
holds usage_zswap_current "$current" -gt $((pages * 128))
expect usage_stat_says_the_same "$current" "$(memcg usage zswap)"

# --- swapin through zswap
in_before=$(memcg usage zswpin)
expect zswapin_right "$(all_right $pages)" "$(tell one verify)"
holds zswapin_counts $(($(memcg usage zswpin) - in_before)) -ge $((pages / 2))
end one
# Slots that are free wait in a cache of each processor before zswap hears of them.
holds usage_goes_with_the_pages "$(memcg usage zswapped)" -le $((64 * $(nproc) * 4096))

# --- swapin without: zswap.max is 0
new_cgroup nozswap
cg nozswap zswap.max 0
start two $pages nozswap
tell two fill text > /dev/null
disk_before=$(vmstat pswpout)
all_out nozswap_out two $pages
holds nozswap_goes_to_disk $(($(vmstat pswpout) - disk_before)) -ge $((pages - 64))
uncache nozswap
disk_before=$(vmstat pswpin)
expect nozswap_right "$(all_right $pages)" "$(tell two verify)"
holds nozswap_comes_from_disk $(($(vmstat pswpin) - disk_before)) -ge $((pages * 9 / 10))
expect nozswap_used_no_zswap "0 0 0" \
	"$(memcg nozswap zswpout) $(memcg nozswap zswpin) $(cg nozswap zswap.current)"
end two

# --- no bypass: what the kernel itself pushes out is the owner's, too
new_cgroup idle
start three $pages idle
tell three fill text > /dev/null
# Memory of everybody is short: the group asks for nothing itself.
swapstress $(($(meminfo MemTotal) / 1024)) 1 3 > /dev/null 2>&1
holds no_kmem_bypass_out "$(memcg idle zswpout)" -gt 0
holds no_kmem_bypass_is_charged "$(cg idle zswap.current)" -gt 0
expect no_kmem_bypass_right "$(all_right $pages)" "$(tell three verify)"
end three

# --- zswap.max is kept, and the group's own pages make room
new_cgroup limited
new_cgroup control
start other $pages control
tell other fill text > /dev/null
out other > /dev/null
others=$(memcg control zswapped)
written=$(counter written_back_pages)
cg limited zswap.max $small
start four $((2 * pages)) limited
tell four fill small > /dev/null
tell four out > /dev/null
tell four fill text > /dev/null
all_out limited_out four $((2 * pages))
# What is compressed while the limit is looked at comes on top.
holds zswap_max_is_kept "$(cg limited zswap.current)" -le $((small + 65536))
holds zswap_max_lets_in_what_fits "$(cg limited zswap.current)" -ge $((small / 2))
say "$(($(counter written_back_pages) - written)) pages written back for the limit"
holds writeback_makes_room $(($(counter written_back_pages) - written)) -gt 0
expect no_invasive_shrink "$others" "$(memcg control zswapped)"
expect limited_right "$(all_right $((2 * pages)))" "$(tell four verify)"
expect control_right "$(all_right $pages)" "$(tell other verify)"

# --- a group goes while its pages are in zswap
out four > /dev/null
echo $$ > $cgroups/cgroup.procs
end four
end other
for group in nozswap limited; do
	check "rmdir_$group" rmdir "$cgroups/$group"
done
check swapoff swapoff "$(scratch 1)"
for group in usage idle control; do
	expect "${group}_has_nothing_left" "0 0" "$(cg $group zswap.current) $(memcg $group zswapped)"
	check "rmdir_$group" rmdir "$cgroups/$group"
done
expect nothing_is_stored 0 "$(counter stored_pages)"
finish
