#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# What fio does to a disk in a second, with one job and with two, by turns. For both kernels.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh

mount -o ro "/dev/${ZMEM_disk:?}a" /opt
seconds=${ZMEM_seconds:-5}

# jobs NUMBER: requests in a second, of all jobs, each on a half of the disk
jobs() {
	LD_LIBRARY_PATH=/opt/lib /opt/bin/fio --name=x --filename=/dev/"$dev" --direct=1 \
		--ioengine=psync --rw=randrw --bs=4k --size=32m --offset_increment=32m \
		--numjobs="$1" --group_reporting --time_based --runtime="$seconds" \
		--buffer_compress_percentage=60 --refill_buffers --minimal 2> /tmp/fio.err |
		awk -F';' '{ print int($8 + $49) }'
}

new_device "" lz4
# The base has none, and emulation makes ours slower than it is.
[ ! -e $sys/"$dev"/checksum ] || set_up checksum 0
set_up disksize 64M
check filled blkio /dev/"$dev" write 0 16384 1
for turn in 1 2 3; do
	one=$(jobs 1)
	two=$(jobs 2)
	holds "ran_$turn" "$((one > 0 && two > 0))" -eq 1
	fact "one_$turn $one"
	fact "two_$turn $two"
done
finish
