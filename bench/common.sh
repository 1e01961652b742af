# shellcheck shell=bash
# What the benchmarks share; sourced by them, so that $0 is the benchmark.

say() { printf '%s: %s\n' "$(basename "$0" .sh)" "$*" >&2; }
# stop STATUS SENTENCE: ends the benchmark.
stop() {
    say "$2"
    exit "$1"
}

# options 'NAME…' "$@": reads --NAME VALUE into the variable NAME, and for "NAME?" sets it to true when there is --NAME.
# --help prints the comment at the benchmark's top.
options() {
    local known=" $1 "
    shift
    while [ $# -gt 0 ]; do
        case $1 in
            --help | -h)
                sed -n '2,/^set /{ /^set /d; s/^# \{0,1\}//; p; }' "$0"
                exit 0
                ;;
            --*[!a-z]* | --) stop 2 "unknown argument: $1 (see --help)" ;;
            --*)
                if [[ $known == *" ${1#--}? "* ]]; then
                    printf -v "${1#--}" true
                    shift
                    continue
                fi
                [[ $known == *" ${1#--} "* ]] || stop 2 "unknown argument: $1 (see --help)"
                [ $# -ge 2 ] || stop 2 "$1 needs a value"
                printf -v "${1#--}" '%s' "$2"
                shift 2
                ;;
            *) stop 2 "unknown argument: $1 (see --help)" ;;
        esac
    done
}

# whole NUMBER…: makes sure that these are whole numbers above 0.
whole() {
    local number
    for number in "$@"; do
        [[ $number =~ ^[1-9][0-9]*$ ]] || stop 2 "'$number' must be a whole number above 0"
    done
}

# apt_packages: prints all paragraphs of apt's lists of packages.
apt_packages() {
    [ -x /usr/lib/apt/apt-helper ] || stop 3 "there is no apt here"
    # shellcheck disable=SC2016 # the words are apt's
    apt-get indextargets --format '$(FILENAME)' 'Created-By: Packages' | while read -r list; do
        /usr/lib/apt/apt-helper cat-file "$list"
    done
}
