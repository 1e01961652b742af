#!/usr/bin/env bash
# Cuts the power of a machine with a pool on ZFS, in turn while Axiom adds, resolves, realizes and collects, at random times.
# After each boot everything is whole, and what was said to be done is done.
#
#   scripts/test-powercut.sh [-r SEED] [CUTS] [zfs|dir]     20 cuts on a zfs: pool; dir means a dir: pool on a ZFS file system
#
# Needs a build: ./check --zfs makes one.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=scripts/guest-java.sh
. scripts/guest-java.sh
options=()
if [ "${1:-}" = -r ]; then
    options=(-r "$2")
    shift 2
fi
cuts=${1:-20} kind=${2:-zfs}
case $kind in
    zfs) pool=zfs:tank/axiom ;;
    dir) pool=dir:/tank/axiom ;;
    *) echo "scripts/test-powercut.sh: the pool is zfs or dir, not '$kind'" >&2 && exit 2 ;;
esac
work=$PWD/axiom-cli/target/powercut
rm -rf "$work"
mkdir -p "$work"
trap 'rm -f "$work/disk"' EXIT

# shellcheck disable=SC2016 # the guest's variables
native/zfs-guest/powercut.sh "${options[@]}" -s "$work" -m 2G -t 1800 bash -c '
    set -e
    if [ "$ROUND" = 1 ]; then
        truncate -s 4G disk
        zpool create -O mountpoint=none tank "$PWD/disk"
        zfs create -o mountpoint=/tank tank/files
    else
        zpool import -d disk tank
    fi
    exec "${@:2}" "$ROUND" "$1"' \
    round "$cuts" "${guest_java[@]}" dev.axiom.cli.PowerCutRound "$pool" "$work"
