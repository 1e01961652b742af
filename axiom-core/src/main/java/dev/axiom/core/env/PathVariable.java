package dev.axiom.core.env;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A variable of the process environment that lists folders, and which folders of an environment belong in front.
 *
 * @param name the variable
 * @param always folders, relative to the environment's content, that are listed even where they do not exist (yet)
 * @param folders those behind them that are listed where they exist: the packages of distributions have theirs in usr
 * @param whenEmpty what must follow the environment's folders if the variable was unset or empty, so that the system's
 *     defaults still count
 */
record PathVariable(String name, List<String> always, List<String> folders, String whenEmpty) {
    /**
     * An empty item in MANPATH stands for the system's manuals (manpath(1)); the default of XDG_DATA_DIRS is that of the
     * XDG Base Directory Specification; the other two add to built-in lists anyway. LD_LIBRARY_PATH is not among them:
     * it would change every program that is started, the system's own too.
     */
    static final List<PathVariable> ALL = List.of(
            new PathVariable("PATH", List.of("bin"), List.of("sbin", "usr/bin", "usr/sbin"), ""),
            new PathVariable("MANPATH", List.of(), List.of("share/man", "man", "usr/share/man"), ":"),
            new PathVariable("XDG_DATA_DIRS", List.of(), List.of("share", "usr/share"), ":/usr/local/share:/usr/share"),
            new PathVariable(
                    "PKG_CONFIG_PATH",
                    List.of(),
                    List.of("lib/pkgconfig", "share/pkgconfig", "usr/lib/pkgconfig", "usr/share/pkgconfig"),
                    ""),
            new PathVariable("ACLOCAL_PATH", List.of(), List.of("share/aclocal", "usr/share/aclocal"), ""));

    /**
     * The environment's folders, joined by colons; empty if it has none of them.
     *
     * @param content whose folders are named
     */
    String front(Path content) {
        Stream<String> present = folders.stream().filter(folder -> Files.isDirectory(content.resolve(folder)));
        return Stream.concat(always.stream(), present)
                .map(folder -> content.resolve(folder).toString())
                .collect(Collectors.joining(":"));
    }

    /** The whole value. */
    String value(String front, String before) {
        return before.isEmpty() ? front + whenEmpty : front + ":" + before;
    }
}
