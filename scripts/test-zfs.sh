#!/usr/bin/env bash
# Runs the tests that need a real ZFS, those named *ZfsIT, in one JVM in the guest. ./check --zfs builds first and then calls this.
#
#   scripts/test-zfs.sh [CLASS]     all, or those whose class name matches the pattern CLASS
#
# The report is printed and kept in axiom-zfs/target/zfs-reports, as XML. The exit status is 0 only if tests ran and none failed.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
target=axiom-zfs/target
[ -f $target/test.classpath ] || { echo "scripts/test-zfs.sh: nothing is built yet: run ./check --zfs" >&2 && exit 2; }
rm -rf $target/zfs-reports
# The compiler's second stage costs more than it gains where the processor is emulated and a test is short.
native/zfs-guest/run.sh -m 3G -t "${AXIOM_ZFS_SECONDS:-2400}" \
    java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx512m \
    -cp "$target/test-classes:$target/classes:$(cat $target/test.classpath)" \
    org.junit.platform.console.ConsoleLauncher execute --disable-banner --disable-ansi-colors --details=testfeed --fail-if-no-tests \
    --scan-classpath $target/test-classes --include-classname "${1:-.*ZfsIT}" --reports-dir $target/zfs-reports |
    sed -u '/^\t*at \(org\.junit\|java\.base\)/d' # who called the test says nothing
