#!/usr/bin/env bash
# Compares Axiom's resolver with apt and libsolv, side by side in one run, on the same problems: packages chosen at
# random from apt's own lists, each to be installed where nothing is installed yet, without what is only recommended, and
# several desktops together, which need more than 2,000 packages.
#
#   bench/resolve.sh [--problems N] [--apt N] [--seed N] [--axiom PROGRAM] [--work DIR]
#
# The index is loaded before the clock starts: Axiom and libsolv solve all N problems (default 1000) in one process each,
# one after the other in one thread. apt-get -s install is a process for each problem, so it gets only the first of them
# (--apt, default 40) and the large one; what it needs to start with nothing to do is taken off. Axiom's figures contain
# the compiling of its own code; the large problem comes after the others, five times, and its median counts.
#
# Targets: median under 20 ms, all under 10 s (if there are 1,000), the large one under 500 ms; no slower than apt; within
# 3 x of libsolv's own solving time. Fewer than 200 problems are a trial run, of which nothing is judged.
#
# Exit status: 0 all targets met, 1 one is missed, 2 usage, 3 something needed is missing or answers differ.
set -euo pipefail
export LC_ALL=C

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=bench/common.sh
. "$here/common.sh"
axiom=$here/../axiom-cli/target/axiom/bin/axiom
problems=1000
apt=40
seed=1
work=${TMPDIR:-/tmp}
large="task-gnome-desktop kde-full task-xfce-desktop texlive-full task-lxqt-desktop task-mate-desktop"
times=5

options 'problems apt seed axiom work' "$@"
whole "$problems" "$apt" "$seed"
[ "$apt" -le "$problems" ] || apt=$problems

# ---- what is compared --------------------------------------------------------------------------------------------------

command -v "$axiom" >/dev/null || stop 3 "no program $axiom: build it first (mvn package), or name it with --axiom"
axiom=$(realpath "$(command -v "$axiom")")
lib=$(dirname "$axiom")/../lib
heap=$(sed -n "s/^jvm=.*\(-Xmx[0-9]*[kmgKMG]\).*/\1/p" "$axiom" | head -n 1)
java=${AXIOM_JAVA:-${JAVA_HOME:+$JAVA_HOME/bin/}java}
python=/usr/bin/python3
if ! "$python" -c 'import solv' 2>/dev/null; then
    [ "$(id -u)" = 0 ] || stop 3 "libsolv's module for Python is missing; as root: apt-get install python3-solv"
    say "installing python3-solv"
    apt-get install -y --no-install-recommends python3-solv >&2 || stop 3 "apt-get could not install python3-solv"
fi

