# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# Paths and helpers that the scripts of this directory share.

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
tools=$top/tools/testing/build
export BUILD=${BUILD:-$top/build}
export LOG=${LOG:-$BUILD/log}
export JOBS=${JOBS:-$(nproc)}
export SOURCE=${SOURCE:-/usr/src/linux-source-6.1.tar.xz}

# The kernel's make must not inherit flags or a job server from ours.
unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES

die()
{
	echo "${0##*/}: $*" >&2
	exit 1
}

# One writer at a time for a tree or a build directory: lock NAME
lock()
{
	mkdir -p "$BUILD"
	exec 9>"$BUILD/.lock-$1"
	if ! flock -n 9; then
		echo "waiting for another make that works on $1"
		flock 9
	fi
}

step()
{
	"$tools/step" "$@"
}
