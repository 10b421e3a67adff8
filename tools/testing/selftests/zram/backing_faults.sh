#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Backing devices that fail, sometimes fail, and are slow: only documented errors, no
# page of another version, nothing that hangs, nothing that leaks.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh
# shellcheck source=tools/testing/selftests/zram/wblib.sh
. /usr/libexec/zram/wblib.sh

# mapped NAME TABLE: a device of the device mapper; $mapped is its name
mapped() {
	dmsetup create --noudevrules --noudevsync "$1" --table "$2" || return
	mapped=/dev/dm-$(dmsetup info -c --noheadings -o minor "$1")
}
# remap NAME TABLE
remap() {
	dmsetup suspend --noudevsync "$1" && dmsetup load "$1" --table "$2" &&
		dmsetup resume --noudevrules --noudevsync "$1"
}
unmap() {
	dmsetup remove --noudevrules --noudevsync "$1"
}

make_backing 0 4
sectors=8192
linear="0 $sectors linear $loop 0"
errors="0 $sectors error"

# --- every request fails
mapped wberr "$errors"
backed_device "$mapped" 16M
check error_fill blkio "$b" random 0 100 1
mark_log
expect row75_all_writes_fail EIO "$(store writeback huge)"
check failed_write_is_logged log_has "block" "write failed"
expect failed_writes_are_no_writes "0 0 0" "$(bd 1) $(bd 2) $(bd 3)"
expect failed_pages_stay 100 "$(huge_pages)"
check failed_pages_are_whole blkio "$b" israndom 0 100 1
expect failed_writes_of_the_device_are_none_of_the_disk "0 0" "$(io 1) $(io 2)"
set_up writeback_limit 500
set_up writeback_limit_enable 1
expect failed_writes_again EIO "$(store writeback huge)"
expect row80_failed_writes_cost_nothing 500 "$(< "$d"/writeback_limit)"
set_up writeback_limit_enable 0

# It works, and then it does not: what is there is lost, and nothing else.
check remap_to_work remap wberr "$linear"
expect mended_device_takes_them OK "$(store writeback page_indexes=0-49)"
check remap_to_fail remap wberr "$errors"
mark_log
expect lost_page_is_an_io_error EIO "$(blkio "$b" israndom 7 1 1 | cut -d' ' -f1)"
check failed_read_is_logged log_has "block" "read failed"
expect failed_read_counts_once "1 0" "$(io 1) $(io 2)"
check other_pages_are_there blkio "$b" israndom 50 50 1
check lost_page_is_overwritten blkio "$b" write 7 1 2
check lost_page_is_mended blkio "$b" verify 7 1 2
check lost_pages_are_discarded blkio "$b" discard 8 2
check discarded_pages_read_zero blkio "$b" isrepeat 8 2 0
check remap_to_work_again remap wberr "$linear"
check pages_are_back blkio "$b" israndom 10 90 1
expect goes_after_errors OK "$(remove_device)"
check error_device_is_free unmap wberr

# --- row 75: the k-th block fails, for several k, and several pages in flight
for k in 1 2 31 32 33 100; do
	for batch in 1 32; do
		mapped wbkth "0 $((k * 8)) linear $loop 0
$((k * 8)) 8 error
$((k * 8 + 8)) $((sectors - k * 8 - 8)) linear $loop $((k * 8 + 8))"
		backed_device "$mapped" 16M writeback_batch_size $batch
		blkio "$b" random 0 100 "$k" > /dev/null
		expect "row75_bad_block_${k}_batch_$batch" "EIO 99 99 1" \
			"$(store writeback huge) $(bd 1) $(bd 3) $(huge_pages)"
		check "row75_all_pages_are_whole_${k}_$batch" blkio "$b" israndom 0 100 "$k"
		expect "row75_the_rest_goes_elsewhere_${k}_$batch" "OK 100" \
			"$(store writeback huge) $(bd 1)"
		check "row75_and_comes_back_${k}_$batch" blkio "$b" israndom 0 100 "$k"
		remove_device > /dev/null
		unmap wbkth
	done
done

# --- as many in flight as the user said, and not one more; row 69. The device answers
# two seconds after it was asked: what it has been asked for until then is in flight
mapped wbslow "0 $sectors delay $loop 0 0 $loop 0 2000"
for batch in 1 32 100; do
	backed_device "$mapped" 16M writeback_batch_size $batch
	count=$((batch * 2))
	blkio "$b" random 0 $count 1 > /dev/null
	sysfs_store "$d"/writeback huge > /tmp/answer &
	most=0
	for _ in {1..15}; do
		# What the target itself says that it holds: reads, writes
		read -r _ _ _ _ now _ < <(dmsetup status --noflush wbslow)
		[ "$now" -gt "$most" ] && most=$now
		sleep 0.1
	done
	wait
	expect "batch_${batch}_writes_all" "OK $count" "$(< /tmp/answer) $(bd 3)"
	expect "batch_${batch}_is_in_flight" $batch "$most"
	check "row69_batch_${batch}_reads_back" blkio "$b" israndom 0 $count 1
	remove_device > /dev/null
