#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The memory manager moves pages of the pool while they are read, written, discarded and
# compacted. One device keeps what it has, in another one everything changes.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh
# shellcheck source=tools/testing/selftests/zram/moving.sh
. /usr/libexec/zram/moving.sh

seconds=${ZMEM_seconds:-8}
slots=4096

compact_memory() {
	echo 1 > /proc/sys/vm/compact_memory
	echo x >> /tmp/compactions
}
# A huge page takes a whole block of pages, and what is in it goes elsewhere.
take_huge_pages() {
	echo "$huge" > /proc/sys/vm/nr_hugepages
	echo 0 > /proc/sys/vm/nr_hugepages
}
compact_pool() {
	echo 1 > "$sys/$1/compact"
}

zspages_agree no_zspages_before
# Half of the pages that do not change are away: there they are what the others move to.
new_device 256M
still=$dev
blocks=$(scatter /dev/"$still" fill $(($(meminfo MemFree) - 40960)) 1)
holds fill "${blocks:-0}" -ge 8192
check halve scatter /dev/"$still" halve "$blocks" 1
new_device $((slots * 4096))
storm=$dev
check fill_the_other blkio /dev/"$storm" write 0 $slots 2
check discard_the_other blkio /dev/"$storm" discard 0 $slots
zspages_agree zspages_are_the_pools_pages_when_filled

# --- nothing moves when isolating is refused: what counts below is migration
echo 1 > "$refuse"
before=$(counted pages_migrated)
for _ in {1..5}; do
	compact_memory
done
expect nothing_moves_when_isolating_is_refused "$before" "$(counted pages_migrated)"
echo 0 > "$refuse"
check verify_before scatter /dev/"$still" verify "$blocks" 1

# --- everything at once
rm -f /tmp/compactions
huge=$((($(meminfo MemFree) - 16384) / 2048))
holds huge_pages_are_wanted "$huge" -ge 8
before=$(counted pages_migrated)
still_before=$(counted pages_migrated "$still")
until_stopped compact_memory &
until_stopped take_huge_pages &
until_stopped compact_pool "$still" &
until_stopped compact_pool "$storm" &
until_stopped scatter /dev/"$still" verify "$blocks" 1 &
check storm slotstorm /dev/"$storm" $slots "$seconds" 4
stop_all
moved=$(($(counted pages_migrated) - before))
moved_still=$(($(counted pages_migrated "$still") - still_before))
compactions=$(wc -l < /tmp/compactions)
say "$moved pages moved in $compactions compactions of memory, $moved_still of what did not" \
	"change; $(counted pages_not_migrated) were in use"
expect no_loop_failed "" "$(cat /tmp/failed /tmp/failed.txt 2> /dev/null)"
holds memory_was_compacted "$compactions" -ge 5
holds pages_that_change_were_moved "$((moved - moved_still))" -ge 30
holds pages_that_do_not_change_were_moved "$moved_still" -ge 200
check verify_after scatter /dev/"$still" verify "$blocks" 1
zspages_agree zspages_are_the_pools_pages_after_moving
expect no_handle_was_refused 0 "$(counted handles_refused)"
dev=$still
expect failed_no_io "0 0 0" "$(io 1) $(io 2) $(io 3)"
dev=$storm
expect failed_no_io_of_the_storm "0 0 0" "$(io 1) $(io 2) $(io 3)"

# --- nothing is left
check discard_the_storm blkio /dev/"$storm" discard 0 $slots
zspages_agree zspages_are_the_pools_pages_after_discarding
for dev in $still $storm; do
	expect "goes_$dev" OK "$(remove_device)"
done
zspages_agree no_zspages_after_reset
expect no_zspages_in_any_zone_after_reset "" "$(zspages_by_zone)"
finish
