#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# A pool goes when its compressor is no longer wanted and nothing is stored in it,
# however often it was full before.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh
# shellcheck source=tools/testing/selftests/zswap/zswaplib.sh
. /usr/libexec/zram/zswaplib.sh

seconds=${ZMEM_seconds:-8}

# pools: zsmalloc's own list of them
pools() {
	find /sys/kernel/debug/zsmalloc -maxdepth 1 -name 'zswap*' | wc -l
}

# one_pool NAME: within 5 s
one_pool() {
	local i
	for ((i = 0; i < 50 && $(pools) != 1; i++)); do
		sleep 0.1
	done
	expect "$1" 1 "$(pools)"
}

must zpool zsmalloc
must compressor lzo
must max_pool_percent 1
must enabled 1
check swapon swap_on "$(scratch 1)"
# More than one at a time: who comes second must find somebody at work for the first.
names="one two three four"
for name in $names; do
	start "$name" 2000
done
# all COMMAND...: by all of them at once
all() {
	local name
	for name in $names; do
		send "$name" "$@"
	done
	for name in $names; do
		answer "$name"
	done
}
end=$((SECONDS + seconds))
while [ $SECONDS -lt $end ]; do
	all fill text > /dev/null
	all out > /dev/null
done
for name in $names; do
	expect "churn_keeps_all_of_$name" "$(all_right 2000)" "$(tell "$name" verify)"
done
holds limit_was_hit "$(counter pool_limit_hit)" -gt 200
say "pool_limit_hit $(counter pool_limit_hit), written_back_pages $(counter written_back_pages)"
check swapoff swapoff "$(scratch 1)"
for name in $names; do
	end "$name"
done
for compressor in lz4 lzo zstd lzo; do
	must compressor $compressor
	one_pool "one_pool_with_${compressor}_$((++nth))"
done
settle
expect nothing_is_stored 0 "$(counter stored_pages)"
finish
