#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The block device: what slots hold, what they cost, and its edges.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh

new_device 64M
b=/dev/$dev
last=16384			# blocks
expect size_in_sectors $((last * 8)) "$(< $sys/"$dev"/size)"
expect one_minor_no_partitions "" "$(ls -d $sys/"$dev"/"${dev}"p* 2>/dev/null)"

# --- unwritten, same-filled, incompressible
check unwritten_reads_zero blkio "$b" isrepeat 0 256 0
expect unwritten_costs_nothing 0 "$(orig_size)"
check write_same_filled blkio "$b" repeat 0 100 0x1122334455667788
check write_zeros blkio "$b" repeat 100 100 0
check read_same_filled blkio "$b" isrepeat 0 100 0x1122334455667788
check read_zeros blkio "$b" isrepeat 100 100 0
expect same_filled_is_counted 200 "$(same_pages)"
expect same_filled_costs_no_object 0 "$(compr_size)"
expect same_filled_is_stored $((200 * 4096)) "$(orig_size)"
check write_incompressible blkio "$b" random 200 64 1
check read_incompressible blkio "$b" israndom 200 64 1
expect incompressible_is_counted 64 "$(huge_pages)"
expect incompressible_costs_a_page $((64 * 4096)) "$(compr_size)"
expect incompressible_since_counts 64 "$(mm 9)"
check same_becomes_incompressible blkio "$b" random 0 10 2
check read_what_it_became blkio "$b" israndom 0 10 2
expect same_count_follows 190 "$(same_pages)"
expect huge_count_follows 74 "$(huge_pages)"
check incompressible_becomes_same blkio "$b" repeat 200 64 5
expect huge_count_falls 10 "$(huge_pages)"
check write_compressible blkio "$b" write 1000 512 3
check overwrite_compressible blkio "$b" write 1000 512 4
check read_the_last_write blkio "$b" verify 1000 512 4
check discard_the_rest blkio "$b" discard 0 $last
expect nothing_is_stored 0 "$(orig_size)"
expect nothing_is_compressed 0 "$(compr_size)"
expect no_page_is_same 0 "$(same_pages)"
expect no_page_is_huge 0 "$(huge_pages)"
check compact_what_is_left test "$(store compact 1)" = OK
expect no_memory_is_used 0 "$(mem_used)"

# --- discard and write-zeroes
check fill blkio "$b" write 0 1024 6
notify=$(io 4)
check discard blkio "$b" discard 100 50
expect discard_counts_each_page $((notify + 50)) "$(io 4)"
check discarded_reads_zero blkio "$b" isrepeat 100 50 0
check write_zeroes blkio "$b" zeroout 200 70
expect write_zeroes_counts_each_page $((notify + 120)) "$(io 4)"
check zeroed_reads_zero blkio "$b" isrepeat 200 70 0
expect freed_pages_are_gone $(((1024 - 120) * 4096)) "$(orig_size)"
check neighbours_are_kept blkio "$b" verify 150 50 6
check neighbours_are_kept_behind blkio "$b" verify 270 700 6
check discard_of_nothing blkio "$b" discard 100 50

# --- the edges of the device
check last_block blkio "$b" write $((last - 1)) 1 7
check last_block_reads_back blkio "$b" verify $((last - 1)) 1 7
check discard_last_block blkio "$b" discard $((last - 1)) 1
expect write_behind_the_end ENOSPC "$(blkio "$b" write $last 1 7 | cut -d' ' -f1)"
expect read_behind_the_end short "$(blkio "$b" verify $last 1 7 | cut -d' ' -f1)"
expect read_across_the_end "OK 4096" "$(blkio "$b" rawread $(((last - 1) * 4096)) 8192)"
expect misaligned_read EINVAL "$(blkio "$b" rawread 512 4096 | cut -d' ' -f1)"
expect misaligned_write EINVAL "$(blkio "$b" rawwrite 512 512 | cut -d' ' -f1)"
expect short_write EINVAL "$(blkio "$b" rawwrite 0 512 | cut -d' ' -f1)"
expect discard_behind_the_end EINVAL "$(blkio "$b" discard $last 1 | cut -d' ' -f1)"
expect large_write "OK 4194304" "$(blkio "$b" rawwrite 4096000 4194304)"
expect large_read "OK 4194304" "$(blkio "$b" rawread 4096000 4194304)"
check large_write_reads_back blkio "$b" isrepeat 1000 1024 0x5a5a5a5a5a5a5a5a

# --- busy
blkio "$b" hold 30 0 &
holder=$!
sleep 0.5
expect reset_while_open EBUSY "$(store reset 1)"
expect hot_remove_while_open EBUSY "$(sysfs_store $control/hot_remove "${dev#zram}")"
check still_readable_after_refusal blkio "$b" isrepeat 1000 1024 0x5a5a5a5a5a5a5a5a
kill $holder
wait $holder 2>/dev/null
expect io_never_failed "0 0 0" "$(io 1) $(io 2) $(io 3)"

# --- reset frees all of it, and the next life starts empty
expect reset OK "$(store reset 1)"
expect mm_stat_after_reset "0 0 0 0 0 0 0 0 0" "$(xargs < $sys/"$dev"/mm_stat)"
set_up disksize 32M
check next_life_reads_zero blkio "$b" isrepeat 0 2048 0
expect io_stat_after_reset "0 0 0 0" "$(xargs < $sys/"$dev"/io_stat)"

# --- a range whose bytes do not fit in 32 bits
store reset 1 > /dev/null
set_up disksize 8G
far=$((1024 * 1024 + 1))	# a block above 4 GiB
for range in zeroout discard; do
	check "${range}_near" blkio "$b" write 0 1 8
	check "${range}_far" blkio "$b" write $far 1 8
	check "${range}_of_5G" blkio "$b" $range 0 $((5 * 256 * 1024))
	check "${range}_of_5G_near" blkio "$b" isrepeat 0 1 0
	check "${range}_of_5G_far" blkio "$b" isrepeat $far 1 0
done
expect remove_device OK "$(remove_device)"
refuses node_is_gone [ -b "$b" ]
finish
