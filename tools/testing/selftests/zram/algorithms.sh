#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Real data through every algorithm, and back.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh

corpus=/dev/${ZMEM_disk:?}a
blocks=4096
for alg in $algorithms; do
	new_device 64M
	if [ "$(store reset 1)$(store comp_algorithm "$alg")$(store disksize 64M)" != OKOKOK ]; then
		not_ok "${alg}_is_taken" "$(< $sys/"$dev"/comp_algorithm)"
		remove_device > /dev/null
		continue
	fi
	ok "${alg}_is_taken"
	# 842 and lz4hc are slow compressors: emulated, they get less.
	case $alg in
	842 | lz4hc | deflate) n=$((blocks / 4)) ;;
	*) n=$blocks ;;
	esac
	check "${alg}_writes_real_data" blkio /dev/"$dev" copy 0 $n "$corpus"
	check "${alg}_reads_it_back" blkio /dev/"$dev" compare 0 $n "$corpus"
	check "${alg}_writes_mixed_pages" blkio /dev/"$dev" write $n 512 1
	check "${alg}_reads_mixed_pages" blkio /dev/"$dev" verify $n 512 1
	check "${alg}_writes_incompressible" blkio /dev/"$dev" random $((n + 512)) 64 1
	check "${alg}_reads_incompressible" blkio /dev/"$dev" israndom $((n + 512)) 64 1
	stored=$(orig_size)
	compressed=$(compr_size)
	say "$alg: $stored bytes to $compressed, $(mem_used) used"
	holds "${alg}_compresses" $((compressed * 4)) -lt $((stored * 3))
	expect "${alg}_compacts" OK "$(store compact 1)"
	check "${alg}_reads_after_compaction" blkio /dev/"$dev" compare 0 $n "$corpus"
	check "${alg}_discards" blkio /dev/"$dev" discard 0 16384
	expect "${alg}_stores_nothing" "0 0" "$(orig_size) $(compr_size)"
	expect "${alg}_failed_no_io" "0 0 0" "$(io 1) $(io 2) $(io 3)"
	expect "${alg}_goes" OK "$(remove_device)"
done
finish
