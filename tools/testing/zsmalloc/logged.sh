# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034
# How the harnesses run a program and tell how it ended. The caller sets $dir, where
# logs are below.

# The sanitizers' shadow has its fixed place; more random bits of address than they
# were made for end them before main() now and then.
fixed=()
if setarch "$(uname -m)" -R true 2>/dev/null; then
	fixed=(setarch "$(uname -m)" -R)
fi

# logged LOG COMMAND...: with its results as they come
logged()
{
	local log=$1 status
	shift
	"$@" 2>&1 | tee "$log" | grep --line-buffered -E '^(ok|not ok|#) '
	status=${PIPESTATUS[0]}
	if [ "$status" -ne 0 ] && ! grep -q '^not ok ' "$log"; then
		grep -vE '^(ok|#) ' "$log" | head -n 25 | sed 's/^/#   /'
		echo "not ok ${log#"$dir"/} - ended with status $status"
	elif ! grep -qE '^(not )?ok ' "$log"; then
		echo "not ok ${log#"$dir"/} - said nothing"
		status=1
	fi
	return "$status"
}
