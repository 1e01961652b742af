#!/usr/bin/env bash
# The tests that need a real ZFS, in the guest of native/zfs-guest: those of axiom-zfs in one JVM, then the quickstart's tour by the
# distribution, both in one boot. ./check --zfs builds first and then calls this.
#
#   scripts/test-zfs.sh           all
#   scripts/test-zfs.sh CLASS     only the classes of tests whose full name matches the pattern, and no tour
#   scripts/test-zfs.sh tour      only the tour
#   scripts/test-zfs.sh slow-disk only how fast it is on a disk that takes 25 ms for each request: the emulated processor is 20 to 60 times
#                                 slower than the machine's, and so is this disk than one of 0.5 to 1 ms
#   scripts/test-zfs.sh busy-disk the same on a disk that does 40 requests in a second
#   scripts/test-zfs.sh torture   only processes that do everything at once and are killed, for AXIOM_TORTURE seconds (900), by 4 clients
#
# Tests find in AXIOM_TEST_DATASET a dataset to work in; without it they skip themselves. The report is printed, and kept in
# axiom-zfs/target/zfs-reports as XML. The exit status is 0 only if there were tests and nothing failed.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=scripts/guest-java.sh
. scripts/guest-java.sh
reports=axiom-zfs/target/zfs-reports
rm -rf "$reports"
tests=("${guest_java[@]}" "${junit[@]}" --scan-classpath axiom-zfs/target/test-classes --reports-dir "$reports")
tour=() latency='' disk=/tmp/vdev options=(-m 4G)
case ${1:-tour} in
    tour)
        [ $# -eq 0 ] || tests=(true)
        make_class_archive
        bench/fetch-upstream.sh >/dev/null
        # As for the tests; and where the second stage replaces code while another processor runs it, qemu was seen to trip (SIGILL).
        tour=(env AXIOM_JAVA_OPTS=-XX:TieredStopAtLevel=1 docs/quickstart/run.sh "$program" /tmp/tour zfs:tank/tour)
        ;;
    slow-disk | busy-disk)
        tests=(env AXIOM_TEST_DISK="${1%-disk}" "${tests[@]}" --include-classname '.*ZfsPoolSpeedTest')
        [ "$1" = busy-disk ] || latency=25
        [ "$1" = slow-disk ] || { disk=/dev/vda1 && options+=(-d 8G:40); }
        ;;
    torture)
        make_class_archive
        # A command takes many times as long as elsewhere: so those who are killed live longer, too.
        tests=(env AXIOM_JAVA_OPTS=-XX:TieredStopAtLevel=1 "${guest_java[@]:0:1}" -Daxiom.torture.kill=30000 -Daxiom.torture.patience=1800
            "${guest_java[@]:1}" dev.axiom.cli.Torture "$program" zfs:tank/torture /tmp/torture "${AXIOM_TORTURE:-900}" 4 "$RANDOM")
        ;;
    *) tests+=(--include-classname "$1") ;;
esac

# shellcheck disable=SC2016 # the guest's variables
native/zfs-guest/run.sh "${options[@]}" -t "${AXIOM_ZFS_SECONDS:-7200}" bash -c '
    set -e
    case $1 in
        # Where no udev answers, zpool can make no partition itself.
        /dev/vda1) addpart /dev/vda 1 2048 $(($(cat /sys/block/vda/size) - 2048)) ;;
        *) truncate -s 1536M "$1" ;; # which fits into the memory below, or the pool would be suspended
    esac
    zpool create -O mountpoint=none tank "$1"
    [ -z "$2" ] || zinject -d "$1" -D "$2:64" tank # milliseconds, and how many requests at a time
    zfs create tank/tests
    count=$3
    shift 3
    status=0
    AXIOM_TEST_DATASET=tank/tests AXIOM_TEST_PATIENCE=900 "${@:1:count}" || status=$?
    shift "$count"
    [ $# -eq 0 ] || "$@" || status=$?
    exit "$status"' tests "$disk" "$latency" "${#tests[@]}" "${tests[@]}" "${tour[@]}" |
    without_callers
