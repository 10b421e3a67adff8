#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# A limit that comes down below what is used: nothing goes by itself, the next stores make it
# go, the oldest first; nothing is lost, and nobody else's pages go.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh
# shellcheck source=tools/testing/selftests/zswap/zswaplib.sh
. /usr/libexec/zram/zswaplib.sh

pages=2000
ram=$(($(meminfo MemTotal) * 1024))

# in_zswap GROUP: bytes
in_zswap() {
	cat "$cgroups/$1/memory.zswap.current"
}

# at_most NAME LIMIT COMMAND...: what it prints comes down to that within 10 s
at_most() {
	local name=$1 limit=$2 i
	shift 2
	for ((i = 0; i < 100 && $("$@") > limit; i++)); do
		sleep 0.1
	done
	holds "$name" "$("$@")" -le "$limit"
}

# push GROUP: a few pages of it go out, without which nobody makes room
push() {
	start push 200 "$1"
	tell push fill text > /dev/null
	out push > /dev/null
	expect "push_${1}_$((++pushed))" "$(all_right 200)" "$(tell push verify)"
	end push
}

# from_disk PROCESS: has its pages read, and prints how many came from the disk
from_disk() {
	local before
	uncache own
	before=$(vmstat pswpin)
	tell "$1" verify > /dev/null
	echo $(($(vmstat pswpin) - before))
}

must max_pool_percent 50
must accept_threshold_percent 90
# One page at a time, or those counted would be their neighbours.
echo 0 > /proc/sys/vm/page-cluster
check swapon swap_on "$(scratch 1)"
# For the first time, with a swap area that is there already.
must enabled 1
mount_cgroups
for name in own other pusher; do
	new_cgroup $name
done
# The order is that of a cgroup; cgroups take turns.
for name in old young; do
	start $name $pages own
	tell $name fill text > /dev/null
	out $name > /dev/null
done
figures_agree filled

# --- max_pool_percent: half of it has to go
before=$(counter stored_pages)
used=$(counter pool_total_size)
percent=$((used * 100 / ram / 2))
limit=$((ram * percent / 100))
written=$(counter written_back_pages)
holds enough_for_the_test $percent -ge 1
must max_pool_percent $percent
sleep 1
expect pool_does_not_shrink_by_itself "$before $written" \
	"$(counter stored_pages) $(counter written_back_pages)"
hits=$(counter pool_limit_hit)
push pusher
holds pool_limit_is_hit "$(counter pool_limit_hit)" -gt "$hits"
at_most pool_shrinks $limit counter pool_total_size
say "pool of $used bytes at $percent %: $(($(counter written_back_pages) - written)) pages of" \
	"$before written back, $(counter pool_total_size) bytes left"
holds pool_went_to_the_disk $(($(counter written_back_pages) - written)) -gt $((before / 4))
holds pool_did_not_go_further "$(counter pool_total_size)" -ge $((limit / 2))
figures_agree pool_lowered
oldest=$(from_disk old)
youngest=$(from_disk young)
say "$oldest of the older and $youngest of the younger $pages pages came from the disk"
holds pool_oldest_went_first "$oldest" -gt "$youngest"
for name in old young; do
	expect "pool_lowered_${name}_is_right" "$(all_right $pages)" "$(tell $name verify2)"
done

# --- to nothing at all
must max_pool_percent 0
push pusher
at_most pool_of_nothing 65536 counter pool_total_size
figures_agree pool_of_nothing
for name in old young; do
	expect "pool_of_nothing_${name}_is_right" "$(all_right $pages)" "$(tell $name verify)"
done
must max_pool_percent 50

# --- memory.zswap.max of one cgroup
for name in old young; do
	tell $name fill text > /dev/null
	out $name > /dev/null
done
start other $pages other
tell other fill text > /dev/null
out other > /dev/null
others=$(memcg other zswapped)
used=$(in_zswap own)
written=$(counter written_back_pages)
limit=$((used * 6 / 10))
limit=$((limit - limit % 4096))
holds cgroup_has_enough "$used" -gt $((1 << 20))
echo $limit > $cgroups/own/memory.zswap.max
sleep 1
expect cgroup_does_not_shrink_by_itself "$used $written" \
	"$(in_zswap own) $(counter written_back_pages)"
# A store makes room for itself and some more. Until it has come down, what is new goes out.
for round in {1..40}; do
	push own
	[ "$(in_zswap own)" -gt $limit ] || break
done
say "cgroup of $used bytes at $limit: $(in_zswap own) after $round times 200 pages," \
	"$(($(counter written_back_pages) - written)) written back"
holds cgroup_shrinks "$(in_zswap own)" -le $((limit + 65536))
expect cgroup_others_stay "$others" "$(memcg other zswapped)"
figures_agree cgroup_lowered
for name in old young other; do
	expect "cgroup_lowered_${name}_is_right" "$(all_right $pages)" "$(tell $name verify2)"
done

# --- to nothing: what is there stays, what comes does not
for name in old young; do
	out $name > /dev/null
done
holds cgroup_has_some_left "$(in_zswap own)" -gt 65536
echo 0 > $cgroups/own/memory.zswap.max
used=$(in_zswap own)
written=$(counter written_back_pages)
push own
expect cgroup_of_nothing_writes_nothing "$written" "$(counter written_back_pages)"
holds cgroup_of_nothing_takes_nothing "$(in_zswap own)" -le "$used"
# Slots that were free before may have been given back since.
holds cgroup_of_nothing_keeps_what_it_has "$(in_zswap own)" -ge $((used - 64 * $(nproc) * 4096))
for name in old young; do
	expect "cgroup_of_nothing_${name}_is_right" "$(all_right $pages)" "$(tell $name verify)"
done
figures_agree cgroup_of_nothing

for name in old young other; do
	end $name
done
check swapoff swapoff "$(scratch 1)"
nothing_left lowered
expect nothing_was_damaged 0 "$(counter decompress_fail)"
finish
