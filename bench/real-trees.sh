#!/usr/bin/env bash
# Makes a folder of real package trees to add to a store: Debian packages, fetched with `apt-get download` and unpacked
# with `dpkg-deb -x`. One tree a folder, named <name>-<version>. About 70 MB and 2,400 files with the default of 120.
#
#   bench/real-trees.sh DIR [N]
#
# Needs no root, but apt's lists must be there (root: this script runs `apt-get update` if they are not). The fetched
# archives are kept in ${XDG_CACHE_HOME:-~/.cache}/axiom/debs, so a second run fetches nothing. Versions are whatever
# apt offers here, so the figures differ a little from machine to machine; the last line says what was made.
set -euo pipefail
export LC_ALL=C

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
list=$here/real-trees.list
cache=${XDG_CACHE_HOME:-$HOME/.cache}/axiom/debs

say() { printf 'real-trees: %s\n' "$*" >&2; }
die() {
    say "$*"
    exit 1
}

[ $# = 1 ] || [ $# = 2 ] || die "usage: bench/real-trees.sh DIR [N]"
dir=$1
count=${2:-120}
[[ $count =~ ^[1-9][0-9]*$ ]] || die "N must be a whole number above 0, not '$count'"
for tool in apt-get apt-cache dpkg-deb; do
    command -v "$tool" >/dev/null || die "$tool is missing: this needs Debian or a relative of it"
done

# Prints "name version" for every listed package that apt can fetch here, in the list's order.
available() {
    # shellcheck disable=SC2046 # the list is words
    apt-cache policy $(grep -v '^#' "$list") | awk '
        /^[^ ].*:$/ { name = substr($1, 1, length($1) - 1) }
        $1 == "Candidate:" { candidate = $2 }
        # A candidate that only the local dpkg status knows cannot be downloaded.
        /^ \*\*\* / { version = $2 }
        /^     [^ ]/ { version = $1 }
        /^         *-?[0-9]+ [^ ]/ && !/\/var\/lib\/dpkg\/status/ && version == candidate && !(name in seen) {
            seen[name] = 1
            print name, candidate
        }'
}

# Debian's version as plain numbers, which every version scheme can read: 2:9.0.1378-2+deb12u2 -> 9.0.1378.2.12.2
safe_version() {
    sed -E 's/^[0-9]+://; s/[^0-9]+/./g; s/^\.+|\.+$//g; s/(^|\.)0+([0-9])/\1\2/g' <<<"$1"
}

# Says why a tree is no fit input, or nothing: `axiom package add` refuses both by rule.
unfit() {
    local found
    found=$(find "$1" -perm /6000 -printf 'set-id file %P\n' -quit)
    [ -n "$found" ] || found=$(find "$1" -type l -printf '%P\t%l\n' | awk -F '\t' '
        {
            at = split($1, folder, "/") - 1
            parts = split($2, part, "/")
            bad = ($2 ~ /^\//)
            for (i = 1; i <= parts; i++) {
                if (part[i] == "..") at--
                else if (part[i] != "" && part[i] != ".") at++
                if (at < 0) bad = 1
            }
            if (bad) { print "link " $1 " leads outside, to " $2; exit }
        }')
    printf '%s' "$found"
}

found=$(available)
if [ -z "$found" ] && [ "$(id -u)" = 0 ]; then
    say "apt has no package lists: running apt-get update"
    apt-get update >&2
    found=$(available)
fi
[ -n "$found" ] || die "apt offers none of the packages: run 'apt-get update' as root first"
known=$(cut -d ' ' -f 1 <<<"$found")
missing=$(grep -v '^#' "$list" | grep -vxF "$known" || true)
[ -z "$missing" ] || say "not offered by apt here, so the reserve is used: ${missing//$'\n'/ }"

mkdir -p "$dir" "$cache"
dir=$(cd "$dir" && pwd)
# What apt still has to fetch: the first N, plus as many of the reserve as turn out to be needed below.
fetch() {
    local wanted=() name version
    while read -r name version; do
        compgen -G "$cache/${name}_${version//:/%3a}_*.deb" >/dev/null || wanted+=("$name=$version")
    done
    [ ${#wanted[@]} -eq 0 ] && return
    say "fetching ${#wanted[@]} archives"
    (cd "$cache" && apt-get -q -o APT::Sandbox::User=root download "${wanted[@]}") >"$cache/fetch.log" 2>&1 ||
        { tail -n 5 "$cache/fetch.log" >&2; die "apt-get download failed (whole log: $cache/fetch.log)"; }
}
fetch <<<"$(head -n "$count" <<<"$found")"

made=0
while [ "$made" -lt "$count" ] && read -r name version <&3; do
    tree=$dir/$name-$(safe_version "$version")
    if [ ! -d "$tree" ]; then
        fetch <<<"$name $version"
        deb=$(compgen -G "$cache/${name}_${version//:/%3a}_*.deb" | head -n 1)
        rm -rf "$tree.part"
        dpkg-deb -x "$deb" "$tree.part"
        why=$(unfit "$tree.part")
        if [ -n "$why" ]; then
            say "left out $name: $why"
            rm -rf "$tree.part"
            continue
        fi
        # The folder's own mode comes from the archive too; ours must be enterable whatever it says.
        chmod 755 "$tree.part"
        mv "$tree.part" "$tree"
    fi
    made=$((made + 1))
done 3<<<"$found"
[ "$made" -eq "$count" ] || die "only $made of $count trees could be made; add names to $list"

files=$(find "$dir" -mindepth 2 ! -type d | wc -l)
bytes=$(find "$dir" -type f -printf '%s\n' | awk '{ s += $1 } END { printf "%.1f", s / 1e6 }')
say "$made trees, $files files and links, $bytes MB in $dir"
