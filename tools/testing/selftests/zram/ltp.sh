#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# What the Linux Test Project's zram01, zram02 and zram03 look at, in a short form of our own.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh

# --- 01: devices of each algorithm, a limit, a file system filled to its end, the ratio
sizes="24M 24M"
made=()
for size in $sizes; do
	new_device "" "$([ ${#made[@]} = 0 ] && echo lzo || echo zstd)"
	expect "zram01_streams_are_taken_$dev" OK "$(store max_comp_streams 4)"
	set_up disksize "$size"
	expect "zram01_disksize_$dev" $((24 << 20)) "$(< $sys/"$dev"/disksize)"
	expect "zram01_limit_$dev" OK "$(store mem_limit "$size")"
	check "zram01_mkfs_$dev" mkfs.ext4 -q -O ^has_journal /dev/"$dev"
	mkdir -p /mnt/"$dev"
	check "zram01_mount_$dev" mount /dev/"$dev" /mnt/"$dev"
	dd if=/dev/zero of=/mnt/"$dev"/file bs=64k 2> /tmp/dd.txt
	check "zram01_is_filled_$dev" grep -qi "no space left" /tmp/dd.txt
	sync
	written=$(stat -c %s /mnt/"$dev"/file)
	holds "zram01_nearly_all_is_the_file_$dev" "$written" -gt $((18 << 20))
	check "zram01_reads_zeros_$dev" cmp -n "$written" /mnt/"$dev"/file /dev/zero
	# zeros cost next to nothing
	holds "zram01_ratio_$dev" $((written / $(mem_used))) -ge 10
	check "zram01_umount_$dev" umount /mnt/"$dev"
	check "zram01_fsck_$dev" e2fsck -fn /dev/"$dev"
	made+=("$dev")
done
for dev in "${made[@]}"; do
	expect "zram01_goes_$dev" OK "$(remove_device)"
done

# --- 02: swap on a disk far larger than the memory, with a limit
new_device "" lzo
set_up disksize 100G
expect "zram02_limit" OK "$(store mem_limit 16M)"
check "zram02_mkswap" mkswap /dev/"$dev"
check "zram02_swapon" swapon /dev/"$dev"
check "zram02_is_used" swapstress 8 2 2
check "zram02_swapoff" swapoff /dev/"$dev"
expect "zram02_failed_no_io" "0 0 0" "$(io 1) $(io 2) $(io 3)"
expect "zram02_goes" OK "$(remove_device)"

# --- 03: written and verified through mmap
new_device 48M lzo-rle
check zram03_through_mmap mmapdisk /dev/"$dev" 12288
holds zram03_is_stored "$(orig_size)" -ge $((40 << 20))
check zram03_again_past_the_page_cache blkio /dev/"$dev" verify 0 12288 3
expect zram03_goes OK "$(remove_device)"
finish
