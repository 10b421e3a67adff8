#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Bits of stored objects are flipped: who reads such a page is told so, nobody gets other
# bytes than those that were stored, and the machine goes on.
#
# The host flips them in the memory of the machine if it was started for that (make
# peer-rows), else a file in debugfs does.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh
# shellcheck source=tools/testing/selftests/zswap/zswaplib.sh
. /usr/libexec/zram/zswaplib.sh

pages=1000

must zpool zsmalloc
must compressor lzo
must max_pool_percent 50
must enabled 1
check swapon swap_on "$(scratch 1)" 64
start one $pages
start other $pages
tell one fill marked > /dev/null
all_out goes_out one $pages
tell other fill text > /dev/null
all_out other_goes_out other $pages
if [ "${ZMEM_ram:-}" ]; then
	send one await
	fact damage now
	expect host_flipped_bits damaged "$(answer one)"
else
	# In the order of their places in swap: those that were stored first.
	echo $pages > $counters/damage
fi
told=$(tell one verify)
say "with flipped bits: $told"
expect no_page_has_other_bytes 0 "$(tally wrong "$told")"
expect no_page_is_what_was_on_disk 0 "$(tally old "$told")"
holds damage_is_told $(($(tally bus "$told") * 2)) -ge $pages
if [ -e $counters/decompress_fail ]; then
	holds damage_is_counted "$(counter decompress_fail)" -ge "$(tally bus "$told")"
fi
expect the_other_lost_nothing "$(all_right $pages)" "$(tell other verify)"
tell one drop > /dev/null
tell one fill text > /dev/null
tell one out > /dev/null
expect works_on "$(all_right $pages)" "$(tell one verify)"
end one
end other
check swapoff swapoff "$(scratch 1)"
finish
