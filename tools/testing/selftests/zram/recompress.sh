#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Several algorithms for one disk, and pages that are compressed again.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh

corpus=/dev/${ZMEM_disk:?}a
every="lzo lzo-rle lz4 lz4hc 842 zstd deflate"

# line PRIORITY ALGORITHM: what recomp_algorithm shows of it
line() {
	local alg text="#$1:"
	for alg in $every; do
		[ "$alg" = "$2" ] && alg="[$alg]"
		text="$text $alg"
	done
	echo "$text "
}

recomp() {
	cat $sys/"$dev"/recomp_algorithm
}

# again KEYS: compress again
again() {
	store recompress "$1"
}

new_device ""
d=$sys/$dev
for attr in recompress algorithm_params; do
	expect "mode_$attr" 200 "$(stat -c %a "$d"/$attr)"
done
expect mode_recomp_algorithm 644 "$(stat -c %a "$d"/recomp_algorithm)"

# --- recomp_algorithm
expect recomp_shows_nothing_at_first "" "$(recomp)"
refused recompress_before_init recompress type=huge EINVAL
for alg in $every; do
	expect "recomp_${alg}_is_taken" OK "$(store recomp_algorithm "algo=$alg")"
	expect "recomp_${alg}_is_shown" "$(line 1 "$alg")" "$(recomp)"
