# shellcheck shell=bash
# What the scripts of this folder share. Sourced.

say() { printf 'zfs-guest: %s\n' "$*" >&2; }

# need PACKAGE…: makes sure of these Debian packages; installs them as root, names them to others.
need() {
    local package missing=()
    for package in "$@"; do
        dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
        say "these are missing: ${missing[*]}"
        printf 'hint: Debian 12: sudo apt-get install --no-install-recommends %s\n' "${missing[*]}" >&2
        return 9
    fi
    say "installing ${missing[*]}"
    DEBIAN_FRONTEND=noninteractive apt-get update -qq >&2
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
}
