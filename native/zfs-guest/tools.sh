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

# private_apt SUITE FOLDER: from now on apt-get and apt-cache know that suite alone, from the mirror that the machine's own apt
# uses, with lists in that folder.
private_apt() {
    local mirror
    # shellcheck disable=SC2016 # apt's variable
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Codename: bookworm' 'Component: main' | sed -n 1p)
    [ -n "$mirror" ] || { say "apt knows no mirror of Debian 12 (bookworm): it needs one in its sources, then 'apt-get update'" && return 1; }
    mkdir -p "$2/lists"
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $1 main contrib" >"$2/sources.list"
    cat >"$2/apt.conf" <<END
Dir::Etc::SourceList "$2/sources.list";
Dir::Etc::SourceParts "/dev/null";
Dir::Etc::PreferencesParts "/dev/null";
Dir::State::Lists "$2/lists";
Dir::State::Status "/dev/null";
Dir::Cache::PkgCache "";
Dir::Cache::SrcPkgCache "";
APT::Sandbox::User "root";
END
    export APT_CONFIG=$2/apt.conf
    apt-get update -qq
}
