#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Levels, windows and dictionaries: what is taken and refused, and what they do.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh

corpus=/dev/${ZMEM_disk:?}a
# Dictionaries: real pages out of the corpus, none of which is written below.
dd if="$corpus" of=/tmp/pages bs=4096 skip=3000 count=28 2> /dev/null
dd if="$corpus" of=/tmp/mega bs=1M count=1 2> /dev/null
dd if="$corpus" of=/tmp/more bs=4096 count=257 2> /dev/null
printf '\067\244\060\354 this is not what it says it is, and long enough' > /tmp/broken
: > /tmp/empty
mkfifo /tmp/pipe
ln -s /tmp/pages /tmp/link

# size ALGORITHM KEYS...: bytes that the same real pages take; KEYS of algorithm_params
size() {
	local alg=$1 n=${pages:-512}
	new_device ""
	set_up comp_algorithm "$alg"
	shift
	[ -z "$*" ] || set_up algorithm_params "algo=$alg $*"
	set_up disksize 16M
	[ "$(blkio /dev/"$dev" copy 0 "$n" "$corpus")" = OK ] || not_ok "size_$alg" "copy fails"
	[ "$(blkio /dev/"$dev" compare 0 "$n" "$corpus")" = OK ] ||
		not_ok "size_$alg" "$* differs"
	bytes=$(compr_size)
	remove_device > /dev/null
}

new_device ""
set_up recomp_algorithm "algo=zstd priority=2"

# --- what is refused changes nothing
refused params_nothing algorithm_params " " EINVAL
refused params_key algorithm_params "priority=0 speed=3" EINVAL
refused params_bare algorithm_params 3 EINVAL
refused params_both algorithm_params "algo=lzo-rle priority=0 level=3" EINVAL
refused params_priority algorithm_params "priority=4 level=3" EINVAL
refused params_not_chosen algorithm_params "priority=1 level=3" EINVAL
refused params_algo_not_chosen algorithm_params "algo=lz4 level=3" EINVAL
refused params_level_word algorithm_params "algo=zstd level=best" EINVAL
refused params_level_too_big algorithm_params "algo=zstd level=2147483648" EINVAL
mark_log
expect row63_level EINVAL "$(store algorithm_params "algo=zstd level=23")"
check row63_level_is_named log_has "zcomp: zstd: level 23 is not in"
refused params_winbits algorithm_params "algo=zstd deflate.winbits=12" EINVAL
refused params_of_lzo algorithm_params "priority=0 level=1" EINVAL
refused params_dict_of_lzo algorithm_params "priority=0 dict=/tmp/pages" EINVAL
refused params_dict_relative algorithm_params "algo=zstd dict=pages" EINVAL
refused params_dict_missing algorithm_params "algo=zstd dict=/tmp/nosuch" EINVAL
refused row63_dict_empty algorithm_params "algo=zstd dict=/tmp/empty" EINVAL
refused params_dict_directory algorithm_params "algo=zstd dict=/tmp" EINVAL
refused params_dict_device algorithm_params "algo=zstd dict=/dev/zero" EINVAL
refused params_dict_pipe algorithm_params "algo=zstd dict=/tmp/pipe" EINVAL
refused params_dict_too_long algorithm_params "algo=zstd dict=/tmp/more" EINVAL
refused params_dict_broken algorithm_params "algo=zstd dict=/tmp/broken" EINVAL
mark_log
expect params_dict_unreadable EINVAL "$(store algorithm_params "algo=zstd dict=/tmp/nosuch")"
check params_dict_is_named log_has 'dictionary "/tmp/nosuch"' "error -2"
expect params_dict_of_1M OK "$(store algorithm_params "algo=zstd dict=/tmp/mega")"
expect params_dict_by_link OK "$(store algorithm_params "algo=zstd dict=/tmp/link")"
expect params_level_lowest OK "$(store algorithm_params "algo=zstd level=-131072")"
expect params_level_highest OK "$(store algorithm_params "priority=2 level=22
")"
set_up comp_algorithm deflate
expect params_winbits_taken OK "$(store algorithm_params "priority=0 deflate.winbits=-12 level=9")"
refused params_winbits_too_big algorithm_params "priority=0 deflate.winbits=16" EINVAL
set_up comp_algorithm 842
refused params_of_842 algorithm_params "priority=0 dict=/tmp/pages" EINVAL
set_up disksize 1M
refused params_after_init algorithm_params "priority=2 level=3" EBUSY
refused params_dict_after_init algorithm_params "priority=2 dict=/tmp/pages" EBUSY
expect params_gone OK "$(remove_device)"

