#!/usr/bin/env bash
# Runs the tests that need a real ZFS, those named *ZfsIT, in one JVM in the guest. ./check --zfs builds first and then calls this.
#
#   scripts/test-zfs.sh [CLASS]     all, or those whose class name matches the pattern CLASS
#
# The report is printed and kept in axiom-zfs/target/zfs-reports, as XML. The exit status is 0 only if tests ran and none failed.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=scripts/guest-java.sh
. scripts/guest-java.sh
reports=axiom-zfs/target/zfs-reports
rm -rf "$reports"
native/zfs-guest/run.sh -m 3G -t "${AXIOM_ZFS_SECONDS:-2400}" \
    "${guest_java[@]}" org.junit.platform.console.ConsoleLauncher execute --disable-banner --disable-ansi-colors --details=testfeed \
    --fail-if-no-tests --scan-classpath axiom-zfs/target/test-classes:axiom-cli/target/test-classes \
    --include-classname "${1:-.*ZfsIT}" --reports-dir "$reports" |
    sed -u '/^\t*at \(org\.junit\|java\.base\)/d' # who called the test says nothing
