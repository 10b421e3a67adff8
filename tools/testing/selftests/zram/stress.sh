#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Everything at once for ZMEM_seconds: readers, writers and discards on one device, while
# its pages are written back and compressed again, its pool is compacted and tuned, and
# the memory manager moves pages about; another device that is filled, verified and reset; a
# third that swaps; a fourth with a file system; others that come and go, and a CPU that does
# the same. All data are verified.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh
# shellcheck source=tools/testing/selftests/zram/wblib.sh
. /usr/libexec/zram/wblib.sh
# shellcheck source=tools/testing/selftests/zram/stormlib.sh
. /usr/libexec/zram/stormlib.sh
# shellcheck source=tools/testing/selftests/zram/stresslib.sh
. /usr/libexec/zram/stresslib.sh

stress "${ZMEM_seconds:-30}"
finish
