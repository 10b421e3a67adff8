# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2154 # lib.sh comes first
# What the long runs share: the unit tests' results, and everything at once.

pools=/sys/kernel/debug/zsmalloc
tracing=/sys/kernel/debug/tracing

# kunit_results: one result for each case that ran while the kernel booted
kunit_results() {
	local suite line cases=0
	# TAINT_TEST: that is what unit tests do
	taint=$((1 << 18))
	for suite in zsmalloc zcomp zram zswap; do
		holds "unit_tests_of_${suite}_ran" \
			"$(find /sys/kernel/debug/kunit -name "${suite}_*" | wc -l)" -gt 3
	done
	for suite in /sys/kernel/debug/kunit/{zsmalloc,zcomp,zram,zswap}_*; do
		while read -r line; do
			# "ok 1 name" or "not ok 1 - name"
			case $line in
			ok\ *) ok "${suite##*/}.${line##* }" ;;
			*) not_ok "${suite##*/}.${line##* }" "see the console" ;;
			esac
			cases=$((cases + 1))
		done < <(grep -E '^ +(not )?ok [0-9]+ (- )?[a-z0-9_]+$' "$suite"/results)
	done
	say "$cases unit tests"
}

# pool_counter POOL NAME
pool_counter() {
	local name value
	while read -r name value; do
		[ "$name" = "$2" ] && echo "$value"
	done < "$pools/$1/stats"
}

# --- what runs until /tmp/stop is there

compact_loop() {
	until [ -e /tmp/stop ]; do
		echo 1 > "$sys/$1"/compact || echo compact >> /tmp/bad
		sleep 0.02
	done
}

# Every threshold there is, to its extremes and back, and everybody looks at the pool.
tune_loop() {
	local n=0
	local texts=("background_permille=0 burst_delay_ms=0 quiet_delay_ms=1"
		"demand_start=0 demand_stop=0" "demand_start=16777216"
		"background_permille=1000" "demand_stop=768 demand_start=3072"
		"background_permille=5 burst_delay_ms=20 quiet_delay_ms=1000")
	until [ -e /tmp/stop ]; do
		echo "${texts[n++ % ${#texts[@]}]}" > "$pools/$1"/tunables || echo tune >> /tmp/bad
		cat "$pools/$1"/{classes,stats,tunables} > /dev/null || echo show >> /tmp/bad
		echo $n > /tmp/tunes."$1"
		sleep 0.1
	done
}

# The memory manager moves what it can move.
memory_loop() {
	until [ -e /tmp/stop ]; do
		[ ! -w /proc/sys/vm/compact_memory ] || echo 1 > /proc/sys/vm/compact_memory
		echo 2 > /proc/sys/vm/drop_caches
		sleep 0.2
	done
}

# A device of its own: filled, verified, partly discarded, verified, reset.
reset_loop() {
	local dev=$1 n=0 algs=(zstd lzo lz4 lzo-rle)
	until [ -e /tmp/stop ]; do
		store comp_algorithm "${algs[n % 4]}" > /dev/null
		[ "$(store disksize 16M)" = OK ] || echo disksize >> /tmp/bad
		for step in "write 0 1000 $n" "random 1000 200 $n" "verify 0 1000 $n" \
			"discard 0 500" "verify 500 500 $n" "israndom 1000 200 $n"; do
			# shellcheck disable=SC2086 # words
			[ "$(blkio /dev/"$dev" $step)" = OK ] || echo "$step" >> /tmp/bad
		done
		[ "$(store reset 1)" = OK ] || echo reset >> /tmp/bad
		n=$((n + 1))
		echo $n > /tmp/resets
	done
}

# pool_is_sound NAME POOL: its compaction was at work, within its bounds, and nothing was wrong
pool_is_sound() {
	holds "$1_copied_at_most_16K_$2" "$(pool_counter "$2" max_bytes_locked)" -le 16384
	holds "$1_visited_at_most_256_$2" "$(pool_counter "$2" max_slots_locked)" -le 256
	holds "$1_moved_objects_$2" "$(pool_counter "$2" objects_moved)" -gt 100
	expect "$1_refused_nothing_$2" 0 "$(pool_counter "$2" handles_refused)"
	expect "$1_damaged_nothing_$2" 0 "$(pool_counter "$2" red_zones_damaged)"
	say "$2: $(grep -E '^(compactions|objects|pages_|pins|max)' "$pools/$2"/stats | xargs)"
}

