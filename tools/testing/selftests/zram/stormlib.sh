# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2154 # lib.sh comes first
# What runs beside the readers and writers of a disk until /tmp/stop is there, and writes
# down in /tmp/bad what should not have happened.

# may NAME ATTRIBUTE TEXT ERROR...: a store that may say OK, or one of the errors
may() {
	local name=$1 got
	got=$(sysfs_store "$sys/$2" "$3")
	shift 3
	case " OK $* " in
	*" $got "*) ;;
	*) echo "$name $got" >> /tmp/bad ;;
	esac
}

# Idle pages go out, and so do ranges; there is room for half of the disk.
writeback_loop() {
	local n=0
	local texts=(idle huge_idle huge page_indexes=0-255 type=incompressible page_index=7)
	until [ -e /tmp/stop ]; do
		may writeback_batch_size "$1/writeback_batch_size" $((n % 3 * 31 + 1))
		may writeback_limit_enable "$1/writeback_limit_enable" $((n % 5 == 4))
		may writeback_limit "$1/writeback_limit" $((n % 64))
		may writeback "$1/writeback" "${texts[n++ % ${#texts[@]}]}" ENOSPC EIO
		echo $n > /tmp/writebacks
		sleep 0.05
	done
}

recompress_loop() {
	local n=0
	local texts=(type=idle "type=huge priority=1" threshold=1000 "algo=zstd max_pages=200"
		"type=huge_idle algo=deflate" priority=3)
	until [ -e /tmp/stop ]; do
		may idle "$1/idle" all
		sleep 0.1
		may recompress "$1/recompress" "${texts[n++ % ${#texts[@]}]}" ENOMEM
		may idle "$1/idle" 1
		echo $n > /tmp/recompressions
	done
}

# Everybody looks at everything.
show_loop() {
	local file
	until [ -e /tmp/stop ]; do
		for file in "$sys/$1"/*stat "$sys/$1"/*algorithm "$sys/$1"/backing_dev \
			/sys/kernel/debug/zram/"$1"/{block_state,algorithms,sizes}; do
			[ ! -r "$file" ] || cat "$file" > /dev/null || echo "show $file" >> /tmp/bad
		done
		sleep 0.2
	done
}

# Disks come, hold something, and go.
hot_loop() {
	local id n=0
	until [ -e /tmp/stop ]; do
		read -r id < "$control"/hot_add || { echo hot_add >> /tmp/bad; continue; }
		may disksize "zram$id/disksize" 4M
		blkio /dev/zram"$id" random 0 100 $n > /dev/null || echo "hot $id" >> /tmp/bad
		[ "$(sysfs_store "$control"/hot_remove "$id")" = OK ] || echo hot_remove >> /tmp/bad
		n=$((n + 1))
		echo $n > /tmp/hots
		sleep 0.3
	done
}

cpu_loop() {
	local cpu=/sys/devices/system/cpu/cpu1/online n=0
	until [ -e /tmp/stop ]; do
		echo 0 > $cpu && sleep 0.3 && echo 1 > $cpu && n=$((n + 1))
		echo $n > /tmp/plugs
		sleep 0.7
	done
}

# fio writes and verifies a file system on its own disk, again and again.
fio_loop() {
	local n=0
	until [ -e /tmp/stop ]; do
		LD_LIBRARY_PATH=/opt/lib /opt/bin/fio --directory=/mnt --output=/tmp/fio.txt \
			--name=storm --ioengine=psync --rw=randrw --bsrange=4k-64k --size=6m \
			--verify=crc32c --verify_fatal=1 --buffer_compress_percentage=60 \
			--refill_buffers --direct=1 --fallocate=none ||
			{ tail -n 3 /tmp/fio.txt | tr '\n' ' ' >> /tmp/bad; break; }
		n=$((n + 1))
		echo $n > /tmp/fios
	done
}
