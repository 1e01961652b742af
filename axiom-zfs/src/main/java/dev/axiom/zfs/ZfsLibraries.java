package dev.axiom.zfs;

import com.kenai.jffi.Library;
import dev.axiom.zfs.Native.LibNvpair;
import dev.axiom.zfs.Native.LibZfs;
import dev.axiom.zfs.Native.LibZfsCore;
import dev.axiom.zfs.Native.LibZfsIteration;
import dev.axiom.zfs.ZfsUnavailableException.Missing;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import jnr.ffi.LibraryLoader;
import jnr.ffi.LibraryOption;
import org.jspecify.annotations.Nullable;

/**
 * The three libraries, loaded from one folder. All is looked at before anything is called: libzfs itself would start
 * modprobe and wait ten seconds for a module that is not there.
 *
 * @param iteration what only OpenZFS 2.2 and later have
 * @param version the release line, as their symbols tell
 */
record ZfsLibraries(
        LibZfs zfs, LibZfsCore core, LibNvpair nvpair, Optional<LibZfsIteration> iteration, ZfsVersion version) {

    /** File names, the newest first; those without a number come with development packages only. */
    private static final List<String> ZFS = List.of("libzfs.so.7", "libzfs.so.6", "libzfs.so.4", "libzfs.so");

    private static final List<String> CORE = List.of("libzfs_core.so.3", "libzfs_core.so.2", "libzfs_core.so");
    private static final List<String> NVPAIR = List.of("libnvpair.so.3", "libnvpair.so.2", "libnvpair.so");

    private static final String INSTALL =
            "Debian, Ubuntu: apt-get install zfsutils-linux (contrib or universe); Fedora: dnf install zfs (zfsonlinux.org);"
                    + " FreeBSD has it in its base system; or use a folder: --pool dir:PATH";

    /**
     * Where things are on a machine; tests have others.
     *
     * @param libraries folders to look in, the first with a libzfs counts
     * @param module the folder that exists while the module is loaded; null where there is no such thing
     * @param device what the libraries open
     */
    record Places(List<Path> libraries, @Nullable Path module, Path device) {
        static Places usual() {
            boolean linux = Files.exists(Path.of("/sys/module"));
            Stream<String> usual = Stream.of(
                    "/usr/lib/" + multiarch(),
                    "/lib/" + multiarch(),
                    "/usr/lib64",
                    "/lib64",
                    "/usr/lib",
                    "/lib",
                    "/usr/local/lib");
            List<Path> folders = Stream.concat(chosen(), usual).map(Path::of).toList();
            return new Places(folders, linux ? Path.of("/sys/module/zfs") : null, Path.of("/dev/zfs"));
        }

        /** What the user tells the dynamic linker. */
        private static Stream<String> chosen() {
            String said = System.getenv("LD_LIBRARY_PATH");
            return said == null ? Stream.of() : Stream.of(said.split(":")).filter(folder -> !folder.isEmpty());
        }

        private static String multiarch() {
            String machine = System.getProperty("os.arch", "");
            return (machine.equals("amd64") ? "x86_64" : machine) + "-linux-gnu";
        }
    }

    /** A libzfs and its company. */
    private record Trio(Path zfs, Path core, Path nvpair) {}

    /** Handles of the dynamic linker. */
    private record Opened(Library zfs, Library core, Library nvpair) {
        boolean exports(String symbol) {
            return Stream.of(zfs, core, nvpair).anyMatch(library -> library.getSymbolAddress(symbol) != 0);
        }

        ZfsVersion version() {
            return ZfsVersion.probe(this::exports);
        }
    }

    /** @throws ZfsUnavailableException naming the first thing that is missing, and what to do */
    static ZfsLibraries load(Places places) {
        List<Trio> found = find(places.libraries());
        requireModule(places);
        Optional<ZfsVersion> module = moduleVersion(places);
        List<String> others = new ArrayList<>();
        for (Trio files : found) {
            Opened opened = open(files);
            if (module.isEmpty() || opened.version().fits(module.get())) {
                return bind(files, opened);
            }
            others.add(files.zfs() + " is of OpenZFS " + opened.version());
        }
        throw new ZfsUnavailableException(
                Missing.VERSION,
                "the kernel's ZFS is " + module.orElseThrow() + ", but " + String.join(" and ", others),
                "install the libraries of OpenZFS " + module.orElseThrow()
                        + ", or restart the machine if they were just updated");
    }

    private static List<Trio> find(List<Path> folders) {
        for (Path folder : folders) {
            List<Path> candidates =
                    ZFS.stream().map(folder::resolve).filter(Files::exists).toList();
            if (!candidates.isEmpty()) {
                Path core = companion(folder, CORE);
                Path nvpair = companion(folder, NVPAIR);
                return candidates.stream()
                        .map(zfs -> new Trio(zfs, core, nvpair))
                        .toList();
            }
        }
        throw new ZfsUnavailableException(
                Missing.LIBRARY,
                "there is no libzfs on this machine (looked for " + String.join(", ", ZFS) + " in "
                        + String.join(", ", folders.stream().map(Path::toString).toList()) + ")",
                INSTALL);
    }

    private static Path companion(Path folder, List<String> names) {
        return names.stream()
                .map(folder::resolve)
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new ZfsUnavailableException(
                        Missing.LIBRARY,
                        "there is a libzfs in " + folder + ", but no " + names.get(0) + " beside it",
                        INSTALL));
    }

    private static void requireModule(Places places) {
        Path module = places.module();
        if (module != null && !Files.exists(module)) {
            throw new ZfsUnavailableException(
                    Missing.MODULE,
                    "the kernel's ZFS module is not loaded",
                    "modprobe zfs; if there is no such module: Debian, Ubuntu: apt-get install zfs-dkms");
        }
        if (!Files.exists(places.device())) {
            throw new ZfsUnavailableException(
                    Missing.DEVICE,
                    places.device() + " is missing" + (module == null ? "" : ", though the kernel's module is loaded"),
                    "in a container: hand " + places.device() + " in; else: modprobe zfs");
        }
        if (!Files.isReadable(places.device()) || !Files.isWritable(places.device())) {
            throw new ZfsUnavailableException(
                    Missing.DEVICE,
                    "this user may not open " + places.device(),
                    "run as root, or: chmod 666 " + places.device());
        }
    }

    private static Optional<ZfsVersion> moduleVersion(Places places) {
        Path module = places.module();
        try {
            return module == null ? Optional.empty() : ZfsVersion.parse(Files.readString(module.resolve("version")));
        } catch (IOException unknown) {
            return Optional.empty(); // a kernel that does not tell; the libraries find out themselves
        }
    }

    /** The others first, so that the linker takes these for what libzfs asks for. */
    private static Opened open(Trio files) {
        Library nvpair = open(files.nvpair());
        Library core = open(files.core());
        return new Opened(open(files.zfs()), core, nvpair);
    }

    private static Library open(Path file) {
        Library library = Library.openLibrary(file.toString(), Library.LAZY | Library.LOCAL);
        if (library == null) {
            throw new ZfsUnavailableException(
                    Missing.LIBRARY, "cannot load " + file + ": " + Library.getLastError(), INSTALL);
        }
        return library;
    }

    private static ZfsLibraries bind(Trio files, Opened opened) {
        require(LibNvpair.class, opened.nvpair(), files.nvpair());
        require(LibZfsCore.class, opened.core(), files.core());
        require(LibZfs.class, opened.zfs(), files.zfs());
        return new ZfsLibraries(
                load(LibZfs.class, files.zfs()),
                load(LibZfsCore.class, files.core()),
                load(LibNvpair.class, files.nvpair()),
                missing(LibZfsIteration.class, opened.zfs()).isEmpty()
                        ? Optional.of(load(LibZfsIteration.class, files.zfs()))
                        : Optional.empty(),
                opened.version());
    }

    private static void require(Class<?> functions, Library library, Path file) {
        List<String> missing = missing(functions, library);
        if (!missing.isEmpty()) {
            throw new ZfsUnavailableException(
                    Missing.SYMBOL,
                    file + " has no function " + String.join(", ", missing) + "; Axiom needs OpenZFS 2.1 or later",
                    INSTALL);
        }
    }

    /** Which functions of an interface the library does not export. */
    static List<String> missing(Class<?> functions, Library library) {
        return Stream.of(functions.getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .map(Method::getName)
                .filter(name -> library.getSymbolAddress(name) == 0)
                .sorted()
                .toList();
    }

    private static <T> T load(Class<T> functions, Path file) {
        return LibraryLoader.loadLibrary(functions, Map.of(LibraryOption.LoadNow, true), file.toString());
    }
}
