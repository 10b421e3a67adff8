#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Which pages are idle, and what block_state says of every page.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh

debugfs=/sys/kernel/debug/zram

# state INDEX: the flags of a page, nothing if it has no line
state() {
	local index time flags
	while read -r index time flags; do
		[ "$index" = "$1" ] && echo "$flags"
	done < $debugfs/"$dev"/block_state
}

# time_of INDEX: in microseconds since boot
time_of() {
	local index time flags
	while read -r index time flags; do
		[ "$index" = "$1" ] && echo $((${time%.*} * 1000000 + 10#${time#*.}))
	done < $debugfs/"$dev"/block_state
}

# flagged LETTER: how many pages have it
flagged() {
	awk -v flag="$1" '$3 ~ flag { n++ } END { print n + 0 }' $debugfs/"$dev"/block_state
}

# lines_of COMMAND...: how many lines it writes
lines_of() {
	"$@" 2>/dev/null | wc -l
}

# refused NAME TEXT ERROR: the store to idle fails so, and the log names the text
refused() {
	mark_log
	expect "$1" "$3" "$(store idle "$2")"
	if ! log_has idle "$2"; then
		sleep 5.2
		mark_log
		store idle "$2" > /dev/null
	fi
	check "$1_is_logged" log_has idle "$2"
}

# --- before init
new_device ""
b=$debugfs/$dev/block_state
expect mode_idle 200 "$(stat -c %a $sys/"$dev"/idle)"
expect mode_block_state 400 "$(stat -c %a "$b")"
refuses block_state_without_a_size cat "$b"
refused idle_without_a_size all EINVAL
expect disksize OK "$(store disksize 16M)"
expect block_state_of_an_empty_disk "" "$(cat "$b")"

# --- the line of each kind of page
before=$(awk '{ print int($1 * 1000000) }' /proc/uptime)
check writes_text blkio /dev/"$dev" write 0 2 1
check writes_noise blkio /dev/"$dev" random 2 1 1
check writes_a_word blkio /dev/"$dev" repeat 3 1 5
check writes_at_the_end blkio /dev/"$dev" write 4095 1 1
after=$(awk '{ print int($1 * 1000000) }' /proc/uptime)
expect every_page_has_a_line "0 1 2 3 4095" "$(awk '{ printf "%s%s", s, $1; s = " " }' "$b")"
expect lines_have_the_format 5 \
	"$(grep -cE '^ {0,11}[0-9]{1,12} {1,12}[0-9]+\.[0-9]{6} [s.][w.][h.][i.][r.][n.]$' "$b")"
expect columns_have_their_width "33 33 33 33 33" \
	"$(awk '{ printf "%s%d", s, length($0); s = " " }' "$b" | sed 's/3[0-9]/33/g')"
expect index_is_twelve_wide "           0 " "$(head -c 13 "$b")"
expect flags_of_text ...... "$(state 0)"
expect flags_of_noise ..h... "$(state 2)"
expect flags_of_a_word s..... "$(state 3)"
# The clock of /proc/uptime is finer than what is kept: 67 ms and a tick.
holds time_is_not_before_the_write "$(time_of 0)" -ge $((before - 90000))
holds time_is_not_after_the_write "$(time_of 4095)" -le $((after + 20000))

# --- all are idle, but for those without an object
expect idle_all OK "$(store idle all)"
expect text_is_idle ...i.. "$(state 0)"
expect noise_is_idle ..hi.. "$(state 2)"
expect same_filled_is_never_idle s..... "$(state 3)"
expect idle_all_with_newline OK "$(store idle "all
")"

# --- use takes the mark away; looking does not
check reads blkio /dev/"$dev" verify 0 1 1
check writes_again blkio /dev/"$dev" write 4095 1 1
expect read_page_is_not_idle ...... "$(state 0)"
refuses written_page_is_not_idle grep -q i <<< "$(state 4095)"
expect others_stay_idle "...i.. ..hi.." "$(state 1) $(state 2)"
check frees blkio /dev/"$dev" discard 1 1
expect freed_page_has_no_line "" "$(state 1)"
check comes_back blkio /dev/"$dev" write 1 1 1
refuses page_that_comes_back_is_not_idle grep -q i <<< "$(state 1)"

# --- ages
check reads_the_old blkio /dev/"$dev" israndom 2 1 1
sleep 3
check uses_one blkio /dev/"$dev" verify 0 1 1
expect idle_two_seconds OK "$(store idle 2)"
expect used_page_is_not_old ...... "$(state 0)"
expect unused_page_is_old ..hi.. "$(state 2)"
expect old_pages_are_counted 3 "$(flagged i)"
check uses_all blkio /dev/"$dev" verify 0 2 1
check uses_the_noise blkio /dev/"$dev" israndom 2 1 1
check uses_the_last blkio /dev/"$dev" verify 4095 1 1
for age in 10 5000000000 18446744073709551615; do
	expect "idle_for_${age}_seconds" OK "$(store idle $age)"
	expect "nothing_is_${age}_seconds_old" 0 "$(flagged i)"
done
expect idle_zero_is_all OK "$(store idle 0)"
expect zero_seconds_are_over 4 "$(flagged i)"

# --- what is no age
refused idle_word none EINVAL
refused idle_negative -1 EINVAL
refused idle_trailing 1x EINVAL
refused idle_two "1 2" EINVAL
refused idle_too_big 18446744073709551616 EINVAL
expect idle_empty EINVAL "$(store idle " ")"
expect refused_idle_changes_nothing 4 "$(flagged i)"

# --- any count, any offset
cat "$b" > /tmp/whole
for bs in 1 7 40 4096 1048576; do
	dd if="$b" of=/tmp/part bs=$bs 2>/dev/null
	check "block_state_in_pieces_of_$bs" cmp /tmp/whole /tmp/part
done
for skip in 1 33 34 100; do
	dd if="$b" of=/tmp/part bs=1 skip=$skip 2>/dev/null
	tail -c +$((skip + 1)) /tmp/whole > /tmp/rest
	check "block_state_from_byte_$skip" cmp /tmp/rest /tmp/part
done
expect block_state_beyond_its_end 0 "$(dd if="$b" bs=1M skip=1 2>/dev/null | wc -c)"
refuses block_state_cannot_be_written sysfs_store "$b" x

# --- not for everybody
check user_1000_works as_user 1000 busybox cat /proc/self/status
# The file itself refuses, not only the root of debugfs.
chmod 755 /sys/kernel/debug
for file in block_state algorithms sizes latency; do
	refuses "user_cannot_read_$file" as_user 1000 busybox cat $debugfs/"$dev"/$file
done
refuses user_cannot_mark_idle as_user 1000 sysfs_store $sys/"$dev"/idle all
chmod 700 /sys/kernel/debug

# --- many pages: every one has its line, whatever the size of the reads
check writes_many blkio /dev/"$dev" write 0 3000 1
expect many_pages_have_a_line 3001 "$(lines_of cat "$b")"
expect no_line_comes_twice 3001 "$(dd if="$b" bs=100 2>/dev/null | awk '{ print $1 }' | sort -u | wc -l)"
expect lines_are_in_order "" "$(awk 'NR > 1 && $1 <= last; { last = $1 }' "$b")"

# --- reset while it is read: an error or an end, and no line of what is gone
exec 4< "$b"
expect open_file_reads 50 "$(dd bs=50 count=1 <&4 2>/dev/null | wc -c)"
expect reset_under_a_reader OK "$(store reset 1)"
refuses old_position_after_reset cat <&4
exec 4<&-
set_up disksize 64K
exec 4< "$b"
expect smaller_disk_is_empty "" "$(cat <&4)"
exec 4<&-

# readers of all sizes, while the disk is filled, emptied, and gets other sizes
rm -f /tmp/stop
for bs in 1 50 4096 2147483648; do
	(
		until [ -e /tmp/stop ]; do
			dd if="$b" of=/dev/null bs=$bs count=200 2>/dev/null
		done
	) &
done
for round in {1..12}; do
	store reset 1 > /dev/null
	store disksize $((round % 3 * 4 + 1))M > /dev/null
	blkio /dev/"$dev" write 0 200 "$round" > /dev/null
	store idle all > /dev/null
	blkio /dev/"$dev" discard 0 100 > /dev/null
done
touch /tmp/stop
wait
rm /tmp/stop
expect readers_and_resets_leave_it_right 100 "$(lines_of cat "$b")"

# --- the disk goes under a reader
exec 4< "$b"
expect goes_under_a_reader OK "$(remove_device)"
refuses reader_of_a_disk_that_is_gone cat <&4
exec 4<&-
refuses files_are_gone stat "$b"

# --- a huge disk that holds little answers at once
new_device 1T
b=$debugfs/$dev/block_state
check writes_far_out blkio /dev/"$dev" write 268435455 1 1
check writes_near blkio /dev/"$dev" write 5 1 1
start=$(date +%s)
expect sparse_disk_has_two_lines "5 268435455" "$(awk '{ printf "%s%s", s, $1; s = " " }' "$b")"
expect sparse_idle OK "$(store idle all)"
expect sparse_pages_are_idle 2 "$(flagged i)"
holds sparse_disk_answers_at_once $(($(date +%s) - start)) -le 3
expect sparse_disk_goes OK "$(remove_device)"

# --- attributes, directories and files: what each may be used for by whom
new_device ""
table="
backing_dev 644
bd_stat 444
comp_algorithm 644
recomp_algorithm 644
algorithm_params 200
compact 200
compressed_writeback 644
corrupted 444
debug_stat 444
disksize 644
idle 200
initstate 444
checksum 644
io_stat 444
max_comp_streams 644
mem_limit 200
mem_used_max 200
mm_stat 444
recompress 200
reset 200
writeback 200
writeback_batch_size 644
writeback_limit 644
writeback_limit_enable 644
"
while read -r name mode; do
	[ -z "$name" ] && continue
	[ -e $sys/"$dev"/"$name" ] || continue
	expect "row49_mode_$name" "$mode" "$(stat -c %a $sys/"$dev"/"$name")"
done <<< "$table"
expect row49_mode_hot_add 400 "$(stat -c %a $control/hot_add)"
expect row49_mode_hot_remove 200 "$(stat -c %a $control/hot_remove)"
refuses row49_user_cannot_hot_add as_user 1000 busybox cat $control/hot_add
for path in "$sys/$dev"/*; do
	name=${path##*/}
	[ -f "$path" ] || continue
	case $name in
	# of every disk
	alignment_offset | badblocks | bdi | capability | dev | discard_alignment | diskseq | \
		events* | ext_range | hidden | inflight | make-it-fail | range | removable | ro | \
		size | stat | uevent) continue ;;
	esac
	grep -q "^$name " <<< "$table" || not_ok "row49_$name" "is not in the table of modes"
done
expect files_in_debugfs "" "$(for f in algorithms sizes block_state; do
	[ "$(stat -c %a $debugfs/"$dev"/$f)" = 400 ] || echo "$f"
done)"
expect mode_latency 600 "$(stat -c %a $debugfs/"$dev"/latency)"
expect goes_at_last OK "$(remove_device)"
finish
