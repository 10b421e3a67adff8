#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Every counter of a disk against the others and against what was written; failures
# are counted one by one.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh

debugfs=/sys/kernel/debug/zram

# quiet: says what does not fit together of all that is shown of a disk at rest. Counts
# are taken from block_state, which looks at the slots.
quiet() {
	local d=$debugfs/$dev stored same huge objects pages bytes wb
	local -a m
	read -r -a m < $sys/"$dev"/mm_stat
	read -r stored same huge wb < <(awk '
		{ n++; s += $3 ~ /s/; h += $3 ~ /h/ && $3 !~ /w/; w += $3 ~ /w/ }
		END { print n + 0, s + 0, h + 0, w + 0 }' "$d"/block_state)
	objects=$(awk 'NR > 1 { n += $2 } END { print n + 0 }' "$d"/sizes)
	read -r pages bytes < <(awk 'NR > 1 { p += $3; b += $4 } END { print p + 0, b + 0 }' \
		"$d"/algorithms)
	[ "${m[0]}" = $((stored * 4096)) ] || echo "orig_data_size ${m[0]}, $stored pages"
	[ "${m[5]}" = "$same" ] || echo "same_pages ${m[5]}, $same pages"
	[ "${m[7]}" = "$huge" ] || echo "huge_pages ${m[7]}, $huge pages"
	[ "$objects" = $((stored - same - wb)) ] || echo "$objects sizes, $((stored - same - wb)) objects"
	[ "$pages" = $((objects - huge)) ] || echo "$pages by algorithm, $((objects - huge)) compressed"
	[ "${m[1]}" = $((bytes + huge * 4096)) ] || echo "compr_data_size ${m[1]}, $bytes + $huge pages"
	[ "${m[2]}" -ge "${m[1]}" ] || echo "mem_used_total ${m[2]} for ${m[1]} bytes"
	[ "${m[4]}" -ge "${m[2]}" ] || echo "mem_used_max ${m[4]} below ${m[2]}"
	[ "${m[8]}" -ge "$huge" ] || echo "huge_pages_since ${m[8]}, $huge pages"
	if [ -e $sys/"$dev"/bd_stat ]; then
		read -r -a m < $sys/"$dev"/bd_stat
		[ "${m[0]}" = "$wb" ] || echo "bd_count ${m[0]}, $wb pages"
		read -r -a m < $sys/"$dev"/mm_stat
	fi
	# The bytes lie between the ends of their buckets.
	awk -v bytes="${m[1]}" 'NR > 1 { low += $2 * (last + 1); high += $2 * $1; last = $1 }
		END { if (bytes < low || bytes > high) print bytes " bytes, sizes say " low " to " high }' \
		"$d"/sizes
	# A sign has no place in any of it.
	grep -h -- - $sys/"$dev"/{mm,io,debug}_stat "$d"/sizes
}

# --- nothing, and one page of each kind
new_device 16M lzo-rle
expect empty_disk_is_consistent "" "$(quiet)"
check writes_mixed blkio /dev/"$dev" write 0 10 1
mixed=$(huge_pages)
holds some_are_compressed "$mixed" -lt 10
check writes_noise blkio /dev/"$dev" random 10 7 1
check writes_words blkio /dev/"$dev" repeat 17 5 9
huge=$((mixed + 7))
expect kinds_are_counted "90112 5 $huge $huge" \
	"$(orig_size) $(same_pages) $(huge_pages) $(mm 9)"
expect kinds_are_consistent "" "$(quiet)"
expect algorithm_is_named "0 lzo-rle $((10 - mixed))" \
	"$(awk 'NR == 2 { print $1, $2, $3 }' $debugfs/"$dev"/algorithms)"
expect whole_pages_are_the_longest $huge \
	"$(awk '$1 == 4096 { print $2 }' $debugfs/"$dev"/sizes)"
expect sizes_have_33_lines 33 "$(wc -l < $debugfs/"$dev"/sizes)"
check overwrites blkio /dev/"$dev" repeat 10 7 9
expect overwriting_is_not_freeing 0 "$(io 4)"
expect huge_since_only_grows "$mixed $huge" "$(huge_pages) $(mm 9)"
check discards blkio /dev/"$dev" discard 0 100
expect freed_pages_are_counted_once 22 "$(io 4)"
check discards_nothing blkio /dev/"$dev" discard 0 100
expect free_pages_are_not_freed 22 "$(io 4)"
expect freed_disk_is_consistent "" "$(quiet)"
expect nothing_is_left "0 0" "$(orig_size) $(compr_size)"

# --- at rest after random work, over and over: CPUs write what others free
for round in {1..6}; do
	for job in 1 2 3; do
		blkio /dev/"$dev" write $((RANDOM % 2000)) $((RANDOM % 500 + 1)) "$round" &
		blkio /dev/"$dev" random $((RANDOM % 2000)) $((RANDOM % 200 + 1)) $job &
		blkio /dev/"$dev" repeat $((RANDOM % 2000)) $((RANDOM % 500 + 1)) $job &
		blkio /dev/"$dev" discard $((RANDOM % 2000)) $((RANDOM % 500 + 1)) &
	done > /dev/null
	wait
	expect "row47_round_${round}_is_consistent" "" "$(quiet)"
done
blkio /dev/"$dev" discard 0 4096 > /dev/null
check storm slotstorm /dev/"$dev" 256 4 4
expect storm_leaves_it_consistent "" "$(quiet)"
expect nothing_failed "0 0 0" "$(io 1) $(io 2) $(io 3)"
check discards_all blkio /dev/"$dev" discard 0 4096
expect all_sums_are_zero_again "0 0 0 0" "$(orig_size) $(compr_size) $(same_pages) $(huge_pages)"
expect all_buckets_are_empty 0 "$(awk 'NR > 1 { n += $2 } END { print n }' $debugfs/"$dev"/sizes)"

# --- nothing is ever less than nothing, while it is busy
(
	until [ -e /tmp/stop ]; do
		blkio /dev/"$dev" write 0 64 1
		blkio /dev/"$dev" discard 0 64
	done > /dev/null
) &
negative=0
for _ in {1..200}; do
	read -r -a m < $sys/"$dev"/mm_stat
	for column in 0 1 5 7; do
		[ "${m[$column]}" -gt $((16 << 20)) ] && negative=$((negative + 1))
	done
done
touch /tmp/stop
wait
rm /tmp/stop
expect sums_are_never_negative 0 $negative
expect busy_disk_comes_to_rest "" "$(quiet)"

# --- failures: a request that fails is one, and changes nothing else
blkio /dev/"$dev" discard 0 4096 > /dev/null
expect limit OK "$(store mem_limit 64K)"
failed=0
for index in {0..63}; do
	[ "$(blkio /dev/"$dev" random "$index" 1 3)" = OK ] || failed=$((failed + 1))
done
holds some_failed $failed -gt 40
expect row47_failed_writes_are_exact "0 $failed 0" "$(io 1) $(io 2) $(io 3)"
expect failures_leave_it_consistent "" "$(quiet)"
expect failed_pages_are_not_stored $(((64 - failed) * 4096)) "$(orig_size)"
expect no_limit OK "$(store mem_limit 0)"

# --- allocations fail, for the task that asks for it, on kernels that can do that
# inject FACILITY PROBABILITY
inject() {
	local fail=/sys/kernel/debug/$1 setting
	for setting in task-filter=1 probability="$2" times=-1 verbose=0 ignore-gfp-wait=0 \
		min-order=0 ignore-gfp-highmem=0; do
		[ -e "$fail/${setting%=*}" ] && echo "${setting#*=}" > "$fail/${setting%=*}"
	done
}
for facility in fail_page_alloc failslab; do
	[ -d /sys/kernel/debug/$facility ] || continue
	for probability in 5 50 100; do
		blkio /dev/"$dev" discard 0 4096 > /dev/null
		store compact 1 > /dev/null
		before=$(io 2)
		inject $facility $probability
		got=$(failio /dev/"$dev" write $((probability * 20)) 400)
		inject $facility 0
		expect "row47_${facility}_${probability}_fails_as_counted" "$got" $(($(io 2) - before))
		say "$facility at $probability %: $got of 400 writes failed"
		expect "${facility}_${probability}_leaves_it_consistent" "" "$(quiet)"
	done
	check "${facility}_writes_what_is_read" blkio /dev/"$dev" write 0 400 1
	inject $facility 100
	expect "${facility}_fails_no_read" 0 "$(failio /dev/"$dev" read 0 400)"
	inject $facility 0
	check "${facility}_leaves_the_data" blkio /dev/"$dev" verify 0 400 1
done
expect reads_never_failed 0 "$(io 1)"

# --- what goes wrong at the edge of the disk is the block layer's, and no I/O of ours
expect beyond_the_end "EINVAL" "$(blkio /dev/"$dev" rawread 512 512 | awk '{ print $1 }')"
expect misaligned_is_not_counted "0 0" "$(io 1) $(io 3)"

# --- compressed again: by algorithm, in the sizes, in the flags
if [ -e $sys/"$dev"/recompress ]; then
	first=$dev
	new_device ""
	expect second_algorithm OK "$(store recomp_algorithm "algo=zstd priority=1")"
	set_up disksize 16M
	expect two_algorithms_are_shown "0 lzo-rle 1 zstd" "$(awk 'NR > 1 {
		printf "%s%s %s", s, $1, $2; s = " " }' $debugfs/"$dev"/algorithms)"
	check writes_to_recompress blkio /dev/"$dev" write 0 500 1
	check more_to_recompress blkio /dev/"$dev" random 500 20 1
	store idle all > /dev/null
	expect recompresses OK "$(store recompress type=idle)"
	expect row76_recompressed_pages_are_not_idle 0 \
		"$(grep -c 'i.*r\|ir' $debugfs/"$dev"/block_state)"
	expect recompressed_pages_are_counted \
		"$(grep -c 'r.$' $debugfs/"$dev"/block_state)" \
		"$(awk '$1 == 1 { print $3 }' $debugfs/"$dev"/algorithms)"
	holds some_were_recompressed "$(grep -c 'r.$' $debugfs/"$dev"/block_state)" -gt 50
	holds some_are_incompressible "$(grep -c 'n$' $debugfs/"$dev"/block_state)" -ge 20
	expect recompression_is_consistent "" "$(quiet)"
	check overwrites_recompressed blkio /dev/"$dev" write 100 200 2
	check discards_recompressed blkio /dev/"$dev" discard 200 300
	expect after_recompression_it_is_consistent "" "$(quiet)"
	expect recompressed_device_goes OK "$(remove_device)"
	dev=$first
