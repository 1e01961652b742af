package dev.axiom.core.archive;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * Says whether a symbolic link stays inside its tree. It walks as the kernel would, through other links of the tree too:
 * a target that looks harmless as text can still lead outside when it goes up behind a link that led up already. What a
 * link leads to need not exist.
 */
final class LinkCheck {
    /** The kernel gives up after 40 links; a target that needs more names than this is no honest one. */
    private static final int STEPS = 4096;

    private static final int LINKS = 40;

    private final String source;
    private final Map<String, TreeEntry> entries;

    LinkCheck(String source, Map<String, TreeEntry> entries) {
        this.source = source;
        this.entries = entries;
    }

    /** @throws EntryRefusedException if the link leads outside, or so far round that nobody can tell */
    void check(TreeEntry link) {
        if (!staysInside(link)) {
            throw new EntryRefusedException(
                    source,
                    link.path(),
                    "is a symbolic link that leads outside of the tree, to '" + Vis.readable(link.target()) + "'");
        }
    }

    private boolean staysInside(TreeEntry link) {
        List<String> place = new ArrayList<>(List.of(link.path().split("/")));
        place.remove(place.size() - 1);
        Deque<String> ahead = new ArrayDeque<>();
        if (!enter(link.target(), ahead)) {
            return false;
        }
        int links = 0;
        for (int steps = 0; !ahead.isEmpty(); steps++) {
            if (steps > STEPS) {
                return false;
            }
            String name = ahead.pop();
            if (name.equals("..")) {
                if (place.isEmpty()) {
                    return false;
                }
                place.remove(place.size() - 1);
                continue;
            }
            place.add(name);
            TreeEntry met = ahead.isEmpty() ? null : entries.get(String.join("/", place));
            if (met != null && met.isLink()) {
                if (++links > LINKS) {
                    return true; // nothing can be reached through it: ELOOP
                }
                place.remove(place.size() - 1);
                if (!enter(met.target(), ahead)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Puts a target's names before those still to walk; false if it is absolute. */
    private static boolean enter(String target, Deque<String> ahead) {
        if (target.startsWith("/")) {
            return false;
        }
        List<String> names = new ArrayList<>();
        for (String name : target.split("/", -1)) {
            if (!name.isEmpty() && !name.equals(".")) {
                names.add(name);
            }
        }
        Collections.reverse(names);
        names.forEach(ahead::push);
        return true;
    }
}
