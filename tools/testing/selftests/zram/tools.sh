#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# util-linux, unmodified: zramctl, mkswap, swapon, swapoff, blkdiscard.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh

for tool in zramctl mkswap swapon swapoff blkdiscard; do
	check "${tool}_is_the_real_one" sh -c "$tool --version | grep -q util-linux"
done

# --- zramctl makes, lists and removes a device
expect zramctl_lists_nothing "" "$(zramctl --noheadings)"
made=$(zramctl -f -s 64M -a lz4)
expect zramctl_makes_the_first /dev/zram0 "$made"
made=$(zramctl -f -s 64M -a zstd)
expect zramctl_makes_one_more /dev/zram1 "$made"
dev=zram1
expect zramctl_set_the_size $((64 << 20)) "$(< $sys/zram1/disksize)"
expect zramctl_set_the_algorithm "[zstd]" "$(grep -o '\[.*\]' $sys/zram1/comp_algorithm)"
check write blkio /dev/zram1 write 0 1024 3
line=$(zramctl --bytes --raw --noheadings -o NAME,ALGORITHM,DISKSIZE,DATA,COMPR,TOTAL,STREAMS /dev/zram1)
expect zramctl_lists_the_figures \
	"/dev/zram1 zstd $((64 << 20)) $(orig_size) $(compr_size) $(mem_used) $(nproc)" "$line"
line=$(zramctl --bytes --raw --noheadings -o MEM-LIMIT,MEM-USED,MIGRATED /dev/zram1)
expect zramctl_lists_memory "$(mm 4) $(mm 5) $(mm 7)" "$line"
expect zramctl_lists_both "/dev/zram0 /dev/zram1" \
	"$(zramctl --raw --noheadings -o NAME | sort | xargs)"
check zramctl_resets zramctl -r /dev/zram1
check zramctl_resets_the_first zramctl -r /dev/zram0
expect zramctl_lists_nothing_again "" "$(zramctl --noheadings)"
made=$(zramctl -f -s 1G)
expect zramctl_makes_it_again /dev/zram0 "$made"
refuses zramctl_refuses_an_unknown_algorithm zramctl -f -s 64M -a nosuch
check zramctl_resets_again zramctl -r "$made"

# --- blkdiscard
made=$(zramctl -f -s 32M -a lzo)
dev=${made#/dev/}
check fill blkio "$made" write 0 4096 4
check blkdiscard_part blkdiscard -o 4M -l 8M "$made"
check discarded_reads_zero blkio "$made" isrepeat 1024 2048 0
check neighbours_are_kept_before blkio "$made" verify 0 1024 4
check neighbours_are_kept_after blkio "$made" verify 3072 1024 4
expect discard_is_counted 2048 "$(io 4)"
check blkdiscard_zeroout blkdiscard -z -o 0 -l 4M "$made"
check zeroout_reads_zero blkio "$made" isrepeat 0 3072 0
check blkdiscard_all blkdiscard -f "$made"
expect discard_frees_everything 0 "$(orig_size)"
check zramctl_resets_the_disk zramctl -r "$made"

# --- swap, by hand and by priority
made=$(zramctl -f -s 128M -a lz4)
dev=${made#/dev/}
check mkswap mkswap -L zram-test "$made"
check label_is_readable sh -c "blkid $made | grep -q zram-test"
check swapon swapon -p 42 "$made"
expect proc_swaps "$made partition 131068 0 42" "$(sed 1d /proc/swaps | tr -s ' \t' ' ')"
expect swapon_shows_it "$made 128M" "$(swapon --show=NAME,SIZE --noheadings --raw)"
expect zramctl_shows_the_mount "[SWAP]" "$(zramctl --raw --noheadings -o MOUNTPOINT "$made")"
expect reset_while_swap EBUSY "$(store reset 1)"
expect hot_remove_while_swap EBUSY "$(sysfs_store $control/hot_remove "${dev#zram}")"
check swapoff swapoff "$made"
check swapon_discard swapon --discard "$made"
check swapoff_discard swapoff "$made"
check reset_after_swapoff zramctl -r "$made"
finish
