#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Everything at once for ZMEM_seconds: readers, writers and discards on one device, while
# its pool is compacted and tuned and the memory manager moves pages about; another device
# that is filled, verified and reset; a third that swaps. All data are verified.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh
# shellcheck source=tools/testing/selftests/zram/stresslib.sh
. /usr/libexec/zram/stresslib.sh

stress "${ZMEM_seconds:-30}"
finish
