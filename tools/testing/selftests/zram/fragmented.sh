#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Memory full of single pages of a pool, half of them free at random: can the kernel have
# larger pieces? As many as it can without a pool, and far fewer when the pages may not
# be moved.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh
# shellcheck source=tools/testing/selftests/zram/moving.sh
. /usr/libexec/zram/moving.sh

hugepages=/proc/sys/vm/nr_hugepages
seed=${ZMEM_seed:-$((RANDOM * 32768 + RANDOM + 1))}
say "seed $seed"
# who finds no order-2 piece is killed, and nobody else
echo 1 > /proc/sys/vm/oom_kill_allocating_task
# The kernel makes large pieces ahead of need, twice a second, and memory would be less and
# less fragmented the longer a test takes to look. Here it is to make them when asked.
echo 0 > /proc/sys/vm/compaction_proactiveness

# free_in_pieces ORDER: pages that are free in pieces of that order and above
free_in_pieces() {
	awk -v order="$1" '{
		for (o = 0; o <= 10; o++)
			if (o >= order)
				sum += $(5 + o) * lshift(1, o)
	} END { print sum + 0 }' /proc/buddyinfo
}

# have ORDER WANTED: prints how many pieces the kernel could have
have() {
	if [ "$1" = 9 ]; then
		# the kernel gives up at the first failure; who needs them asks again
		for _ in {1..10}; do
			echo "$2" > $hugepages
		done
		cat $hugepages
		echo 0 > $hugepages
	else
		# For a piece as small as this the kernel kills somebody as soon as the quick
		# form of compaction finds none and nothing can be reclaimed, whoever the
		# pages belong to. So it is the thorough form that is compared.
		echo 1 > /proc/sys/vm/compact_memory
		order2 "$2"
	fi
}

# fragment NAME: a device fills memory, half of it is discarded again
fragment() {
	new_device 512M
	blocks=$(scatter /dev/"$dev" fill 12288 "$seed")
	check "fill_$1" [ "${blocks:-0}" -gt 1000 ]
	check "halve_$1" scatter /dev/"$dev" halve "$blocks" "$seed"
}

# let_go NAME: the device still has what was not discarded, and goes
let_go() {
	check "verify_$1" scatter /dev/"$dev" verify "$blocks" "$seed"
	zspages_agree "zspages_are_the_pools_pages_$1"
	expect "goes_$1" OK "$(remove_device)"
}

# of_a_program ORDER WANTED: the same with the pages of a program, which are as movable
# as any
of_a_program() {
	scatter - program 12288 "$seed" > /tmp/blocks &
	until [ -s /tmp/blocks ]; do
		sleep 0.1
	done
	have "$@"
	kill $!
	wait $! 2> /dev/null
	rm /tmp/blocks
}

measured=""
for order in 9 2; do
	# --- with a pool, to know how much is free then; what is wanted is three fifths of it
	fragment order_$order
	free=$(meminfo MemFree)
	wanted=$((free * 3 / 5 / (4 << order)))
	pieces=$(free_in_pieces $order)
	say "order $order: $blocks blocks, half of them gone, $((free / 4)) pages free," \
		"$pieces of them in such pieces; $wanted pieces wanted"
	holds "memory_is_fragmented_order_$order" $((pieces * 2)) -lt $((wanted << order))
	before=$(counted pages_migrated)
	with=$(have $order $wanted)
	moved=$(($(counted pages_migrated) - before))
	let_go order_$order

	without=$(have $order $wanted)
	program=$(of_a_program $order $wanted)

	# --- with a pool that refuses
	fragment order_${order}_refusing
	echo 1 > "$refuse"
	refusing=$(have $order $wanted)
	echo 0 > "$refuse"
	let_go order_${order}_refusing

	say "order $order, $wanted wanted: without a pool $without, with a pool $with ($moved" \
		"pages moved), refusing $refusing; with a program instead of a pool $program"
	expect "all_succeed_without_a_pool_order_$order" "$wanted" "$without"
	expect "as_many_succeed_with_a_pool_order_$order" "$without" "$with"
	holds "pages_were_moved_for_order_$order" "$moved" -ge 1000
	holds "two_thirds_at_most_succeed_when_refusing_order_$order" \
		$((refusing * 3)) -le $((with * 2))
	measured="$measured$order "
done
expect both_orders_were_measured "9 2 " "$measured"
finish
