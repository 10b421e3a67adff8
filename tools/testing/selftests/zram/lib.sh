# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# What every guest suite shares: giving results, making devices, storing into
# attributes. A suite sources this first and calls "finish" last; a suite that
# dies before that has failed, because its END line is missing.

results=0
sys=/sys/block
control=/sys/class/zram-control
# What can be chosen; Debian's own kernel is built without the library of the last one.
algorithms="lzo lzo-rle lz4 lz4hc zstd deflate"
[ "${ZMEM_stock:-0}" = 1 ] || algorithms+=" 842"

ok() {
	results=$((results + 1))
	echo "ok $1" >&3
	echo "ok $1"
}

not_ok() {
	results=$((results + 1))
	echo "not ok $1 - $(echo "$2" | tr '\n' ' ')" >&3
	echo "not ok $1 - $2"
}

# expect NAME WANTED GOT
expect() {
	if [ "$2" = "$3" ]; then
		ok "$1"
	else
		not_ok "$1" "wanted '$2', got '$3'"
	fi
}

# holds NAME CONDITION...: CONDITION is what [ ] takes
holds() {
	local name=$1
	shift
	if [ "$@" ]; then
		ok "$name"
	else
		not_ok "$name" "does not hold: $*"
	fi
}

# check NAME COMMAND...: its words go to the console, and are the reason if it fails
check() {
	local name=$1 words
	shift
	if words=$("$@" 2>&1); then
		ok "$name"
		[ -z "$words" ] || echo "$words"
	else
		not_ok "$name" "$* failed: $(echo "$words" | tail -n 3)"
	fi
}

# refuses NAME COMMAND...: the command must fail
refuses() {
	local name=$1
	shift
	if "$@" > /dev/null 2>&1; then
		not_ok "$name" "$* succeeded"
	else
		ok "$name"
	fi
}

fact() {
	echo "= $*" >&3
}

say() {
	echo "# $*" >&3
	echo "# $*"
}

# store ATTRIBUTE TEXT: the attribute of the current device; prints OK or errno
store() {
	sysfs_store "$sys/$dev/$1" "$2"
}

# set_up ATTRIBUTE TEXT: a store that the suite cannot go on without
set_up() {
	local got
	got=$(store "$1" "$2")
	[ "$got" = OK ] && return
	not_ok "set_up_$1" "storing '$2' gives $got"
	finish
	poweroff -f
}

# mm COLUMN, io COLUMN: one figure, columns numbered from 1
mm() {
	local f
	read -r -a f < "$sys/$dev/mm_stat"
	echo "${f[$(($1 - 1))]}"
}
io() {
	local f
	read -r -a f < "$sys/$dev/io_stat"
	echo "${f[$(($1 - 1))]}"
}
orig_size() { mm 1; }
compr_size() { mm 2; }
mem_used() { mm 3; }
same_pages() { mm 6; }
huge_pages() { mm 8; }

# new_device SIZE [ALGORITHM]: makes $dev the name of a fresh device
new_device() {
	local id
	read -r id < $control/hot_add
	dev=zram$id
	[ -z "$2" ] || set_up comp_algorithm "$2"
	[ -z "$1" ] || set_up disksize "$1"
}

# remove_device: resets and removes $dev
remove_device() {
	store reset 1 > /dev/null
	sysfs_store $control/hot_remove "${dev#zram}"
}

# mark_log, log_has WORD...: does one line since the mark hold all the words?
mark_log() {
	mark="mark-$RANDOM-$RANDOM"
	echo "$mark" > /dev/kmsg
}
log_has() {
	local lines word
	# The time stamp is no part of the message.
	lines=$(dmesg | sed "1,/$mark/d" | sed 's/^\[[^]]*\] //')
	for word; do
		lines=$(grep -F -- "$word" <<< "$lines") || return 1
	done
}

# logged NAME KEY VALUE PATH: the store of VALUE that has just been refused was
# logged with its key and value. The log is rate-limited: a line that is missing gets a second
# chance in the next interval.
logged() {
	if ! log_has "$2" "$3"; then
		sleep 5.2
		mark_log
		sysfs_store "$4" "$3" > /dev/null
	fi
	check "$1_is_logged" log_has "$2" "$3"
}

# refused NAME ATTRIBUTE TEXT ERROR: the store into the current device fails so, and the
# log names the text
refused() {
	mark_log
	expect "$1" "$4" "$(store "$2" "$3")"
	logged "$1" "$2" "$3" "$sys/$dev/$2"
}

# meminfo FIELD: in KiB
meminfo() {
	local key value rest
	while read -r key value rest; do
		[ "$key" = "$1:" ] && echo "$value"
	done < /proc/meminfo
}

vmstat() {
	local key value
	while read -r key value; do
		[ "$key" = "$1" ] && echo "$value"
	done < /proc/vmstat
}

# settle: what is freed late is free now
settle() {
	sync
	echo 3 > /proc/sys/vm/drop_caches
	sleep 0.3
}

# The last statement of every suite: nothing may be wrong with the kernel. $taint is
# what a suite has done to it on purpose, $ZMEM_taint what loading modules has.
finish() {
	local leak=/sys/kernel/debug/kmemleak
	if [ -e $leak ] && echo scan > $leak 2>/dev/null; then
		sleep 6
		echo scan > $leak
		expect kernel_leaks_no_memory "" "$(head -c 600 $leak)"
	fi
	expect kernel_is_not_tainted $((${taint:-0} | ${ZMEM_taint:-0})) "$(< /proc/sys/kernel/tainted)"
	echo "END $results" >&3
}
