package dev.axiom.core.env;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A variable of the process environment that lists folders, and which folders of an environment belong in front.
 *
 * @param name the variable
 * @param folders relative to the environment's content
 * @param always whether they are listed even where they do not exist (yet)
 * @param whenEmpty what must follow the environment's folders if the variable was unset or empty, so that the system's
 *     defaults still count
 */
record PathVariable(String name, List<String> folders, boolean always, String whenEmpty) {
    /**
     * An empty item in MANPATH stands for the system's manuals (manpath(1)); the default of XDG_DATA_DIRS is that of the
     * XDG Base Directory Specification; the other two add to built-in lists anyway. LD_LIBRARY_PATH is not among them:
     * it would change every program that is started, the system's own too.
     */
    static final List<PathVariable> ALL = List.of(
            new PathVariable("PATH", List.of("bin"), true, ""),
            new PathVariable("MANPATH", List.of("share/man", "man"), false, ":"),
            new PathVariable("XDG_DATA_DIRS", List.of("share"), false, ":/usr/local/share:/usr/share"),
            new PathVariable("PKG_CONFIG_PATH", List.of("lib/pkgconfig", "share/pkgconfig"), false, ""),
            new PathVariable("ACLOCAL_PATH", List.of("share/aclocal"), false, ""));

    /**
     * The environment's folders, joined by colons; empty if it has none of them.
     *
     * @param content whose folders are named
     */
    String front(Path content) {
        List<String> present = folders.stream()
                .filter(folder -> always || Files.isDirectory(content.resolve(folder)))
                .map(folder -> content.resolve(folder).toString())
                .toList();
        return String.join(":", present);
    }

    /** The whole value. */
    String value(String front, String before) {
        return before.isEmpty() ? front + whenEmpty : front + ":" + before;
    }
}
