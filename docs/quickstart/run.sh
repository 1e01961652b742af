#!/usr/bin/env bash
# The whole way on real upstream packages: add, resolve, realize, run a program, upgrade, roll back, collect.
#
#   docs/quickstart/run.sh AXIOM [WORK [POOL]]
#
# AXIOM is the program to use; WORK a folder for the pool and all else this writes (default: a temporary one, removed at the
# end); POOL another pool than the one in there, new and empty. Needs neither ZFS nor root, only Java and, for the archives, the
# Maven client (bench/fetch-upstream.sh keeps them outside of the checkout). Every command is printed before it runs, and what is
# claimed is checked: the first thing that is not so ends the tour with status 1.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
if [ $# -lt 1 ] || [ $# -gt 3 ]; then
    echo "usage: docs/quickstart/run.sh AXIOM [WORK [POOL]]" >&2
    exit 2
fi
program=$(command -v "$1") || { echo "quickstart: no program $1" >&2 && exit 2; }
program=$(realpath "$program")
if [ $# -gt 1 ]; then
    mkdir -p "$2"
    work=$(cd "$2" && pwd)
else
    work=$(mktemp -d "${TMPDIR:-/tmp}/axiom-quickstart.XXXXXX")
    trap 'chmod -R u+w "$work" && rm -rf "$work"' EXIT # packages are read-only
fi
[ ! -e "$work/pool" ] || { echo "quickstart: $work/pool is there already; name an empty folder" >&2 && exit 2; }

# ---- telling and checking ----------------------------------------------------------------------------------------------

title() { printf '\n# %s\n' "$*"; }
fail() {
    printf 'quickstart: NOT AS IT SHOULD BE: %s\n' "$*" >&2
    exit 1
}
show() {
    local word line='$'
    for word in "$@"; do
        case $word in
            *[!A-Za-z0-9@%+=:,./_^-]* | '') line+=" '$word'" ;;
            *) line+=" $word" ;;
        esac
    done
    printf '%s\n' "$line"
}
axiom() { "$program" "$@"; }
# do_it COMMAND…: shows it, runs it, keeps what it printed in $output.
do_it() { ends_with 0 "$@"; }
# ends_with STATUS COMMAND…: the same for a command that is meant to be refused.
ends_with() {
    local expected=$1 status=0
    shift
    show "$@"
    "$@" >"$work/output" 2>&1 || status=$?
    output=$(cat "$work/output")
    [ -z "$output" ] || printf '%s\n' "$output"
    [ "$status" = "$expected" ] || fail "exit status $status, not $expected"
}
says() { grep -qF -- "$1" <<<"$output" || fail "the output does not say '$1'"; }
same() { [ "$1" = "$2" ] || fail "'$1' is not '$2'"; }
# In the JSON on standard input: texts NAME: the values of every text field NAME; number NAME: that of the number field NAME;
# list NAME: the texts in the array NAME.
texts() { tr -d '\n' | { grep -oE "\"$1\" *: *\"[^\"]*\"" || true; } | sed -E 's/.*: *"(.*)"/\1/'; }
number() { tr -d '\n' | sed -nE "s/.*\"$1\" *: *([0-9]+).*/\1/p"; }
list() { tr -d '\n' | sed -nE "s/.*\"$1\" *: *\[([^]]*)\].*/\1/p" | tr ',' '\n' | sed -nE 's/.*"(.*)".*/\1/p'; }
ids() { axiom package list --json | texts id | sort; }
id_of() {
    local id
    id=$(ids | grep "^$1@") || fail "there is no package $1"
    printf '%s\n' "$id"
}

# ---- the tour ----------------------------------------------------------------------------------------------------------

