#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Pages go into zswap, to the disk behind it, and back: on a disk and on a swap file,
# every byte verified, every figure compared with what is there.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh
# shellcheck source=tools/testing/selftests/zswap/zswaplib.sh
. /usr/libexec/zram/zswaplib.sh

pages=6000
disk=$(scratch 1)

expect enabled_at_boot Y "$(param enabled)"
expect compressor_of_the_boot_line lz4 "$(param compressor)"
expect limit_of_the_boot_line 10 "$(param max_pool_percent)"
check log_names_the_compressor grep -q "zswap: pool of zsmalloc with compressor lz4" <(dmesg)

# --- stored, and loaded again
must max_pool_percent 50
check swapon swap_on "$disk"
start one $pages
expect filled filled "$(tell one fill text)"
out_before=$(vmstat zswpout)
goes_out all_go_out one $pages
stored=$(counter stored_pages)
poor=$(counter reject_compress_poor)
holds all_are_stored_that_compress $((stored + poor)) -ge $((pages - 64))
holds most_of_them_do $((stored * 10)) -ge $((pages * 8))
expect vmstat_zswpout "$stored" $(($(vmstat zswpout) - out_before))
expect nothing_written 0 "$(counter written_back_pages)"
holds pool_is_smaller "$(counter pool_total_size)" -lt $((pages * 4096 * 9 / 10))
figures_agree stored
in_before=$(vmstat zswpin)
expect come_back "$(all_right $pages)" "$(tell one verify)"
holds vmstat_zswpin $(($(vmstat zswpin) - in_before)) -ge "$stored"

# --- pages of one word need no object
tell one drop > /dev/null
tell one fill same > /dev/null
tell one out > /dev/null
holds same_pages_are_counted "$(counter same_filled_pages)" -ge $((pages - 64))
figures_agree same
expect same_pages_come_back "$(all_right $pages)" "$(tell one verify2)"

# --- what does not compress goes to the disk, unless it is to stay
tell one fill random > /dev/null
poor=$(counter reject_compress_poor)
tell one out > /dev/null
holds incompressible_is_refused $(($(counter reject_compress_poor) - poor)) -ge $((pages - 64))
expect comes_back_from_disk "$(all_right $pages)" "$(tell one verify)"
must incompressible_pages_enabled 1
tell one fill random > /dev/null
tell one out > /dev/null
holds incompressible_is_kept_raw "$(audit raw)" -ge $((pages - 64))
expect raw_pages_come_back "$(all_right $pages)" "$(tell one verify)"
must incompressible_pages_enabled 0

# --- written again: the newer content counts
tell one fill text > /dev/null
tell one out > /dev/null
tell one fill small > /dev/null
tell one out > /dev/null
expect second_store_wins "$(all_right $pages)" "$(tell one verify2)"

# --- switched off: what is stored stays, what was stored before is not believed any more
tell one fill text > /dev/null
tell one out > /dev/null
must enabled 0
expect readable_when_off "$(all_right $pages)" "$(tell one verify)"
tell one fill small > /dev/null
tell one out > /dev/null
expect off_stores_nothing_stale "$(all_right $pages)" "$(tell one verify)"
must enabled 1

# --- written back when the limit comes down
tell one fill text > /dev/null
tell one out > /dev/null
stored=$(counter stored_pages)
must max_pool_percent 2
start other 2000
tell other fill text > /dev/null
tell other out > /dev/null
quiet
say "stored $stored before, $(counter stored_pages) after; written back $(counter written_back_pages)"
holds written_back "$(counter written_back_pages)" -gt 1000
holds limit_was_hit "$(counter pool_limit_hit)" -gt 0
holds pool_is_within_its_limit "$(counter pool_total_size)" -le $(($(meminfo MemTotal) * 1024 / 50))
expect come_back_from_both "$(all_right $pages)" "$(tell one verify2)"
expect the_other_as_well "$(all_right 2000)" "$(tell other verify2)"
figures_agree written_back
must max_pool_percent 50

# --- what is in memory twice needs no write to be there once
end other
tell one fill text > /dev/null
tell one out > /dev/null
expect read_again "$(all_right $pages)" "$(tell one verify)"
stored=$(counter stored_pages)
written=$(counter written_back_pages)
must max_pool_percent 1
start other 100
tell other fill text > /dev/null
tell other out > /dev/null
quiet
written=$(($(counter written_back_pages) - written))
gone=$((stored - $(counter stored_pages)))
say "in memory twice: $stored, $gone gone, $written of them written"
holds loaded_pages_go "$gone" -gt 3000
holds without_writes $((written * 10)) -lt "$gone"
expect loaded_pages_are_still_right "$(all_right $pages)" "$(tell one verify)"
must max_pool_percent 50
tell one out > /dev/null
expect and_go_out_again "$(all_right $pages)" "$(tell one verify)"

# --- swapoff brings everything back, and leaves nothing
tell one out > /dev/null
check swapoff swapoff "$disk"
nothing_left swapoff
expect after_swapoff "$(all_right $pages)" "$(tell one verify)"
end other

# --- a swap file on ext4
mkfs.ext4 -q -F "$(scratch 2)" && mount "$(scratch 2)" /mnt
dd if=/dev/zero of=/mnt/swap bs=1M count=64 2> /dev/null
chmod 600 /mnt/swap
check swapon_file swap_on /mnt/swap
tell one fill text > /dev/null
goes_out file_goes_out one $pages
written=$(counter written_back_pages)
must max_pool_percent 2
start other 2000
tell other fill small > /dev/null
tell other out > /dev/null
quiet
holds file_written_back $(($(counter written_back_pages) - written)) -gt 1000
expect file_comes_back "$(all_right $pages)" "$(tell one verify2)"
must max_pool_percent 50
tell one out > /dev/null
check swapoff_file swapoff /mnt/swap
expect after_swapoff_of_file "$(all_right $pages)" "$(tell one verify)"
nothing_left file
end one
end other
check umount umount /mnt

expect nothing_was_damaged 0 "$(counter decompress_fail)"
finish
