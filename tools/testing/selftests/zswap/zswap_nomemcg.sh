#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Without the memory controller: pages are stored, shrunk by memory pressure and by the
# limit, and come back. Census rows 104 and 105.
# shellcheck source=tools/testing/selftests/zram/lib.sh
. /usr/libexec/zram/lib.sh
# shellcheck source=tools/testing/selftests/zswap/zswaplib.sh
. /usr/libexec/zram/zswaplib.sh

disk=$(scratch 1)
check swapon swap_on "$disk"
expect controller_is_off 0 "$(awk '$1 == "memory" { print $4 }' /proc/cgroups)"
start one 4000
tell one fill text > /dev/null
goes_out goes_out one 4000
figures_agree nomemcg
must max_pool_percent 100
swapstress 220 3 5
say "shrinker: $(counter written_back_pages) written back"
holds shrinker_writes_back "$(counter written_back_pages)" -gt 10
must max_pool_percent 1
swapstress 100 2 3
holds limit_is_hit "$(counter pool_limit_hit)" -gt 0
expect comes_back "$(all_right 4000)" "$(tell one verify2)"
end one
check swapoff swapoff "$disk"
nothing_left nomemcg
finish
