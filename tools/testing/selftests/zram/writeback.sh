#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Pages go to the backing device and come back: every attribute, every way to say which
# pages, every refusal, and what is on the device afterwards.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh
# shellcheck source=tools/testing/selftests/zram/wblib.sh
. /usr/libexec/zram/wblib.sh

mode() {
	stat -c %a "$sys/$dev/$1"
}

make_backing 0 4

# --- attributes before there is a size
new_device ""
d=$sys/$dev
for attr in backing_dev writeback_limit writeback_limit_enable writeback_batch_size \
	compressed_writeback; do
	expect "mode_$attr" 644 "$(mode $attr)"
done
expect mode_writeback 200 "$(mode writeback)"
expect mode_bd_stat 444 "$(mode bd_stat)"
expect backing_dev_none none "$(< "$d"/backing_dev)"
expect bd_stat_format "       0        0        0" "$(< "$d"/bd_stat)"
expect batch_size_default 32 "$(< "$d"/writeback_batch_size)"
expect compressed_default 0 "$(< "$d"/compressed_writeback)"
expect limit_default "0 0" "$(< "$d"/writeback_limit) $(< "$d"/writeback_limit_enable)"
refused writeback_before_init writeback huge EINVAL

# --- what is no backing device (row 73)
truncate -s 0 /tmp/empty
truncate -s 4096 /tmp/onepage
truncate -s 1M /tmp/readonly
losetup /dev/loop1 /tmp/empty
losetup /dev/loop2 /tmp/onepage
losetup -r /dev/loop3 /tmp/readonly
refused backing_blank backing_dev " " EINVAL
refused backing_char_device backing_dev /dev/null ENOTBLK
refused backing_directory backing_dev /tmp ENOTBLK
refused backing_plain_file backing_dev /tmp/empty ENOTBLK
refused backing_that_is_not_there backing_dev /dev/nosuch ENOENT
refused row73_backing_itself backing_dev /dev/"$dev" EINVAL
refused row73_backing_of_size_zero backing_dev /dev/loop1 EINVAL
refused row73_backing_of_one_page backing_dev /dev/loop2 EINVAL
refused row73_backing_read_only backing_dev /dev/loop3 EACCES
mknod /tmp/gone b 239 0		# for local use: nobody has it
refused row73_backing_without_a_driver backing_dev /tmp/gone ENXIO
expect refusals_change_nothing none "$(< "$d"/backing_dev)"
for i in 1 2 3; do
	check "row73_refused_device_${i}_is_free" losetup -d /dev/loop$i
done
first=$dev
new_device ""
refused row73_other_zram_without_a_size backing_dev /dev/"$first" EINVAL
expect other_goes OK "$(remove_device)"
dev=$first

# --- what is one
expect backing_is_taken OK "$(store backing_dev "/dev/loop0
")"
expect backing_is_shown /dev/loop0 "$(< "$d"/backing_dev)"
expect backing_again OK "$(store backing_dev /dev/loop0)"
ln -s /dev/loop0 /tmp/link
expect backing_by_a_link OK "$(store backing_dev /tmp/link)"
expect link_is_followed /dev/loop0 "$(< "$d"/backing_dev)"
refuses backing_is_opened_exclusively mkswap /dev/loop0
new_device ""
refused backing_of_another backing_dev /dev/loop0 EBUSY
expect other_goes_too OK "$(remove_device)"
dev=$first
make_backing 1 2
expect backing_is_replaced OK "$(store backing_dev /dev/loop1)"
expect the_new_one_is_shown /dev/loop1 "$(< "$d"/backing_dev)"
check row72_the_old_one_is_free mkswap /dev/loop0
# Row 72: a device without a size lets go of it, too.
expect row72_reset_without_a_size OK "$(store reset 1)"
expect row72_backing_is_gone none "$(< "$d"/backing_dev)"
check row72_backing_can_be_used mkswap /dev/loop1
check row72_backing_can_go drop_backing 1

