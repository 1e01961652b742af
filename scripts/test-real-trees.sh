#!/usr/bin/env bash
# An end-to-end test on 120 real trees (unpacked Debian packages, 2,400 files): added in one call, verified file by file,
# realized together, and collected. Each claim is checked against the trees themselves, by other programs than ours.
#
#   scripts/test-real-trees.sh AXIOM
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
program=$(realpath "${1:?usage: scripts/test-real-trees.sh AXIOM}")
work=$(mktemp -d "${TMPDIR:-/tmp}/axiom-trees.XXXXXX")
trap 'chmod -R u+w "$work" && rm -rf "$work"' EXIT
export AXIOM_POOL=dir:$work/pool XDG_CONFIG_HOME=$work/config

fail() {
    printf 'real trees: FAILED: %s\n' "$*" >&2
    exit 1
}
axiom() { "$program" "$@"; }
count() { grep -o "\"$1\"" | wc -l; }
# Names, kinds, sizes and link targets of a tree, without the modes that sealing changes.
shape() { (cd "$1" && find . -mindepth 1 \( -type d -printf '%P d\n' -o -type l -printf '%P l %l\n' -o -printf '%P %y %s\n' \) | LC_ALL=C sort); }

"$here/bench/real-trees.sh" "$work/trees" 120 >/dev/null
cd "$work/trees"
trees=(*/)
[ ${#trees[@]} -ge 100 ] || fail "only ${#trees[@]} trees"
echo "real trees: ${#trees[@]} trees, $(find . ! -type d | wc -l) files and links"

axiom package add --quiet --json "${trees[@]}" >"$work/added" || fail "package add"
[ "$(count status <"$work/added")" = ${#trees[@]} ] || fail "not every tree became a package"
axiom package add --quiet --json "${trees[@]}" >"$work/again" || fail "adding again"
[ "$(grep -o '"unchanged"' "$work/again" | wc -l)" = ${#trees[@]} ] || fail "the same content was not unchanged"

# In the order of the arguments: each package against its tree.
grep -o '"path":"[^"]*"' "$work/added" | sed 's/.*:"//; s/"$//' >"$work/paths"
number=0
while read -r path; do
    tree=${trees[$number]}
    diff -q <(shape "$tree") <(shape "$path/root") >/dev/null || fail "$path differs from $tree"
    diff -rq --no-dereference "$tree" "$path/root" >/dev/null || fail "$path has other content than $tree"
    number=$((number + 1))
done <"$work/paths"
[ "$number" = ${#trees[@]} ] || fail "$number paths"
axiom package verify --all --quiet || fail "package verify"

axiom profile create all --quiet
axiom package list --json | grep -o '"name":"[^"]*"' | sed 's/.*:"//; s/"$//' | sort -u | xargs "$program" profile add all --quiet
axiom profile resolve all --quiet || fail "profile resolve"
for strategy in link copy; do
    axiom env realize "everything-$strategy" all --strategy "$strategy" --on-conflict first --json >"$work/env" || fail "env realize"
    path=$(grep -o '"path":"[^"]*"' "$work/env" | sed 's/.*:"//; s/"$//')
    # Every file of every tree is there, under its own name, readable through whatever links lead to it.
    for tree in "${trees[@]}"; do
        (cd "$tree" && find . ! -type d) | (cd "$path" && while read -r file; do [ -L "$file" ] || [ -e "$file" ] || exit 1; done) ||
            fail "$strategy: a file of $tree is missing"
    done
    axiom env remove "everything-$strategy" --quiet || fail "env remove"
done

axiom profile delete all --quiet
axiom gc --grace 0 --lock-file "$work/gc.lock" --json >"$work/gc" || fail "gc"
[ "$(axiom package list --json | count id)" = 0 ] || fail "packages are left after the collection"
for left in store staging trash env; do
    [ -z "$(find "$work/pool/$left" -mindepth 1 ! -type d -print -quit)" ] || fail "files are left in $left"
done
echo "real trees: OK"
