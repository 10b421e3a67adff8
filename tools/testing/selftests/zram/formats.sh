#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# What users and their tools read and write, next to the kernel's own zram: one sequence of operations
# gives a value for each key; peer-formats.txt holds what the base's own gave for it ("make
# peer-formats"), and each difference stands in formats.table with its reason. With
# ZMEM_record=1 the values are printed and nothing is compared.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh
# shellcheck source=tools/testing/selftests/zram/formatslib.sh
. /usr/libexec/zram/formatslib.sh

# The peer warns of one of the sizes.
[ "${ZMEM_record:-0}" = 0 ] || echo 0 > /proc/sys/kernel/panic_on_warn

dev=zram0
d=$sys/$dev
debug=/sys/kernel/debug/zram/$dev

# --- what there is, with which rights
for file in "$d"/* "$control"/* /sys/module/zram/parameters/* "$debug"/*; do
	[ -f "$file" ] && note "mode${file#/sys}" "$(stat -c %a "$file")"
done

# --- before there is a size
shown_all fresh
for file in "$d"/queue/*; do
	[ -f "$file" ] && note "queue/${file##*/}" "$(cat "$file" 2>&1)"
done
for alg in lzo lzo-rle lz4 lz4hc zstd deflate 842 nosuch '' "$(printf 'x%.0s' {1..200})" lzo-rle; do
	tried fresh comp_algorithm "$alg"
	shown fresh comp_algorithm
done
for text in 0 abc '' -1 G K 18446744073709551615 18446744073709551616 1Gjunk "1G 2G"; do
	tried fresh disksize "$text"
	shown fresh disksize
	back_to_fresh
done
for text in 1 5000 64K 3M 1G 2g 0x100000 010000; do
	tried fresh disksize "$text"
	shown fresh disksize
	note "fresh/size=$text" "$(< "$d"/size)"
	tried fresh reset 1
done
for text in 0 '' now 65536 1junk -1; do
	tried fresh reset "$text"
done
for text in 0 4096 1M '' words -1 1Mjunk 0; do
	tried fresh mem_limit "$text"
	shown fresh mm_stat
done
for text in 0 1 '' words 0junk; do
	tried fresh mem_used_max "$text"
done
for text in 0 1 2 4 words; do
	tried fresh max_comp_streams "$text"
	shown fresh max_comp_streams
done
for text in 1 0 ''; do
	tried fresh compact "$text"
done
for text in all 10 '' words; do
	tried fresh idle "$text"
done
for text in idle huge huge_idle page_index=0 words ''; do
	tried fresh writeback "$text"
done
for text in 0 1 words '' 2; do
	tried fresh writeback_limit_enable "$text"
	shown fresh writeback_limit_enable
	tried fresh writeback_limit_enable 0
done
for text in 0 10 words '' -1 0; do
	tried fresh writeback_limit "$text"
	shown fresh writeback_limit
done

# --- the backing device
disk=$(backing 4)
for text in /nonexistent /etc/passwd /dev/null '' "$disk"; do
	tried fresh backing_dev "$text"
	shown fresh backing_dev
done
tried fresh backing_dev "$disk"
tried fresh reset 1
shown reset backing_dev
tried fresh backing_dev "$disk"

# --- with a size, and nothing in it
tried ready disksize 64M
shown_all ready
tried ready disksize 32M
for text in lzo nosuch lzo-rle; do
	tried ready comp_algorithm "$text"
done
tried ready backing_dev "$disk"
for text in 4096 1M 5000 words 0; do
	tried ready mem_limit "$text"
	shown ready mm_stat
done

# --- pages of each kind
did same_filled repeat 0 16 7
did zeroes repeat 16 16 0
did compressible write 32 64 1
did incompressible random 256 64 2
did reread verify 32 64 1
shown_all filled
did rewrite write 32 64 2
shown rewritten mm_stat
did discard discard 0 8
did zeroout zeroout 8 8
shown freed mm_stat
shown freed io_stat
for text in 1 '' anything; do
	tried filled compact "$text"
done
for text in 1 words 0; do
	tried filled mem_used_max "$text"
done
did past_the_end rawwrite $((64 << 20)) 4096
did not_aligned rawwrite 512 512
shown filled io_stat
shown filled debug_stat

# --- what no memory is left for
tried full mem_limit 4096
did over_the_limit random 512 8 3
shown full io_stat
tried full mem_limit 0

# --- idle pages, and what the state of a page looks like
blocks marked "$debug"/block_state
for text in words '' -1 99999999 all; do
	tried filled idle "$text"
done
blocks idle "$debug"/block_state
did touched verify 40 4 2
blocks touched "$debug"/block_state

# --- pages that go to the backing device
for text in words '' idles page_index= page_index=x page_index=99999999; do
	tried filled writeback "$text"
done
tried filled writeback_limit_enable 1
tried filled writeback_limit 0
tried spent writeback idle
tried spent writeback_limit 4
tried spent writeback huge
shown spent writeback_limit
shown spent bd_stat
tried spent writeback_limit_enable 0
for text in page_index=50 huge_idle idle huge; do
	tried filled writeback "$text"
	shown "written_back_$text" bd_stat
done
blocks written_back "$debug"/block_state
did read_from_there verify 40 4 2
did read_incompressible_from_there israndom 256 64 2
shown read bd_stat
did discard_there discard 256 32
shown discarded bd_stat
shown_all worn

# --- in use, and gone
blkio /dev/$dev hold 3 0 &
sleep 1
tried busy reset 1
tried_path busy hot_remove $control/hot_remove 0
wait
tried worn reset 1
shown_all again
for text in -1 4711 words '' '0junk'; do
	tried_path fresh hot_remove $control/hot_remove "$text"
done
note fresh/hot_add "$(cat $control/hot_add)"
note fresh/hot_add_again "$(cat $control/hot_add)"
tried_path fresh hot_remove $control/hot_remove 1
tried_path fresh hot_remove_twice $control/hot_remove 1
note fresh/hot_add_lowest "$(cat $control/hot_add)"
tried_path fresh hot_add $control/hot_add 1
for id in 0 1 2; do
	tried_path last "hot_remove_$id" $control/hot_remove $id
done
note last/hot_add "$(cat $control/hot_add)"

compare
finish
