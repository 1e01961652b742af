#!/usr/bin/env bash
# Pools in folders on XFS, Btrfs and ext4, in the guest of native/zfs-guest, whose kernel has them all: the contract that every pool
# keeps, processes that are killed, and an environment of copies, which takes no room where a file system lets files share blocks.
#
#   scripts/test-filesystems.sh [xfs|btrfs|ext4]…
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=scripts/guest-java.sh
. scripts/guest-java.sh
# shellcheck source=native/zfs-guest/tools.sh
. native/zfs-guest/tools.sh
[ $# -gt 0 ] || set -- xfs btrfs ext4
need xfsprogs btrfs-progs e2fsprogs
make_class_archive
tests=("${junit[@]}")
for class in DirectoryPoolContractTest DirectoryPoolTest DirectoryPoolProcessTest; do
    tests+=(--select-class "dev.axiom.core.pool.$class")
done

for type in "$@"; do
    say "on $type"
    # shellcheck disable=SC2016 # the guest's variables
    native/zfs-guest/run.sh -m 4G -t 3000 -d 6G:0 bash -c '
        set -eu
        type=$1 program=$2
        shift 2
        for module in libcrc32c xor raid6_pq xfs btrfs; do insmod "$guest/modules/$module.ko"; done
        case $type in
            ext4) mkfs.ext4 -q -F /dev/vda ;;
            *) "mkfs.$type" -q -f /dev/vda ;;
        esac
        mkdir /tmp/disk
        mount -t "$type" /dev/vda /tmp/disk
        mkdir /tmp/disk/tests
        "$@"
        cd /tmp/disk
        axiom() { AXIOM_JAVA_OPTS=-XX:TieredStopAtLevel=1 AXIOM_POOL=dir:/tmp/disk/pool "$program" "$@"; }
        mkdir big-1.0
        head -c 64M /dev/urandom >big-1.0/data
        axiom package add --quiet big-1.0
        axiom profile create one
        axiom profile add one big
        axiom profile resolve one
        sync -f .
        before=$(df --output=used -B 1M . | tail -n 1)
        axiom env realize --strategy copy work one
        sync -f .
        grown=$(($(df --output=used -B 1M . | tail -n 1) - before))
        cmp big-1.0/data "$(axiom env show work --json | grep -o "\"path\" *: *\"[^\"]*" | head -n 1 | sed "s/.*\"//")/data"
        echo "$type: an environment of copies of 64 MiB took $grown MiB"
        [ "$type" = ext4 ] || [ "$grown" -lt 16 ]' \
        tests "$type" "$program" "${guest_java[@]}" -Djava.io.tmpdir=/tmp/disk/tests "${tests[@]}" | without_callers
done
