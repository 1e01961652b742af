#!/usr/bin/env bash
# An end-to-end test with a real program from Debian: git and its whole closure, fetched by apt, added in one call, resolved,
# realized, and git run from the environment, with nothing but the environment's own libraries.
#
#   scripts/test-debian.sh AXIOM
#
# Needs apt with its lists (apt-get update); without it the test is skipped and says so. What is fetched (33 MB) is kept
# under ${XDG_CACHE_HOME:-~/.cache}/axiom.
set -euo pipefail
export LC_ALL=C

program=$(realpath "${1:?usage: scripts/test-debian.sh AXIOM}")
skip() {
    printf 'debian: skipped: %s\n' "$*"
    exit 0
}
fail() {
    printf 'debian: FAILED: %s\n' "$*" >&2
    exit 1
}
command -v apt-get >/dev/null || skip "there is no apt here, so no real Debian packages can be fetched"
# shellcheck disable=SC2016 # the words are apt's
[ -n "$(apt-get indextargets --format '$(FILENAME)' 'Created-By: Packages')" ] || skip "apt has no lists: apt-get update"

cache=${XDG_CACHE_HOME:-$HOME/.cache}/axiom/closure
work=$(mktemp -d "${TMPDIR:-/tmp}/axiom-debian.XXXXXX")
trap 'chmod -R u+w "$work" && rm -rf "$work"' EXIT
export AXIOM_POOL=dir:$work/pool XDG_CONFIG_HOME=$work/config
axiom() { "$program" "$@"; }
text() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"; }

# As apt would install git where nothing is installed yet; it fetches what is not there already.
mkdir -p "$cache/archives/partial"
: >"$work/status"
apt_install() {
    apt-get -q -y -o Dir::State::status="$work/status" -o Dir::Cache="$cache" -o Dir::Cache::pkgcache= \
        -o Dir::Cache::srcpkgcache= -o APT::Install-Recommends=0 -o APT::Keep-Downloaded-Packages=true \
        -o Debug::NoLocking=1 install "$@" 2>"$work/err"
}
apt_install -s git >"$work/plan" || skip "apt cannot install git: $(tail -n 1 "$work/err")"
apt_install --download-only git >"$work/fetch" || skip "apt cannot fetch git: $(tail -n 1 "$work/err")"
debs=()
while read -r _ name version _; do
    found=("$cache/archives/${name}_${version//:/%3a}"_*.deb)
    [ -e "${found[0]}" ] || fail "apt fetched no $name $version"
    debs+=("${found[0]}")
done < <(sed -n 's/^Inst \([^ ]*\) (\([^ ]*\).*/Inst \1 \2 x/p' "$work/plan")
[ ${#debs[@]} -ge 20 ] || fail "only ${#debs[@]} packages"

# Alone, it says what is missing.
git=$(printf '%s\n' "${debs[@]}" | grep '/git_')
axiom package add "$git" >"$work/alone" 2>&1 || fail "package add of git alone"
grep -q 'nothing in the store is libc6.*, which git@.*needs' "$work/alone" || fail "that libc6 is missing is not said: $(cat "$work/alone")"
axiom profile create dev --quiet
axiom profile add dev git --quiet
code=0
axiom profile resolve dev --quiet 2>"$work/err" || code=$?
[ "$code" = 6 ] || fail "a git without its libraries was resolved"
grep -q 'hint: add a package git-man' "$work/err" || fail "what is missing is not named: $(cat "$work/err")"

axiom package add "${debs[@]}" >"$work/added" 2>&1 || fail "package add: $(tail -n 3 "$work/added")"
! grep 'nothing in the store is' "$work/added" || fail "something is unresolved"
axiom package verify --all --quiet || fail "package verify"
axiom profile resolve dev --json >"$work/resolved" || fail "profile resolve"
chosen=$(grep -o '"buildId"' "$work/resolved" | wc -l)

version=$(basename "$git" | sed 's/.*%3a\([0-9.]*\).*/\1/')
for strategy in link copy; do
    axiom env realize "git-$strategy" dev --strategy "$strategy" --json >"$work/env" || fail "env realize --strategy $strategy"
    path=$(text path <"$work/env")
    loader=$(echo "$path"/lib64/ld-linux*.so.*)
    [ -x "$loader" ] || skip "no loader for this processor: $loader"
    libraries=$(find "$path/lib" "$path/usr/lib" -maxdepth 1 -name '*-linux-gnu*' -printf '%p:')
    # The environment's loader, its libraries, its git.
    run=("$loader" --library-path "$libraries" "$path/usr/bin/git")
    "$loader" --library-path "$libraries" --list "$path/usr/bin/git" >"$work/list" || fail "$strategy: git finds no libraries"
    ! grep '=> /' "$work/list" | grep -v "=> $path/" || fail "$strategy: git takes a library from elsewhere"
    export GIT_EXEC_PATH=$path/usr/lib/git-core GIT_TEMPLATE_DIR=$path/usr/share/git-core/templates
    export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=$work/gitconfig
    : >"$work/gitconfig"
    said=$("${run[@]}" --version) || fail "$strategy: git --version"
    [ "$said" = "git version $version" ] || fail "$strategy: '$said' is not $version"
    repository=$work/repository-$strategy
    "${run[@]}" init -q "$repository" || fail "$strategy: git init"
    echo "real" >"$repository/file"
    "${run[@]}" -C "$repository" add file || fail "$strategy: git add"
    "${run[@]}" -C "$repository" -c user.name=A -c user.email=a@example.org -c maintenance.auto=false commit -q -m "First" ||
        fail "$strategy: git commit"
    [ "$("${run[@]}" -C "$repository" log --format=%s)" = First ] || fail "$strategy: git log"
    [ -s "$repository/.git/hooks/pre-commit.sample" ] || fail "$strategy: no templates"
done
echo "debian: OK: git $version with ${#debs[@]} packages from apt, $chosen of them in the profile, run from both kinds of environment"
