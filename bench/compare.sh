#!/usr/bin/env bash
# Compares Axiom with Nix, side by side in one run, on the same input, whole processes (start-up of the JVM included):
#
#   add    120 real trees (about 70 MB, 2,400 files) in one call      at most 2.0 x nix-store --add
#   gc     collecting 5,000 dead packages, made of those trees        at most 0.5 x nix-store --gc
#   list   `package list` and `package list --json`, 5,000 packages   under 1.0 s, and per package flat to 20,000
#
#   bench/compare.sh [--json] [--runs K] [--only add,gc,list] [--axiom PROGRAM] [--work DIR]
#
# Every figure is the median of K runs (default 5), Axiom and Nix in turn, each on a fresh store, after the file system was
# synced, so that nobody pays for what another wrote. Axiom's add is durable when it returns. Nix's is not by default, so
# the time of a `sync -f` after it is shown as well; the targets are against Nix without it. Packages of four files each are
# collected as well, for information: there Axiom's own five files and two folders for each package are half of what goes.
# --work chooses the file system (default: under TMPDIR or /tmp; it takes 12 GB for a while); everything in it is removed at
# the end. The environment variables TREES, DEAD and LISTED ("1000 5000 20000") make a small trial run; the targets are then
# not judged.
#
# Exit status: 0 all targets met, 1 one is missed, 2 usage, 3 something needed is missing.
# shellcheck disable=SC2317 # `timed` runs its arguments
set -euo pipefail
export LC_ALL=C

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=bench/common.sh
. "$here/common.sh"
axiom=$here/../axiom-cli/target/axiom/bin/axiom
runs=5
only=add,gc,list
json=false
work=${TMPDIR:-/tmp}
trees=${TREES:-120}
dead=${DEAD:-5000}
read -r -a listed <<<"${LISTED:-1000 5000 20000}"

options 'json? runs only axiom work' "$@"
whole "$runs"
[[ $only =~ ^(add|gc|list)(,(add|gc|list))*$ ]] || stop 2 "--only takes add, gc and list, not '$only'"
wants() { [[ ,$only, == *,$1,* ]]; }

# ---- what is compared --------------------------------------------------------------------------------------------------

command -v "$axiom" >/dev/null || stop 3 "no program $axiom: build it first (mvn package), or name it with --axiom"
axiom=$(realpath "$(command -v "$axiom")")
# The programs print the heap they ask for themselves; if the launcher does not set one, this does.
heap=$(sed -n "s/^jvm=.*\(-Xmx[0-9]*[kmgKMG]\).*/\1/p" "$axiom" | head -n 1)
[ -n "$heap" ] || { heap=-Xmx256m && export JDK_JAVA_OPTIONS=$heap; }

nix=true
if ! wants add && ! wants gc; then
    nix=false
elif ! command -v nix-store >/dev/null; then
    [ "$(id -u)" = 0 ] || stop 3 "nix-store is missing; as root: apt-get install nix-bin (or use --only list)"
    command -v apt-get >/dev/null || stop 3 "nix-store is missing and there is no apt-get to install Debian's nix-bin"
    say "installing nix-bin"
    { apt-get update && apt-get install -y --no-install-recommends nix-bin; } >&2 ||
        stop 3 "apt-get could not install nix-bin"
fi

mkdir -p "$work"
work=$(mktemp -d "$work/axiom-bench.XXXXXX")
# Sealed trees are read-only, in both stores.
wipe() { [ ! -e "$1" ] || { chmod -R u+w "$1" && rm -rf "$1"; }; }
trap 'wipe "$work"' EXIT
trap 'exit 130' INT TERM

# A private Nix store for one user, so that no daemon, no build group and no /nix is needed.
export NIX_REMOTE='' NIX_STORE_DIR=$work/nix/store NIX_STATE_DIR=$work/nix/state NIX_LOG_DIR=$work/nix/log
export NIX_CONF_DIR=$work/nix-conf NIX_CONFIG='build-users-group ='
mkdir -p "$NIX_CONF_DIR"
export AXIOM_POOL=dir:$work/pool
# Nothing of the user's own settings may change the figures.
export XDG_CONFIG_HOME=$work/no-config

