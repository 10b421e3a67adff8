#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Pages go to the backing device while others read, write and discard them, reset the
# disk, look at its attributes and change the device: a page that is read is a version
# of its slot, and what stops a writeback is not made to wait for its end.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh
# shellcheck source=tools/testing/selftests/zram/wblib.sh
. /usr/libexec/zram/wblib.sh

seconds=${ZMEM_seconds:-10}
make_backing 0 2

# start COMMAND...: until stop
start() {
	rm -f /tmp/stop
	"$@" &
	loop_pid=$!
}
stop() {
	touch /tmp/stop
	wait $loop_pid
	rm -f /tmp/stop
}

# --- row C, row 70: 256 slots, a device that holds them all, or only half of them
storm() {
	local name=$1 size=$2
	shift 2
	truncate -s "$size" $img.0
	losetup -c /dev/loop0
	backed_device /dev/loop0 16M "$@"
	rm -f /tmp/strange
	allowed="ENOSPC EIO"
	[ "$name" = full ] || allowed=
	start writer_loop page_indexes=0-255 huge page_indexes=100-150
	check "rowC_row70_$name" slotstorm "$b" 256 "$seconds" 8
	stop
	expect "rowC_writeback_says_what_it_may_$name" "" "$(head -n 3 /tmp/strange 2>/dev/null)"
	holds "rowC_pages_went_out_$name" "$(bd 3)" -gt 100
	holds "rowC_pages_came_back_$name" "$(bd 2)" -gt 100
	say "$name: $(cat /tmp/rounds) rounds, bd_stat $(xargs < "$d"/bd_stat)"
	expect "rowC_no_io_failed_$name" "0 0 0" "$(io 1) $(io 2) $(io 3)"
	check "rowC_discard_$name" blkio "$b" discard 0 4096
	expect "rowC_nothing_is_stored_$name" "0 0 0" "$(orig_size) $(compr_size) $(bd 1)"
	# Row 77: what was refused, overtaken or cut short has given its block back.
	check "row77_fill_$name" blkio "$b" random 0 $((size / 4096 - 1)) 3
	expect "row77_every_block_is_to_be_had_$name" OK "$(store writeback huge)"
	expect "row77_every_block_is_in_use_$name" $((size / 4096 - 1)) "$(bd 1)"
	expect "rowC_goes_$name" OK "$(remove_device)"
}
storm plain 2097152
storm compressed 2097152 compressed_writeback 1
storm full 524288
storm one_by_one 2097152 writeback_batch_size 1
truncate -s 2M $img.0
losetup -c /dev/loop0

# --- rows 68, 72: the size is looked up when it cannot change any more. Resets come and
# go, to smaller and larger disks, while pages are asked for at the end of the larger one
backed_device /dev/loop0 16M
rm -f /tmp/strange
allowed="EINVAL ENODEV ERANGE EBUSY"
start writer_loop page_indexes=0-4095 page_index=4095 page_indexes=1024-4095 huge
reused=0
for i in {1..40}; do
	blkio "$b" random 0 200 "$i" > /dev/null
	store reset 1 > /dev/null
	[ "$(store backing_dev /dev/loop0)" = OK ] && reused=$((reused + 1))
	if [ $((i % 2)) = 1 ]; then
		store disksize 4M > /dev/null
	else
		store disksize 16M > /dev/null
	fi
	blkio "$b" random 800 200 "$i" > /dev/null
	[ "$(blkio "$b" israndom 800 200 "$i")" = OK ] || echo data >> /tmp/strange
done
stop
expect row68_writeback_beside_reset "" "$(head -n 3 /tmp/strange 2>/dev/null)"
expect row72_backing_is_free_after_each_reset 40 "$reused"
expect goes_after_row68 OK "$(remove_device)"

# --- row 71: the name is read while it changes
make_backing 1 2
new_device ""
(
	until [ -e /tmp/stop ]; do
		cat "$sys/$dev"/backing_dev
	done > /tmp/shown
) &
for i in {1..100}; do
	store backing_dev /dev/loop$((i % 2)) > /dev/null
	[ $((i % 10)) = 0 ] && store reset 1 > /dev/null
done
touch /tmp/stop
wait
rm /tmp/stop
expect row71_only_names_were_shown "/dev/loop0 /dev/loop1 none" "$(sort -u /tmp/shown | xargs)"
expect goes_after_row71 OK "$(remove_device)"
check backing_1_goes drop_backing 1

# --- a device that is removed while pages go out
gone=0
for i in {1..10}; do
	backed_device /dev/loop0 16M
	blkio "$b" random 0 400 "$i" > /dev/null
	(
		for _ in 1 2 3; do
			store writeback huge > /dev/null 2>&1
		done
	) &
	until [ "$(sysfs_store $control/hot_remove "${dev#zram}")" = OK ]; do
		sleep 0.05
	done
	wait
	gone=$((gone + 1))
	mkswap /dev/loop0 > /dev/null 2>&1 || gone=0
done
expect removal_beside_writeback 10 $gone

check backing_goes drop_backing 0
finish
