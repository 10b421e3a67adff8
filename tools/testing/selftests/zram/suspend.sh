#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The system suspends and comes back while disks are written, read, swapped to, compacted,
# compressed again and written out: each step on the way down, and all the way where there is a
# clock to wake it.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh
# shellcheck source=tools/testing/selftests/zram/moving.sh
. /usr/libexec/zram/moving.sh

power=/sys/power

# rounds that were suspended and woken without an error
suspended() {
	cat $power/suspend_stats/success
}

compact_all() {
	local disk
	for disk in "$still" "$storm" "$dev"; do
		echo 1 > $sys/"$disk"/compact
	done
	sleep 0.02
}

# Everything that is idle goes out, and what is read comes back.
write_back() {
	echo all > $sys/"$still"/idle
	echo idle > $sys/"$still"/writeback
	blkio /dev/"$still" verify 0 1024 1
}

# Compressed again, whatever is huge or idle just now
recompress() {
	local pages
	echo all > $sys/"$storm"/idle
	for pages in huge idle; do
		echo type=$pages > $sys/"$storm"/recompress
	done
	sleep 0.02
}

storm_anew() {
	blkio /dev/"$storm" discard 0 256 && slotstorm /dev/"$storm" 256 6 2
}

swap_anew() {
	swapstress 24 2 2 && echo once >> /tmp/swapped
}

# --- data that lie there, data on their way, and swap
new_device ""
still=$dev
dd if=/dev/zero of=/tmp/backing bs=1M count=12 2> /dev/null
loop=$(losetup -f)
losetup "$loop" /tmp/backing
set_up backing_dev "$loop"
set_up disksize 64M
check fill blkio /dev/"$still" write 0 2048 1
new_device "" lz4
storm=$dev
set_up recomp_algorithm "algo=zstd priority=1"
set_up disksize 64M
new_device 256M
check swap_on sh -c "mkswap /dev/$dev && swapon /dev/$dev"

until_stopped storm_anew &
until_stopped swap_anew &
until_stopped compact_all &
until_stopped recompress &
until_stopped write_back &
sleep 1

# --- every step on the way down; the test of one waits a second before it turns round
delay=/sys/module/suspend/parameters/pm_test_delay
[ ! -e $delay ] || echo 1 > $delay
expect nothing_was_suspended_yet 0 "$(suspended)"
rounds=0
for step in freezer devices platform processors core core; do
	rounds=$((rounds + 1))
	echo $step > $power/pm_test
	check "suspends_to_${step}_$rounds" sh -c "echo mem > $power/state"
done
echo none > $power/pm_test

# --- all the way to S3, where there is a clock to wake the machine
if [ -e /dev/rtc0 ]; then
	echo deep > $power/mem_sleep
	check sleeps_and_wakes rtcwake -d rtc0 -m mem -s 3
	rounds=$((rounds + 1))
fi
expect each_round_came_back $rounds "$(suspended)"
expect no_round_failed 0 "$(< $power/suspend_stats/fail)"

# --- everybody was at work meanwhile, and all data are right
stop_all
expect no_loop_failed "" "$(cat /tmp/failed /tmp/failed.txt 2> /dev/null)"
say "swap was filled and verified $(wc -l < /tmp/swapped) times"
check still_there blkio /dev/"$still" verify 0 2048 1
read -r _ _ written < $sys/"$still"/bd_stat
holds pages_went_to_the_backing_device "$written" -gt 1000
holds pages_went_out "$(vmstat pswpout)" -gt 1000
check swap_off swapoff /dev/"$dev"
expect no_io_failed "0 0 0" "$(io 1) $(io 2) $(io 3)"
for dev in "$dev" "$storm" "$still"; do
	expect "goes_$dev" OK "$(remove_device)"
done
finish
