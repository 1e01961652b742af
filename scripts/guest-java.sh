# shellcheck shell=bash
# Sourced, with the checkout as the current folder, by what runs tests in the guest. Sets guest_java to the command that runs a class
# of the tests there, junit to the class that runs JUnit's, with its arguments, and program to the distribution's.

[ -f axiom-cli/target/test.classpath ] || { echo "$0: nothing is built yet: run ./check --zfs" >&2 && exit 2; }
# shellcheck disable=SC2034 # for who sources this
# The compiler's second stage costs more than it gains where the processor is emulated and a test is short.
guest_java=(java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Xmx512m -cp
    "$(printf '%s:' "$PWD"/axiom-{zfs,cli}/target/{test-classes,classes})$(cat axiom-cli/target/test.classpath)")
# shellcheck disable=SC2034
junit=(org.junit.platform.console.ConsoleLauncher execute --disable-banner --disable-ansi-colors --details=testfeed --fail-if-no-tests)
program=$PWD/axiom-cli/target/axiom/bin/axiom
make_class_archive() { "$program" version >/dev/null; } # here and not in the guest
without_callers() { sed -u '/^\t*at \(org\.junit\|java\.base\)/d'; } # who called the test says nothing
