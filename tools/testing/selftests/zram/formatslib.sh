# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# How formats.sh takes values, and how it compares them with those of the peer.
#
# A value stands on one line, quoted as bash quotes it, so that no blank and no newline is lost.
# What counts memory comes as two keys: the figures, and how they are padded.

values=/tmp/formats.values
: > $values
declare -A noted

# note KEY VALUE: a key that comes again gets a number
note() {
	local key=${1// /_}
	noted[$key]=$((${noted[$key]:-0} + 1))
	[ "${noted[$key]}" = 1 ] || key+="@${noted[$key]}"
	printf '%s %q\n' "$key" "$2" >> $values
}

# shown TAG ATTRIBUTE: what it prints, to the last byte
shown() {
	local text=""
	[ -r "$d/$2" ] || return
	IFS= read -r -d '' text < "$d/$2"
	case $2 in
	*_stat)
		figures "$1/$2" "$text"
		;;
	*)
		note "$1/$2" "$text"
		;;
	esac
}

# figures KEY TEXT: each figure of the last line by itself, and the text with each figure
# replaced by how it is padded: %8 is 8 wide, after a blank where it is not the first
figures() {
	local text=$2 form="" i=0 blanks digits
	local field='^([^ 0-9]*)( *)([0-9]+)(.*)$'
	while [[ ${text//$'\n'/;} =~ $field ]]; do
		blanks=${BASH_REMATCH[2]} digits=${BASH_REMATCH[3]}
		form+=${BASH_REMATCH[1]}
		text=${BASH_REMATCH[4]}
		i=$((i + 1))
		note "$1.$i" "$digits"
		case $((${#blanks} + ${#digits})) in
		"$((${#digits} > 8 ? ${#digits} : 8))") form+="%8" ;;
		"$((${#digits} > 8 ? ${#digits} + 1 : 9))") form+=" %8" ;;
		*) form+="$blanks$digits" ;;
		esac
	done
	note "$1.format" "$form$text"
}

shown_all() {
	local attr
	for attr in initstate disksize comp_algorithm max_comp_streams io_stat mm_stat debug_stat \
		bd_stat backing_dev writeback_limit writeback_limit_enable; do
		shown "$1" $attr
	done
}

# tried_path TAG NAME PATH TEXT, tried TAG ATTRIBUTE TEXT: what a store answers
tried_path() {
	[ ! -e "$3" ] || note "$1/$2=${4:0:30}" "$(sysfs_store "$3" "$4")"
}
tried() {
	tried_path "$1" "$2" "$d/$2" "$3"
}

# did NAME COMMAND START COUNT [ARGUMENT]: what I/O on the device answers
did() {
	local name=$1
	shift
	note "io/$name" "$(blkio "/dev/$dev" "$@")"
}

# Whatever a store that should have failed has done
back_to_fresh() {
	[ "$(< "$d"/disksize)" = 0 ] || sysfs_store "$d"/reset 1 > /dev/null
}

# backing MEGABYTES: a loop device, by its name
backing() {
	local loop
	dd if=/dev/zero of=/tmp/backing bs=1M count="$1" 2> /dev/null
	loop=$(losetup -f)
	losetup "$loop" /tmp/backing
	echo "$loop"
}

# blocks TAG PATH: the state of every page; times only by their form. Pages of one word are
# apart, and so is what stands behind the flags that the peer has.
blocks() {
	local lines=/tmp/formats.blocks
	[ -e "$2" ] || return
	sed -E 's/^([ 0-9]{12}) [ 0-9]{12}\.[0-9]{6} (....)/\1 TIME \2 /' "$2" > $lines
	note "$1/block_state" "$(grep -v ' s... ' $lines | cut -c1-22 | md5sum)"
	note "$1/block_state.first" "$(cut -c1-22 $lines | grep -v ' s...$' | head -n 2)"
	note "$1/block_state.flags" "$(grep -v ' s... ' $lines | cut -c19-22 | sort | uniq -c)"
	note "$1/block_state.same" "$(grep ' s... ' $lines | cut -c19-22 | sort | uniq -c)"
	note "$1/block_state.more" "$(cut -c24- $lines | sort | uniq -c)"
}

# The last line of formats.table whose pattern is the key's: $peer_form, $our_form, $why
rule_for() {
	local i
	why=
	for ((i = 0; i < ${#rule_key[@]}; i++)); do
		# shellcheck disable=SC2053 # patterns, on purpose
		if [[ $1 == ${rule_key[i]} ]]; then
			peer_form=${rule_peer[i]} our_form=${rule_ours[i]} why=${rule_why[i]}
			rule_used[i]=1
		fi
	done
	[ -n "$why" ]
}

read_rules() {
	local key peer ours why
	while IFS=$'\t' read -r key peer ours why; do
		[[ $key == '' || $key == '#'* ]] && continue
		rule_key+=("$key") rule_peer+=("$peer") rule_ours+=("$ours") rule_why+=("$why")
	done < <(tr -s '\t' < /usr/libexec/zram/formats.table)
}

# fits VALUE FORM PEER: FORM is a pattern, or s|OLD|NEW: what the peer has, with another end
fits() {
	local old new
	if [[ $2 == 's|'* ]]; then
		IFS='|' read -r _ old new <<< "$2"
		[ "$1" = "${3%"$old"}$new" ]
		return
	fi
	# shellcheck disable=SC2053 # a pattern, on purpose
	[[ $1 == $2 ]]
}

# one KEY PEER OURS: equal, or different as the table says
one() {
	if [ "$2" = "$3" ]; then
		ok "$1"
	elif ! rule_for "$1"; then
		not_ok "$1" "the peer has $2, we have $3"
	elif fits "$2" "$peer_form" && fits "$3" "$our_form" "$2"; then
		ok "$1"
	else
		not_ok "$1" "the peer has $2, we have $3, the table says $peer_form and $our_form"
	fi
}

compare() {
	local -A ours peer
	local -a rule_key rule_peer rule_ours rule_why rule_used
	local key value why peer_form our_form i

	if [ "${ZMEM_record:-0}" = 1 ]; then
		while read -r key value; do
			fact "$key" "$value"
		done < $values
		ok recorded
		taint=$(< /proc/sys/kernel/tainted)
		return
	fi
	shopt -s extglob
	read_rules
	while read -r key value; do
		ours[$key]=$value
	done < $values
	while read -r key value; do
		[[ $key == '#'* ]] || peer[$key]=$value
	done < /usr/libexec/zram/peer-formats.txt
	holds peer_has_values ${#peer[@]} -gt 300
	for key in $(printf '%s\n' "${!peer[@]}" "${!ours[@]}" | sort -u); do
		one "$key" "${peer[$key]-absent}" "${ours[$key]-absent}"
	done
	for ((i = 0; i < ${#rule_key[@]}; i++)); do
		[ -n "${rule_used[i]}" ] || not_ok "table_line_is_used" "nothing is called ${rule_key[i]}"
	done
}