# stress SECONDS
stress() {
	local seconds=$1 storm other swap files pool got what
	make_backing 0 9
	new_device "" lzo-rle
	set_up backing_dev /dev/loop0
	set_up compressed_writeback $((RANDOM % 2))
	set_up recomp_algorithm "algo=lz4hc priority=1"
	set_up recomp_algorithm "algo=zstd priority=2"
	set_up recomp_algorithm "algo=deflate priority=3"
	set_up disksize 16M
	storm=$dev
	new_device 32M lz4
	files=$dev
	check stress_fio_has_a_disk sh -c "mount -o ro /dev/${ZMEM_disk:?}a /opt &&
		mkfs.ext4 -q /dev/$files && mount -o discard /dev/$files /mnt"
	new_device 128M zstd
	swap=$dev
	new_device
	other=$dev
	rm -f /tmp/stop /tmp/bad /tmp/resets
	for what in writebacks recompressions hots plugs fios; do
		echo 0 > /tmp/$what
	done
	if [ -d $tracing/events/zsmalloc ]; then
		echo 64 > $tracing/buffer_size_kb
		echo 1 > $tracing/events/zsmalloc/enable
	fi
	check stress_swap_on sh -c "mkswap /dev/$swap > /dev/null && swapon /dev/$swap"

	compact_loop "$storm" &
	compact_loop "$swap" &
	tune_loop "$storm" &
	tune_loop "$swap" &
	memory_loop &
	reset_loop "$other" &
	writeback_loop "$storm" &
	recompress_loop "$storm" &
	show_loop "$storm" &
	hot_loop &
	cpu_loop &
	fio_loop &
	swapstress 32 2 "$seconds" > /tmp/swapstress.txt 2>&1 &
	got=$!
	check stress_storm slotstorm /dev/"$storm" 4096 "$seconds" 8
	wait $got
	expect stress_swap 0 $?
	tail -n 3 /tmp/swapstress.txt
	touch /tmp/stop
	wait
	rm /tmp/stop

	expect stress_had_no_other_trouble "" "$(sort /tmp/bad 2> /dev/null | uniq -c | head -n 5)"
	holds stress_reset_a_device "$(cat /tmp/resets)" -gt 0
	for what in writebacks recompressions hots plugs fios; do
		holds "stress_had_$what" "$(< /tmp/$what)" -gt 0
	done
	dev=$storm
	holds stress_pages_went_to_the_device "$(bd 3)" -gt 0
	# Most pages are overwritten before somebody reads them: it takes a while.
	[ "$seconds" -lt 60 ] || holds stress_pages_came_from_the_device "$(bd 2)" -gt 0
	expect stress_damaged_no_object "0 0" "$(< "$sys/$storm"/corrupted) $(< "$sys/$swap"/corrupted)"
	check stress_files_go umount /mnt
	for pool in "$storm" "$swap"; do
		pool_is_sound stress "$pool"
	done
	for what in resets writebacks recompressions hots plugs fios; do
		say "$(< /tmp/$what) $what"
	done
	say "$(vmstat pswpout) pages out, $(vmstat pswpin) in"
	if [ -d $tracing/events/zsmalloc ]; then
		echo 0 > $tracing/events/zsmalloc/enable
		holds stress_was_traced "$(grep -c 'zs_compact_step: pool=zram' $tracing/trace)" -gt 10
	fi
	check stress_swap_off swapoff /dev/"$swap"
	for dev in "$storm" "$swap" "$other" "$files"; do
		expect "stress_failed_no_io_$dev" "0 0" "$(io 1) $(io 2)"
		expect "stress_removes_$dev" OK "$(remove_device)"
	done
}
