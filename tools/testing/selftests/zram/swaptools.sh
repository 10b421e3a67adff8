#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# What sets up swap on zram on people's machines, unmodified: zramswap of zram-tools, and
# systemd's zram-generator in the way in which its units call it.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh

mount -o ro "/dev/${ZMEM_disk:?}a" /opt
dev=zram0
export LD_LIBRARY_PATH=/opt/lib

# A kernel without modules has zram built in; modprobe looks it up.
if [ "${ZMEM_stock:-0}" != 1 ]; then
	modules=/lib/modules/$(uname -r)
	mkdir -p "$modules"
	echo kernel/drivers/block/zram/zram.ko > "$modules"/modules.builtin
	: > "$modules"/modules.dep
fi

# swaps FIELDS: of the one swap that is on
swaps() {
	sed 1d /proc/swaps | tr -s ' \t' ' ' | cut -d' ' -f"$1"
}
chosen() {
	grep -o '\[.*\]' $sys/zram0/comp_algorithm
}
# used NAME: pages go out and come back
used() {
	check "$1" swapstress 32 2 2
}

# --- zram-tools
mkdir -p /etc/default
zramswap() {
	/opt/bin/zramswap "$@"
}
# zramswap NAME SETTINGS: goes with its settings, is as they say, is used, and stops
with() {
	local name=$1
	printf '%s\n' "${@:2}" > /etc/default/zramswap
	check "zramswap_starts_$name" zramswap start
	expect "zramswap_is_swap_$name" /dev/zram0 "$(swaps 1)"
}
without() {
	zramswap stop > /tmp/stop.txt 2>&1
	expect "zramswap_stops_$1" "" "$(swaps 1)"
	if [ "${ZMEM_stock:-0}" = 1 ]; then
		refuses "zramswap_took_the_module_away_$1" [ -e $sys/zram0 ]
	else
		check "zramswap_could_do_all_but_unload_$1" grep -q "removing zram module" /tmp/stop.txt
		set_up reset 1
	fi
}
cp /opt/zramswap /tmp/zramswap.default
check zramswap_comes_with_settings grep -q "^#ALGO=lz4" /tmp/zramswap.default
with defaults "$(< /tmp/zramswap.default)"
expect zramswap_default_size $((256 << 20)) "$(< $sys/zram0/disksize)"
expect zramswap_default_algorithm "[lz4]" "$(chosen)"
expect zramswap_default_priority 100 "$(swaps 5)"
used zramswap_swap_works
check zramswap_status zramswap status
without defaults
with settings ALGO=zstd SIZE=128 PRIORITY=7
expect zramswap_size $((128 << 20)) "$(< $sys/zram0/disksize)"
expect zramswap_algorithm "[zstd]" "$(chosen)"
expect zramswap_priority 7 "$(swaps 5)"
without settings
with percent ALGO=lzo-rle PERCENT=50
holds zramswap_percent $(($(< $sys/zram0/disksize) / 1024 - $(meminfo MemTotal) / 2)) -lt 8
used zramswap_swap_works_again
check zramswap_restarts_or_says_why sh -c "/opt/bin/zramswap restart 2>&1 | grep -qE 'setting up swapspace|Setting up swapspace|removing zram module'"
without percent
modprobe zram
check zram_is_there_again [ -e $sys/zram0 ]

# --- zram-generator: what its unit calls when the device comes and goes
mkdir -p /etc/systemd /lib/systemd
# systemd's own makes swap space with mkswap, too.
# shellcheck disable=SC2016 # for the script
printf '#!/bin/sh\nexec mkswap "$2"\n' > /lib/systemd/systemd-makefs
chmod 755 /lib/systemd/systemd-makefs
generator() {
	/opt/bin/zram-generator "$@"
}
printf '[zram0]\nzram-size = 96\ncompression-algorithm = zstd\n' > /etc/systemd/zram-generator.conf
check generator_sets_up generator --setup-device zram0
expect generator_size $((96 << 20)) "$(< $sys/zram0/disksize)"
expect generator_algorithm "[zstd]" "$(chosen)"
check generator_swap_on swapon -p 100 /dev/zram0
used generator_swap_works
check generator_swap_off swapoff /dev/zram0
check generator_resets generator --reset-device zram0
expect generator_reset_it 0 "$(< $sys/zram0/initstate)"
printf '[zram0]\nzram-size = ram / 2\ncompression-algorithm = nosuch\n' > /etc/systemd/zram-generator.conf
check generator_goes_on_without_the_algorithm generator --setup-device zram0
holds generator_half_the_memory $(($(< $sys/zram0/disksize) / 1024 - $(meminfo MemTotal) / 2)) -lt 1025
check generator_resets_again generator --reset-device zram0
dd if=/dev/zero of=/tmp/backing bs=1M count=4 2> /dev/null
loop=$(losetup -f)
losetup "$loop" /tmp/backing
printf '[zram0]\nzram-size = 64\nwriteback-device = %s\n' "$loop" > /etc/systemd/zram-generator.conf
check generator_sets_up_writeback generator --setup-device zram0
expect generator_backing_device "$loop" "$(< $sys/zram0/backing_dev)"
check generator_resets_writeback generator --reset-device zram0
expect generator_gave_the_device_back none "$(< $sys/zram0/backing_dev)"

# --- the order in which a newer zram-generator writes
order() {
	expect "order_$1" OK "$(store "$1" "$2")"
}
order comp_algorithm lz4
order recomp_algorithm "algo=zstd priority=1"
check order_is_shown grep -q "#1: .*\[zstd\]" $sys/zram0/recomp_algorithm
order backing_dev "$loop"
order mem_limit 48M
order disksize 96M
expect order_mem_limit_holds $((48 << 20)) "$(mm 4)"
check order_mkswap mkswap /dev/zram0
check order_swapon swapon -p 100 --discard /dev/zram0
used order_swap_works
check order_swapoff swapoff /dev/zram0
order reset 1
expect order_all_is_gone "0 0 0" "$(< $sys/zram0/initstate) $(< $sys/zram0/disksize) $(mm 4)"
expect order_backing_is_gone none "$(< $sys/zram0/backing_dev)"
finish
