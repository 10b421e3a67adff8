#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Every attribute: what it prints, what it takes, what it refuses and how.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh

# unremovable NAME TEXT ERROR: the same for hot_remove
unremovable() {
	mark_log
	expect "$1" "$3" "$(sysfs_store $control/hot_remove "$2")"
	logged "$1" hot_remove "$2" $control/hot_remove
}

mode() {
	stat -c %a "$1"
}

check first_device_is_there_at_boot [ -d $sys/zram0 ]
new_device ""
d=$sys/$dev

# --- modes: what is written to is not for everyone, hot_add acts when read
for attr in reset compact mem_limit mem_used_max; do
	expect "mode_$attr" 200 "$(mode "$d"/$attr)"
done
for attr in disksize comp_algorithm max_comp_streams checksum; do
	expect "mode_$attr" 644 "$(mode "$d"/$attr)"
done
for attr in initstate io_stat mm_stat debug_stat corrupted; do
	expect "mode_$attr" 444 "$(mode "$d"/$attr)"
done
expect mode_hot_add 400 "$(mode $control/hot_add)"
expect mode_hot_remove 200 "$(mode $control/hot_remove)"

# --- queue limits
expect logical_block_size 4096 "$(< "$d"/queue/logical_block_size)"
expect physical_block_size 4096 "$(< "$d"/queue/physical_block_size)"
expect minimum_io_size 4096 "$(< "$d"/queue/minimum_io_size)"
expect optimal_io_size 4096 "$(< "$d"/queue/optimal_io_size)"
expect discard_granularity 4096 "$(< "$d"/queue/discard_granularity)"
expect not_rotational 0 "$(< "$d"/queue/rotational)"
expect stable_writes 1 "$(< "$d"/queue/stable_writes)"
holds discard_is_offered "$(< "$d"/queue/discard_max_bytes)" -gt 0
holds write_zeroes_is_offered "$(< "$d"/queue/write_zeroes_max_bytes)" -gt 0

# --- before init
expect initstate_before 0 "$(< "$d"/initstate)"
expect disksize_before 0 "$(< "$d"/disksize)"
expect compact_before_init EINVAL "$(store compact 1)"
expect mm_stat_before "       0        0        0        0        0        0        0        0        0" \
	"$(< "$d"/mm_stat)"
expect io_stat_format "       0        0        0        0" "$(< "$d"/io_stat)"
expect debug_stat_format "version: 1
       0        0" "$(< "$d"/debug_stat)"

# --- comp_algorithm
list=$(< "$d"/comp_algorithm)
expect algorithm_default "[lzo-rle]" "$(grep -o '\[.*\]' "$d"/comp_algorithm)"
case $list in
*" ") ok algorithm_list_ends_with_a_space ;;
*) not_ok algorithm_list_ends_with_a_space "'$list'" ;;
esac
for alg in $algorithms; do
	case " $(tr -d '[]' < "$d"/comp_algorithm) " in
	*" $alg "*) ok "algorithm_${alg}_is_offered" ;;
	*) not_ok "algorithm_${alg}_is_offered" "$list" ;;
	esac
	expect "algorithm_${alg}_is_taken" OK "$(store comp_algorithm "$alg")"
	expect "algorithm_${alg}_is_shown" "[$alg]" "$(grep -o '\[.*\]' "$d"/comp_algorithm)"
done
expect algorithm_with_newline OK "$(store comp_algorithm "lz4
")"
refused algorithm_unknown comp_algorithm nosuchalg EINVAL
long=$(printf 'x%.0s' {1..200})
expect algorithm_too_long E2BIG "$(store comp_algorithm "$long")"
expect algorithm_survives_refusal "[lz4]" "$(grep -o '\[.*\]' "$d"/comp_algorithm)"

# --- max_comp_streams: written by old tools, ignored
expect streams_written OK "$(store max_comp_streams 3)"
expect streams_shows_cpus "$(nproc)" "$(< "$d"/max_comp_streams)"

