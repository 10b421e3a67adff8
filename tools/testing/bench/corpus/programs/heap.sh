# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# A shell that has sourced a lot: functions, arrays, a long history of strings.
RANDOM=1
declare -A table
lines=()
for ((n = 0; n < 12000; n++)); do
	lines+=("line $n: $RANDOM of ${n}th, with the words some lines have $((RANDOM % 100))")
	table[key$RANDOM]="/usr/share/doc/package$((RANDOM % 500))/file$n"
done
for ((n = 0; n < 800; n++)); do
	eval "function helper_$n() { local a=\$1 b=$n; if [ \"\$a\" -gt $n ]; then echo \$((a * b)); else return $((n % 3)); fi; }"
done
echo ready "${#lines[@]}" "${#table[@]}"
read -r _
