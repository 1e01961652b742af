#!/usr/bin/env bash
# Writes the lists of versions, in the order that dpkg and rpm give them, against which the version schemes are tested.
# The versions are real ones, from apt's own lists, and hard cases made by hand. Needs dpkg, apt's lists and rpm.
#
#   scripts/golden-versions.sh           writes axiom-core/src/test/resources/versions/{debian,rpm}.txt
#
# One place of the order a line, ascending; what is equal stands in one line.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
folder=axiom-core/src/test/resources/versions
sample=400

hard='0 0~ 0~~ 1 1~ 1~~ 1~~a 1~a 1a 1+ 1+a 1.0 1.0-0 1.0-00 01.0 1.00 1.0-1 1.0-1~ 1.0-1~bpo1 1.0-1+b1 1.0-1.1 1-1-1 1:0 0:1
1:0~ 1.a 1.a0 1.a1 1.a01 1.a00 1.a001-1 1.2.3a 1.2.3.a 1.2.3+a 1.2.3~a 1.2.3-a 2:1-1 10 9 9z 9z1 1.0.0 1.0. 99999999999999999999'

real() {
    # shellcheck disable=SC2016 # apt's own variable
    apt-get indextargets --format '$(FILENAME)' 'Created-By: Packages' |
        while read -r file; do /usr/lib/apt/apt-helper cat-file "$file"; done |
        sed -n 's/^Version: //p' | LC_ALL=C sort -u |
        shuf --random-source=<(openssl enc -aes-256-ctr -pass pass:axiom -nosalt -pbkdf2 </dev/zero 2>/dev/null)
}

# Sorts by inserting: dpkg can only compare two.
debian() {
    local -a order=()
    local version low high middle equal
    while read -r version; do
        low=0 high=${#order[@]} equal=
        while ((low < high)); do
            middle=$(((low + high) / 2))
            if dpkg --compare-versions "$version" lt "${order[middle]%% *}"; then
                high=$middle
            elif dpkg --compare-versions "$version" eq "${order[middle]%% *}"; then
                order[middle]+=" $version" equal=yes low=$high
            else
                low=$((middle + 1))
            fi
        done
        [ -n "$equal" ] || order=("${order[@]:0:low}" "$version" "${order[@]:low}")
    done
    printf '%s\n' "${order[@]}"
}

rpm_sorted() {
    rpm --eval "%{lua:
        local all = {}
        for v in io.lines('$1') do all[#all + 1] = v end
        table.sort(all, function(a, b) local c = rpm.vercmp(a, b); return c < 0 or (c == 0 and a < b) end)
        local line = all[1]
        for i = 2, #all do
            if rpm.vercmp(all[i - 1], all[i]) == 0 then line = line .. ' ' .. all[i] else print(line .. '\n'); line = all[i] end
        end
        print(line .. '\n')}"
}

mkdir -p "$folder"
versions=$(mktemp)
trap 'rm -f "$versions"' EXIT
{ real | head -n "$sample" || true; tr ' ' '\n' <<<"$hard"; } | LC_ALL=C sort -u >"$versions"
debian <"$versions" >"$folder/debian.txt"
# What rpm has and Debian has not: a caret; and no second '-'.
{ grep -v -- '-.*-' "$versions"; printf '%s\n' 1.0^ 1.0^git1 1.0^git1~pre 1.0~rc1^git1 1.0^20160101 1.0^20160101^git1 1.0.1 1.0^a-1 1_0 1.0_ 2.0.fc1-3 2.0-3.fc1 1.0a 1.0.a; } |
    grep -v '[^0-9]:' | LC_ALL=C sort -u >"$versions.rpm"
rpm_sorted "$versions.rpm" | sed '/^$/d' >"$folder/rpm.txt"
rm -f "$versions.rpm"
wc -l "$folder"/*.txt