done
check slow_less remap wbslow "0 $sectors delay $loop 0 0 $loop 0 300"

# --- a slow device: a signal, a reset and a removal end it early
backed_device "$mapped" 16M writeback_batch_size 4
check slow_fill blkio "$b" random 0 900 1
sysfs_store "$d"/writeback huge > /tmp/answer &
sleep 1
begin=$SECONDS
kill -9 $!
wait $! 2>/dev/null
holds kill_ends_a_writeback $((SECONDS - begin)) -lt 10
holds kill_leaves_what_was_written "$(bd 3)" -lt 900
check kill_leaves_every_page blkio "$b" israndom 0 900 1
sysfs_store "$d"/writeback huge > /tmp/answer &
sleep 1
begin=$SECONDS
expect reset_ends_a_writeback OK "$(store reset 1)"
holds reset_does_not_wait_for_all $((SECONDS - begin)) -lt 20
wait
expect reset_is_what_the_writer_hears EBUSY "$(< /tmp/answer)"
set_up backing_dev "$mapped"
set_up disksize 16M
check slow_fill_again blkio "$b" random 0 900 1
sysfs_store "$d"/writeback huge > /tmp/answer &
sleep 1
begin=$SECONDS
expect removal_ends_a_writeback OK "$(sysfs_store $control/hot_remove "${dev#zram}")"
holds removal_does_not_wait_for_all $((SECONDS - begin)) -lt 20
wait
expect removal_is_what_the_writer_hears EBUSY "$(< /tmp/answer)"

# --- what may be waiting for a slow device when everything is reset: readers
check slow_reads remap wbslow "0 $sectors delay $loop 0 200 $loop 0 0"
backed_device "$mapped" 16M
blkio "$b" random 0 64 1 > /dev/null
store writeback huge > /dev/null
begin=$SECONDS
for i in {0..31}; do
	blkio "$b" israndom $((i * 2)) 2 1 > /tmp/reader."$i" &
done
wait
expect slow_readers_get_their_pages 32 "$(cat /tmp/reader.* | grep -c '^OK')"
# 64 reads of 200 ms in a row would be 13 seconds, and starting 32 programs takes time, too.
holds slow_readers_wait_together $((SECONDS - begin)) -lt 10
expect goes_after_slow OK "$(remove_device)"

# --- slotstorm and writeback on a slow device
backed_device "$mapped" 16M
rm -f /tmp/strange /tmp/stop
check slow_a_little remap wbslow "0 $sectors delay $loop 0 5 $loop 0 5"
allowed=
writer_loop page_indexes=0-255 huge &
loop_pid=$!
check row69_storm_on_a_slow_device slotstorm "$b" 256 8 8
touch /tmp/stop
wait $loop_pid
rm /tmp/stop
expect row69_only_documented_errors "" "$(head -n 3 /tmp/strange 2>/dev/null)"
check discard_after_slow blkio "$b" discard 0 4096
expect no_block_is_lost_slow 0 "$(bd 1)"
expect goes_after_slow_storm OK "$(remove_device)"
check slow_device_is_free unmap wbslow

# --- a device that works for a second and fails for a second
mapped wbflakey "0 $sectors flakey $loop 0 1 1"
backed_device "$mapped" 16M
rm -f /tmp/strange
allowed=EIO
writer_loop page_indexes=0-255 huge &
loop_pid=$!
# Reads fail in between, and that is all they may do: each page is looked at.
end=$((SECONDS + 10))
failed=0
wrong=0
n=0
while [ $SECONDS -lt $end ]; do
	n=$((n + 1))
	blkio "$b" random 0 64 $n > /tmp/words || wrong=$((wrong + 1))
	got=$(blkio "$b" israndom 0 64 $n)
	case $got in
	OK) ;;
	EIO*) failed=$((failed + 1)) ;;
	*) wrong=$((wrong + 1)) ;;
	esac
done
touch /tmp/stop
wait $loop_pid
rm /tmp/stop
say "flakey: $n rounds, $failed with an I/O error"
expect flakey_gives_no_wrong_page 0 $wrong
expect flakey_only_documented_errors "" "$(head -n 3 /tmp/strange 2>/dev/null)"
holds flakey_did_fail "$(dmesg | grep -c 'block [0-9]*: \(read\|write\) failed')" -gt 0
check flakey_discard blkio "$b" discard 0 4096
expect flakey_no_block_is_lost "0 0 0" "$(orig_size) $(compr_size) $(bd 1)"
check flakey_fill blkio "$b" random 0 1023 3
check flakey_works_again remap wbflakey "$linear"
expect row77_every_block_is_to_be_had OK "$(store writeback huge)"
expect row77_every_block_is_in_use 1023 "$(bd 1)"
check row77_and_reads_back blkio "$b" israndom 0 1023 3
expect goes_at_last OK "$(remove_device)"
check flakey_device_is_free unmap wbflakey
check backing_goes drop_backing 0
finish
