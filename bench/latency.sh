#!/usr/bin/env bash
# Times add, resolve and realize while a collection of thousands of packages is at work, and while none is:
#
#   bench/latency.sh [--rounds N] [--dead N] [--quiet SECONDS] [--work DIR] [--axiom PROGRAM]
#
# A round: fill the store with dead packages (5000; not timed), commands without a collection for some seconds (4), commands
# beside `axiom gc --grace 0` until it ends, commands again without. 8 rounds take two to four minutes on an idle machine.
# The commands run in one JVM, the collection in a process of its own. Printed: p50, p99 and max of both, their ratio, and
# how long the commands waited for each lock. --work chooses the file system (default: /dev/shm).
#
# Needs a build with its test classes: mvn package. Exit status: 0, 2 usage, 3 something needed is missing.
set -euo pipefail
export LC_ALL=C

here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=bench/common.sh
. "$here/bench/common.sh"
axiom=$here/axiom-cli/target/axiom/bin/axiom
rounds=8
dead=5000
quiet=4
work=/dev/shm

options 'rounds dead quiet work axiom' "$@"
whole "$rounds" "$dead" "$quiet"

tests=$here/axiom-cli/target/test-classes
if [ ! -x "$axiom" ] || [ ! -d "$tests" ]; then stop 3 "build first: mvn package"; fi
lib=$(cd "$(dirname "$axiom")/../lib" && pwd)
java=${AXIOM_JAVA:-${JAVA_HOME:+$JAVA_HOME/bin/}java}

work=$(mktemp -d "$work/axiom-latency.XXXXXX")
trap 'chmod -R u+w "$work" && rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
# Nothing of the user's own settings may change the figures, and the collection is of the pool of the commands.
export XDG_CONFIG_HOME=$work/no-config AXIOM_POOL=dir:$work/run/pool
mkdir "$work/run"

echo "$("$axiom" version | head -n 1); $(nproc) cores, $(stat -f -c %T "$work"), load $(cut -d ' ' -f 1-3 /proc/loadavg) at the start"
echo "$rounds rounds of $dead dead packages; milliseconds"
"$java" -Xmx512m -XX:-UsePerfData -Dfile.encoding=UTF-8 -cp "$tests:$lib/*" dev.axiom.cli.Latency \
    "$axiom" "$work/run" "$rounds" "$dead" "$quiet"
echo "load $(cut -d ' ' -f 1-3 /proc/loadavg) at the end"