# --- row 63: parameters go with their algorithm, and stay over a reset
new_device ""
set_up comp_algorithm zstd
written() {
	set_up disksize 16M
	blkio /dev/"$dev" copy 0 256 "$corpus" > /dev/null
	compr_size
	set_up reset 1
}
default=$(written)
set_up algorithm_params "algo=zstd dict=/tmp/pages"
with=$(written)
holds dictionary_is_used "$with" -lt "$default"
expect row63_reset_keeps_it "$with" "$(written)"
set_up comp_algorithm zstd
expect row63_the_same_again_keeps_it "$with" "$(written)"
set_up comp_algorithm lzo
set_up comp_algorithm zstd
expect row63_another_algorithm_forgets_it "$default" "$(written)"
set_up algorithm_params "algo=zstd dict=/tmp/pages"
set_up algorithm_params "algo=zstd level=3"
expect what_is_not_named_has_its_default "$default" "$(written)"
set_up algorithm_params "algo=zstd dict=/tmp/pages"
expect refused_changes_nothing EINVAL "$(store algorithm_params "algo=zstd dict=/tmp/empty")"
expect so_the_dictionary_is_still_there "$with" "$(written)"
remove_device > /dev/null

# --- what they bring, on real pages, verified
size lz4
lz4=$bytes
size lz4 dict=/tmp/pages
say "lz4: $lz4 bytes, with a dictionary of 28 pages $bytes"
holds lz4_dictionary_helps "$bytes" -lt "$lz4"
size lz4 level=32
holds lz4_accelerated_is_larger "$bytes" -gt "$lz4"
size zstd
zstd=$bytes
size zstd dict=/tmp/pages
say "zstd: $zstd bytes, with a dictionary of 28 pages $bytes"
holds zstd_dictionary_helps "$bytes" -lt "$zstd"
size zstd level=-50
holds zstd_fast_is_larger "$bytes" -gt "$zstd"
pages=128
size lz4hc
lz4hc=$bytes
size lz4hc dict=/tmp/pages
say "lz4hc: $lz4hc bytes of 128 pages, with a dictionary of 28 pages $bytes"
holds lz4hc_dictionary_helps "$bytes" -lt "$lz4hc"

# --- end to end: written with one dictionary, compressed again with another
new_device ""
set_up comp_algorithm lz4
set_up recomp_algorithm algo=zstd
set_up algorithm_params "algo=lz4 dict=/tmp/pages"
set_up algorithm_params "priority=1 level=9 dict=/tmp/mega"
rm -f /tmp/pages /tmp/mega
set_up disksize 16M
check dict_writes blkio /dev/"$dev" copy 0 512 "$corpus"
was=$(compr_size)
expect dict_again OK "$(store recompress priority=1)"
holds dict_again_helps "$(compr_size)" -lt "$was"
check dict_reads blkio /dev/"$dev" compare 0 512 "$corpus"
check dict_writes_again blkio /dev/"$dev" write 0 128 9
check dict_reads_again blkio /dev/"$dev" verify 0 128 9
expect dict_goes OK "$(remove_device)"
rm -f /tmp/more /tmp/broken /tmp/empty /tmp/pipe /tmp/link
finish