done
expect recomp_at_3 OK "$(store recomp_algorithm "priority=3 algo=zstd
")"
expect recomp_shows_a_line_for_each "$(line 1 "${every##* }")
$(line 3 zstd)" "$(recomp)"
refused recomp_unknown recomp_algorithm algo=nosuchalg EINVAL
refused recomp_at_0 recomp_algorithm "algo=lz4 priority=0" EINVAL
refused recomp_at_4 recomp_algorithm "algo=lz4 priority=4" EINVAL
refused recomp_at_a_word recomp_algorithm "algo=lz4 priority=high" EINVAL
refused recomp_of_no_name recomp_algorithm priority=2 EINVAL
refused recomp_of_a_bare_name recomp_algorithm zstd EINVAL
refused recomp_of_an_unknown_key recomp_algorithm "algo=zstd level=3" EINVAL
expect recomp_too_long E2BIG "$(store recomp_algorithm "algo=$(printf 'x%.0s' {1..80})")"
expect recomp_survives_refusals "$(line 1 "${every##* }")
$(line 3 zstd)" "$(recomp)"
expect recomp_leaves_the_first_alone "[lzo-rle]" "$(grep -o '\[.*\]' "$d"/comp_algorithm)"

# --- row 61: after any three stores, every algorithm is still shown
bad=0
for one in "recomp_algorithm algo=lz4" "disksize 1M" "reset 1" "algorithm_params priority=0"; do
	for two in "recomp_algorithm algo=nosuch" "comp_algorithm lz4" "reset 1" "disksize 1M"; do
		for three in "algorithm_params priority=1 level=4" "reset 1" "comp_algorithm nosuch"; do
			for each in "$one" "$two" "$three"; do
				# shellcheck disable=SC2086
				store $each > /dev/null
			done
			grep -q '\[l.*\]' "$d"/comp_algorithm || bad=$((bad + 1))
			[ "$(recomp | grep -c '^#[13]: .*\[.*\]')" = 2 ] || bad=$((bad + 1))
			store reset 1 > /dev/null
		done
	done
done
expect row61_every_show_after_every_sequence 0 $bad

# --- row 60: algorithms that come and go with resets cost nothing
cycle() {
	local alg
	for alg in zstd lz4; do
		echo "algo=$alg" > "$d"/recomp_algorithm
		echo "algo=$alg priority=2" > "$d"/recomp_algorithm
		echo "priority=2 level=5" > "$d"/algorithm_params
	done
	echo 1 > "$d"/reset
}
for ((i = 0; i < 20; i++)); do cycle; done
settle
before=$(meminfo MemAvailable)
for ((i = 0; i < ${ZMEM_cycles:-1000}; i++)); do cycle; done
settle
lost=$((before - $(meminfo MemAvailable)))
say "algorithms set and reset 1000 times: $lost KiB fewer available"
holds row60_algorithms_set_and_reset_do_not_leak $lost -lt 2048
expect row60_algorithms_are_as_set_last "$(line 1 lz4)
$(line 2 lz4)
$(line 3 zstd)" "$(recomp)"

# --- what recompress refuses
set_up comp_algorithm lzo-rle
set_up recomp_algorithm "algo=zstd priority=2"
set_up disksize 16M
refused recomp_after_init recomp_algorithm algo=lz4 EBUSY
refused again_nothing recompress " " EINVAL
refused again_type recompress type=all EINVAL
refused again_incompressible recompress type=incompressible EINVAL
refused again_key recompress size=10 EINVAL
refused again_bare_type recompress huge EINVAL
refused again_twice recompress "type=huge type=idle" EINVAL
refused again_threshold_word recompress threshold=big EINVAL
refused again_threshold_junk recompress threshold=100k EINVAL
refused again_threshold_of_a_page recompress threshold=4096 EINVAL
refused again_algo_unknown recompress algo=nosuch EINVAL
refused again_algo_not_registered recompress algo=deflate EINVAL
refused again_algo_written_with recompress algo=lzo-rle EINVAL
refused again_priority_0 recompress priority=0 EINVAL
refused again_priority_4 recompress priority=4 EINVAL
refused again_contradiction recompress "algo=zstd priority=1" EINVAL
refused again_max_pages recompress max_pages=some EINVAL
expect again_without_a_page OK "$(again type=huge)"
expect again_reset OK "$(store reset 1)"
expect recomp_survives_reset 3 "$(recomp | wc -l)"
expect gone OK "$(remove_device)"

new_device 1M
refused again_without_algorithms recompress type=huge EINVAL
refused again_priority_not_registered recompress priority=1 EINVAL
remove_device > /dev/null

# --- real data, and what becomes of the figures
new_device ""
d=$sys/$dev
set_up comp_algorithm lz4
set_up recomp_algorithm algo=zstd
set_up disksize 32M
check writes_real_data blkio /dev/"$dev" copy 0 2048 "$corpus"
check writes_noise blkio /dev/"$dev" random 2048 64 7
check writes_letters blkio /dev/"$dev" letters 2304 64 7
check writes_words blkio /dev/"$dev" repeat 2112 64 0x1234
was=$(compr_size)
was_used=$(mem_used)
orig=$(orig_size)
huge=$(huge_pages)
holds letters_and_noise_are_huge "$huge" -ge 128
expect huge_pages_again OK "$(again type=huge)"
expect huge_pages_that_shrink_are_huge_no_more $((huge - 64)) "$(huge_pages)"
expect only_huge_pages_since_is_kept "$huge" "$(mm 9)"
expect large_pages_again OK "$(again threshold=2000)"
large=$(compr_size)
holds threshold_leaves_small_ones "$large" -lt "$was"
expect at_most_10_pages OK "$(again "priority=1 max_pages=10")"
expect all_pages_again OK "$(again priority=1)"
holds all_pages_are_smaller "$(compr_size)" -lt "$large"
all=$(compr_size)
expect nothing_is_left_to_do OK "$(again priority=1)"
expect and_nothing_was_done "$all" "$(compr_size)"
say "lz4 $was bytes, with zstd again $all; memory $was_used to $(mem_used)"
holds zstd_saves_a_tenth $((all * 10)) -lt $((was * 9))
holds memory_comes_back "$(mem_used)" -lt "$was_used"
expect pages_are_as_many "$orig 64" "$(orig_size) $(same_pages)"
check reads_real_data blkio /dev/"$dev" compare 0 2048 "$corpus"
check reads_noise blkio /dev/"$dev" israndom 2048 64 7
check reads_letters blkio /dev/"$dev" isletters 2304 64 7
check reads_words blkio /dev/"$dev" isrepeat 2112 64 0x1234
check writes_over_it blkio /dev/"$dev" write 0 512 3
check reads_what_was_written blkio /dev/"$dev" verify 0 512 3
check frees_it blkio /dev/"$dev" discard 0 8192
expect nothing_is_stored "0 0 0 0" "$(orig_size) $(compr_size) $(same_pages) $(huge_pages)"
store compact 1 > /dev/null
expect nothing_is_used 0 "$(mem_used)"
expect failed_no_io "0 0 0" "$(io 1) $(io 2) $(io 3)"

# --- at the limit: a clean error, everything still there
check fills_up blkio /dev/"$dev" copy 0 1024 "$corpus"
set_up mem_limit 4096
expect limit_reached ENOMEM "$(again priority=1)"
check limit_loses_nothing blkio /dev/"$dev" compare 0 1024 "$corpus"
set_up mem_limit 0
expect limit_gone OK "$(again priority=1)"
check reads_after_the_limit blkio /dev/"$dev" compare 0 1024 "$corpus"
remove_device > /dev/null

# --- row 76: idle goes with what it was said of
new_device ""
d=$sys/$dev
state=/sys/kernel/debug/zram/$dev/block_state
if [ -e "$d"/idle ]; then
	set_up recomp_algorithm algo=zstd
	set_up disksize 4M
	blkio /dev/"$dev" copy 0 16 "$corpus" > /dev/null
	blkio /dev/"$dev" random 16 1 1 > /dev/null
	set_up idle all
	blkio /dev/"$dev" compare 0 8 "$corpus" > /dev/null
	expect row76_idle_pages_again OK "$(again type=idle)"
	say "block_state: $(tr -s ' \n' ' ;' < "$state")"
	expect row76_recompressed_pages_are_not_idle 0 "$(grep -c '[0-9] .*i.*r' "$state")"
	expect row76_pages_in_use_were_left_alone 0 \
		"$(awk '$1 < 8 && $3 ~ /r/' "$state" | wc -l)"
	holds row76_idle_pages_were_recompressed \
		"$(awk '$1 >= 8 && $3 ~ /r/' "$state" | wc -l)" -gt 0
	expect row76_noise_is_known 1 "$(awk '$1 == 16 && $3 ~ /n/' "$state" | wc -l)"
fi
remove_device > /dev/null

# --- every pair
wrong=
for one in $every; do
	for two in $every; do
		new_device ""
		set_up comp_algorithm "$one"
		set_up recomp_algorithm "algo=$two"
		set_up disksize 4M
		[ "$(blkio /dev/"$dev" copy 0 40 "$corpus")" = OK ] &&
			[ "$(again priority=1)" = OK ] &&
			[ "$(blkio /dev/"$dev" compare 0 40 "$corpus")" = OK ] &&
			[ "$(remove_device)" = OK ] || wrong="$wrong $one-$two"
	done
done
expect every_pair_of_algorithms_keeps_the_data "" "$wrong"

# --- it can be killed
new_device ""
set_up recomp_algorithm algo=lz4hc
set_up disksize 64M
blkio /dev/"$dev" copy 0 8000 "$corpus" > /dev/null
sysfs_store $sys/"$dev"/recompress priority=1 > /tmp/killed &
sleep 0.3
kill -9 $! 2> /dev/null
wait $! 2> /dev/null
expect killed_before_it_was_done "" "$(< /tmp/killed)"
check killed_loses_nothing blkio /dev/"$dev" compare 0 8000 "$corpus"

# --- a reset does not wait for all of it
sysfs_store $sys/"$dev"/recompress priority=1 > /tmp/reset &
sleep 0.3
expect reset_meanwhile OK "$(store reset 1)"
wait $!
expect reset_ends_it EBUSY "$(< /tmp/reset)"
set_up disksize 64M
blkio /dev/"$dev" copy 0 8000 "$corpus" > /dev/null

# --- and frozen: the task goes on after it
if [ -w /sys/power/pm_test ]; then
	echo freezer > /sys/power/pm_test
	sysfs_store $sys/"$dev"/recompress priority=1 > /tmp/frozen &
	sleep 0.2
	check suspends_meanwhile sysfs_store /sys/power/state mem
	wait $!
	expect goes_on_after_the_thaw OK "$(< /tmp/frozen)"
	check freezing_loses_nothing blkio /dev/"$dev" compare 0 8000 "$corpus"
fi
expect goes_at_last OK "$(remove_device)"
finish
