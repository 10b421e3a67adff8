#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Every parameter: what it takes, what it refuses and with which words; in any order;
# and compressors that change under load.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh
# shellcheck source=tools/testing/selftests/zswap/zswaplib.sh
. /usr/libexec/zram/zswaplib.sh

disk=$(scratch 1)

# --- the boot line asked for things that are not there
expect boot_off N "$(param enabled)"
expect boot_percent 33 "$(param max_pool_percent)"
expect boot_threshold 70 "$(param accept_threshold_percent)"
expect boot_ratio 80 "$(param max_compression_ratio)"
expect boot_shrinker Y "$(param shrinker_enabled)"
expect boot_wish_is_kept no-such-one "$(param compressor)"
expect boot_forms "N N Y" "$(param same_filled_pages_enabled) \
$(param non_same_filled_pages_enabled) $(param incompressible_pages_enabled)"
expect boot_checksum N "$(param checksum_enabled)"
expect boot_zpool zsmalloc "$(param zpool)"
check boot_zpool_is_ignored_aloud grep -q 'zswap: zpool: "zbud" is ignored, zsmalloc is the only allocator' <(dmesg)
expect nothing_is_kept_while_off 0 "$(counter pool_total_size)"

# --- files: who may do what
for file in "$parameters"/*; do
	expect "mode_of_${file##*/}" 644 "$(stat -c %a "$file")"
done
expect parameters "accept_threshold_percent checksum_enabled compressor enabled \
incompressible_pages_enabled max_compression_ratio max_pool_percent \
non_same_filled_pages_enabled same_filled_pages_enabled shrinker_enabled zpool" \
	"$(cd $parameters && echo *)"
for name in pool_limit_hit reject_reclaim_fail reject_alloc_fail reject_kmemcache_fail \
	reject_compress_poor reject_compress_fail decompress_fail written_back_pages \
	duplicate_entry pool_total_size stored_pages same_filled_pages; do
	expect "mode_of_$name" 444 "$(stat -c %a $counters/$name)"
	expect "counts_$name" 0 "$(counter $name)"
done

# --- enabled, with a compressor that is not there
mark_log
expect enable OK "$(set_param enabled 1)"
expect enabled Y "$(param enabled)"
expect serves_with_the_default lzo "$(param compressor)"
check says_so log_has "compressor no-such-one is not there" "using lzo until it is"
expect enable_again OK "$(set_param enabled Y)"
expect disable OK "$(set_param enabled 0)"
expect disabled N "$(param enabled)"

# refused NAME VALUE ERROR: and the value stays, and the log names it
refused() {
	local before
	before=$(param "$1")
	mark_log
	expect "$1_refuses_$4" "$3" "$(set_param "$1" "$2")"
	expect "$1_stays_after_$4" "$before" "$(param "$1")"
	check "$1_names_$4" log_has "zswap: $1: refused \"$2\""
}

# accepted NAME VALUE SHOWN
accepted() {
	expect "$1_takes_$2" OK "$(set_param "$1" "$2")"
	expect "$1_shows_$2" "$3" "$(param "$1")"
}

for name in max_pool_percent accept_threshold_percent max_compression_ratio; do
	accepted $name 0 0
	accepted $name 100 100
	accepted $name 0x20 32
	refused $name 101 EINVAL too_much
	refused $name -1 EINVAL negative
	refused $name 4294967396 EINVAL more_than_32_bits
	refused $name 99999999999999999999 EINVAL more_than_64_bits
	refused $name 10x EINVAL junk
	refused $name x EINVAL no_number
	accepted $name 50 50
done
for name in same_filled_pages_enabled non_same_filled_pages_enabled shrinker_enabled \
	checksum_enabled incompressible_pages_enabled enabled; do
	accepted $name 1 Y
	accepted $name n N
	refused $name maybe EINVAL perhaps
	refused $name 2 EINVAL number
done
refused compressor no-such-one ENOENT unknown
refused compressor "lzo lz4" ENOENT two_names
refused compressor "$(printf 'x%.0s' {1..63})" ENOENT longest_name
long=$(printf 'x%.0s' {1..200})
expect compressor_refuses_long_name ENOENT "$(set_param compressor "$long")"
for name in zstd lz4hc deflate 842 lzo-rle lz4 lzo lzo; do
	accepted compressor $name $name
done
mark_log
expect zpool_takes_others OK "$(set_param zpool z3fold)"
check zpool_ignores_aloud log_has 'zpool: "z3fold" is ignored'
expect zpool_is_what_it_is zsmalloc "$(param zpool)"
mark_log
expect zpool_takes_zsmalloc OK "$(set_param zpool zsmalloc)"
refuses zpool_without_a_word log_has zpool

# --- every order of the three, and pages that were stored with each
must max_compression_ratio 100
must max_pool_percent 50
must shrinker_enabled 0
must same_filled_pages_enabled 1
must non_same_filled_pages_enabled 1
check swapon swap_on "$disk"
start one 1500
for order in "enabled compressor zpool" "compressor enabled zpool" "zpool compressor enabled" \
	"enabled zpool compressor" "zpool enabled compressor" "compressor zpool enabled"; do
	must enabled 0
	must compressor lzo
	for name in $order; do
		case $name in
		enabled) must enabled 1 ;;
		compressor) must compressor lz4 ;;
		zpool) must zpool zbud ;;
		esac
	done
	tell one fill text > /dev/null
	tell one out > /dev/null
	holds "stores_after_${order// /_}" "$(counter stored_pages)" -gt 1000
	expect "loads_after_${order// /_}" "$(all_right 1500)" "$(tell one verify)"
done

# --- compressors that change while pages come and go
swapstress 24 3 10 > /tmp/stress.txt 2>&1 &
stress=$!
changes=0
while kill -0 $stress 2> /dev/null; do
	for name in zstd lz4 lzo lzo-rle deflate; do
		[ "$(set_param compressor $name)" = OK ] && changes=$((changes + 1))
		sleep 0.1
	done
done
wait $stress
expect data_survive_changes 0 $?
cat /tmp/stress.txt
holds changed_often "$changes" -gt 20
say "$changes changes, $(audit pools) compressors left"
end one
check swapoff swapoff "$disk"
for _ in {1..50}; do
	[ "$(audit pools)" = 1 ] && break
	sleep 0.2
done
expect old_compressors_are_gone 1 "$(audit pools)"
nothing_left params
expect nothing_was_damaged 0 "$(counter decompress_fail)"
finish