fi

# --- latency: off, on, counted one by one, off again
l=$debugfs/$dev/latency
timed() {
	awk -v column="$1" 'NR > 2 { n += $column } END { print n }' "$l"
}
expect latency_is_off "enabled: 0" "$(head -n 1 "$l")"
check untimed blkio /dev/"$dev" write 0 10 1
expect nothing_is_timed "0 0" "$(timed 2) $(timed 3)"
expect latency_goes_on OK "$(sysfs_store "$l" 1)"
expect latency_is_on "enabled: 1" "$(head -n 1 "$l")"
check timed_writes blkio /dev/"$dev" write 0 10 1
check timed_reads blkio /dev/"$dev" verify 0 7 1
expect reads_and_writes_are_timed "7 10" "$(timed 2) $(timed 3)"
expect times_are_plausible 0 "$(awk 'NR > 2 && $1 < 256 { n += $2 + $3 } END { print n + 0 }' "$l")"
other=$dev
new_device 1M
check other_disk blkio /dev/"$dev" write 0 10 1
expect other_disk_is_not_timed 0 "$(awk 'NR > 2 { n += $2 + $3 } END { print n }' \
	$debugfs/"$dev"/latency)"
expect other_disk_goes OK "$(remove_device)"
dev=$other
expect latency_goes_off OK "$(sysfs_store "$l" off)"
check untimed_again blkio /dev/"$dev" write 0 10 1
expect times_stay "7 10" "$(timed 2) $(timed 3)"
expect latency_reset OK "$(sysfs_store "$l" reset)"
expect times_are_forgotten "0 0" "$(timed 2) $(timed 3)"
mark_log
expect latency_refuses EINVAL "$(sysfs_store "$l" maybe)"
check latency_refusal_is_logged log_has latency maybe
expect latency_refuses_the_long EINVAL "$(sysfs_store "$l" 11111111111111111111111111111111)"
expect latency_on_for_good OK "$(sysfs_store "$l" y)"

