#!/usr/bin/env bash
# What a hostile set of packages costs: added and resolved by the program as it is installed, with the memory that its
# launcher gives it. Each must end in time, with the right answer or exit status 6, and never for lack of memory.
#
#   scripts/test-hostile.sh AXIOM
#
# A cycle of 10,000; a name with 10,000 versions; requirements that list thousands of versions one by one, which are refused; a
# bomb of dependencies with 2^40 ways through it; pigeons and holes, which nobody solves in time; a name of 255 bytes.
# What the resolver alone does with sets of 10,000 is in ScaleTest. Takes some minutes, most of them for adding 20,000
# packages.
set -euo pipefail
export LC_ALL=C

here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
program=$(realpath "${1:?usage: scripts/test-hostile.sh AXIOM}")
command -v python3 >/dev/null || { echo "hostile: skipped: there is no python3, which makes the packages" && exit 0; }
work=${TMPDIR:-/dev/shm}
[ -w "$work" ] || work=/tmp
work=$(mktemp -d "$work/axiom-hostile.XXXXXX")
trap 'chmod -R u+w "$work" && rm -rf "$work"' EXIT
export AXIOM_POOL=dir:$work/pool XDG_CONFIG_HOME=$work/config

fail() {
    printf 'hostile: FAILED: %s\n' "$*" >&2
    tail -n 5 "$work/err" | cut -c 1-300 >&2
    exit 1
}
# run STATUS SECONDS COMMAND…: it must end with the status in time.
run() {
    local wanted=$1 limit=$2 code=0 start=$SECONDS
    shift 2
    timeout "$limit" "$program" "$@" >"$work/out" 2>"$work/err" || code=$?
    ! grep -q 'OutOfMemory\|StackOverflow\|bug in Axiom' "$work/err" || fail "it broke down: axiom ${*:1:8}"
    [ "$code" = "$wanted" ] || fail "status $code, not $wanted, of axiom ${*:1:8}"
    printf 'hostile: %3d s: %s\n' $((SECONDS - start)) "$*" | cut -c 1-100
}
# package NAME VERSION [FIELD…]: a paragraph of a Packages file.
package() {
    printf 'Package: %s\nVersion: %s\nArchitecture: all\n' "$1" "$2"
    shift 2
    [ $# = 0 ] || printf '%s\n' "$@"
    echo
}
{
    seq 0 9999 | awk '{ print "Package: c" $1 "\nVersion: 1\nArchitecture: all\nDepends: c" ($1 + 1) % 10000 "\n" }'
    seq 1 10000 | awk '{ print "Package: hub\nVersion: " $1 "\nArchitecture: all\n" }'
    package between 1 "Depends: hub (>= 5000), hub (<< 5003)"
    # As many single versions as a stored requirement may list.
    package each 1 "Depends: $(seq -s ' | ' -f 'hub (= %.0f)' 1 2 600)"
    package none 1 "Breaks: $(seq -s ', ' -f 'hub (= %.0f)' 2 2 1000)"
    # Each level has two names, and each of them needs both of the next.
    for i in {0..39}; do
        package "b$i" 1 "Depends: b$((i + 1)), d$((i + 1))"
        package "d$i" 1 "Depends: b$((i + 1)), d$((i + 1))"
    done
    package b40 1
    package d40 1 "Depends: gone"
    # 15 pigeons, 14 holes: p-I-J says that pigeon I sits in hole J, which no other then can.
    for i in {1..15}; do
        package "pigeon$i" 1 "Depends: $(seq -s ' | ' -f "p-$i-%.0f" 1 14)"
        for j in {1..14}; do
            others=$(seq -f "p-%.0f-$j" 1 15 | grep -vx "p-$i-$j" | paste -sd ,)
            package "p-$i-$j" 1 "Conflicts: $others"
        done
    done
} >"$work/Packages"
python3 "$here/bench/tiny-debs.py" "$work/Packages" "$work/debs" all
for batch in "$work"/debs/*/; do
    (cd "$batch" && run 0 600 package add --quiet -- *.deb)
done

# What is too long is refused with a sentence, and adds nothing.
{
    package "$(printf 'n%.0s' {1..255})" 1
    package every 1 "Depends: $(seq -s ' | ' -f 'hub (= %.0f)' 1 10000)"
    package never 1 "Breaks: $(seq -s ', ' -f 'hub (= %.0f)' 1 10000)"
} >"$work/Packages"
python3 "$here/bench/tiny-debs.py" "$work/Packages" "$work/long" all
number=0
for reason in '128 at most' 'longer than 8000 bytes' 'may have 4096 characters'; do
    run 5 60 package add "$work/long/0/$number.deb"
    grep -q "$reason" "$work/err" || fail "it is refused for another reason than '$reason'"
    number=$((number + 1))
done

# resolve STATUS REQUIREMENT… of a new profile
profiles=0
resolve() {
    local wanted=$1
    shift
    profiles=$((profiles + 1))
    "$program" profile create "h$profiles" --quiet
    "$program" profile add "h$profiles" "$@" --quiet
    run "$wanted" "${limit:-60}" profile resolve "h$profiles" --json "${options[@]}"
}
options=()
chosen() { grep -o '"buildId"' "$work/out" | wc -l; }
resolve 0 c17
[ "$(chosen)" = 10000 ] || fail "a cycle of 10,000 has $(chosen) packages"
resolve 0 between
grep -q '"name":"hub","version":"5002"' "$work/out" || fail "between 5000 and 5003 is not 5002"
resolve 0 each
grep -q '"name":"hub","version":"599"' "$work/out" || fail "the newest of the odd ones is not 599"
resolve 0 none 'hub@<=1000'
grep -q '"name":"hub","version":"999"' "$work/out" || fail "the newest that is left of 1000 is not 999"
resolve 6 b0
pigeons=()
for i in {1..15}; do pigeons+=("pigeon$i"); done
options=(--timeout 3s)
resolve 6 "${pigeons[@]}"
grep -q 'gave up after 3s' "$work/err" || fail "it is not said that it gave up"
# Until the time is over, or what may be remembered is: no end of memory either way.
options=(--timeout 1m) limit=100
resolve 6 "${pigeons[@]}"
grep -q 'gave up' "$work/err" || fail "it is not said that it gave up"
echo "hostile: OK"
