#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Damaged objects: found, told, and nobody else's business.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh

corrupted() { cat "$sys/$dev/corrupted"; }
# blocks FIRST NR: NR blocks from FIRST on hold what was written; prints OK or errno
blocks() { blkio "/dev/$dev" verify "$1" "$2" 5 | cut -d' ' -f1; }

# --- the attribute
new_device ""
default=$(< "$sys/$dev/checksum")
holds default_is_on_or_off "$default" -eq 0 -o "$default" -eq 1
if zcat /proc/config.gz 2>/dev/null | grep -q '^CONFIG_ZRAM_INTEGRITY_DEFAULT_ON=y'; then
	expect default_is_the_configured_one 1 "$default"
else
	expect default_is_the_configured_one 0 "$default"
fi
expect switch_off OK "$(store checksum 0)"
expect is_off 0 "$(< "$sys/$dev/checksum")"
expect switch_on OK "$(store checksum 1)"
expect is_on 1 "$(< "$sys/$dev/checksum")"
for text in " " 2 x "1 1" -1; do
	mark_log
	expect "refuses_'$text'" EINVAL "$(store checksum "$text")"
	check "refused_'$text'_is_in_the_log" log_has "zram: $dev: checksum: refused" "$text"
done
expect refused_changes_nothing 1 "$(< "$sys/$dev/checksum")"
refuses corrupted_is_read_only eval "echo 0 > $sys/$dev/corrupted"

set_up comp_algorithm lz4
set_up disksize 16M
for text in 0 1; do
	mark_log
	expect "busy_with_a_size_$text" EBUSY "$(store checksum $text)"
	check "busy_${text}_is_in_the_log" log_has "zram: $dev: checksum: refused" "-16"
done
expect size_changes_nothing 1 "$(< "$sys/$dev/checksum")"

# --- whole objects
check write blkio /dev/"$dev" write 0 512 5
expect whole_objects_are_read OK "$(blocks 0 512)"
expect nothing_is_corrupted 0 "$(corrupted)"
expect reset OK "$(store reset 1)"
expect reset_keeps_the_choice 1 "$(< "$sys/$dev/checksum")"

# --- damage, where the kernel can do it
grep -q debugfs /proc/mounts || mount -t debugfs debugfs /sys/kernel/debug
damage=/sys/kernel/debug/zram/$dev/damage
if [ ! -e "$damage" ]; then
	say "this kernel has no CONFIG_ZRAM_DEBUG: nothing is damaged here"
	finish
	exit
fi
inflict() { sysfs_store "$damage" "$1"; }

for algorithm in lzo-rle lz4 zstd; do
	set_up comp_algorithm $algorithm
	set_up disksize 16M
	check ${algorithm}_write blkio /dev/"$dev" write 0 512 5
	expect ${algorithm}_damage_one_bit OK "$(inflict "100 17")"
	mark_log
	expect ${algorithm}_damaged_page_is_EIO EIO "$(blocks 100 1)"
	check ${algorithm}_log_names_the_page log_has "$dev: page 100: read failed" damaged
	holds ${algorithm}_is_counted "$(corrupted)" -gt 0
	holds ${algorithm}_failed_reads "$(io 1)" -gt 0
	expect ${algorithm}_pages_before_are_right OK "$(blocks 0 100)"
	expect ${algorithm}_pages_behind_are_right OK "$(blocks 101 411)"
	before=$(corrupted)
	expect ${algorithm}_write_over_it OK "$(blkio /dev/"$dev" write 100 1 5 | cut -d' ' -f1)"
	expect ${algorithm}_writing_mends OK "$(blocks 100 1)"
	expect ${algorithm}_no_new_damage "$before" "$(corrupted)"
	expect ${algorithm}_damage_a_burst OK "$(inflict "7 100 32")"
	expect ${algorithm}_burst_is_EIO EIO "$(blocks 7 1)"
	expect ${algorithm}_undo OK "$(inflict "7 100 32")"
	expect ${algorithm}_undone_is_right OK "$(blocks 0 512)"
	expect ${algorithm}_damage_again OK "$(inflict "9 0")"
	check ${algorithm}_discard blkio /dev/"$dev" discard 9 1
	check ${algorithm}_discarded_reads_as_zeros blkio /dev/"$dev" isrepeat 9 1 0
	expect ${algorithm}_reset OK "$(store reset 1)"
	expect ${algorithm}_reset_clears_the_count 0 "$(corrupted)"
done

expect damage_without_a_size EINVAL "$(inflict "0 0")"
set_up checksum 0
set_up disksize 16M
check unchecked_write blkio /dev/"$dev" random 0 8 5
expect unchecked_damage OK "$(inflict "3 4096")"
refuses unchecked_disk_gives_other_bytes blkio /dev/"$dev" israndom 3 1 5
expect unchecked_disk_counts_nothing 0 "$(corrupted)"
expect damage_of_nothing ENOENT "$(inflict "100 0")"
expect damage_behind_the_object ERANGE "$(inflict "3 32768")"
expect damage_behind_the_disk ERANGE "$(inflict "4096 0")"
for text in " " 1 "1 2 0" "1 2 3 4" "a b"; do
	mark_log
	expect "damage_refuses_'$text'" EINVAL "$(inflict "$text")"
done
finish
