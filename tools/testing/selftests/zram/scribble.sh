#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Pages that change while they are written, and slab allocations that may not sleep failing
# (row B: in the base an object becomes longer than what was allocated for it).
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh

failslab=/sys/kernel/debug/failslab
seconds=${ZMEM_seconds:-4}

check failslab_is_there [ -d $failslab ]
echo Y > $failslab/task-filter
echo Y > $failslab/ignore-gfp-wait
echo 0 > $failslab/verbose
echo 100 > $failslab/probability
echo 1 > $failslab/interval
echo -1 > $failslab/times
for alg in lzo-rle lz4 zstd deflate; do
	new_device 64M $alg
	check "row_b_victims_survive_$alg" scribble /dev/"$dev" 512 "$seconds"
	expect "row_b_no_read_failed_$alg" 0 "$(io 1)"
	check "row_b_compacts_$alg" sysfs_store $sys/"$dev"/compact 1
	check "row_b_memory_is_the_pools_$alg" blkio /dev/"$dev" discard 0 16384
	expect "row_b_all_is_freed_$alg" "0 0 0" "$(orig_size) $(compr_size) $(mem_used)"
	expect "row_b_goes_$alg" OK "$(remove_device)"
done
echo 0 > $failslab/probability
finish
