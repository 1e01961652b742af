package dev.axiom.core.env;

import dev.axiom.core.archive.TreeEntry;
import dev.axiom.core.archive.TreeListing;
import dev.axiom.core.model.PackageId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All entries of all packages in one tree, by whole path: who claims each of its places, and for what. */
final class MergeTree {
    /** Of folders that a listing does not name but has entries in. */
    private static final int IMPLIED_MODE = 0755;

    private final Node top = new Node();

    /** One package's wish for a place. */
    record Claim(PackageId id, TreeEntry entry) {
        boolean isFolder() {
            return entry.type() == TreeEntry.Type.FOLDER;
        }

        /** Whether both can have the place. Listings of equal content have equal entries; folders always merge. */
        boolean agrees(Claim other) {
            return isFolder() ? other.isFolder() : entry.equals(other.entry);
        }
    }

    /** A place. */
    static final class Node {
        final List<Claim> claims = new ArrayList<>();
        final Map<String, Node> children = new TreeMap<>();

        private void claim(Claim claim) {
            boolean known =
                    !claims.isEmpty() && claims.get(claims.size() - 1).id().equals(claim.id());
            if (!known) {
                claims.add(claim);
            }
        }
    }

    /** Adds one package's entries, after those of the packages before it. */
    void add(PackageId id, TreeListing listing) {
        for (TreeEntry entry : listing.entries()) {
            Node node = top;
            String path = entry.path();
            for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
                String parent = path.substring(0, slash);
                node = node.children.computeIfAbsent(leaf(parent), name -> new Node());
                node.claim(new Claim(id, TreeEntry.folder(parent, IMPLIED_MODE)));
            }
            node.children.computeIfAbsent(leaf(path), name -> new Node()).claim(new Claim(id, entry));
        }
    }

    private static String leaf(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The environment's top: a folder that every package has. */
    Node top() {
        return top;
    }
}
