#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Unit tests at boot, some stress, everything removed: nobody may have lost memory.
# "finish" asks kmemleak; here it has to be there.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh
# shellcheck source=tools/testing/selftests/zram/wblib.sh
. /usr/libexec/zram/wblib.sh
# shellcheck source=tools/testing/selftests/zram/stormlib.sh
. /usr/libexec/zram/stormlib.sh
# shellcheck source=tools/testing/selftests/zram/stresslib.sh
. /usr/libexec/zram/stresslib.sh

kunit_results
stress "${ZMEM_seconds:-30}"
dev=zram0
expect the_first_device_is_reset OK "$(store reset 1)"
check kmemleak_is_at_work test -w /sys/kernel/debug/kmemleak
check kmemleak_was_not_switched_off sh -c 'echo scan > /sys/kernel/debug/kmemleak'
finish
