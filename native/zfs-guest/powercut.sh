#!/usr/bin/env bash
# Boots the guest over and over, and cuts its power wherever the command in it asks for that.
#
#   native/zfs-guest/powercut.sh [-r SEED] [-m MEMORY] [-t SECONDS] [-s SHARE] COMMAND [ARGUMENT…]
#
#   -r SEED   where the random times start; it is printed, so that a run can be repeated with the same ones
#   the others are run.sh's, for each single boot
#
# The protocol. COMMAND is run at each boot with the variable ROUND: 1, 2, …. When it prints a line
#
#   power-cut: within 2500 ms
#
# the power is cut at a random time in the next 2500 ms, and round follows round. COMMAND has to be busy until then: one that
# ends before its cut has failed. One that ends without having asked for a cut ends the whole, with its exit status. So a round
# first checks what the cut of the round before has left, then says the line and does the work that shall be interrupted; and
# the last one only checks. What COMMAND writes into SHARE is on the host at once and outlives a cut: so a pool lies on a file in
# there, made in the first round by 'zpool create', found in the others by 'zpool import -d FILE'. A cut loses what the kernel and ZFS
# still have in memory, and stops the writing anywhere.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
# shellcheck source=native/zfs-guest/tools.sh
. "$here/tools.sh"
seed=$RANDOM options=()
usage() { sed -n '4s/^# *//p' "${BASH_SOURCE[0]}" >&2 && exit 125; }
while getopts r:m:t:s: option; do
    case $option in
        r) seed=$OPTARG ;;
        m | t | s) options+=("-$option" "$OPTARG") ;;
        *) usage ;;
    esac
done
shift $((OPTIND - 1))
[ $# -gt 0 ] || usage

lines=$(mktemp -u "${TMPDIR:-/tmp}/powercut.XXXXXX")
guest='' cutter=''
trap 'kill $guest $cutter 2>/dev/null || true; rm -f "$lines"' EXIT
trap 'exit 125' HUP INT TERM
mkfifo -m 600 "$lines"
RANDOM=$seed

# cut LINE: sets off the cut that the line asks for.
cut() {
    local within delay
    within=$(tr -dc 0-9 <<<"$1")
    delay=$(((RANDOM << 15 | RANDOM) % (10#$within + 1)))
    say "round $ROUND: power cut in $delay ms (seed $seed)"
    (sleep "$((delay / 1000)).$(printf %03d $((delay % 1000)))" && kill -USR1 "$guest") &
    cutter=$!
}

for ((ROUND = 1; ; ROUND++)); do
    export ROUND
    cutter='' status=0
    "$here/run.sh" "${options[@]}" "$@" >"$lines" &
    guest=$!
    while read -r line; do
        printf '%s\n' "$line"
        case $line in "power-cut: within "*" ms") cut "$line" ;; esac
    done <"$lines"
    wait "$guest" || status=$?
    guest=''
    if [ -z "$cutter" ]; then
        say "$((ROUND - 1)) power cuts; the last round ended with $status"
        exit "$status"
    fi
    kill "$cutter" 2>/dev/null || true
    if [ "$status" != 137 ]; then
        say "round $ROUND ended with $status before its power was cut (seed $seed)"
        exit 125
    fi
done
