# shellcheck shell=bash
# Sourced, with the checkout as the current folder: sets guest_java to the command that runs a class of the tests in the guest.

[ -f axiom-cli/target/test.classpath ] || { echo "$0: nothing is built yet: run ./check --zfs" >&2 && exit 2; }
# shellcheck disable=SC2034 # for who sources this
# The compiler's second stage costs more than it gains where the processor is emulated and a test is short.
guest_java=(java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Xmx512m -cp
    "$(printf '%s:' "$PWD"/axiom-{zfs,cli}/target/{test-classes,classes})$(cat axiom-cli/target/test.classpath)")
