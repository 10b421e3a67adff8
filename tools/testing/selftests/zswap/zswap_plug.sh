#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The plug of the swap disk is pulled while zswap writes to it. What is on the disk cannot be
# read, what is in zswap can; nothing is lost but what the disk has, and nothing hangs. The disk
# comes back, and so do its pages; or it does not, and swapoff ends all the same.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh
# shellcheck source=tools/testing/selftests/zswap/zswaplib.sh
. /usr/libexec/zram/zswaplib.sh

pages=3000
few=400
disk=$(scratch 1)
sectors=$(blockdev --getsz "$disk")
plug=/dev/mapper/plug

# switch TABLE: what the disk is from now on. What it has been asked for is done before that.
switch() {
	dmsetup suspend --noflush plug
	dmsetup load plug --table "0 $sectors $1"
	dmsetup resume plug
}
working="linear $disk 0"
# Writes take their time, so that some are always under way.
slow="delay $disk 0 0 $disk 0 200"

# write_back NUMBER: zswap writes pages to the disk, and has written so many
write_back() {
	local before
	before=$(counter written_back_pages)
	must max_pool_percent 0
	# Nobody makes room before somebody wants some.
	send poke out
	for _ in {1..200}; do
		[ $(($(counter written_back_pages) - before)) -lt "$1" ] || break
		sleep 0.05
	done
}

# pull RESULT: zswap writes pages back, and in the middle of it the disk is gone
pull() {
	start poke 100
	tell poke fill small > /dev/null
	switch "$slow"
	written=$(counter written_back_pages)
	write_back 300
	must max_pool_percent 50
	answer poke > /dev/null
	# What has been written leaves memory: now it is on the disk, and nowhere else.
	uncache group
	tell poke fill small > /dev/null
	write_back 50
	left=$(counter stored_pages)
	switch error
	# From here on writes fail.
	sleep 0.5
	# A write that fails brings its page back into memory: not all of them.
	holds "$1_stays_in_zswap" "$(counter stored_pages)" -ge $((left - 300))
	must max_pool_percent 50
	answer poke > /dev/null
	written=$(($(counter written_back_pages) - written))
	say "$1: $written written back, $left left in zswap when the disk went"
	holds "$1_was_in_the_middle" "$left" -gt 100
	expect "$1_poke" "$(all_right 100)" "$(tell poke verify)"
	end poke
}

# fill_all: one process's pages are on the disk, the other's are in zswap
fill_all() {
	tell ondisk fill random > /dev/null
	tell kept fill small > /dev/null
	out ondisk > /dev/null
	uncache group
	out kept > /dev/null
}

# loses_only_the_disks RESULT: some pages are not to be had, all others are right
loses_only_the_disks() {
	local told bus
	told=$(tell kept verify)
	bus=$(tally bus "$told")
	say "$1: $told"
	expect "$1_nothing_else" "right $((pages - bus)) wrong 0 old 0 bus $bus" "$told"
	# Those that were under way when the disk went are in memory again.
	holds "$1_no_more_than_were_written" "$bus" -le "$written"
	holds "$1_some" "$bus" -ge 100
	# Until the plug was out some more went.
	holds "$1_what_is_in_zswap_loads" $((pages - bus)) -ge $((left - 300))
	told=$(tell ondisk verify)
	bus=$(tally bus "$told")
	expect "$1_disk_nothing_else" "right $((few - bus)) wrong 0 old 0 bus $bus" "$told"
	holds "$1_disk_is_gone" "$bus" -ge $((few / 2))
}

# machine_goes_on RESULT
machine_goes_on() {
	start fresh 1000
	tell fresh fill small > /dev/null
	out fresh > /dev/null
	holds "$1_stores" "$(counter stored_pages)" -ge 900
	expect "$1_loads" "$(all_right 1000)" "$(tell fresh verify2)"
	end fresh
}

must max_pool_percent 50
must accept_threshold_percent 90
must enabled 1
echo 0 > /proc/sys/vm/page-cluster
mount_cgroups
new_cgroup group
check dm_create dmsetup create plug --table "0 $sectors $working"
dmsetup mknodes plug
check swapon swap_on $plug 64
start ondisk $few group
start kept $pages group

# --- it comes back
fill_all
pull gone
loses_only_the_disks gone
machine_goes_on gone
switch "$working"
# The page that could not be read has to leave the swap cache first.
uncache group
expect back_all_is_right "$(all_right $pages)" "$(tell kept verify)"
expect back_disk_is_right "$(all_right $few)" "$(tell ondisk verify)"
figures_agree back
machine_goes_on back

# --- it does not: swapoff reads what it can
fill_all
pull swapoff
check swapoff_without_the_disk timeout 60 swapoff $plug
nothing_left swapoff
loses_only_the_disks swapoff
switch "$working"
expect swapoff_lost_is_lost "$(tell kept verify)" "$(tell kept verify)"
check swapon_again swap_on $plug
tell kept drop > /dev/null
tell ondisk drop > /dev/null
fill_all
expect again_all_is_right "$(all_right $pages)" "$(tell kept verify)"
expect again_disk_is_right "$(all_right $few)" "$(tell ondisk verify)"
machine_goes_on again
end kept
end ondisk
check swapoff swapoff $plug
nothing_left again
check dm_remove dmsetup remove plug
expect nothing_was_damaged 0 "$(counter decompress_fail)"
finish
