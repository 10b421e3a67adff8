#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Threads read, write and discard the same 256 slots, while the pool is compacted.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh

seconds=${ZMEM_seconds:-12}
for alg in lzo-rle zstd; do
	new_device 16M $alg
	(
		n=0
		until [ -e /tmp/stop ]; do
			echo 1 > $sys/"$dev"/compact || exit 1
			n=$((n + 1))
		done
		echo $n > /tmp/compactions
	) &
	loop=$!
	check "storm_$alg" slotstorm /dev/"$dev" 256 "$seconds" 8
	touch /tmp/stop
	wait $loop
	rm /tmp/stop
	holds "compacted_meanwhile_$alg" "$(cat /tmp/compactions)" -gt 20
	say "$alg: $(cat /tmp/compactions) compactions"
	holds "slots_are_accounted_$alg" "$(orig_size)" -le $((256 * 4096))
	check "discard_$alg" blkio /dev/"$dev" discard 0 4096
	expect "nothing_is_stored_$alg" "0 0" "$(orig_size) $(compr_size)"
	store compact 1 > /dev/null
	expect "nothing_is_used_$alg" 0 "$(mem_used)"
	expect "failed_no_io_$alg" "0 0 0" "$(io 1) $(io 2) $(io 3)"
	expect "goes_$alg" OK "$(remove_device)"
done

# --- the storm itself: a page that somebody else wrote must not pass
new_device 4M
(
	until [ -e /tmp/stop ]; do
		blkio /dev/"$dev" random 10 1 1 > /dev/null
	done
) &
refuses storm_notices_foreign_pages slotstorm /dev/"$dev" 32 4 4
touch /tmp/stop
wait
expect goes_at_last OK "$(remove_device)"
finish
