#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# A load needs no memory: every allocation of the reading task that may not wait fails, and
# the swap area behind zswap is full of other bytes, which must not be taken for its pages.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh
# shellcheck source=tools/testing/selftests/zswap/zswaplib.sh
. /usr/libexec/zram/zswaplib.sh

pages=1500

# fail_atomic KIND: the next allocations of that kind by tasks that ask for it
fail_atomic() {
	local dir=/sys/kernel/debug/$1
	echo Y > "$dir"/task-filter
	echo 100 > "$dir"/probability
	echo 1 > "$dir"/interval
	echo -1 > "$dir"/times
	echo 0 > "$dir"/verbose
	echo Y > "$dir"/ignore-gfp-wait
}

must zpool zsmalloc
must compressor lzo
must max_pool_percent 50
must enabled 1
check swapon swap_on "$(scratch 1)" 64
fail_atomic failslab
fail_atomic fail_page_alloc
echo Y > /sys/kernel/debug/fail_page_alloc/ignore-gfp-highmem
start one $pages
for kind in text small; do
	tell one fill $kind > /dev/null
	all_out "${kind}_goes_out" one $pages
	holds "${kind}_is_stored" "$(counter stored_pages)" -ge $((pages / 2))
	expect "${kind}_failing" set "$(tell one fail 1)"
	expect "${kind}_comes_back_without_memory" "$(all_right $pages)" "$(tell one verify)"
	expect "${kind}_not_failing" set "$(tell one fail 0)"
done
end one
check swapoff swapoff "$(scratch 1)"
finish