fresh_nix() { wipe "$work/nix" && mkdir -p "$NIX_STORE_DIR"; }
fresh_axiom() { wipe "$work/pool" && rm -f "$work/gc.lock" && axiom setup; }
axiom() { "$axiom" "$@" >"$work/out" 2>"$work/err"; }
nix_store() { nix-store "$@" >"$work/out" 2>"$work/err"; }

# ---- measuring ---------------------------------------------------------------------------------------------------------

# timed KEY COMMAND…: runs it and appends "seconds cpu-seconds" to the figures of KEY. A command that fails ends the run.
timed() {
    local key=$1 status=0 real user sys TIMEFORMAT='%R %U %S'
    shift
    { time "$@" 2>"$work/shell-err" || status=$?; } 2>"$work/time"
    if [ "$status" != 0 ]; then
        say "this failed with status $status: $*"
        tail -n 5 "$work/err" "$work/shell-err" >&2
        exit 3
    fi
    read -r real user sys <"$work/time"
    awk -v r="$real" -v u="$user" -v s="$sys" 'BEGIN { printf "%.3f %.3f\n", r, u + s }' >>"$work/figures.$key"
}
quiet_disk() { sync -f "$work"; }
median() { sort -n -k "${2:-1}" "$work/figures.$1" | awk -v c="${2:-1}" '
    { x[NR] = $c } END { m = int((NR + 1) / 2); printf "%.3f", (NR % 2 ? x[m] : (x[m] + x[m + 1]) / 2) }'; }
calc() { awk "BEGIN { printf \"%.${2:-2}f\", $1 }"; }
at_most() { awk "BEGIN { exit !($1 <= $2) }"; }

count_packages() { "$axiom" package list --json | { grep -o '"buildId"' || true; } | wc -l; }
expect_packages() {
    local got
    got=$(count_packages)
    [ "$got" = "$1" ] || stop 3 "after $2 Axiom has $got packages, not $1"
}
expect_paths() {
    local got
    got=$(find "$NIX_STORE_DIR" -mindepth 1 -maxdepth 1 ! -name .links | wc -l)
    [ "$got" = "$1" ] || stop 3 "after $2 Nix has $got paths, not $1"
}

# small_trees FOLDER FROM TO: packages of four files in three folders, about 3 KB, no two alike.
small_trees() {
    local i name filler
    printf -v filler '%02000d' 0
    (
        mkdir -p "$1" && cd "$1"
        eval "printf '%s\0' p{$2..$3}-1.0/{bin,share}" | xargs -0 mkdir -p
        for ((i = $2; i <= $3; i++)); do
            name=p$i-1.0
            printf '#!/bin/sh\necho "package %d"\n' "$i" >"$name/bin/p$i"
            printf 'package %d\n%s\n' "$i" "$filler" >"$name/share/p$i.data"
            printf 'Package %d of the benchmark.\n' "$i" >"$name/share/p$i.txt"
            printf 'Do with it what you like.\n' >"$name/share/p$i.license"
        done
        chmod 755 p*/bin/p*
    )
}

rows=()
missed=0
full=true
[ "$trees" = 120 ] && [ "$dead" = 5000 ] && [ "${listed[*]}" = "1000 5000 20000" ] || full=false
# row WHAT AXIOM-FIGURE OTHER-FIGURE MEASURED LIMIT UNIT: one line of the table; no limit means for information.
row() {
    local verdict=-
    if [ -n "$5" ] && $full; then
        if at_most "$4" "$5"; then verdict=met; else verdict=MISSED && missed=1; fi
    fi
    rows+=("$1|$2|$3|$4|$5|$6|$verdict")
}

# ---- (a) add -----------------------------------------------------------------------------------------------------------

axiom_add() { (cd "$work/real" && axiom package add ./*); }
nix_add() { (cd "$work/real" && nix_store --add ./*); }
nix_add_and_sync() { nix_add && sync -f "$NIX_STORE_DIR"; }

real_trees() { [ -d "$work/real" ] || "$here/real-trees.sh" "$work/real" "$trees" || stop 3 "the real trees could not be made"; }

bench_add() {
    local i
    real_trees
    for ((i = 1; i <= runs; i++)); do
        say "add: run $i of $runs"
        fresh_nix && quiet_disk && timed add.nix nix_add
        expect_paths "$trees" "adding $trees trees"
        fresh_nix && quiet_disk && timed add.nix-sync nix_add_and_sync
        fresh_axiom && quiet_disk && timed add.axiom axiom_add
        expect_packages "$trees" "adding $trees trees"
    done
    local a n s
    a=$(median add.axiom) n=$(median add.nix) s=$(median add.nix-sync)
    row "add $trees real trees" "$a" "$n" "$(calc "$a / $n")" 2.0 x
    row "  the same, Nix made durable too" "$a" "$s" "$(calc "$a / $s")" '' x
    row "  processor seconds" "$(median add.axiom 2)" "$(median add.nix 2)" \
        "$(calc "$(median add.axiom 2) / $(median add.nix 2)")" '' x
}

# ---- (b) gc ------------------------------------------------------------------------------------------------------------

axiom_gc() { axiom gc --grace 0 --lock-file "$work/gc.lock"; }
nix_gc() { nix_store --gc; }
add_dead_axiom() { (cd "$work/dead" && axiom package add ./*); }
add_dead_nix() { (cd "$work/dead" && nix_store --add ./*); }

# collect KEY WHAT LIMIT: adds and collects what is in the folder "dead", by both.
collect() {
    local i a n
    for ((i = 1; i <= runs; i++)); do
        say "gc: $2, run $i of $runs"
        fresh_nix && quiet_disk && timed "$1.add.nix" add_dead_nix
        expect_paths "$dead" "adding $dead packages"
        quiet_disk && timed "$1.gc.nix" nix_gc
        expect_paths 0 "the collection"
        fresh_axiom && quiet_disk && timed "$1.add.axiom" add_dead_axiom
        expect_packages "$dead" "adding $dead packages"
        quiet_disk && timed "$1.gc.axiom" axiom_gc
        expect_packages 0 "the collection"
    done
    wipe "$work/dead"
    a=$(median "$1.gc.axiom") n=$(median "$1.gc.nix")
    row "collect $dead dead packages, $2" "$a" "$n" "$(calc "$a / $n")" "$3" x
    a=$(median "$1.gc.axiom" 2) n=$(median "$1.gc.nix" 2)
    row "  processor seconds, $2" "$a" "$n" "$(calc "$a / $n")" '' x
    a=$(median "$1.add.axiom") n=$(median "$1.add.nix")
    row "  adding those $dead, $2" "$a" "$n" "$(calc "$a / $n")" '' x
}

# real_packages FOLDER COUNT: copies of the real trees in turn, each with a file that makes it unlike the others.
real_packages() {
    local i sources=("$work"/real/*) source package
    mkdir "$1"
    for ((i = 1; i <= $2; i++)); do
        source=${sources[(i - 1) % ${#sources[@]}]}
        package=$1/n$i-${source##*/}
        cp -a "$source" "$package"
        echo "$i" >"$package/number"
    done
}

bench_gc() {
    real_trees
    real_packages "$work/dead" "$dead"
    collect real "real trees" 0.5
    small_trees "$work/dead" 1 "$dead"
    collect small "four files each" ''
}

# ---- (c) list ----------------------------------------------------------------------------------------------------------

# Only the new trees are in the folder.
add_listed() { (cd "$work/listed" && axiom package add ./*); }

bench_list() {
    local i n have=0 key last
    fresh_axiom
    for n in 0 "${listed[@]}"; do
        if [ "$n" -gt "$have" ]; then
            say "list: making $n packages"
            small_trees "$work/listed" $((have + 1)) "$n"
            add_listed
            have=$n
            expect_packages "$n" "adding up to $n small trees"
            wipe "$work/listed"
        fi
        quiet_disk
        for ((i = 1; i <= runs; i++)); do
            timed "list.$n" axiom package list
            timed "json.$n" axiom package list --json
        done
    done
    for key in list json; do
        last=$([ $key = list ] && echo "package list" || echo "package list --json")
        row "$last, ${listed[1]} packages" "$(median "$key.${listed[1]}")" - "$(median "$key.${listed[1]}")" 1.0 s
        row "  empty pool (start-up)" "$(median "$key.0")" - "$(median "$key.0")" '' s
        for n in "${listed[@]}"; do
            row "  per package of $n, start-up taken off" "$(per_package "$key" "$n") ms" - "$(per_package "$key" "$n")" '' ms
        done
        row "  growth per package, ${listed[0]} to ${listed[-1]}" - - "$(growth "$key")" 1.5 x
    done
}
# Milliseconds for each package. A pool so quick that the start-up hides it counts as a thousandth.
per_package() {
    awk -v t="$(median "$1.$2")" -v zero="$(median "$1.0")" -v n="$2" \
        'BEGIN { ms = (t - zero) * 1000 / n; printf "%.4f", (ms > 0.001 ? ms : 0.001) }'
}
growth() { calc "$(per_package "$1" "${listed[-1]}") / $(per_package "$1" "${listed[0]}")"; }

# ---- report ------------------------------------------------------------------------------------------------------------

cores=$(nproc)
cpu=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)
fs=$(stat -f -c %T "$work")
nix_version=none
$nix && nix_version=$(nix-store --version)
load=$(cut -d ' ' -f 1 /proc/loadavg)

axiom version || stop 3 "$axiom version fails: $(tail -n 3 "$work/err")"
axiom_version=$(head -n 1 "$work/out")
fresh_axiom && axiom package list # once before the clock runs: makes the class archive if this is the first start ever
! wants add || bench_add
! wants gc || bench_gc
! wants list || bench_list

print_table() {
    echo "$axiom_version, $heap, and $nix_version: medians of $runs runs, seconds"
    echo "$cores cores (${cpu:-unknown}), $fs, load $load at the start"
    $full || echo "A trial run on less input: no target is judged."
    printf '\n%-46s %12s %12s %12s %8s  %s\n' what axiom nix result target verdict
    local r what a n value limit unit verdict
    for r in "${rows[@]}"; do
        IFS='|' read -r what a n value limit unit verdict <<<"$r"
        printf '%-46s %12s %12s %12s %8s  %s\n' "$what" "$a" "$n" "$value $unit" "${limit:--}" "$verdict"
    done
}

print_json() {
    local r what a n value limit unit verdict comma='' f
    printf '{"axiom":"%s","nix":"%s","heap":"%s","cores":%d,"cpu":"%s","fileSystem":"%s","load":%s,"runs":%d,"full":%s,"targets":[' \
        "$axiom_version" "$nix_version" "$heap" "$cores" "$cpu" "$fs" "$load" "$runs" "$full"
    for r in "${rows[@]}"; do
        IFS='|' read -r what a n value limit unit verdict <<<"$r"
        [ "$verdict" != - ] || verdict=none
        printf '%s{"what":"%s","result":%s,"unit":"%s","target":%s,"verdict":"%s"}' "$comma" \
            "${what#  }" "$value" "$unit" "${limit:-null}" "${verdict,,}"
        comma=,
    done
    printf '],"seconds":{'
    comma=''
    for f in "$work"/figures.*; do
        printf '%s"%s":[%s]' "$comma" "${f##*/figures.}" "$(cut -d ' ' -f 1 "$f" | paste -sd ,)"
        comma=,
    done
    printf '}}\n'
}

if $json; then print_json; else print_table; fi
exit "$missed"
