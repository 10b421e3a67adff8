#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# A stored page that is damaged is lost, whoever asks for it and by whichever way: an error,
# never other bytes, and nothing else is lost. On a disk that seeks, on one that does not
# (the swap code reads ahead in another way), and on a device that is read without the swap cache.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh
# shellcheck source=tools/testing/selftests/zswap/zswaplib.sh
. /usr/libexec/zram/zswaplib.sh

# One page of eight, which is how many are read at a time, so that each damaged one has
# neighbours that are not, and most are met by reading ahead. How many of the process's own that
# is cannot be said beforehand: slots that were given back are still in zswap for a while.
pages=800
step=8
least=80
disk=$(scratch 1)
queue=/sys/block/${disk##*/}/queue

must max_pool_percent 50
must enabled 1
echo 3 > /proc/sys/vm/page-cluster

# stored NAME RESULT: its pages are in zswap, and nowhere else. Those that are lost are given back
# first: writing to them is as good as reading.
stored() {
	local out
	tell "$1" drop > /dev/null
	tell "$1" fill small > /dev/null
	out=$(out "$1")
	holds "$2_goes_out" "${out#swapped }" -ge $((pages - 64))
}

# these_only RESULT TALLY [TIMES]: some pages are lost, told so many TIMES, and all others right
these_only() {
	local bus
	bus=$(tally bus "$2")
	expect "$1_these_only" "right $((pages - bus / ${3:-1})) wrong 0 old 0 bus $bus" "$2"
	holds "$1_some" "$bus" -ge $((least * ${3:-1}))
}

# lose NAME RESULT COMMAND...: some of its pages are damaged, and it looks at them; $got is
# what it says
lose() {
	local name=$1 result=$2
	shift 2
	stored "$name" "$result"
	damage $pages $step
	fails=$(counter decompress_fail)
	got=$(tell "$name" "$@")
	say "$result: $got"
	holds "${result}_is_counted" $(($(counter decompress_fail) - fails)) -ge $least
}

# anonymous KIND: every way to a process's own pages
anonymous() {
	local way ahead
	start one $pages
	start bystander $pages
	tell bystander fill text > /dev/null
	ahead=$(vmstat swap_ra)
	for way in touch mem write; do
		lose one "$1_$way" verify $way
		these_only "$1_${way}_loses" "$got"
		expect "$1_${way}_stays_lost" "$got" "$(tell one verify)"
	done
	lose one "$1_two_threads" verify2
	these_only "$1_two_threads_lose" "$got" 2
	stored one "$1_willneed"
	damage $pages $step
	expect "$1_reads_ahead_without_a_word" read "$(tell one willneed)"
	these_only "$1_willneed_loses" "$(tell one verify)"
	# What was damaged goes when its owner gives it back, and its place in swap is as good as any.
	stored one "$1_again"
	expect "$1_again" "$(all_right $pages)" "$(tell one verify)"
	say "$1: read ahead $(($(vmstat swap_ra) - ahead))"
	[ "$1" = zram ] || holds "$1_was_read_ahead" $(($(vmstat swap_ra) - ahead)) -gt $((pages / 2))
	out bystander > /dev/null
	expect "$1_others_lose_nothing" "$(all_right $pages)" "$(tell bystander verify)"
	end bystander
}

# taken_off KIND DEVICE: swapoff meets damaged pages: it ends, and their owner is told later
taken_off() {
	stored one "$1_swapoff"
	damage $pages $step
	check "$1_swapoff" timeout 60 swapoff "$2"
	nothing_left "$1"
	these_only "$1_swapoff_loses" "$(tell one verify)"
	end one
}

for rotational in 1 0; do
	kind=disk
	[ $rotational = 1 ] || kind=ssd
	echo $rotational > "$queue/rotational"
	check ${kind}_swapon swap_on "$disk" 64
	mark_log
	anonymous $kind
	check ${kind}_log_has_it log_has "zswap: swap area" "its compressed copy is damaged"
	taken_off $kind "$disk"
done

# --- shared memory: a file in tmpfs
check shmem_swapon swap_on "$disk"
mkdir -p /tmp/shm
mount -t tmpfs -o size=32m shm /tmp/shm
for way in touch mem write read; do
	# A file of its own each: a page that is lost is lost until the file goes.
	start file $pages "" /tmp/shm/$way
	lose file shmem_$way verify $way
	these_only "shmem_${way}_loses" "$got"
	expect "shmem_${way}_stays_lost" "$got" "$(tell file verify read)"
	end file
	check "shmem_${way}_file_goes" rm /tmp/shm/$way
done
settle
# Each processor keeps some slots that it is going to free.
holds shmem_all_is_given_back "$(counter stored_pages)" -le $((64 * $(nproc)))
start file $pages "" /tmp/shm/off
stored file shmem_swapoff
damage $pages $step
check shmem_swapoff timeout 60 swapoff "$disk"
nothing_left shmem
got=$(tell file verify read)
these_only shmem_swapoff_loses "$got"
expect shmem_swapoff_loses_them_for_all "$got" "$(tell file verify)"
end file
rm /tmp/shm/off
check shmem_umount umount /tmp/shm

# --- zram below zswap: the swap code reads without the swap cache there
dev=zram0
set_up disksize 64M
check zram_swapon swap_on /dev/zram0 64
anonymous zram
taken_off zram /dev/zram0
store reset 1 > /dev/null
finish
