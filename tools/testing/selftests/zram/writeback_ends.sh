#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Where writing back ends: the budget, a full device, a reset; one disk on another; and
# pages of swap.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh
# shellcheck source=tools/testing/selftests/zram/wblib.sh
. /usr/libexec/zram/wblib.sh

make_backing 0 4

# --- the budget (row 80)
backed_device /dev/loop0 16M
check budget_fill blkio "$b" random 0 100 1
set_up writeback_limit_enable 1
refused budget_of_nothing writeback huge EIO
expect budget_of_nothing_writes_nothing 0 "$(bd 3)"
set_up writeback_limit 30
refused budget_is_spent writeback huge EIO
expect row80_written_is_what_was_left "30 0" "$(bd 3) $(< "$d"/writeback_limit)"
set_up writeback_limit 1000
expect budget_is_enough OK "$(store writeback huge)"
expect row80_before_minus_written_is_after $((1000 - (100 - 30))) "$(< "$d"/writeback_limit)"
set_up writeback_limit 5
set_up writeback_limit_enable 0
check budget_refill blkio "$b" random 0 50 2
expect budget_off OK "$(store writeback huge)"
expect budget_off_is_not_counted 5 "$(< "$d"/writeback_limit)"
check budget_reads_back blkio "$b" israndom 0 50 2

# Limits that change, pages that are overwritten, and two tasks that write back: what is
# left and what was written are the limit, to the page.
written=$(bd 3)
set_up writeback_limit 100000
set_up writeback_limit_enable 1
for i in 1 2; do
	(
		for _ in {1..40}; do
			store writeback huge > /dev/null
			store writeback page_indexes=0-4095 > /dev/null
		done
	) &
done
for i in {1..40}; do
	blkio "$b" random 0 60 "$i" > /dev/null
done
wait
expect row80_two_writers 100000 $(($(< "$d"/writeback_limit) + $(bd 3) - written))
check row80_reads_back blkio "$b" israndom 0 60 40
expect goes_after_budget OK "$(remove_device)"

# --- a full device: 4 MiB are 1023 blocks
backed_device /dev/loop0 16M
check full_fill blkio "$b" random 0 1100 5
refused device_is_full writeback huge ENOSPC
expect full_is_full 1023 "$(bd 1)"
expect full_keeps_the_rest 77 "$(huge_pages)"
check full_reads_back blkio "$b" israndom 0 1100 5
check full_discard blkio "$b" discard 0 200
expect full_goes_on OK "$(store writeback huge)"
expect full_takes_the_rest $((1100 - 200)) "$(bd 1)"
check full_reads_back_again blkio "$b" israndom 200 900 5

# --- reset gives the device back, and what is on it is no part of the next life
expect reset_full OK "$(store reset 1)"
expect reset_forgets_the_backing none "$(< "$d"/backing_dev)"
expect bd_stat_after_reset "0 0 0" "$(xargs < "$d"/bd_stat)"
check backing_is_reusable mkswap /dev/loop0
set_up backing_dev /dev/loop0
set_up disksize 8M
check next_life_is_empty blkio "$b" isrepeat 0 2048 0
check next_life_writes blkio "$b" random 0 10 6
expect next_life_writes_back OK "$(store writeback huge)"
check next_life_reads blkio "$b" israndom 0 10 6
expect goes_after_full OK "$(remove_device)"
check removal_gives_it_back mkswap /dev/loop0

# --- one disk on top of another
new_device 8M
lower=$dev
backed_device /dev/"$lower" 8M
check stacked_fill blkio "$b" write 0 300 8
expect stacked_writeback OK "$(store writeback page_indexes=0-2047)"
expect stacked_went_out 300 "$(bd 1)"
check stacked_reads_back blkio "$b" verify 0 300 8
upper=$dev
dev=$lower
refused stacked_lower_stays reset 1 EBUSY
dev=$upper
expect stacked_upper_goes OK "$(remove_device)"
dev=$lower
expect stacked_lower_goes OK "$(remove_device)"

# --- swap
backed_device /dev/loop0 16M
check swap_mkswap mkswap "$b"
check swap_on swapon "$b"
expect swap_writeback OK "$(store writeback page_indexes=0-4095)"
check swap_off swapoff "$b"
expect goes_at_last OK "$(remove_device)"
check backing_goes drop_backing 0
finish
