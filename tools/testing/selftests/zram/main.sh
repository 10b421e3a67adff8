#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The main job's guest side: compressed swap under real data. It gives raw
# figures; the host makes the report of them and judges.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh

megabytes=${ZMEM_fill:-400}
size=${ZMEM_swap:-512}M
dev=zram0

set_up disksize "$size"
check mkswap mkswap -L zmem /dev/$dev
check swapon swapon -p 100 /dev/$dev
fact kernel "$(uname -rm)"
fact algorithm "$(sed 's/.*\[\(.*\)\].*/\1/' "$sys"/$dev/comp_algorithm)"
fact memory_kb "$(meminfo MemTotal)"
fact cpus "$(nproc)"
fact disksize "$(< "$sys"/$dev/disksize)"
# Every line but the first: there must be this one swap area and no other.
fact swaps "$(sed 1d /proc/swaps | tr -s ' \t' ' ' | tr '\n' ';')"
zramctl /dev/$dev

check fill_verify_free_compact_verify swapfill "/dev/${ZMEM_disk:?}a" "$megabytes" 4 \
	"$sys"/$dev/compact "$sys"/$dev/mm_stat

fact io_stat "$(tr -s ' ' < "$sys"/$dev/io_stat)"
fact pswpout "$(vmstat pswpout)"
fact pswpin "$(vmstat pswpin)"
check swapoff swapoff /dev/$dev
fact mm_off "$(tr -s ' ' < "$sys"/$dev/mm_stat)"
# The header that mkswap wrote is all that may be left.
holds swapoff_leaves_only_the_header "$(orig_size)" -le 16384
expect reset OK "$(store reset 1)"
finish