# --- limits and sizes
expect limit_is_taken OK "$(store writeback_limit 18446744073709551615)"
expect limit_is_shown 18446744073709551615 "$(< "$d"/writeback_limit)"
refused limit_words writeback_limit much EINVAL
refused limit_too_large writeback_limit 18446744073709551616 EINVAL
refused limit_negative writeback_limit -1 EINVAL
expect limit_enable OK "$(store writeback_limit_enable 1)"
expect limit_enable_is_shown 1 "$(< "$d"/writeback_limit_enable)"
refused limit_enable_two writeback_limit_enable 2 EINVAL
refused limit_enable_words writeback_limit_enable on EINVAL
expect batch_size_is_taken OK "$(store writeback_batch_size 7)"
expect batch_size_is_shown 7 "$(< "$d"/writeback_batch_size)"
refused batch_size_zero writeback_batch_size 0 EINVAL
refused batch_size_words writeback_batch_size all EINVAL
refused batch_size_too_large writeback_batch_size 4294967296 EINVAL
expect compressed_is_taken OK "$(store compressed_writeback 1)"
expect compressed_is_shown 1 "$(< "$d"/compressed_writeback)"
refused compressed_words compressed_writeback maybe EINVAL
expect refusals_change_no_choice "18446744073709551615 1 7 1" \
	"$(cat "$d"/writeback_limit{,_enable} "$d"/writeback_batch_size \
		"$d"/compressed_writeback | xargs)"

# --- after init
set_up disksize 4M
refused writeback_without_a_device writeback huge ENODEV
refused backing_after_init backing_dev /dev/loop0 EBUSY
refused compressed_after_init compressed_writeback 0 EBUSY
expect reset OK "$(store reset 1)"
expect reset_clears_the_budget "0 0" "$(< "$d"/writeback_limit) $(< "$d"/writeback_limit_enable)"
expect goes OK "$(remove_device)"

# --- every way to name pages, both forms on the device
for compressed in 0 1; do
	wipe 0
	backed_device /dev/loop0 16M compressed_writeback $compressed
	n=c$compressed
	check fill_random_$n blkio "$b" random 0 64 1
	check fill_text_$n blkio "$b" write 64 64 2
	check fill_same_$n blkio "$b" repeat 128 16 7
	orig=$(orig_size)
	huge=$(huge_pages)
	expect huge_$n OK "$(store writeback huge)"
	expect huge_went_out_$n "$huge 0 $huge" "$(bd 1) $(bd 2) $(bd 3)"
	expect huge_is_none_left_$n 0 "$(huge_pages)"
	expect written_back_still_counts_$n "$orig" "$(orig_size)"
	check huge_comes_back_$n blkio "$b" israndom 0 64 1
	expect every_read_is_counted_$n 64 "$(bd 2)"
	expect same_pages_stay_$n OK "$(store writeback page_indexes=128-143)"
	expect same_pages_are_skipped_$n 16 "$(same_pages)"
	expect empty_pages_are_skipped_$n OK "$(store writeback page_indexes=144-4095)"
	expect nothing_more_went_out_$n "$huge" "$(bd 3)"

	refused bad_mode_$n writeback large EINVAL
	refused bad_type_$n writeback type=large EINVAL
	refused bad_key_$n writeback page=1 EINVAL
	refused bad_index_$n writeback page_index=x EINVAL
	refused bad_range_$n writeback page_indexes=9-8 EINVAL
	refused index_off_the_disk_$n writeback page_index=4096 ERANGE
	refused range_off_the_disk_$n writeback page_indexes=0-4096 ERANGE
	refused one_good_one_bad_$n writeback "page_index=64 page_index=4096" ERANGE
	expect refusals_write_nothing_$n "$huge" "$(bd 3)"

	expect type_huge_idle_$n OK "$(store writeback type=huge_idle)"
	expect incompressible_$n OK "$(store writeback incompressible)"
	expect several_ranges_$n OK "$(store writeback \
		"page_indexes=64-70 page_index=72 page_indexes=70-71 page_index=127")"
	check all_of_it_reads_back_$n blkio "$b" verify 64 64 2
	expect all_the_rest_$n OK "$(store writeback page_indexes=0-4095)"
	expect nothing_is_left_in_memory_$n 0 "$(compr_size)"
	expect all_went_out_$n "128 128" "$(bd 1) $(bd 3)"
	store compact 1 > /dev/null
	expect no_memory_is_used_$n 0 "$(mem_used)"
	check text_comes_back_$n blkio "$b" verify 64 64 2
	check random_comes_back_$n blkio "$b" israndom 0 64 1
	check same_comes_back_$n blkio "$b" isrepeat 128 16 7
	expect no_io_failed_$n "0 0 0" "$(io 1) $(io 2) $(io 3)"

	# Large requests, through the page cache, at bytes that are no pages
	check cached_read_$n cmp -s <(dd if="$b" bs=1M count=1 iflag=direct 2>/dev/null) \
		<(dd if="$b" bs=3000 count=350 2>/dev/null | head -c 1048576)

	# What is freed, discarded or overwritten gives its block back.
	check overwrite_$n blkio "$b" write 0 32 3
	check overwritten_reads_back_$n blkio "$b" verify 0 32 3
	expect overwriting_frees_blocks_$n 96 "$(bd 1)"
	check discard_$n blkio "$b" discard 32 32
	check discarded_reads_zero_$n blkio "$b" isrepeat 32 32 0
	expect discarding_frees_blocks_$n 64 "$(bd 1)"
	check zeroes_$n blkio "$b" zeroout 64 64
	expect all_blocks_are_free_$n 0 "$(bd 1)"
	expect goes_$n OK "$(remove_device)"
