#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Pages go out to a backing device, and are written, read and discarded meanwhile: whoever reads
# one that is out waits for a slow device, while its block may be freed and given to
# another page. Every page says whose it is.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh

seconds=${ZMEM_seconds:-10}
slots=256

write_back_until() {
	local passes=0
	until [ -e "$1" ]; do
		echo all > $sys/"$dev"/idle
		echo idle > $sys/"$dev"/writeback
		passes=$((passes + 1))
	done 2> /dev/null
	echo $passes > /tmp/passes
}

# --- a few more blocks than slots, so that a block is used again soon; reads take 4 ms
dd if=/dev/zero of=/tmp/backing bs=4096 count=$((slots + 16)) 2> /dev/null
loop=$(losetup -f)
losetup "$loop" /tmp/backing
check slow_device dmsetup create slow --noudevsync --table \
	"0 $(((slots + 16) * 8)) delay $loop 0 4 $loop 0 0"
slow=/dev/$(basename "$(readlink -f /sys/block/dm-0)")

new_device ""
set_up backing_dev "$slow"
set_up disksize 16M
write_back_until /tmp/stop &
check row_c_no_page_is_anothers slotstorm /dev/"$dev" $slots "$seconds" 6
touch /tmp/stop
wait
read -r _ reads written < $sys/"$dev"/bd_stat
say "$(cat /tmp/passes) passes, $written pages written out, $reads read from there"
holds row_c_pages_were_out "$written" -gt 500
holds row_c_pages_came_from_there "$reads" -gt 100
expect row_c_no_io_failed "0 0 0" "$(io 1) $(io 2) $(io 3)"
expect row_c_goes OK "$(remove_device)"
check slow_device_is_free dmsetup remove --noudevsync slow
finish
