#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# What goes wrong stays where it is: allocations that fail, objects that are damaged, a
# disk that fails. Rows A and G, and 84, 85 and 90.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh
# shellcheck source=tools/testing/selftests/zswap/zswaplib.sh
. /usr/libexec/zram/zswaplib.sh

disk=$(scratch 1)
pages=1500

# --- row A: nothing is allocated to load a page, so nothing can fail
check swapon_over_5a swap_on "$disk" 64
start one $pages
tell one fill small > /dev/null
goes_out goes_out one $pages
holds is_stored "$(counter stored_pages)" -ge $((pages - 64))
fault failslab task-filter Y probability 100 interval 1 times -1 ignore-gfp-wait Y verbose 0
fault fail_page_alloc task-filter Y probability 100 interval 1 times -1 ignore-gfp-wait Y verbose 0 min-order 0
tell one fail 1 > /dev/null
expect row_a_atomic_allocations_fail "$(all_right $pages)" "$(tell one verify)"
tell one fail 0 > /dev/null

# --- row 84: the second store of a slot cannot be had: the first one is not believed
tell one out > /dev/null
tell one fill text > /dev/null
tell one fail 1 > /dev/null
tell one out > /dev/null
tell one fail 0 > /dev/null
expect refused_stores_lose_nothing "$(all_right $pages)" "$(tell one verify)"
# Some of them, so that pages get as far as zswap in the first place.
fault failslab probability 20
fault fail_page_alloc probability 50
failed=$(($(counter reject_alloc_fail) + $(counter reject_kmemcache_fail)))
for round in 1 2 3; do
	tell one fill text > /dev/null
	tell one fail 1 > /dev/null
	tell one out > /dev/null
	expect half_of_them_fail_$round "$(all_right $pages)" "$(tell one verify)"
	tell one fail 0 > /dev/null
done
failed=$(($(counter reject_alloc_fail) + $(counter reject_kmemcache_fail) - failed))
say "$failed stores found no memory"
holds stores_failed "$failed" -gt 20
fault failslab probability 0
fault fail_page_alloc probability 0

# --- row G: a damaged page is lost to its owner, and to nobody else
tell one fill small > /dev/null
tell one out > /dev/null
start two 500
tell two fill text > /dev/null
tell two out > /dev/null
mark_log
echo 100 > $counters/damage
lost=0
for name in one two; do
	told=$(tell $name verify)
	say "damaged: $name $told"
	read -r _ right _ wrong _ old _ bus <<< "$told"
	expect "damage_no_wrong_page_$name" "0 0" "$wrong $old"
	lost=$((lost + bus))
done
expect damage_is_all_noticed 100 "$lost"
holds damage_is_counted "$(counter decompress_fail)" -ge 100
check damage_is_logged log_has "zswap: swap area" "its compressed copy is damaged"
read -r _ _ _ _ _ _ _ bus <<< "$(tell one verify2)"
holds damage_stays_damage "$bus" -ge 1
tell one drop > /dev/null
tell two drop > /dev/null
expect damaged_pages_can_be_given_back "$(all_right $pages)" \
	"$(tell one fill small > /dev/null; tell one out > /dev/null; tell one verify)"

# --- a damaged page is not written back: garbage does not get to the disk
fails=$(counter decompress_fail)
tell one fill small > /dev/null
tell one out > /dev/null
damaged=$(counter stored_pages)
echo 200 > $counters/damage
must max_pool_percent 0
tell two fill text > /dev/null
tell two out > /dev/null
quiet
say "written back under damage: $damaged stored, $(counter stored_pages) left, $(counter written_back_pages) written"
read -r _ right _ wrong _ old _ bus <<< "$(tell one verify)"
expect writeback_of_damage "1300 0 0 200" "$right $wrong $old $bus"
holds writeback_counts_damage $(($(counter decompress_fail) - fails)) -ge 200
must max_pool_percent 50

# --- swapoff with damaged pages: it ends, and their owner hears of it
tell one drop > /dev/null
tell one fill small > /dev/null
tell one out > /dev/null
echo 50 > $counters/damage
check swapoff_with_damage swapoff "$disk"
told=$(tell one verify)
say "swapoff with damage: $told"
read -r _ right _ wrong _ old _ bus <<< "$told"
# A page that was still in memory beside its damaged copy is not lost.
expect swapoff_keeps_the_others "$pages 0 0" "$((right + bus)) $wrong $old"
holds swapoff_tells_of_the_damaged "$bus" -ge 40
nothing_left damage
tell one drop > /dev/null

# --- the plug is pulled: dm-error under swap
sectors=$(blockdev --getsz "$disk")
say "the device-mapper goes through $(command -v dmsetup || echo nothing)"
if command -v dmsetup > /dev/null; then
	dmsetup create plug --table "0 $sectors linear $disk 0"
	dmsetup mknodes plug
	check swapon_dm swap_on /dev/mapper/plug
	tell one fill small > /dev/null
	tell one out > /dev/null
	dmsetup suspend --noflush plug
	dmsetup load plug --table "0 $sectors error"
	dmsetup resume plug
	must max_pool_percent 0
	tell two fill small > /dev/null
	tell two out > /dev/null
	quiet
	must max_pool_percent 50
	expect failed_writes_lose_nothing "$(all_right $pages)" "$(tell one verify)"
	expect the_other_neither "$(all_right 500)" "$(tell two verify)"
	dmsetup suspend --noflush plug
	dmsetup load plug --table "0 $sectors linear $disk 0"
	dmsetup resume plug
	check swapoff_dm swapoff /dev/mapper/plug
	expect after_the_plug "$(all_right $pages)" "$(tell one verify)"

	# --- a disk that refuses writes every other second: dm-flakey
	dmsetup suspend --noflush plug
	dmsetup load plug --table "0 $sectors flakey $disk 0 1 1 1 error_writes"
	dmsetup resume plug
	until mkswap /dev/mapper/plug > /dev/null 2>&1 && sync /dev/mapper/plug; do
		sleep 0.2
	done
	check swapon_flakey swapon /dev/mapper/plug
	written=$(counter written_back_pages)
	mark_log
	for _ in {1..8}; do
		must max_pool_percent 50
		tell one fill small > /dev/null
		tell one out > /dev/null
		must max_pool_percent 0
		tell two fill small > /dev/null
		tell two out > /dev/null
		sleep 0.4
	done
	quiet
	say "flakey: $(($(counter written_back_pages) - written)) pages written back"
	holds flakey_writes_back $(($(counter written_back_pages) - written)) -ge 500
	check flakey_has_failed log_has "Write-error on swap-device"
	must max_pool_percent 50
	expect flakey_loses_nothing "$(all_right $pages)" "$(tell one verify)"
	expect flakey_loses_nothing_of_the_other "$(all_right 500)" "$(tell two verify)"
	check swapoff_flakey swapoff /dev/mapper/plug
	dmsetup remove plug
fi
end one
end two
finish
