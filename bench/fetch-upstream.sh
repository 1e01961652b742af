#!/usr/bin/env bash
# Fetches the real upstream archives of docs/quickstart/upstream.list with the ordinary Maven client, about 70 MB in all.
#
#   bench/fetch-upstream.sh [DIR]
#
# DIR is ${XDG_CACHE_HOME:-~/.cache}/axiom/upstream unless given. What is there already, with the right SHA-256, is not
# fetched again. Where Maven fetches from is its own settings' business. Prints DIR.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
list=$here/../docs/quickstart/upstream.list
dir=${1:-${XDG_CACHE_HOME:-$HOME/.cache}/axiom/upstream}
plugin=org.apache.maven.plugins:maven-dependency-plugin:3.8.1

say() { printf 'fetch-upstream: %s\n' "$*" >&2; }
matches() { [ -f "$2" ] && [ "$(sha256sum <"$2" | cut -d ' ' -f 1)" = "$1" ]; }

command -v mvn >/dev/null || { say "mvn is missing: install Maven (Debian: apt-get install maven)" && exit 1; }
mkdir -p "$dir"
dir=$(cd "$dir" && pwd)
part=$(mktemp -d "$dir/part.XXXXXX")
trap 'rm -rf "$part"' EXIT

while read -r coordinates sha256 file <&3; do
    case $coordinates in '' | '#'*) continue ;; esac
    matches "$sha256" "$dir/$file" && continue
    say "fetching $coordinates"
    # Outside of any project, so that no pom of ours is read.
    if ! (cd "$part" && mvn -q -B "$plugin:copy" -Dartifact="$coordinates" -DoutputDirectory="$part") >"$dir/mvn.log" 2>&1; then
        grep -m 3 ERROR "$dir/mvn.log" >&2 || cat "$dir/mvn.log" >&2
        say "Maven could not fetch $coordinates"
        exit 1
    fi
    matches "$sha256" "$part/$file" || { say "$file is not what it was: its SHA-256 differs from $list" && exit 1; }
    mv "$part/$file" "$dir/$file"
done 3<"$list"
rm -f "$dir/mvn.log"
printf '%s\n' "$dir"
