#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Everything at once for ZMEM_seconds: processes swap and verify every page, while swap goes
# off and on, the compressor and the limits change, cgroups are made and killed with
# pages in zswap, processors go off and on, memory and the pool are compacted, and their
# pages migrate.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh
# shellcheck source=tools/testing/selftests/zram/stresslib.sh
. /usr/libexec/zram/stresslib.sh
# shellcheck source=tools/testing/selftests/zswap/zswaplib.sh
. /usr/libexec/zram/zswaplib.sh
# shellcheck source=tools/testing/selftests/zswap/swapstormlib.sh
. /usr/libexec/zram/swapstormlib.sh

seconds=${ZMEM_seconds:-20}
loops="swapoff compressor limit cgroup cpu memory look"

# trace 0|1: what zswap and the allocator do, in a kernel with tracepoints
trace() {
	local events
	for events in "$tracing"/events/{zswap,zsmalloc}; do
		[ ! -d "$events" ] || echo "$1" > "$events"/enable
	done
}

# reclaimed: pages that memory pressure has taken from somebody
reclaimed() {
	echo $(($(vmstat pgsteal_kswapd) + $(vmstat pgsteal_direct)))
}

# so_far: how often what was done
so_far() {
	echo "swap went off and on $(times swapoff) times, processors $(times cpu) times;" \
		"$(times compressor) compressors, $(times limit) parameters and" \
		"$(times cgroup_limit) limits of cgroups set; $(times cgroup) cgroups killed," \
		"$(times cgroup_with_pages) of them with pages in zswap; memory compacted" \
		"$(times memory) times, the pool's tunables set $(cat /tmp/tunes.zswap) times"
}

# For the console: a long run is not silent.
tell_loop() {
	local next=$((SECONDS + 60))
	while running; do
		if [ $SECONDS -ge $next ]; then
			echo "# after $((SECONDS - began)) s: $(so_far)"
			next=$((next + 60))
		fi
		sleep 1
	done
}

rm -f /tmp/bad /tmp/stop /tmp/did.* /tmp/tunes.*
must max_pool_percent 20
must enabled 1
mount_cgroups
check swapon swap_on "$(scratch 1)"
mkswap "$(scratch 2)" > /dev/null
check swapon_second swapon -p 5 "$(scratch 2)"
[ ! -d "$tracing"/events ] || echo 64 > "$tracing"/buffer_size_kb
trace 1
reclaimed=$(reclaimed)
began=$SECONDS
for loop in $loops; do
	"${loop}_loop" &
done
tune_loop zswap &
tell_loop &
# With what else is stored, and with the huge pages, more than there is.
check every_page_is_right swapstress $(($(meminfo MemTotal) * 3 / 10240)) 3 "$seconds"
touch /tmp/stop
wait
rm /tmp/stop
trace 0

expect nothing_else_failed "" "$(sort /tmp/bad 2> /dev/null | uniq -c | head -n 5 | xargs)"
for loop in $loops cgroup_with_pages cgroup_limit; do
	holds "${loop}_was_done" "$(times "$loop")" -gt 0
done
holds pages_were_stored "$(vmstat zswpout)" -gt 1000
holds pages_were_written_back "$(counter written_back_pages)" -gt 0
holds memory_was_short $(($(reclaimed) - reclaimed)) -gt 1000
holds pages_of_the_pool_migrated "$(pool_counter zswap pages_migrated)" -gt 0
[ ! -d "$tracing"/events/zswap ] ||
	holds storm_was_traced "$(grep -c zswap_store: "$tracing"/trace)" -gt 10
say "in $((SECONDS - began)) s: $(so_far)"
say "pages stored $(vmstat zswpout), loaded $(vmstat zswpin), written back" \
	"$(counter written_back_pages), to disk $(vmstat pswpout), from disk $(vmstat pswpin);" \
	"reclaimed $(($(reclaimed) - reclaimed))"
pool_is_sound storm zswap
expect nothing_was_damaged 0 "$(counter decompress_fail)"
figures_agree storm
check swapoff swapoff "$(scratch 1)"
check swapoff_second swapoff "$(scratch 2)"
nothing_left storm
wait_until 50 test "$(audit pools)" = 1
expect one_compressor_is_left 1 "$(audit pools)"
expect one_pool_is_left 1 "$(find /sys/kernel/debug/zsmalloc -maxdepth 1 -name 'zswap*' | wc -l)"
finish