# --- disksize: what is refused leaves the device without a size
refused disksize_zero disksize 0 EINVAL
refused disksize_words disksize abc EINVAL
refused disksize_empty_suffix disksize G EINVAL
refused disksize_negative disksize -4096 EINVAL
refused disksize_junk disksize 1Gjunk EINVAL
refused disksize_wraps disksize 18446744073709551615 EINVAL
refused disksize_overflows disksize 99999999999999999999 EINVAL
expect initstate_after_refusals 0 "$(< "$d"/initstate)"
expect disksize_rounds_up OK "$(store disksize 1000001)"
expect disksize_is_whole_pages 1003520 "$(< "$d"/disksize)"
expect reset_works OK "$(store reset 1)"
for pair in 64K:65536 3M:3145728 1G:1073741824 2g:2147483648 0x100000:1048576 8192:8192; do
	expect "disksize_${pair%:*}" OK "$(store disksize "${pair%:*}")"
	expect "disksize_${pair%:*}_is_shown" "${pair#*:}" "$(< "$d"/disksize)"
	expect "disksize_${pair%:*}_sectors" $((${pair#*:} / 512)) "$(< "$d"/size)"
	expect "disksize_${pair%:*}_reset" OK "$(store reset 1)"
done
expect size_after_reset 0 "$(< "$d"/size)"

# --- after init
set_up disksize 16M
expect initstate_after 1 "$(< "$d"/initstate)"
refused disksize_twice disksize 32M EBUSY
refused algorithm_after_init comp_algorithm zstd EBUSY
expect compact_after_init OK "$(store compact anything)"
expect streams_after_init OK "$(store max_comp_streams 1)"

# --- mem_limit and mem_used_max
expect mem_limit_set OK "$(store mem_limit 8M)"
expect mem_limit_is_shown 8388608 "$(mm 4)"
expect mem_limit_rounds_up OK "$(store mem_limit 5000)"
expect mem_limit_is_whole_pages 8192 "$(mm 4)"
expect mem_limit_off OK "$(store mem_limit 0)"
expect mem_limit_off_is_shown 0 "$(mm 4)"
refused mem_limit_words mem_limit limitless EINVAL
refused mem_limit_junk mem_limit 1Mjunk EINVAL
check write_some blkio /dev/"$dev" write 0 512 1
check free_some blkio /dev/"$dev" discard 0 512
holds mem_used_max_keeps_the_peak "$(mm 5)" -gt "$(mem_used)"
expect mem_used_max_reset OK "$(store mem_used_max 0)"
expect mem_used_max_is_now "$(mem_used)" "$(mm 5)"
refused mem_used_max_one mem_used_max 1 EINVAL
refused mem_used_max_words mem_used_max zero EINVAL
refused mem_used_max_junk mem_used_max 0junk EINVAL

# --- reset
refused reset_zero reset 0 EINVAL
refused reset_words reset now EINVAL
refused reset_junk reset 1junk EINVAL
refuses reset_too_big sysfs_store "$d"/reset 65536
expect reset_any_number OK "$(store reset 7)"
expect reset_keeps_the_algorithm "[lz4]" "$(grep -o '\[.*\]' "$d"/comp_algorithm)"
expect reset_without_init OK "$(store reset 1)"

# --- hot_add, hot_remove
id=${dev#zram}
unremovable hot_remove_negative -1 EINVAL
unremovable hot_remove_unknown 4711 ENODEV
unremovable hot_remove_words zram1 EINVAL
unremovable hot_remove_junk "$id junk" EINVAL
expect hot_remove OK "$(sysfs_store $control/hot_remove "$id")"
refuses hot_remove_takes_the_device_away [ -e "$d" ]
expect hot_remove_twice ENODEV "$(sysfs_store $control/hot_remove "$id")"
read -r again < $control/hot_add
expect hot_add_takes_the_lowest_free_id "$id" "$again"
check hot_add_makes_a_node [ -b /dev/zram"$again" ]
refuses hot_add_cannot_be_written sysfs_store $control/hot_add 1
expect hot_remove_again OK "$(sysfs_store $control/hot_remove "$again")"
finish
