#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Random texts into every attribute of a live device: a store that fails changes nothing
# and is logged. zmem.seed on the command line repeats a run.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh

# What backing_dev may be given.
for n in 0 1 2 3; do
	truncate -s 8M /tmp/backing$n
	check loop${n}_is_made losetup /dev/loop$n /tmp/backing$n
done

# --- one text that each attribute refuses, and the line in the log
mapfile -t names < <(parsers list)
holds attributes_are_found ${#names[@]} -ge 8
new_device ""
for name in "${names[@]}"; do
	path=$sys/$dev/$name
	who=$dev:
	if [ "$name" = hot_remove ]; then
		path=$control/hot_remove
		who="zram-control: hot_remove"
	fi
	mark_log
	got=$(sysfs_store "$path" "nosuch_$name")
	case $name in
	max_comp_streams) expect "${name}_takes_anything" OK "$got" ;;
	*)
		refuses "${name}_refuses" [ "$got" = OK ]
		check "${name}_is_logged" log_has "$who" "$name: refused \"nosuch_$name\""
		;;
	esac
done
expect goes OK "$(remove_device)"

# --- random texts
seed=${ZMEM_seed:-$(od -An -N4 -tu4 /dev/urandom | tr -d ' ')}
count=${ZMEM_texts:-20000}
say "seed $seed: repeat with zmem.seed=$seed"
start=$(date +%s)
check texts_fail_cleanly parsers texts "$seed" "$count"
say "$count texts: $(($(date +%s) - start)) s"

# --- every order of three stores, with everything read after each
start=$(date +%s)
check orders_are_harmless parsers orders
say "orders: $(($(date +%s) - start)) s"

for n in 0 1 2 3; do
	check loop${n}_is_free losetup -d /dev/loop$n
done
finish
