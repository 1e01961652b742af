#!/usr/bin/env bash
# Makes the guest with a real OpenZFS, unless it is in the cache, and prints its folder.
#
#   native/zfs-guest/build.sh
#
# The guest is Debian's kernel, the ZFS modules compiled for it and ZFS's programs, all from packages of one suite: that which
# AXIOM_ZFS_SUITE names, bookworm-backports (OpenZFS 2.3, the default) or bookworm (2.1). It has no disk: its root is the host's
# own. Nothing of it is installed on the host. Needs Debian 12 on amd64. It lies in ${XDG_CACHE_HOME:-~/.cache}/axiom/zfs-guest,
# under the suite's name and a hash of this script: remove it to take newer packages. Making it takes about five minutes on two
# cores.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=native/zfs-guest/tools.sh
. "$here/tools.sh"
suite=${AXIOM_ZFS_SUITE:-bookworm-backports}
userland=(libnvpair3linux libuutil3linux zfsutils-linux)
# In the order in which they are loaded: ZFS's modules; the kernel's own that it needs to see the host's files; and those for other
# file systems, which wait in the guest's folder for who wants them (scripts/test-filesystems.sh).
case $suite in
    bookworm-backports)
        userland+=(libzfs6linux libzpool6linux) zfs_modules=(spl zfs) kernel_modules=()
        file_systems=(libcrc32c xor raid6_pq xfs btrfs) tools=(zfs-test)
        ;;
    bookworm)
        userland+=(libzfs4linux libzpool5linux)
        zfs_modules=(spl zavl znvpair zunicode zcommon icp zlua zzstd zfs)
        kernel_modules=(virtio virtio_ring virtio_pci_legacy_dev virtio_pci_modern_dev virtio_pci fuse virtiofs virtio_console)
        file_systems=() tools=()
        ;;
    *) say "no suite '$suite': bookworm-backports or bookworm" && exit 2 ;;
esac
cache=${XDG_CACHE_HOME:-$HOME/.cache}/axiom/zfs-guest
guest=$cache/$suite-$(sha256sum <"${BASH_SOURCE[0]}" | cut -c 1-12)
export LC_ALL=C

