#!/usr/bin/env bash
# Boots the guest, runs a command in it as root, prints what it prints and ends as it ends; 125 if the guest itself failed.
#
#   native/zfs-guest/run.sh [-m MEMORY] [-t SECONDS] [-s SHARE] [-d DISK] COMMAND [ARGUMENT…]
#
#   -m 2G     the guest's memory, which also holds whatever it writes outside of SHARE
#   -t 1800   after so many seconds the guest is ended
#   -s DIR    the folder that guest and host share, at its own path; COMMAND starts there (default: the current one)
#   -d 8G:100 an empty disk of that size, /dev/vda, that does so many reads and writes a second (0: as it can); in the host's memory
#
# Otherwise the guest sees the host's files, except those in /tmp and /run, and its own changes last as long as it does. COMMAND
# gets the caller's variables, except TMPDIR and LD_LIBRARY_PATH, and no standard input. SIGUSR1 to this script is a power cut: qemu is
# killed, and the exit status is 137. A guest that does not come up is booted again, twice at most.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
# shellcheck source=native/zfs-guest/tools.sh
. "$here/tools.sh"
memory=2G limit=1800 share=$PWD disk=''
arguments=("$@")
usage() { sed -n '4s/^# *//p' "${BASH_SOURCE[0]}" >&2 && exit 125; }
while getopts m:t:s:d: option; do
    case $option in
        m) memory=$OPTARG ;;
        t) limit=$OPTARG ;;
        s) share=$(realpath "$OPTARG") ;;
        d) disk=$OPTARG ;;
        *) usage ;;
    esac
done
shift $((OPTIND - 1))
[ $# -gt 0 ] || usage
guest=$("$here/build.sh") || exit 125
start="root=root rootfstype=virtiofs ro init=$here/init.sh"
initramfs=()
if [ -e "$guest/initramfs" ]; then
    start="rdinit=/init next=$here/init.sh"
    initramfs=(-initrd "$guest/initramfs")
fi

run=$(mktemp -d "${TMPDIR:-/tmp}/zfs-guest.XXXXXX")
servers=() qemu='' file=''
# shellcheck disable=SC2317 # called by the trap
finish() {
    # timeout leads a process group, of itself and qemu. Waited for, so that the shell does not tell of the killing.
    if [ -n "$qemu" ]; then
        kill -KILL -- "-$qemu"
        wait "$qemu"
    fi 2>/dev/null || true
    [ ${#servers[@]} -eq 0 ] || kill "${servers[@]}" 2>/dev/null || true
    rm -rf "$run" "$file"
}
trap finish EXIT
trap 'exit 137' USR1
trap 'exit 125' HUP INT TERM

{
    export -p | grep -v '^declare -x \(TMPDIR\|LD_LIBRARY_PATH\|OLDPWD\|PWD\|SHLVL\)='
    printf 'cd %q && ' "$share"
    printf '%q ' "$@"
    echo
} >"$run/command"

# serve NAME FOLDER CACHE: lends a folder to the guest.
serve() {
    /usr/lib/qemu/virtiofsd --socket-path="$run/$1" -o source="$2" -o cache="$3" -o sandbox=chroot >"$run/$1.log" 2>&1 &
    servers+=($!)
    devices+=(-chardev "socket,id=$1,path=$run/$1" -device "vhost-user-fs-pci,chardev=$1,tag=$1")
}
devices=()
if [ -n "$disk" ]; then
    file=$(mktemp /dev/shm/zfs-guest.XXXXXX)
    truncate -s "${disk%:*}" "$file"
    devices+=(-drive "if=none,id=disk,file=$file,format=raw,throttling.iops-total=${disk#*:}" -device "virtio-blk-pci,drive=disk")
fi
serve root / always
serve share "$share" auto
for _ in {1..500}; do
    [ ! -S "$run/root" ] || [ ! -S "$run/share" ] || break
    sleep 0.02
done

# qemu has the output as a file that it opens. Its standard output would come with its standard input, and end with that.
exec 3> >(exec cat)
copier=$!
# No KVM: software emulation works everywhere. -cx16: qemu 7.2 emulates cmpxchg16b wrongly, and Linux 6.12 stumbles over it.
# no_timer_check: on a busy host the kernel would take a late timer for a broken one, and panic.
timeout "$limit" qemu-system-x86_64 -nodefaults -no-user-config -no-reboot -display none \
    -machine pc,memory-backend=memory -object "memory-backend-memfd,id=memory,size=$memory,share=on" -m "$memory" \
    -accel tcg,thread=multi,tb-size=512 -cpu qemu64,-cx16 -smp 2 \
    -kernel "$guest/vmlinux" "${initramfs[@]}" -append "console=ttyS0 earlyprintk=ttyS0 quiet panic=-1 no_timer_check mitigations=off init_on_alloc=0 \
audit=0 rcupdate.rcu_expedited=1 random.trust_cpu=on $start guest=$guest run=$run share=$share" \
    "${devices[@]}" -device virtio-rng-pci -device virtio-serial-pci \
    -serial "file:$run/console" \
    -chardev file,id=output,path=/dev/fd/3 -device virtserialport,chardev=output,nr=1 \
    -chardev "file,id=status,path=$run/status" -device virtserialport,chardev=status,nr=2 </dev/null &
qemu=$!
ended=0
wait "$qemu" || ended=$?
qemu=''
exec 3>&-
wait "$copier"
status=$(cat "$run/status" 2>/dev/null || true)
[ -z "$status" ] || exit "$status"
# On a busy host the emulator trips now and then over the kernel that changes its own code while it boots.
boots=${ZFS_GUEST_BOOTS:-1}
if [ "$ended" -ne 124 ] && [ "$boots" -lt 3 ] && ! grep -q '^the command begins' "$run/console"; then
    say "the guest did not come up (qemu ended with $ended); once more, the console ended with:"
    tail -n 5 "$run/console" >&2
    finish
    trap - EXIT
    ZFS_GUEST_BOOTS=$((boots + 1)) exec "${BASH_SOURCE[0]}" "${arguments[@]}"
fi
[ "$ended" -ne 124 ] || say "the guest was ended after $limit seconds"
say "the guest gave no exit status; qemu ended with $ended, and the console with:"
tail -n 40 "$run/console" >&2
exit 125
