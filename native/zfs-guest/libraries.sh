#!/usr/bin/env bash
# Fetches the libraries of an OpenZFS, for tests of the binding that need no kernel, and prints the folder they lie in.
#
#   native/zfs-guest/libraries.sh [SUITE]     bookworm (OpenZFS 2.1, the default) or bookworm-backports (2.3)
#
# Unpacked from Debian packages, not installed. Use them by LD_LIBRARY_PATH. Once fetched they stay in
# ${XDG_CACHE_HOME:-~/.cache}/axiom/libzfs/SUITE.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=native/zfs-guest/tools.sh
. "$here/tools.sh"
suite=${1:-bookworm}
case $suite in
    bookworm) zfs=libzfs4linux ;;
    bookworm-backports) zfs=libzfs6linux ;;
    *) say "no suite '$suite': bookworm or bookworm-backports" && exit 2 ;;
esac
cache=${XDG_CACHE_HOME:-$HOME/.cache}/axiom/libzfs
if [ ! -d "$cache/$suite" ]; then
    mkdir -p "$cache"
    work=$(mktemp -d "$cache/.new.XXXXXX")
    trap 'rm -rf "$work"' EXIT
    private_apt "$suite" "$work"
    mkdir "$work/packages" "$work/libraries"
    (cd "$work/packages" && apt-get download -qq "$zfs" libnvpair3linux libuutil3linux)
    for package in "$work"/packages/*.deb; do dpkg-deb -x "$package" "$work/tree"; done
    find "$work/tree" -name 'lib*.so.*' -exec cp -P -t "$work/libraries" {} +
    # Of two at once the later finds the place taken, by the same.
    mv -T "$work/libraries" "$cache/$suite" 2>/dev/null || [ -d "$cache/$suite" ]
fi
printf '%s\n' "$cache/$suite"