# --- tracepoints, on kernels that have them
mkdir -p /tmp/trace
if mount -t tracefs tracefs /tmp/trace 2>/dev/null && [ -d /tmp/trace/events/zram ]; then
	blkio /dev/"$dev" discard 0 4096 > /dev/null
	echo > /tmp/trace/trace
	echo 1 > /tmp/trace/events/zram/enable
	blkio /dev/"$dev" write 1000 1 1 > /dev/null
	blkio /dev/"$dev" random 1001 1 1 > /dev/null
	blkio /dev/"$dev" repeat 1002 1 1 > /dev/null
	blkio /dev/"$dev" verify 1000 1 1 > /dev/null
	blkio /dev/"$dev" discard 1000 3 > /dev/null
	echo 0 > /tmp/trace/events/zram/enable
	# traced EVENT WORD...: lines of the event that have all the words
	traced() {
		local lines word
		lines=$(grep " $1: disk=$dev " /tmp/trace/trace)
		shift
		for word; do
			lines=$(grep -F " $word " <<< "$lines ")
		done
		grep -c . <<< "$lines"
	}
	expect writes_are_traced 3 "$(traced zram_write)"
	expect write_of_noise_is_traced 1 "$(traced zram_write index=1001 size=4096 flags=huge)"
	expect write_of_a_word_is_traced 1 "$(traced zram_write index=1002 size=0 flags=same)"
	expect read_is_traced 1 "$(traced zram_read index=1000 priority=0)"
	expect frees_are_traced 3 "$(traced zram_slot_free)"
	echo 1 > /tmp/trace/events/zram/enable
	blkio /dev/"$dev" write 1000 1 1 > /dev/null
	if [ -e $sys/"$dev"/recompress ]; then
		traced_dev=$dev
		new_device ""
		store recomp_algorithm "algo=zstd priority=1" > /dev/null
		set_up disksize 1M
		blkio /dev/"$dev" write 0 20 1 > /dev/null
		store recompress type=huge_idle > /dev/null
		expect nothing_was_to_recompress 0 "$(traced zram_recompress)"
		before=$(compr_size)
		store idle all > /dev/null
		expect recompress OK "$(store recompress type=idle)"
		expect every_recompression_is_traced 20 "$(traced zram_recompress)"
		if [ "$(compr_size)" -lt "$before" ]; then
			holds success_is_traced "$(traced zram_recompress err=0 priority=1)" -gt 0
		fi
		expect recompressed_disk_is_consistent "" "$(quiet)"
		expect recompressed_disk_goes OK "$(remove_device)"
		dev=$traced_dev
	fi
	echo 0 > /tmp/trace/events/zram/enable
	for event in zram_read zram_write zram_slot_free zram_recompress zram_writeback; do
		check "event_$event" [ -d /tmp/trace/events/zram/$event ]
	done
	umount /tmp/trace
fi

# --- a reset forgets it all, and a disk that is timed can go
expect reset OK "$(store reset 1)"
expect reset_clears "       0        0        0        0" "$(< $sys/"$dev"/io_stat)"
expect reset_empties_sizes 0 "$(awk 'NR > 1 { n += $2 } END { print n }' $debugfs/"$dev"/sizes)"
expect goes OK "$(remove_device)"
finish
