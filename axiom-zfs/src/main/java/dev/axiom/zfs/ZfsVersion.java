package dev.axiom.zfs;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A release line of OpenZFS, such as 2.3. The libraries are told apart by what they export: their file names do not
 * say (libzfs.so.4 is 2.1, 2.2 and every FreeBSD), and asking them overwrites memory on 2.1.
 */
record ZfsVersion(int major, int minor) {
    private static final Pattern NUMBERS = Pattern.compile("(\\d+)\\.(\\d+).*", Pattern.DOTALL);

    /** The newest line that the probe knows; those after it look the same to it. */
    private static final ZfsVersion NEWEST = new ZfsVersion(2, 4);

    /** The line of libraries that export what {@code exports} says. */
    static ZfsVersion probe(Predicate<String> exports) {
        if (exports.test("nvlist_snprintf")) {
            return NEWEST;
        }
        if (exports.test("zfs_version_nvlist")) {
            return new ZfsVersion(2, 3);
        }
        return new ZfsVersion(2, exports.test("zfs_iter_filesystems_v2") ? 2 : 1);
    }

    /** The line of a module that calls itself so, as {@code 2.3.2-2~bpo12+2}; empty if that is no version. */
    static Optional<ZfsVersion> parse(String text) {
        Matcher numbers = NUMBERS.matcher(text.strip());
        return numbers.matches()
                ? Optional.of(new ZfsVersion(Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2))))
                : Optional.empty();
    }

    /** Whether libraries of this line work with a module of that one: the same, or both newer than the probe tells. */
    boolean fits(ZfsVersion module) {
        return equals(module) || (equals(NEWEST) && module.isAfter(NEWEST));
    }

    private boolean isAfter(ZfsVersion other) {
        return major > other.major || (major == other.major && minor > other.minor);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
