# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# What the zswap suites share, on top of lib.sh: swap areas on real disks, parameters,
# counters, processes whose pages do what they are told.

parameters=/sys/module/zswap/parameters
counters=/sys/kernel/debug/zswap
cgroups=/sys/fs/cgroup

# set_param NAME VALUE: prints OK or the error
set_param() {
	sysfs_store "$parameters/$1" "$2"
}

param() {
	cat "$parameters/$1"
}

# must NAME VALUE: a parameter that the suite cannot go on without
must() {
	local got
	got=$(set_param "$1" "$2")
	[ "$got" = OK ] && return
	not_ok "must_set_$1" "storing '$2' gives $got"
	finish
	poweroff -f
}

# counter NAME: a file of zswap in debugfs
counter() {
	cat "$counters/$1"
}

# audit WHAT: counted entry by entry
audit() {
	local key value
	while read -r key value; do
		[ "$key" = "$1" ] && echo "$value"
	done < "$counters/audit"
}

# scratch N: the Nth empty disk, counted from 1; $1 disks of the suite come before it
scratch() {
	local letters=abcdefgh
	echo "/dev/${ZMEM_disk:?}${letters:$(($1 - 1 + ${read_only_disks:-0})):1}"
}

# start NAME PAGES [CGROUP [huge|FILE]]: a process of swappages, in a cgroup
start() {
	local name=$1 pages=$2 group=${3:-} what=${4:-}
	mkfifo "/tmp/$name.in" "/tmp/$name.out"
	(
		# Those that were started before go on until their own pipes are closed.
		for fd in "${in_fd[@]}"; do
			exec {fd}>&-
		done
		[ -z "$group" ] || echo "$BASHPID" > "$cgroups/$group/cgroup.procs"
		exec swappages "$pages" ${what:+"$what"} < "/tmp/$name.in" > "/tmp/$name.out"
	) &
	pids[$name]=$!
	exec {fd}> "/tmp/$name.in"
	in_fd[$name]=$fd
	exec {fd}< "/tmp/$name.out"
	out_fd[$name]=$fd
}
declare -A pids in_fd out_fd

# tell NAME COMMAND...: prints its answer; send and answer are its two halves
send() {
	local name=$1
	shift
	echo "$*" >&"${in_fd[$name]}"
}
answer() {
	local line
	read -r line <&"${out_fd[$1]}"
	echo "$line"
}
tell() {
	send "$@"
	answer "$1"
}

# goes_out RESULT NAME PAGES: but for the few that another CPU has not put on a list yet
goes_out() {
	local pages
	read -r _ pages <<< "$(tell "$2" out)"
	holds "$1" "$pages" -ge $(($3 - 64))
}

# end NAME: the process exits, its pages are given back
end() {
	local fd=${in_fd[$1]} out=${out_fd[$1]}
	# Others that were started later have its input open as well.
	send "$1" quit
	exec {fd}>&- {out}<&-
	wait "${pids[$1]}"
	rm -f "/tmp/$1.in" "/tmp/$1.out"
}

# out NAME: all of its pages, also those that wait on some processor for their place on a list
out() {
	settle
	tell "$1" out
}

# all_out RESULT NAME PAGES: goes_out, of pages that were filled just now
all_out() {
	settle
	goes_out "$@"
}

# quiet: who makes room in the pool has done so, however slow the machine is
quiet() {
	local before now i
	for ((i = 0; i < 60; i++)); do
		before=$now
		sleep 1.5
		now="$(counter written_back_pages) $(counter stored_pages)"
		[ "$now" != "$before" ] || break
	done
}

# all_right PAGES: what verify answers then
all_right() {
	echo "right $1 wrong 0 old 0 bus 0"
}

# tally WORD TEXT: one figure of what verify said
tally() {
	local rest=${2#*"$1" }
	echo "${rest%% *}"
}

# damage NR [STEP]: so many stored objects, the first of every STEP
damage() {
	echo "${2:-1}" > $counters/damage_step
	echo "$1" > $counters/damage
}

# cgroups_disagree: what memory.stat of the cgroups says that is not so. All that is charged
# is in the root's figures, also what was charged to a cgroup that is gone.
cgroups_disagree() {
	local dir key
	for key in zswapped:charged:4096 zswap:charged_bytes:1; do
		IFS=: read -r key what unit <<< "$key"
		[ "$(memcg . "$key")" = $(($(audit "$what") * unit)) ] ||
			echo "$key $(memcg . "$key"), $what $(audit "$what")"
	done
	while read -r dir; do
		dir=${dir#"$cgroups"/}
		[ "$(< "$cgroups/$dir/memory.zswap.current")" = "$(memcg "$dir" zswap)" ] ||
			echo "$dir: memory.zswap.current"
	done < <(find $cgroups -mindepth 1 -type d)
}

# figures_agree NAME: what is counted is what is there
figures_agree() {
	local entries listed same
	settle
	entries=$(audit entries)
	listed=$(audit listed)
	same=$(audit same)
	expect "$1_stored_pages" "$entries" "$(counter stored_pages)"
	expect "$1_same_filled_pages" "$same" "$(counter same_filled_pages)"
	expect "$1_meminfo_Zswapped" $((entries * 4)) "$(meminfo Zswapped)"
	expect "$1_lists_hold_all_others" $((entries - same)) "$listed"
	expect "$1_meminfo_Zswap" $(($(counter pool_total_size) / 1024)) "$(meminfo Zswap)"
	holds "$1_pool_is_as_large_as_its_objects" "$(counter pool_total_size)" -ge "$(audit bytes)"
	[ -e $cgroups/cgroup.procs ] || return
	# What processors have counted is added up every two seconds.
	for _ in {1..30}; do
		[ -n "$(cgroups_disagree)" ] || break
		sleep 0.1
	done
	expect "$1_cgroups" "" "$(cgroups_disagree)"
}

# nothing_left NAME: after swapoff
nothing_left() {
	settle
	expect "$1_no_entries" 0 "$(audit entries)"
	expect "$1_no_stored_pages" 0 "$(counter stored_pages)"
	expect "$1_nothing_under_way" 0 "$(audit inflight)"
	holds "$1_pool_is_empty" "$(counter pool_total_size)" -le 65536
}

# swap_on DISK [SIZE]: filled with 0x5a from end to end first, if SIZE is given in MiB
swap_on() {
	[ -z "${2:-}" ] || tr '\0' Z < /dev/zero | dd of="$1" bs=1M count="$2" iflag=fullblock 2> /dev/null
	mkswap "$1" > /dev/null && swapon -p 10 "$1"
}

mount_cgroups() {
	mkdir -p $cgroups
	mount -t cgroup2 cgroup2 $cgroups
	echo +memory > $cgroups/cgroup.subtree_control
}

# new_cgroup GROUP
new_cgroup() {
	mkdir "$cgroups/$1"
}

# uncache GROUP: its pages that are in swap are nowhere else
uncache() {
	sync
	echo "${2:-64M}" > "$cgroups/$1/memory.reclaim" 2> /dev/null
}

# memcg GROUP KEY: a figure of memory.stat
memcg() {
	local key value
	while read -r key value; do
		[ "$key" = "$2" ] && echo "$value"
	done < "$cgroups/$1/memory.stat"
}

# fault KIND KEY VALUE...: when allocations fail; see Documentation/fault-injection
fault() {
	local kind=$1
	shift
	while [ $# -gt 0 ]; do
		echo "$2" > "/sys/kernel/debug/$kind/$1"
		shift 2
	done
}