fetch() {
    # The package of the newest kernel depends on the one with the kernel in it.
    kernel=$(apt-cache show --no-all-versions linux-image-cloud-amd64 | sed -n 's/^Depends: linux-image-\([^ ,]*\).*/\1/p')
    [ -n "$kernel" ] || { say "there is no kernel in $suite" && return 1; }
    version=${kernel%-cloud-amd64}
    say "fetching Linux $kernel and OpenZFS (80 MB)"
    mkdir "$work/packages" "$work/tree" "$work/userland"
    kbuild=$(apt-cache show --no-all-versions "linux-headers-$kernel" | sed -n 's/^Depends:.*\(linux-kbuild-[^ ,]*\).*/\1/p')
    (cd "$work/packages" && apt-get download -qq zfs-dkms "${userland[@]}" "${tools[@]}" \
        "linux-image-$kernel" "linux-headers-$kernel" "linux-headers-$version-common" "$kbuild")
    [ ${#kernel_modules[@]} -eq 0 ] || (cd "$work/packages" && apt-get download -qq busybox-static)
}

unpack() {
    local package directory
    for package in "$work"/packages/{linux,zfs-dkms}*.deb; do
        dpkg-deb -x "$package" "$work/tree"
    done
    # /bin, /sbin and /lib are links, as on the host, over which the programs will be laid.
    mkdir -p "$work"/userland/usr/{bin,sbin,lib}
    for directory in bin sbin lib; do ln -s "usr/$directory" "$work/userland/$directory"; done
    for package in "${userland[@]}"; do
        dpkg-deb --fsys-tarfile "$work/packages/${package}"_*.deb | tar -x -C "$work/userland" --keep-directory-symlink
    done
    # zinject(8) makes a pool's disk slow, or fail. The rest of its package is ZFS's own tests.
    for package in "${tools[@]}"; do
        dpkg-deb --fsys-tarfile "$work/packages/${package}"_*.deb | tar -x -C "$work/userland" --keep-directory-symlink ./sbin/zinject
    done
    rm -r "$work"/userland/usr/share "$work"/userland/usr/lib/systemd
    tar -C "$work/userland" -cf "$new/userland.tar" .
}

# ZFS's modules, by the compiler that made the kernel; and the kernel's own.
make_modules() {
    local module headers=$work/tree/usr/src/linux-headers-$kernel common=$work/tree/usr/src/linux-headers-$version-common
    echo "include $common/Makefile" >"$headers/Makefile" # the packaged one names /usr/src
    rm -f "$headers/vmlinux"                             # with it the build wants type information, hence pahole
    say "compiling the ZFS modules (four minutes)"
    (
        cd "$work"/tree/usr/src/zfs-*/
        export CC=gcc-12 KCFLAGS=-g0
        quietly ./configure -q --disable-dependency-tracking --with-config=kernel --with-linux="$common" --with-linux-obj="$headers"
        quietly make -s -j "$(nproc)"
        mkdir "$new/modules"
        for module in "${zfs_modules[@]}"; do find module -name "$module.ko" -exec cp -t "$new/modules" {} +; done
    )
    for module in overlay virtio_blk "${file_systems[@]}"; do own_module "$module" "$new/modules"; done
    strip --strip-unneeded "$new"/modules/*.ko # zfs.ko loads sooner without its many local symbols
    printf '%s\n' overlay virtio_blk "${zfs_modules[@]}" >"$new/modules/order"
}

# own_module NAME FOLDER: one of the kernel's own.
own_module() {
    local file
    file=$(find "$work/tree/lib/modules/$kernel/kernel" -name "$1.ko*")
    case $file in
        *.xz) xz -dc "$file" >"$2/$1.ko" ;;
        *) cp "$file" "$2/$1.ko" ;;
    esac
}

# A kernel that cannot see the host's files by itself starts from an archive in memory with what it lacks.
make_initramfs() {
    local module top=$work/initramfs
    [ ${#kernel_modules[@]} -gt 0 ] || return 0
    mkdir "$top" "$top/root" "$top/proc"
    dpkg-deb --fsys-tarfile "$work"/packages/busybox-static_*.deb | tar -xO ./bin/busybox >"$top/busybox"
    chmod 755 "$top/busybox"
    {
        echo '#!/busybox sh'
        for module in "${kernel_modules[@]}"; do
            own_module "$module" "$top"
            # the kernel's parameters with an equals sign are variables here, as they are in init.sh
            echo "/busybox insmod /$module.ko"
        done
        echo '/busybox mount -t virtiofs -o ro root /root'
        # shellcheck disable=SC2016 # its variable
        echo 'exec /busybox switch_root /root "$next"'
    } >"$top/init"
    chmod 755 "$top/init"
    (cd "$top" && find . | "$top/busybox" cpio -o -H newc 2>/dev/null) >"$new/initramfs"
}

quietly() {
    "$@" >"$work/log" 2>&1 || { tail -n 30 "$work/log" >&2 && say "'$*' failed" && return 1; }
}

# The kernel without its compression, which qemu can start directly. Where it lies in the packaged file is in that file's
# header (Documentation/arch/x86/boot.rst: setup_sects, payload_offset, payload_length; four bytes of length follow the payload).
take_kernel() {
    local image=$work/tree/boot/vmlinuz-$kernel start length
    start=$((($(number_at 497 1) + 1) * 512 + $(number_at 584 4)))
    length=$(($(number_at 588 4) - 4))
    head -c "$((start + length))" "$image" | tail -c "$length" | zstd -dc >"$new/vmlinux" 2>/dev/null ||
        cp "$image" "$new/vmlinux" # compressed otherwise: it unpacks itself, which takes some seconds at each boot
}
number_at() { od -An -t "u$2" -j "$1" -N "$2" "$image"; }

[ ! -d "$guest" ] || { printf '%s\n' "$guest" && exit 0; }
need qemu-system-x86 kmod iproute2 gcc-12 libc6-dev make binutils file zstd xz-utils libelf1
mkdir -p "$cache"
exec 9>"$cache/lock"
flock 9 # of two at once the second waits, then finds what the first has made
[ ! -d "$guest" ] || { printf '%s\n' "$guest" && exit 0; }
rm -rf "$cache"/.new.* # of builds that were interrupted
work=$cache/.new.$$
new=$work/guest
trap 'rm -rf "$work"; [ -d "$guest" ] || say "the guest could not be made"' EXIT
mkdir -p "$new"
private_apt "$suite" "$work"
fetch
unpack
make_modules
make_initramfs
take_kernel
printf 'Linux %s, OpenZFS %s\n' "$kernel" "$(dpkg-deb -f "$work"/packages/zfs-dkms_*.deb Version)" >"$new/contents"
mv -T "$new" "$guest"
say "made $(cat "$guest/contents")"
printf '%s\n' "$guest"