done

# --- row 74: the page that was named, and no other, is on the device as it is
wipe 0
backed_device /dev/loop0 16M
check row74_fill blkio "$b" write 0 256 4
want=$(page_of "$b" 37)
expect row74_one_page OK "$(store writeback page_index=37)"
sync
expect row74_first_block_is_left_alone "$(head -c 4096 /dev/zero | tr '\0' '\252' | md5sum)" \
	"$(head -c 4096 $img.0 | md5sum)"
expect row74_the_named_page_is_on_the_device "$want" "$(page_of $img.0 1)"
dd if=$img.0 bs=4096 skip=2 2>/dev/null | tr -d '\252' > /tmp/rest
expect row74_nothing_else_is 0 "$(stat -c %s /tmp/rest)"
expect row74_one_block "1 0 1" "$(bd 1) $(bd 2) $(bd 3)"
check row74_reads_back blkio "$b" verify 37 1 4

expect goes_after_row74 OK "$(remove_device)"

# --- one changed byte on the device, which no decoder sees: not if there are checksums
for compressed in 0 1; do
	wipe 0
	backed_device /dev/loop0 16M checksum 1 compressed_writeback $compressed
	check damage_fill_$compressed blkio "$b" random 0 2 4
	expect damage_write_$compressed OK "$(store writeback page_indexes=0-1)"
	sync
	printf '\0\0\0\0' | dd of=$img.0 bs=1 seek=$((4096 + 1000)) conv=notrunc 2>/dev/null
	expect damaged_page_is_an_io_error_$compressed EIO \
		"$(blkio "$b" israndom 0 1 4 | cut -d' ' -f1)"
	expect damage_fails_one_read_$compressed 1 "$(io 1)"
	check damage_is_nobody_elses_$compressed blkio "$b" israndom 1 1 4
	check damaged_page_is_overwritten_$compressed blkio "$b" random 0 1 5
	check damage_is_mended_$compressed blkio "$b" israndom 0 1 5
	expect goes_after_damage_$compressed OK "$(remove_device)"
done

# --- compressed: the object, and behind it zeros and nothing else
wipe 0
backed_device /dev/loop0 16M compressed_writeback 1
# One that compresses well: how much of a page is noise differs by seed.
for seed in {1..40}; do
	blkio "$b" write 8 1 "$seed" > /dev/null
	size=$(compr_size)
	[ "$size" -lt 3000 ] && break
done
expect tail_write OK "$(store writeback page_index=8)"
sync
dd if=$img.0 bs=4096 skip=1 count=1 2>/dev/null | tail -c $((4096 - size)) | tr -d '\0' > /tmp/rest
holds tail_object_is_smaller_than_a_page "$size" -lt 4000
expect tail_is_zero 0 "$(stat -c %s /tmp/rest)"
check tail_reads_back blkio "$b" verify 8 1 "$seed"
expect goes_after_tail OK "$(remove_device)"

check backing_goes drop_backing 0
finish
