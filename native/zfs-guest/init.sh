#!/bin/bash
# Process 1 of the guest. run.sh names it to the kernel, with the words guest=, run= and share= as variables.
#
# It starts in the host's root, read-only, and lays a writable layer of memory over it. Then it becomes itself in there: its own
# root has to be the new one, because ZFS's kernel threads have that of process 1, and look up a pool's files in it.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin
: "${guest:?}" "${run:?}" "${share:?}"

make_root() {
    local module directory
    mount -t proc proc /proc
    mount -t devtmpfs dev /dev
    while read -r module; do insmod "$guest/modules/$module.ko"; done <"$guest/modules/order"
    mount -t tmpfs memory /run
    mkdir /run/changes /run/work /run/root
    tar -C /run/changes -xf "$guest/userland.tar"
    cp "$0" /run/changes/.init
    cp "$run/command" /run/changes/.command
    mount -t overlay -o lowerdir=/,upperdir=/run/changes,workdir=/run/work overlay /run/root
    cd /run/root || exit
    mount --move /proc proc
    mount --move /dev dev
    mount -t sysfs sys sys
    mkdir dev/pts dev/shm
    mount -t devpts devpts dev/pts
    for directory in dev/shm tmp run; do mount -t tmpfs memory "./$directory"; done
    chmod 1777 tmp dev/shm
    mkdir -p "./$share"
    mount -t virtiofs share "./$share"
}

# What udev does elsewhere.
prepare() {
    ln -s /proc/self/fd /dev/fd
    ln -s fd/0 /dev/stdin
    ln -s fd/1 /dev/stdout
    ln -s fd/2 /dev/stderr
    chmod 666 /dev/zfs
    hostname zfs-guest
    ip link set lo up
}

# The output leaves by one port, the exit status by another. Through a pipe, because a port can be opened only once.
run_command() {
    local copier command
    mkfifo /run/output
    cat /run/output >/dev/vport*p1 &
    copier=$!
    echo "the command begins" >/dev/ttyS0 # run.sh looks for it
    setsid /bin/bash /.command </dev/null >/run/output 2>&1 &
    command=$!
    wait "$command"
    status=$?
    kill -KILL -- "-$command" # what it has left running would keep the pipe open
    for _ in {1..20}; do
        kill -0 "$copier" || break
        sleep 0.1
    done
    echo "$status" >/dev/vport*p2
} 2>/dev/null

if [ -z "${in_new_root:-}" ]; then
    make_root
    in_new_root=yes exec chroot . /bin/bash /.init
fi
unset in_new_root
prepare
run_command
sync
echo b >/proc/sysrq-trigger # a reset, at which qemu ends
sleep 60
