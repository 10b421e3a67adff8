#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Memory that holds pages of the pool goes offline and comes back under I/O.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh
# shellcheck source=tools/testing/selftests/zram/moving.sh
. /usr/libexec/zram/moving.sh

memory=/sys/devices/system/memory
blocks=16000
slots=2048

# state BLOCK STATE [SECONDS]: prints what the block's state is then
state() {
	timeout "${3:-30}" bash -c "echo $2 > $memory/$1/state" 2> /dev/null
	cat $memory/"$1"/state
}

storm_anew() {
	blkio /dev/"$storm" discard 0 $slots && slotstorm /dev/"$storm" $slots 2 4
}

# Blocks of the movable zone; the last one of the machine also holds what the kernel
# allocated before there were zones.
movable=()
for block in "$memory"/memory[0-9]*; do
	[ "$(< "$block"/valid_zones)" != Movable ] || movable+=("${block##*/}")
done
holds two_blocks_are_movable ${#movable[@]} -ge 3
one=${movable[0]}
two=${movable[1]}
size=$((16#$(< $memory/block_size_bytes)))
say "$one and $two of ${movable[*]}, $((size >> 20)) MiB each"

new_device 256M
still=$dev
new_device $((slots * 4096))
storm=$dev
check fill blkio /dev/"$still" write 0 $blocks 1
zspages_agree zspages_are_the_pools_pages_when_filled

# --- under I/O
total=$(meminfo MemTotal)
until_stopped blkio /dev/"$still" verify 0 $blocks 1 &
until_stopped storm_anew &
for round in 1 2; do
	for block in $one $two; do
		before=$(counted pages_migrated)
		expect "${block}_goes_offline_$round" offline "$(state "$block" offline)"
		moved=$(($(counted pages_migrated) - before))
		say "$block: $moved pages moved"
		[ "$round$block" = "1$one" ] || holds "pages_were_moved_off_${block}_$round" $moved -ge 100
		expect "memory_is_less_without_${block}_$round" $((total - size / 1024)) \
			"$(meminfo MemTotal)"
		expect "${block}_comes_back_$round" online "$(state "$block" online_movable)"
	done
done
stop_all
say "$(counted pages_not_migrated) times a page was in use"
expect no_loop_failed "" "$(cat /tmp/failed /tmp/failed.txt 2> /dev/null)"
check verify blkio /dev/"$still" verify 0 $blocks 1
zspages_agree zspages_are_the_pools_pages_after_moving

# --- a pool that refuses keeps a block from going: what was in $two went to $one
echo 1 > "$refuse"
before=$(counted pages_migrated)
expect "${one}_does_not_go_when_isolating_is_refused" online "$(state "$one" offline 4)"
expect nothing_moves_when_isolating_is_refused 0 $(($(counted pages_migrated) - before))
echo 0 > "$refuse"
expect "${one}_goes_when_it_is_not" offline "$(state "$one" offline)"
moved=$(($(counted pages_migrated) - before))
say "$one: $moved pages moved"
holds it_was_our_pages_that_kept_it $moved -ge 100

# --- into another zone: the other block goes too
by_zone=$(zspages_by_zone)
expect "${two}_goes_with_the_other" offline "$(state "$two" offline)"
zspages_agree zspages_are_the_pools_pages_with_less_memory
holds pages_went_to_another_zone "$by_zone" != "$(zspages_by_zone)"
check verify_with_less_memory blkio /dev/"$still" verify 0 $blocks 1
for block in $one $two; do
	expect "${block}_comes_back_at_last" online "$(state "$block" online_movable)"
done
expect memory_is_all_there "$total" "$(meminfo MemTotal)"
check verify_at_last blkio /dev/"$still" verify 0 $blocks 1

expect no_handle_was_refused 0 "$(counted handles_refused)"
for dev in $still $storm; do
	expect "failed_no_io_$dev" "0 0 0" "$(io 1) $(io 2) $(io 3)"
	expect "goes_$dev" OK "$(remove_device)"
done
zspages_agree no_zspages_after_reset
expect no_zspages_in_any_zone_after_reset "" "$(zspages_by_zone)"
finish
