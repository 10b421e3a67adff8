#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Whatever is done, the figures that different places give for the same thing agree with each
# other and with a count of the entries.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh
# shellcheck source=tools/testing/selftests/zswap/zswaplib.sh
. /usr/libexec/zram/zswaplib.sh

pages=1000

# moved, charged_moves: stores and loads, as counted for the machine and for the cgroups
moved() {
	echo "$(vmstat zswpout) $(vmstat zswpin)"
}
charged_moves() {
	echo "$(memcg . zswpout) $(memcg . zswpin)"
}

# still GROUP 0|1: its processes stop where they are, or go on
still() {
	local i
	echo "$2" > "$cgroups/$1/cgroup.freeze"
	for ((i = 0; i < 100; i++)); do
		grep -q "frozen $2" "$cgroups/$1/cgroup.events" && return
		sleep 0.1
	done
	not_ok "$1_frozen_$2" "it is not within 10 s"
}

must max_pool_percent 50
must enabled 1
check swapon swap_on "$(scratch 1)"
mount_cgroups
new_cgroup top
echo +memory > $cgroups/top/cgroup.subtree_control
for name in top/a top/b c; do
	new_cgroup $name
done
figures_agree nothing

# --- of each kind, charged to two cgroups, one of them below another, and to nobody
start a $pages top/a
start b $pages top/b
start c $pages c
start nobody $pages
tell a fill text > /dev/null
tell b fill small > /dev/null
tell c fill same > /dev/null
for name in a b c; do
	out $name > /dev/null
done
figures_agree kinds
expect kinds_parts_make_the_whole "$(memcg top zswapped)" \
	$(($(memcg top/a zswapped) + $(memcg top/b zswapped)))
expect kinds_same_are_free "0 $(audit same)" \
	"$(memcg c zswap) $(($(memcg c zswapped) / 4096))"
expect kinds_are_all_charged "$(audit entries)" "$(audit charged)"
for name in a b c; do
	expect "kinds_${name}_right" "$(all_right $pages)" "$(tell $name verify)"
done
figures_agree loaded
expect moves_are_counted_alike "$(moved)" "$(charged_moves)"
tell nobody fill text > /dev/null
out nobody > /dev/null
figures_agree uncharged
holds uncharged_are_not_charged $(($(audit entries) - $(audit charged))) -ge $((pages / 2))

# --- written again, in another form, and given back
tell a fill same > /dev/null
tell b fill random > /dev/null
for name in a b; do
	out $name > /dev/null
done
figures_agree rewritten
tell c drop > /dev/null
tell nobody drop > /dev/null
figures_agree dropped
must incompressible_pages_enabled 1
tell b fill random > /dev/null
out b > /dev/null
figures_agree raw
holds raw_are_there "$(audit raw)" -ge $((pages / 2))
must incompressible_pages_enabled 0

# --- other compressors, checksums and not, one after another
for compressor in lz4 zstd deflate lzo; do
	must compressor $compressor
	must checksum_enabled $((RANDOM % 2))
	tell a fill text > /dev/null
	out a > /dev/null
	figures_agree "compressor_$compressor"
done
must checksum_enabled 1
expect compressors_right "$(all_right $pages)" "$(tell a verify)"

# --- a full pool, pages that are in memory twice, the disk behind
must max_pool_percent 1
for name in a b c nobody; do
	tell $name fill text > /dev/null
	out $name > /dev/null
done
sleep 1
holds full_was_written_back "$(counter written_back_pages)" -gt 0
figures_agree full
for name in a b c nobody; do
	expect "full_${name}_right" "$(all_right $pages)" "$(tell $name verify2)"
done
figures_agree full_and_loaded
must max_pool_percent 50

# --- cgroups go, in turn, with their pages in zswap
for name in a b c; do
	tell $name fill text > /dev/null
	out $name > /dev/null
	echo "${pids[$name]}" > $cgroups/cgroup.procs
done
charged=$(audit charged)
for name in top/a top/b; do
	check "goes_${name#*/}" rmdir $cgroups/$name
	figures_agree "without_${name#*/}"
done
expect heir_has_it_all "$(memcg top zswapped)" $(($(audit charged) * 4096 - $(memcg c zswapped)))
for name in top c; do
	check "goes_$name" rmdir $cgroups/$name
	figures_agree "without_$name"
done
expect root_has_it_all "$charged" "$(audit charged)"
for name in a b; do
	expect "without_cgroups_${name}_right" "$(all_right $pages)" "$(tell $name verify)"
	tell $name fill small > /dev/null
	out $name > /dev/null
done
figures_agree outlived

# --- in the middle of a burst, at rest
new_cgroup burst
(
	echo "$BASHPID" > $cgroups/burst/cgroup.procs
	exec swapstress 24 3 600
) > /tmp/burst.txt 2>&1 &
burst=$!
for percent in 50 3 1 50; do
	must max_pool_percent $percent
	sleep 1
	still burst 1
	# A worker may still be making room.
	sleep 0.5
	figures_agree "burst_at_$percent"
	still burst 0
done
echo 1 > $cgroups/burst/cgroup.kill
wait $burst
expect burst_had_no_wrong_page 0 "$(grep -c wrong /tmp/burst.txt)"
figures_agree after_the_burst
check burst_goes rmdir $cgroups/burst

# --- swapoff
check swapoff swapoff "$(scratch 1)"
nothing_left off
figures_agree off
for name in a b c nobody; do
	expect "off_${name}_right" "$(all_right $pages)" "$(tell $name verify)"
	end $name
done
expect nothing_was_damaged 0 "$(counter decompress_fail)"
finish
