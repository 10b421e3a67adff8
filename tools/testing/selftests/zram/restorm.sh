#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Threads read, write and discard the same 256 slots, while they are compressed again.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh

seconds=${ZMEM_seconds:-20}
requests=("type=huge" "priority=1" "priority=2" "priority=3 threshold=1000" "algo=lz4"
	"threshold=500 max_pages=20" "max_pages=100" "type=huge_idle" "type=idle priority=2")

new_device "" lzo-rle
set_up recomp_algorithm "algo=lz4 priority=1"
set_up recomp_algorithm "algo=zstd priority=2"
set_up recomp_algorithm "algo=deflate priority=3"
set_up disksize 16M
(
	n=0
	until [ -e /tmp/stop ]; do
		echo "${requests[$((n % ${#requests[@]}))]}" > $sys/"$dev"/recompress || exit 1
		[ ! -e $sys/"$dev"/idle ] || echo all > $sys/"$dev"/idle
		n=$((n + 1))
	done
	echo $n > /tmp/requests
) &
one=$!
(
	until [ -e /tmp/stop ]; do
		echo 1 > $sys/"$dev"/compact || exit 1
		sleep 0.1
	done
) &
two=$!
check row27_storm_beside_recompression slotstorm /dev/"$dev" 256 "$seconds" 8
touch /tmp/stop
wait $one
expect requests_were_all_taken 0 $?
wait $two
expect compactions_were_all_taken 0 $?
say "$(cat /tmp/requests) requests to compress again"
holds recompressed_meanwhile "$(cat /tmp/requests)" -gt 50
holds slots_are_accounted "$(orig_size)" -le $((256 * 4096))
check discard blkio /dev/"$dev" discard 0 4096
expect row77_nothing_is_stored "0 0 0 0" "$(orig_size) $(compr_size) $(same_pages) $(huge_pages)"
store compact 1 > /dev/null
expect row77_nothing_is_used 0 "$(mem_used)"
expect failed_no_io "0 0 0" "$(io 1) $(io 2) $(io 3)"
expect goes OK "$(remove_device)"
finish
