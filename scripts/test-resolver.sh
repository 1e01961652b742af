#!/usr/bin/env bash
# Puts the resolver and the version schemes to their long tests: 20,000 random problems against SAT4J, 10,000 pairs of real
# versions against dpkg itself, and a whole Debian suite from apt's lists against dose-debcheck, with the times it took.
#
#   scripts/test-resolver.sh
#
# Needs a Debian with its lists (apt-get update) and the package dose-distcheck; without them tests are skipped and say so.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
mvn -B -ntp test -pl axiom-core -Dtest='SecondOpinionTest,VersionSchemesTest,DebianSuiteTest' \
    -DargLine='-Xmx2g -Daxiom.problems=20000 -Daxiom.versions.pairs=10000 -Daxiom.debian=true' </dev/null