mkdir -p "$work"
work=$(mktemp -d "$work/axiom-resolve.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

apt_packages >"$work/Packages"
[ -s "$work/Packages" ] || stop 3 "apt has no lists of packages: apt-get update"
sed -n 's/^Package: //p' "$work/Packages" | sort -u >"$work/names"
# Endless bytes that are the same for the same seed.
shuf -n "$problems" --random-source=<(yes "$seed") "$work/names" >"$work/problems"
cp "$work/problems" "$work/all"
for ((i = 0; i < times; i++)); do echo "$large" >>"$work/all"; done

# ---- measuring ---------------------------------------------------------------------------------------------------------

load=$(cut -d ' ' -f 1 /proc/loadavg)

# Nothing is installed, nothing is locked, and apt's own cache is kept from one call to the next.
: >"$work/status"
mkdir -p "$work/cache/archives/partial"
apt_get() {
    apt-get -o Dir::State::status="$work/status" -o Dir::Cache="$work/cache" -o Dir::Cache::pkgcache=pkgcache.bin \
        -o Dir::Cache::srcpkgcache=srcpkgcache.bin -o APT::Install-Recommends=0 -o Debug::NoLocking=1 -s install "$@"
}
# apt_timed FILE NAME…: appends seconds, processor seconds and how many packages were chosen.
apt_timed() {
    local file=$1 real user sys size TIMEFORMAT='%R %U %S'
    shift
    { time apt_get "$@" >"$work/out" 2>"$work/err" || true; } 2>"$work/time"
    read -r real user sys <"$work/time"
    size=$(grep -c '^Inst ' "$work/out") || size=-1
    awk -v r="$real" -v u="$user" -v s="$sys" -v n="$size" 'BEGIN { printf "%.3f %.3f %d\n", r, u + s, n }' >>"$file"
}
bench_apt() {
    local i name
    apt_get >/dev/null # makes the cache
    say "apt-get: $apt problems and the large one"
    for ((i = 0; i < times; i++)); do apt_timed "$work/apt.start"; done
    head -n "$apt" "$work/problems" >"$work/for-apt"
    while read -r name; do apt_timed "$work/apt" "$name" </dev/null; done <"$work/for-apt"
    # shellcheck disable=SC2086 # several names
    apt_timed "$work/apt.large" $large
}
bench_libsolv() {
    say "libsolv: $problems problems and the large one $times times"
    "$python" "$here/libsolv.py" load "$work/Packages" "$work/solv"
    "$python" "$here/libsolv.py" solve "$work/solv" "$work/all" >"$work/libsolv"
}
bench_axiom() {
    say "Axiom: $problems problems and the large one $times times"
    "$java" -XX:+UseSerialGC "$heap" -cp "$lib/*" "$here/Resolve.java" "$work/Packages" "$work/all" >"$work/axiom"
}
bench_apt
bench_libsolv
bench_axiom

# ---- report ------------------------------------------------------------------------------------------------------------

# part FILE: the random ones or the large one of a file with both.
random() { head -n "$problems" "$work/$1"; }
large() { tail -n "$times" "$work/$1"; }
median() { sort -n -k "$1,$1" | awk -v c="$1" '{ x[NR] = $c } END { m = int((NR + 1) / 2); printf "%.6f", (NR % 2 ? x[m] : (x[m] + x[m + 1]) / 2) }'; }
sum() { awk -v c="$1" '{ s += $c } END { printf "%.6f", s }'; }
calc() { awk "BEGIN { printf \"%.${2:-2}f\", ($1) }"; }
ms() { calc "$1 * 1000" 2; }
at_most() { awk "BEGIN { exit !($1 <= $2) }"; }

# Who can be installed must be the same for Axiom and libsolv; apt gives up sooner, so it is only counted.
differ=$(paste "$work/axiom" "$work/libsolv" "$work/all" | awk '($3 < 0) != ($6 < 0)')
[ -z "$differ" ] || stop 3 "Axiom and libsolv do not agree on what can be installed: $differ"
impossible=$(random axiom | awk '$3 < 0' | wc -l)
apt_fails=$(paste "$work/apt" <(head -n "$apt" "$work/axiom") | awk '$3 < 0 && $6 >= 0' | wc -l)

missed=0
# row WHAT AXIOM LIBSOLV APT RESULT LIMIT UNIT
row() {
    local verdict=-
    if [ -n "$6" ] && [ "$problems" -ge 200 ]; then
        if at_most "$5" "$6"; then verdict=met; else verdict=MISSED && missed=1; fi
    fi
    printf '%-44s %11s %11s %11s %10s %9s  %s\n' "$1" "$2" "$3" "$4" "$5 $7" "${6:--}" "$verdict"
}
# The seconds of column $1: of one random problem, and of the large one, for each of the three.
figures() {
    a=$(random axiom | median "$1") s=$(random libsolv | median "$1")
    start=$(median "$1" <"$work/apt.start")
    p=$(calc "$(median "$1" <"$work/apt") - $start" 6)
    la=$(large axiom | median "$1") ls=$(large libsolv | median "$1")
    lp=$(calc "$(median "$1" <"$work/apt.large") - $start" 6)
    p=$(calc "$p > 0.001 ? $p : 0.001" 6)
}

cpu=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)
echo "$("$axiom" version | head -n 1), $heap; $(apt-get --version | head -n 1); python3-solv $(dpkg-query -W -f '${Version}' python3-solv 2>/dev/null || echo unknown)"
echo "$(nproc) cores (${cpu:-unknown}), load $load at the start, $(cut -d ' ' -f 1 /proc/loadavg) at the end"
echo "$(wc -l <"$work/names") names; $problems problems, $impossible of them impossible (Axiom and libsolv agree); apt gave up on $apt_fails of $apt that are possible"
[ "$problems" -ge 200 ] || echo "A trial run on few problems: no target is judged."
printf '\n%-44s %11s %11s %11s %10s %9s  %s\n' "milliseconds" axiom libsolv apt result target verdict
figures 1
row "random package, median" "$(ms "$a")" "$(ms "$s")" "$(ms "$p")" "$(ms "$a")" 20 ms
row "  Axiom against libsolv" "" "" "" "$(calc "$a / $s" 3)" 3 x
row "  Axiom against apt, its start taken off" "" "" "" "$(calc "$a / $p" 4)" 1 x
row "all $problems" "$(ms "$(random axiom | sum 1)")" "$(ms "$(random libsolv | sum 1)")" - \
    "$(calc "$(random axiom | sum 1)")" "$([ "$problems" -lt 1000 ] || echo 10)" s
row "worst" "$(ms "$(random axiom | sort -n | tail -n 1 | cut -d ' ' -f 1)")" \
    "$(ms "$(random libsolv | sort -n | tail -n 1 | cut -d ' ' -f 1)")" - - '' ''
row "large: $(large axiom | tail -n 1 | cut -d ' ' -f 3), $(large libsolv | tail -n 1 | cut -d ' ' -f 3), $(cut -d ' ' -f 3 "$work/apt.large") packages" \
    "$(ms "$la")" "$(ms "$ls")" "$(ms "$lp")" "$(ms "$la")" 500 ms
row "  the first of the $times times" "$(ms "$(large axiom | head -n 1 | cut -d ' ' -f 1)")" \
    "$(ms "$(large libsolv | head -n 1 | cut -d ' ' -f 1)")" - "$(ms "$(large axiom | head -n 1 | cut -d ' ' -f 1)")" 500 ms
row "  Axiom against libsolv" "" "" "" "$(calc "$la / $ls" 3)" 3 x
row "  Axiom against apt, its start taken off" "" "" "" "$(calc "$la / $lp" 4)" 1 x
row "apt's start with nothing to do" - - "$(ms "$start")" - '' ''
figures 2
row "processor time: random package, median" "$(ms "$a")" "$(ms "$s")" "$(ms "$p")" "$(calc "$a / $s" 3)" '' x
row "  large" "$(ms "$la")" "$(ms "$ls")" "$(ms "$lp")" "$(calc "$la / $ls" 3)" '' x
exit "$missed"
