#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Memory: what a large device costs, what the limit does, what reset gives back.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh

# lost_below KIB: what MemFree has lost since $before, after at most 10 s for it to
# fall below KIB: some of what is freed comes back late, and per-CPU lists, caches of
# the shell and page tables move by a MiB on their own
lost_below() {
	local i lost
	for ((i = 0; i < 20; i++)); do
		settle
		lost=$((before - $(meminfo MemFree)))
		[ $lost -lt "$1" ] && break
		sleep 0.2
	done
	echo $lost
}

# --- a large empty device costs next to nothing: it would be 4 GiB if its slots
# were there from the start
new_device ""
settle
before=$(meminfo MemFree)
expect disksize_1T OK "$(store disksize 1T)"
settle
after=$(meminfo MemFree)
say "disksize 1T took $((before - after)) KiB"
holds disksize_1T_takes_under_4_MiB $((before - after)) -lt 4096
check sparse_write_at_both_ends blkio /dev/"$dev" write $((268435456 - 8)) 8 5
check sparse_write_at_the_start blkio /dev/"$dev" write 0 8 5
check sparse_read_at_both_ends blkio /dev/"$dev" verify $((268435456 - 8)) 8 5
check sparse_read_of_nothing blkio /dev/"$dev" isrepeat 134217728 64 0
holds sparse_stores_what_was_written "$(orig_size)" -eq 65536
expect reset_1T OK "$(store reset 1)"
settle
holds reset_1T_gives_everything_back "$(lost_below 4096)" -lt 4096

# --- the limit
set_up disksize 64M
set_up mem_limit 4M
expect write_over_the_limit EIO "$(blkio /dev/"$dev" random 0 4096 9 | cut -d' ' -f1)"
holds limit_is_kept "$(mem_used)" -le $((4 << 20))
failed=$(io 2)
holds failed_writes_count "$failed" -gt 0
got=$(($(orig_size) / 4096))
holds limit_lets_in_what_fits "$got" -gt 900
check old_content_is_readable blkio /dev/"$dev" israndom 0 $((got - 2)) 9
# A block that was there keeps its content when its rewrite fails.
expect rewrite_over_the_limit EIO "$(blkio /dev/"$dev" random $got 64 10 | cut -d' ' -f1)"
check refused_rewrite_keeps_the_old blkio /dev/"$dev" israndom 0 $((got - 2)) 9
holds failed_writes_count_on "$(io 2)" -gt "$failed"
check same_filled_needs_no_memory blkio /dev/"$dev" repeat 8192 64 7
check same_filled_is_readable blkio /dev/"$dev" isrepeat 8192 64 7
used=$(mem_used)
for _ in {1..200}; do
	blkio /dev/"$dev" random $((got + 100)) 1 3 > /dev/null
done
holds refused_writes_do_not_leak "$(mem_used)" -le "$used"
check discard_below_the_limit blkio /dev/"$dev" discard 0 512
check write_after_discard blkio /dev/"$dev" random 0 400 11
check read_after_discard blkio /dev/"$dev" israndom 0 400 11
expect limit_off OK "$(store mem_limit 0)"
check write_without_a_limit blkio /dev/"$dev" random 0 2048 12
check read_without_a_limit blkio /dev/"$dev" israndom 0 2048 12
holds mem_used_max_saw_it "$(mm 5)" -ge $((8 << 20))

# --- a limit below what is used refuses new pages, and takes nothing away
set_up mem_limit 1M
expect write_below_usage EIO "$(blkio /dev/"$dev" random 9000 64 3 | cut -d' ' -f1)"
check read_below_usage blkio /dev/"$dev" israndom 0 2048 12
expect limit_reset OK "$(store reset 1)"
expect hot_remove OK "$(sysfs_store $control/hot_remove "${dev#zram}")"
settle
say "after removal MemFree differs by $((before - $(meminfo MemFree))) KiB from the start"
holds everything_is_given_back "$(lost_below 4096)" -lt 4096
finish
