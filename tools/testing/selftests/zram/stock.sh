#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Debian's own kernel with our modules: they load, go and come back, and its zswap keeps real
# data in our allocator.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh

zswap=/sys/module/zswap/parameters
shown=/sys/kernel/debug/zswap

loaded() {
	[ -d "/sys/module/$1/sections" ]
}

# --- these are ours: the base's own have no zcomp, and no such words in debugfs
for module in zsmalloc zcomp zram; do
	check "${module}_is_a_module" loaded $module
	check "${module}_comes_from_outside" grep -q O "/sys/module/$module/taint"
done
expect device_at_load zram0 "$(basename $sys/zram*)"
refuses no_842_without_its_library grep -q 842 $sys/zram0/comp_algorithm

# --- they go and come
check zram_goes modprobe -r zram
refuses zram_is_gone loaded zram
refuses its_device_is_gone [ -e $sys/zram0 ]
check zram_comes modprobe zram num_devices=4
expect as_many_as_asked "zram0 zram1 zram2 zram3" "$(cd $sys && echo zram*)"
dev=zram3
set_up disksize 64M
check write_before_unloading blkio /dev/$dev write 0 2048 1
refuses zsmalloc_is_held_by_zram rmmod zsmalloc
refuses zcomp_is_held_by_zram rmmod zcomp
blkio /dev/$dev hold 2 0 &
sleep 0.5
refuses zram_is_held_by_an_open_device rmmod zram
wait
check zram_goes_with_data rmmod zram
times=0
while [ $times -lt 10 ] && modprobe zram num_devices=2 && modprobe -r zram; do
	times=$((times + 1))
done
expect comes_and_goes_ten_times 10 $times
refuses too_many_devices_are_refused modprobe zram num_devices=4000000
check zram_comes_back modprobe zram

# --- dictionaries: the library's calls for zstd's are in our patches only
head -c 16384 /usr/bin/busybox > /tmp/dict
dev=zram0
set_up comp_algorithm zstd
expect no_zstd_dictionary_here EOPNOTSUPP "$(store algorithm_params "algo=zstd dict=/tmp/dict")"
set_up comp_algorithm lz4
expect lz4_takes_a_dictionary OK "$(store algorithm_params "algo=lz4 dict=/tmp/dict")"

# --- swap on it
set_up disksize 512M
check swap_on sh -c "mkswap /dev/$dev && swapon -p 10 /dev/$dev"
refuses zram_is_held_by_swap rmmod zram
check swap_stress swapstress 48 3 4
holds pages_went_to_zram "$(vmstat pswpout)" -gt 4000

# --- the kernel's own zswap in front of it, with our allocator
check zswap_takes_zsmalloc sh -c "echo zsmalloc > $zswap/zpool"
expect zswap_has_zsmalloc zsmalloc "$(< $zswap/zpool)"
check zswap_comes_on sh -c "echo Y > $zswap/enabled"
expect zswap_is_on Y "$(< $zswap/enabled)"
pool=$(cd /sys/kernel/debug/zsmalloc && echo zswap*)
check its_pool_is_ours [ -r "/sys/kernel/debug/zsmalloc/$pool/stats" ]
swapstress 48 3 6 > /tmp/stress.txt 2>&1 &
stress=$!
most=0
while kill -0 $stress 2> /dev/null; do
	now=$(< $shown/stored_pages)
	[ "$now" -le "$most" ] || most=$now
	# Whoever compacts memory meets pages of its pool.
	echo 1 > /proc/sys/vm/compact_memory
	sleep 0.3
done
wait $stress
expect data_survive_zswap 0 $?
cat /tmp/stress.txt
say "zswap: up to $most pages stored in $pool, $(grep -h . $shown/reject_* | xargs) rejected"
holds zswap_stored_pages "$most" -gt 4000
expect zswap_could_compress 0 "$(< $shown/reject_kmemcache_fail)"
check swap_off swapoff /dev/$dev
expect zswap_is_empty 0 "$(< $shown/stored_pages)"
expect its_pool_is_empty 0 "$(< $shown/pool_total_size)"
refuses zsmalloc_is_held_by_zswap sh -c "modprobe -r zram; rmmod zsmalloc"
check zswap_takes_another sh -c "echo zbud > $zswap/zpool"
sleep 0.5
check zsmalloc_goes modprobe -r zsmalloc
refuses zsmalloc_is_gone loaded zsmalloc
check zswap_loads_it_itself sh -c "echo zsmalloc > $zswap/zpool"
check zsmalloc_is_back loaded zsmalloc
check all_come_back modprobe zram
dev=zram0
set_up disksize 16M
check write_at_last blkio /dev/$dev write 0 512 1
check read_at_last blkio /dev/$dev verify 0 512 1
finish
