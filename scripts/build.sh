# shellcheck shell=bash
# What ./axiom, ./check and .ci/run share: the tools a build needs, and the build of the distribution.
# Sourced, with the checkout as the current folder.

distribution=axiom-cli/target/axiom

say() { printf 'axiom: %s\n' "$*" >&2; }

# The major version of javac, the compiler Maven will use; nothing when there is none.
compiler_version() {
    local javac
    javac=${JAVA_HOME:+$JAVA_HOME/bin/javac}
    [ -x "$javac" ] || javac=$(command -v javac) || return 0
    "$javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p'
}

# Names in `missing` what a build lacks, as Debian calls it.
look_for_tools() {
    missing=()
    local version
    version=$(compiler_version)
    [ "${version:-0}" -ge 17 ] || missing+=("${1:-openjdk-17-jdk-headless}")
    command -v mvn >/dev/null || missing+=(maven)
}

# Makes sure of a JDK, 17 or newer, and Maven.
need_tools() {
    look_for_tools
    [ ${#missing[@]} -gt 0 ] || return 0
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
        say "these are missing: ${missing[*]}"
        printf 'hint: %s\n' \
            "Debian, Ubuntu: sudo apt-get install ${missing[*]}" \
            "Fedora: sudo dnf install java-21-openjdk-devel maven" \
            "anywhere: a JDK, 17 or newer (JAVA_HOME), and Maven, 3.8.7 or newer" >&2
        return 9
    fi
    say "installing ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq >&2
    # Debian releases carry different JDKs; the default one is 17 or newer in all that are supported.
    apt-cache show openjdk-17-jdk-headless >/dev/null 2>&1 || look_for_tools default-jdk-headless
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
    look_for_tools
    [ ${#missing[@]} -eq 0 ] || { say "still missing after the installation: ${missing[*]}"; return 9; }
}

# Tries to get Spin and what it needs for the model of the protocol; without them, the model goes unchecked.
want_spin() {
    command -v spin >/dev/null && command -v gcc >/dev/null && return 0
    [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null || return 1
    say "installing spin, gcc"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq >&2 && apt-get install -y -qq --no-install-recommends spin gcc libc6-dev >&2
}

# Whether the distribution is there and nothing that it is made of has changed since.
distribution_is_fresh() {
    [ -e "$distribution.built" ] && [ -x "$distribution/bin/axiom" ] &&
        [ -z "$(find pom.xml .mvn ./*/pom.xml ./*/src/main -newer "$distribution.built" -print -quit)" ]
}

# Builds the distribution if it is missing or older than its sources. Two at once: the second waits for the first.
need_distribution() {
    distribution_is_fresh && return 0
    need_tools || return
    mkdir -p axiom-cli/target
    if command -v flock >/dev/null; then
        exec 9>axiom-cli/target/build.lock
        flock 9
        if distribution_is_fresh; then
            exec 9>&-
            return 0
        fi
    fi
    say "building (the first time takes a few minutes)"
    # Stamped with the start, so that what changes during the build counts as newer.
    : >"$distribution.building"
    mvn -B -q -ntp package -DskipTests </dev/null >&2 || { say "the build failed"; return 1; }
    mv "$distribution.building" "$distribution.built"
    exec 9>&-
}
