#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# An ext4 file system on zram: fio verifies, fstrim gives memory back.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh

mount -o ro "/dev/${ZMEM_disk:?}a" /opt
fio() {
	LD_LIBRARY_PATH=/opt/lib /opt/bin/fio --directory=/mnt --output=/tmp/fio.txt \
		--ioengine=psync --group_reporting --fallocate=none --verify=crc32c \
		--verify_fatal=1 --do_verify=1 --random_generator=lfsr "$@" && return 0
	tail -n 20 /tmp/fio.txt
	return 1
}

new_device 128M zstd
check mkfs mkfs.ext4 -q -b 4096 /dev/"$dev"
check mount mount -o discard /dev/"$dev" /mnt
check fio_sequential fio --name=seq --rw=write --bs=64k --size=24m \
	--buffer_compress_percentage=60 --refill_buffers
check fio_random fio --name=rand --rw=randwrite --bs=4k --size=12m --direct=1 \
	--buffer_compress_percentage=50 --refill_buffers
check fio_mixed fio --name=mixed --rw=randrw --bs=4k-32k --size=8m --numjobs=2 --direct=1 \
	--buffer_compress_percentage=50
check fio_incompressible fio --name=noise --rw=randwrite --bs=16k --size=8m --refill_buffers
sync
echo 3 > /proc/sys/vm/drop_caches
check fio_reads_it_again fio --name=seq --rw=read --bs=64k --size=24m --verify_only \
	--buffer_compress_percentage=60 --refill_buffers
stored=$(orig_size)
used=$(mem_used)
holds file_system_is_stored "$stored" -gt $((40 << 20))
check remove_files sh -c 'rm -f /mnt/seq* /mnt/rand* /mnt/mixed* && sync'
check fstrim fstrim /mnt
sleep 1
expect compact OK "$(store compact 1)"
say "fstrim: $stored to $(orig_size) bytes stored, $used to $(mem_used) used"
holds fstrim_frees_slots "$(orig_size)" -lt $((stored - (30 << 20)))
holds fstrim_frees_memory "$(mem_used)" -lt $((used * 2 / 3))
check what_is_left_is_right fio --name=noise --rw=randread --bs=16k --size=8m --verify_only \
	--refill_buffers

# The disk survives a remount, and the checker finds nothing to repair.
check umount umount /mnt
check fsck e2fsck -f -n /dev/"$dev"
check mount_again mount /dev/"$dev" /mnt
write_file() {
	head -c 3000000 /dev/urandom | tee "/mnt/f$1" | md5sum > "/tmp/f$1.sum"
}
for i in 1 2 3 4; do
	write_file $i &
done
wait
sync
echo 3 > /proc/sys/vm/drop_caches
for i in 1 2 3 4; do
	expect "file_${i}_is_right" "$(cut -d' ' -f1 /tmp/f$i.sum)" "$(md5sum < /mnt/f$i | cut -d' ' -f1)"
done
check umount_again umount /mnt
check fsck_again e2fsck -f -n /dev/"$dev"
expect failed_no_io "0 0 0" "$(io 1) $(io 2) $(io 3)"
expect goes OK "$(remove_device)"
umount /opt
finish
