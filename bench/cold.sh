#!/usr/bin/env bash
# How long `axiom profile resolve` takes as a whole process, and how much memory, on a store of 20,000 packages that have
# the names, versions and relations of real ones (from apt's own lists) and one small file each.
#
#   bench/cold.sh [--packages N] [--runs K] [--axiom PROGRAM] [--work DIR]
#
# Two profiles are resolved K times each (default 5), each time one that was never resolved before, so that a generation
# is written: one that asks for git, and one for several desktops, which need more than 2,000 packages. Targets, for the
# median and the largest memory: under 2 s and under 512 MiB. Making the store takes about a minute on an idle machine.
# The default for --work is /dev/shm if it is there.
#
# Exit status: 0 all targets met, 1 one is missed, 2 usage, 3 something needed is missing.
set -euo pipefail
export LC_ALL=C

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=bench/common.sh
. "$here/common.sh"
axiom=$here/../axiom-cli/target/axiom/bin/axiom
packages=20000
runs=5
work=/dev/shm
[ -w "$work" ] || work=${TMPDIR:-/tmp}
desktops=(task-gnome-desktop kde-full task-xfce-desktop texlive-full task-lxqt-desktop task-mate-desktop)

options 'packages runs axiom work' "$@"
whole "$packages" "$runs"

command -v "$axiom" >/dev/null || stop 3 "no program $axiom: build it first (mvn package), or name it with --axiom"
axiom=$(realpath "$(command -v "$axiom")")
[ -x /usr/bin/time ] || stop 3 "there is no /usr/bin/time (Debian: apt-get install time)"
command -v python3 >/dev/null || stop 3 "there is no python3"

work=$(mktemp -d "$work/axiom-cold.XXXXXX")
trap 'chmod -R u+w "$work" && rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
export AXIOM_POOL=dir:$work/pool XDG_CONFIG_HOME=$work/no-config

apt_packages >"$work/Packages"
[ -s "$work/Packages" ] || stop 3 "apt has no lists of packages: apt-get update"

say "making $packages packages"
python3 "$here/tiny-debs.py" "$work/Packages" "$work/debs" "$packages" "${desktops[@]}" git
"$axiom" setup >/dev/null
for batch in "$work"/debs/*/; do
    (cd "$batch" && "$axiom" package add --quiet -- *.deb >/dev/null 2>"$work/err") || stop 3 "package add: $(tail -n 3 "$work/err")"
    rm -rf "$batch"
done

missed=0
# measure NAME REQUIREMENT…
measure() {
    local name=$1 i
    shift
    for ((i = 1; i <= runs; i++)); do
        "$axiom" profile create "$name$i" --quiet
        "$axiom" profile add "$name$i" "$@" --quiet
        /usr/bin/time -a -o "$work/$name" -f '%e %U %S %M' "$axiom" profile resolve "$name$i" --json >"$work/out"
    done
    sort -n "$work/$name" | awk -v name="$name" -v size="$(grep -o '"id"' "$work/out" | wc -l)" '
        { seconds[NR] = $1; cpu[NR] = $2 + $3; if ($4 > most) most = $4 }
        END {
            m = int((NR + 1) / 2)
            met = seconds[m] < 2 && most / 1024 < 512
            printf "%-9s %5d packages  %6.2f s (2 s)  %6.2f processor s  %4d MiB (512 MiB)  %s\n", \
                name, size, seconds[m], cpu[m], most / 1024, met ? "met" : "MISSED"
            exit !met
        }' || missed=1
}
"$axiom" package list --json >"$work/out" # makes the class archive, if this is the first start ever
echo "$("$axiom" version | head -n 1): $(grep -o '"buildId"' "$work/out" | wc -l) packages stored, medians of $runs runs"
echo "$(nproc) cores, $(stat -f -c %T "$work"), load $(cut -d ' ' -f 1 /proc/loadavg)"
measure git git
measure desktops "${desktops[@]}"
exit "$missed"
