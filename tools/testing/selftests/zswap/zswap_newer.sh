#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# What newer kernels' cgroup selftest of zswap, unmodified, says of this kernel: a fact for
# each of its tests. Which of them 6.1 can pass is known to tools/testing/vm/newer.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh
read_only_disks=1
# shellcheck source=tools/testing/selftests/zswap/zswaplib.sh
. /usr/libexec/zram/zswaplib.sh

must zpool zsmalloc
must enabled 1
check swapon swap_on "$(scratch 1)"
mount_cgroups
check mount mount -o ro "/dev/${ZMEM_disk:?}a" /opt
timeout 200 /opt/test_zswap > /tmp/says.txt 2>&1
cat /tmp/says.txt
# "ok 1 # SKIP test_name" is neither
sed -n -e 's/^ok [0-9]* # SKIP //p' /tmp/says.txt | while read -r name; do fact "$name" skip; done
sed -n -e 's/^ok [0-9]* \([a-z]\)/\1/p' /tmp/says.txt | while read -r name; do fact "$name" ok; done
sed -n -e 's/^not ok [0-9]* //p' /tmp/says.txt | while read -r name; do fact "$name" not ok; done
holds every_test_had_its_say "$(grep -cE '^(not )?ok ' /tmp/says.txt)" -ge 7
finish
