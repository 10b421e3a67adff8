# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# What the suites about page migration share; sourced after lib.sh.

debug=/sys/kernel/debug/zsmalloc
refuse=$debug/refuse_isolation

# counted NAME [POOL]: the counter of one pool, or its sum over all
counted() {
	local stats=("$debug"/*/stats)
	[ -z "$2" ] || stats=("$debug/$2/stats")
	awk -v name="$1" '$1 == name { sum += $2; found++ } END { print found ? sum + 0 : "none" }' \
		"${stats[@]}"
}

# pool_pages: of all devices together
pool_pages() {
	awk '{ sum += $3 } END { print sum / 4096 }' $sys/zram*/mm_stat
}

# zspages_by_zone: "ZONE PAGES" for each zone with pages of ours, in one line
zspages_by_zone() {
	awk '/^Node/ { zone = $4 } $1 == "nr_zspages" && $2 { printf "%s %d ", zone, $2 }' \
		/proc/zoneinfo
}

# zspages_agree NAME: NR_ZSPAGES is what the pools have, as a whole and summed by zone (a
# zone below zero shows as 0, which spoils that sum). Nobody may be writing; the worker
# may still give pages back and is waited for.
zspages_agree() {
	local before after total zones
	for _ in {1..40}; do
		before=$(pool_pages)
		# what each processor holds back
		echo 1 > /proc/sys/vm/stat_refresh
		total=$(vmstat nr_zspages)
		zones=$(zspages_by_zone)
		after=$(pool_pages)
		[ "$before" = "$after" ] && break
		sleep 0.1
	done
	expect "$1" "$after pages, $after by zone" "$total pages, $(awk '{
		for (i = 2; i <= NF; i += 2)
			sum += $i
		print sum + 0 }' <<< "$zones") by zone"
	say "$1: $after pages: ${zones:-none}"
}

# until_stopped COMMAND...: again and again, until /tmp/stop is there; a failure ends it
# and leaves /tmp/failed
until_stopped() {
	until [ -e /tmp/stop ]; do
		"$@" > /dev/null 2>> /tmp/failed.txt || {
			echo "$*" >> /tmp/failed
			return
		}
	done
}

# stop_all: ends every loop
stop_all() {
	touch /tmp/stop
	wait
	rm -f /tmp/stop
}
