#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Sizes that are none: what is more than a number, and what wraps when it is rounded up.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh

new_device ""
expect row_f_junk_is_no_size EINVAL "$(store disksize 1Gjunk)"
expect row_f_junk_made_no_disk 0 "$(< $sys/"$dev"/initstate)"
store reset 1 > /dev/null
expect row_f_size_that_wraps EINVAL "$(store disksize 18446744073709551615)"
finish
