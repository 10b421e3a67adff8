#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The unit tests that this kernel ran while it booted (kunit.enable=1): every result is
# one of ours.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh
# shellcheck source=tools/testing/selftests/zram/stresslib.sh
. /usr/libexec/zram/stresslib.sh

kunit_results
finish