archives=$("$here/../../bench/fetch-upstream.sh")
# A pool and settings of its own: nothing outside of the work folder is read or written.
export AXIOM_POOL=${3:-dir:$work/pool} XDG_CONFIG_HOME=$work/config XDG_DATA_HOME=$work/data
gc=(axiom gc --grace 0 --lock-file "$work/gc.lock")
mkdir -p "$work/sb-contrib/plugin" && cp "$here"/sb-contrib/*.yaml "$work/sb-contrib/"
cp "$archives/sb-contrib-7.6.9.jar" "$work/sb-contrib/plugin/sb-contrib.jar"
cd "$archives"

title "A pool to keep packages in"
do_it axiom setup

title "Real upstream archives become packages: with a manifest, with options, and from a folder that holds its own"
do_it axiom package add apache-maven-3.9.9-bin.tar.gz --strip 1 --manifest "$here/apache-maven-3.9.9.manifest.yaml"
do_it axiom package add jruby-dist-9.4.12.0-bin.tar.gz --strip 1 --name jruby --version 9.4.12.0
do_it axiom package add spotbugs-4.8.6.tgz --strip 1 --manifest "$here/spotbugs-4.8.6.manifest.yaml"
do_it axiom package add "$work/sb-contrib"
do_it axiom package list
same "$(ids | wc -l)" 4
old_maven=$(id_of apache-maven)

title "The same content again is no new package"
do_it axiom package add jruby-dist-9.4.12.0-bin.tar.gz --strip 1 --name jruby --version 9.4.12.0 --json
same "$(texts status <<<"$output")" unchanged

title "A profile says what is wanted; resolving it writes down exactly what that is"
do_it axiom profile create dev
do_it axiom profile add dev "apache-maven@^3.9" jruby
do_it axiom profile resolve dev
do_it axiom profile show dev

title "An environment is made from it, and real programs run in it"
do_it axiom env realize dev dev
do_it axiom env run dev -- mvn --version
says "Apache Maven 3.9.9"
do_it axiom env run dev -- jruby -e 'puts "#{RUBY_ENGINE} says #{6 * 7}"'
says "jruby says 42"
# shellcheck disable=SC2016 # shown, not run
show eval '"$(axiom env activate dev)"'
(
    eval "$(axiom env activate dev)"
    show command -v mvn
    command -v mvn
    mvn --version | grep -qF "Apache Maven 3.9.9" || fail "the activated shell has another mvn"
)

title "Dependencies come along: SpotBugs for its plugin sb-contrib, in one tree"
do_it axiom profile create review
do_it axiom profile add review sb-contrib
do_it axiom profile resolve review --json
same "$(texts id <<<"$output" | sed 's,@.*,,' | sort | tr '\n' ' ')" "sb-contrib spotbugs "
do_it axiom env realize review review --strategy copy --json
review=$(texts path <<<"$output")
do_it axiom env run review -- sh "$review/bin/spotbugs" -showPlugins
says com.mebigfatguy.fbcontrib

title "Two packages that own the same path are a conflict; both are named, and nothing is made"
do_it axiom profile create everything
do_it axiom profile add everything apache-maven sb-contrib
do_it axiom profile resolve everything --quiet
ends_with 4 axiom env realize everything everything
says README.txt
says apache-maven
says spotbugs
do_it axiom profile delete everything

title "What cannot be solved is explained"
do_it axiom profile create wish
do_it axiom profile add wish "spotbugs@<4" sb-contrib
ends_with 6 axiom profile resolve wish
says "no version of spotbugs matches <4"
do_it axiom profile delete wish

title "A newer Maven: a second generation of the profile and of the environment"
do_it axiom package add apache-maven-3.9.11-bin.tar.gz --strip 1 --manifest "$here/apache-maven-3.9.11.manifest.yaml"
do_it axiom profile resolve dev --upgrade
do_it axiom profile diff dev
do_it axiom env realize dev dev
do_it axiom env run dev -- mvn --version
says "Apache Maven 3.9.11"

title "Back to the first generation, and forward again"
do_it axiom env rollback dev
do_it axiom env run dev -- mvn --version
says "Apache Maven 3.9.9"
do_it axiom env rollback dev 2
do_it axiom env run dev -- mvn --version
says "Apache Maven 3.9.11"

title "Old generations keep the old Maven alive: it can be neither removed nor collected"
do_it axiom why apache-maven@3.9.9
ends_with 7 axiom package remove apache-maven@3.9.9
before=$(ids)
do_it "${gc[@]}" --json
same "$(list collected <<<"$output")" ""
same "$(ids)" "$before"

title "With only the newest generations kept, exactly the old Maven goes"
do_it "${gc[@]}" --keep-generations 1 --dry-run
same "$(ids)" "$before"
do_it "${gc[@]}" --keep-generations 1 --json
same "$(list collected <<<"$output")" "$old_maven"
same "$(ids)" "$(grep -vxF "$old_maven" <<<"$before")"
ends_with 3 axiom why apache-maven@3.9.9

title "Everything else is whole and still runs"
do_it axiom package verify --all
do_it axiom env run dev -- mvn --version
says "Apache Maven 3.9.11"
do_it axiom env run review -- sh "$review/bin/spotbugs" -showPlugins
says com.mebigfatguy.fbcontrib
do_it axiom status

title "A pin keeps what nothing else uses; without it, a collection frees what the dry run foretold"
mkdir "$work/notes" && head -c 4194304 /dev/urandom >"$work/notes/noise"
do_it axiom package add "$work/notes" --name notes --version 1.0
notes=$(id_of notes)
do_it axiom root add notes --name keep --reason "shown in the tour"
do_it axiom root list
ends_with 7 axiom package remove notes
do_it "${gc[@]}" --json
same "$(list collected <<<"$output")" ""
do_it axiom root remove keep
do_it "${gc[@]}" --dry-run --json
foretold=$(number bytesFreed <<<"$output")
do_it "${gc[@]}" --json
same "$(list collected <<<"$output")" "$notes"
freed=$(number bytesFreed <<<"$output")
if [ "$freed" -lt 4194304 ] || [ $((freed * 10)) -gt $((foretold * 11)) ] || [ $((freed * 10)) -lt $((foretold * 9)) ]; then
    fail "$freed bytes were freed, and $foretold foretold"
fi

if [ "${AXIOM_POOL%%:*}" = zfs ]; then
    dataset=${AXIOM_POOL#zfs:}
    if [ "$(cat /sys/module/zfs/parameters/zfs_bclone_enabled 2>/dev/null)" = 1 ]; then
        title "The copies in an environment share their blocks with the packages"
        do_it zpool get -Hpo value bcloneused "${dataset%%/*}"
        [ "$output" -gt 1000000 ] || fail "$output bytes are shared"
    fi

    title "After a restart nothing is mounted, until axiom mount does it"
    dev=$(axiom env show dev --json | texts path)
    awk -v below="$dataset/" '$3 == "zfs" && index($1, below) == 1 { print $2 }' /proc/mounts | sort -r | xargs -n 1 umount
    [ ! -e "$dev/bin/mvn" ] || fail "$dev/bin/mvn is still there"
    do_it axiom mount
    do_it "$dev/bin/mvn" --version
    says "Apache Maven 3.9.11"

    title "Another pool gets a package as a stream"
    other=$AXIOM_POOL-other
    do_it axiom setup --pool "$other"
    axiom package send jruby >"$work/stream"
    do_it axiom package receive --pool "$other" "$work/stream"
    do_it axiom package verify --pool "$other" --all
    same "$(axiom package list --pool "$other" --json | texts id)" "$(id_of jruby)"
fi

title "Done: all of the above was checked"
