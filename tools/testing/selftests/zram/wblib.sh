# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2154,SC2034 # lib.sh comes first; b and d are for the suites
# What the suites about backing devices share.

img=/tmp/backing

# make_backing NUMBER MIB: a loop device of a file in memory; $loop is its name
make_backing() {
	loop=/dev/loop$1
	truncate -s "$2M" "$img.$1"
	losetup "$loop" "$img.$1"
}

# drop_backing NUMBER: also proves that nobody has it any more
drop_backing() {
	losetup -d "/dev/loop$1" && rm "$img.$1"
}

# backed_device BACKING SIZE [ATTRIBUTE TEXT...]: makes $dev
backed_device() {
	local backing=$1 size=$2
	shift 2
	new_device ""
	set_up backing_dev "$backing"
	while [ $# -gt 1 ]; do
		set_up "$1" "$2"
		shift 2
	done
	set_up disksize "$size"
	b=/dev/$dev
	d=$sys/$dev
}

# bd COLUMN: one figure of bd_stat
bd() {
	local f
	read -r -a f < "$sys/$dev/bd_stat"
	echo "${f[$(($1 - 1))]}"
}

# page_of FILE BLOCK: a checksum of a page of it
page_of() {
	dd if="$1" bs=4096 skip="$2" count=1 2>/dev/null | md5sum | cut -d' ' -f1
}

# wipe NUMBER: nothing on it is as it was
wipe() {
	local size
	size=$(stat -c %s "$img.$1")
	tr '\0' '\252' < /dev/zero | dd of="$img.$1" bs=4096 count=$((size / 4096)) conv=notrunc \
		iflag=fullblock 2>/dev/null
}

# writer_loop TEXT...: writes back in turns, until /tmp/stop is there. What it may
# say is OK, or what ALLOWED has
writer_loop() {
	local got n=0 text
	until [ -e /tmp/stop ]; do
		for text; do
			got=$(store writeback "$text")
			case " OK $allowed " in
			*" $got "*) ;;
			*) echo "$got" >> /tmp/strange ;;
			esac
			n=$((n + 1))
		done
	done
	echo $n > /tmp/rounds
}

# refused NAME ATTRIBUTE TEXT ERROR: the store fails so, and the log names the text
refused() {
	mark_log
	expect "$1" "$4" "$(store "$2" "$3")"
	if ! log_has "$2" "$3"; then
		sleep 5.2
		mark_log
		store "$2" "$3" > /dev/null
	fi
	check "$1_is_logged" log_has "$2" "refused \"$3\""
}
