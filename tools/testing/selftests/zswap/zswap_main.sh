#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The main job's second stage, guest side: zswap before a swap disk, with real data. It
# gives raw figures; the host makes the report of them and judges.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh
# shellcheck source=tools/testing/selftests/zswap/zswaplib.sh
. /usr/libexec/zram/zswaplib.sh

# The corpus is on the first disk.
read_only_disks=1
disk=$(scratch 1)
megabytes=${ZMEM_fill:-400}

expect enabled Y "$(param enabled)"
check mkswap mkswap -L zmem "$disk"
check swapon swapon -p 100 "$disk"
fact compressor "$(param compressor)"
fact limit_percent "$(param max_pool_percent)"
fact memory_kb "$(meminfo MemTotal)"
fact log "$(dmesg | sed -n 's/.*zswap: //p' | head -n 1)"
fact swaps "$(sed 1d /proc/swaps | tr -s ' \t' ' ' | tr '\n' ';')"

check fill_verify_free_verify swapfill "/dev/${ZMEM_disk:?}a" "$megabytes" 4 \
	/proc/sys/vm/compact_memory $counters/pool_total_size

fact stored "$(vmstat zswpout)"
fact loaded "$(vmstat zswpin)"
fact written_back "$(counter written_back_pages)"
fact limit_hit "$(counter pool_limit_hit)"
fact refused_poor "$(counter reject_compress_poor)"
fact pswpout "$(vmstat pswpout)"
fact damaged "$(counter decompress_fail)"
check swapoff swapoff "$disk"
nothing_left main
finish
