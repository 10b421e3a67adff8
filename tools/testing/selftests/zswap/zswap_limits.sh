#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# What bounds zswap: its share of memory, a cgroup's limit, memory pressure. The oldest
# pages leave, the figures agree, and nothing is lost.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh
# shellcheck source=tools/testing/selftests/zswap/zswaplib.sh
. /usr/libexec/zram/zswaplib.sh

disk=$(scratch 1)
check swapon swap_on "$disk"
mount_cgroups

# --- census row 102 and ABI: limits of a cgroup
mkdir $cgroups/a $cgroups/b
start a 2000 a
tell a fill text > /dev/null
tell a out > /dev/null
holds cgroup_is_charged "$(< $cgroups/a/memory.zswap.current)" -gt $((1 << 20))
expect memcg_zswap "$(< $cgroups/a/memory.zswap.current)" "$(memcg a zswap)"
expect memcg_zswapped $(($(counter stored_pages) * 4096)) "$(memcg a zswapped)"
expect memcg_zswap_is_its_objects "$(audit bytes)" "$(memcg a zswap)"
holds memcg_zswpout "$(memcg a zswpout)" -gt 1400
expect cgroup_comes_back "$(all_right 2000)" "$(tell a verify)"
holds memcg_zswpin "$(memcg a zswpin)" -gt 1400
tell a drop > /dev/null
settle
# Each CPU keeps up to 64 slots that it is going to free.
holds cgroup_is_uncharged "$(< $cgroups/a/memory.zswap.current)" -le $((64 * 4096 * 2))

echo 2M > $cgroups/a/memory.zswap.max
written=$(counter written_back_pages)
tell a fill small > /dev/null
tell a out > /dev/null
tell a drop > /dev/null
tell a fill text > /dev/null
tell a out > /dev/null
say "limit 2M: $(< $cgroups/a/memory.zswap.current) bytes, $(($(counter written_back_pages) - written)) written back"
holds cgroup_keeps_its_limit "$(< $cgroups/a/memory.zswap.current)" -le $(((2 << 20) + 65536 * 4))
holds cgroup_uses_its_limit "$(< $cgroups/a/memory.zswap.current)" -ge $((1 << 20))
holds its_own_pages_are_written_back $(($(counter written_back_pages) - written)) -gt 100
expect cgroup_comes_back_from_both "$(all_right 2000)" "$(tell a verify2)"

# The parent's limit counts as well, and a sibling below it gives up pages.
mkdir $cgroups/p
echo +memory > $cgroups/p/cgroup.subtree_control
mkdir $cgroups/p/x $cgroups/p/y
start x 1000 p/x
start y 1000 p/y
# Before anything is stored: a limit that comes down takes nothing out by itself.
echo 200K > $cgroups/p/memory.zswap.max
tell x fill small > /dev/null
tell x out > /dev/null
tell y fill text > /dev/null
tell y out > /dev/null
holds parent_keeps_its_limit "$(< $cgroups/p/memory.zswap.current)" -le $((200 * 1024 + 65536 * 4))
expect x_comes_back "$(all_right 1000)" "$(tell x verify)"
expect y_comes_back "$(all_right 1000)" "$(tell y verify)"

# 0 says no, and costs nothing
echo 0 > $cgroups/b/memory.zswap.max
written=$(counter written_back_pages)
start b 1000 b
tell b fill text > /dev/null
tell b out > /dev/null
expect zero_stores_nothing 0 "$(< $cgroups/b/memory.zswap.current)"
expect zero_writes_nothing_back "$written" "$(counter written_back_pages)"
expect zero_comes_back_from_disk "$(all_right 1000)" "$(tell b verify)"

# --- a cgroup goes and leaves pages: they belong to nobody, and can still be evicted
tell x out > /dev/null
echo max > $cgroups/p/memory.zswap.max
tell x fill text > /dev/null
tell x out > /dev/null
echo "${pids[x]}" > $cgroups/cgroup.procs
holds it_has_pages "$(memcg p/x zswapped)" -gt $((1 << 20))
check cgroup_goes rmdir $cgroups/p/x
holds its_parent_has_them "$(memcg p zswapped)" -gt $((1 << 20))
must max_pool_percent 1
start more 1200
tell more fill text > /dev/null
tell more out > /dev/null
quiet
holds pool_shrinks "$(counter pool_total_size)" -le $(($(meminfo MemTotal) * 1024 / 100))
expect heirs_come_back "$(all_right 1000)" "$(tell x verify)"
must max_pool_percent 50
end more

# --- the threshold: once it is full, a pool shrinks until it is well below its limit
must accept_threshold_percent 50
must max_pool_percent 3
hits=$(counter pool_limit_hit)
tell a fill text > /dev/null
echo max > $cgroups/a/memory.zswap.max
start big 6000
tell big fill text > /dev/null
tell big out > /dev/null
quiet
limit=$(($(meminfo MemTotal) * 1024 * 3 / 100))
hits=$(($(counter pool_limit_hit) - hits))
say "limit $limit, pool $(counter pool_total_size), hit $hits times"
holds limit_is_hit "$hits" -gt 0
holds stays_below_the_limit "$(counter pool_total_size)" -le $((limit + 65536))
# The last of them may have come when there was room again: so once more, with few pages.
must max_pool_percent 1
start few 20
tell few fill text > /dev/null
tell few out > /dev/null
quiet
holds shrinks_to_the_threshold "$(counter pool_total_size)" -le $((limit / 3 / 2 + 65536))
must max_pool_percent 3
end few
expect big_comes_back "$(all_right 6000)" "$(tell big verify2)"
must accept_threshold_percent 90
must max_pool_percent 50
figures_agree limits

# --- memory pressure: off by default, and then the cold tail goes
must max_pool_percent 100
tell big fill text > /dev/null
tell big out > /dev/null
written=$(counter written_back_pages)
swapstress 220 3 5
expect no_shrinker_no_writeback "$written" "$(counter written_back_pages)"
must shrinker_enabled 1
swapstress 220 3 10
say "shrinker: $(($(counter written_back_pages) - written)) written back, $(counter stored_pages) stored"
holds shrinker_writes_back $(($(counter written_back_pages) - written)) -gt 100
expect big_comes_back_after_pressure "$(all_right 6000)" "$(tell big verify2)"
must shrinker_enabled 0

for name in a b x y big; do
	end $name
done
check swapoff swapoff "$disk"
nothing_left limits
rmdir $cgroups/p/y $cgroups/p $cgroups/a $cgroups/b
expect nothing_was_damaged 0 "$(counter decompress_fail)"
finish
