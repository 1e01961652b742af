package dev.axiom.core.archive;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.os.Folder;
import dev.axiom.core.os.PosixException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What happens to a tree when all its entries are written: arrange, check the links, set folders' modes and times. */
final class TreeFinish {
    /** The folder of a package that has its content. */
    static final String ROOT = "root";

    /** The top's own, which no listing has. */
    static final int TOP_MODE = 0555;

    private final String source;
    private final Folder root;
    private final Map<String, TreeEntry> entries;
    private final Map<String, Instant> folderTimes;

    TreeFinish(String source, Folder root, Map<String, TreeEntry> entries, Map<String, Instant> folderTimes) {
        this.source = source;
        this.root = root;
        this.entries = new HashMap<>(entries);
        this.folderTimes = new HashMap<>(folderTimes);
    }

    /**
     * Takes a packaged source's documents out of the tree, and, if there is a manifest among them, puts the content of
     * its {@code root/}, if it has one, in the tree's place.
     *
     * @param documents the files at the top that have a document's name
     */
    Metadata arrange(Map<String, byte[]> documents) {
        boolean manifest = entries.containsKey(Metadata.MANIFEST);
        if (!manifest && !entries.containsKey(Metadata.DEPENDENCIES)) {
            return Metadata.NONE;
        }
        Map<String, byte[]> taken = new HashMap<>();
        for (String name : Metadata.NAMES) {
            if (entries.containsKey(name)) {
                taken.put(name, document(name, documents));
                remove(name);
            }
        }
        taken.remove(TreeListing.FILE_NAME);
        TreeEntry inner = entries.get(ROOT);
        if (manifest && inner != null && inner.isFolder()) {
            unwrap();
        }
        return new Metadata(taken);
    }

    private byte[] document(String name, Map<String, byte[]> documents) {
        byte[] document = documents.get(name);
        if (document == null) {
            throw new EntryRefusedException(
                    source, name, "must be a file of its own, because it is the package's metadata");
        }
        if (document.length > Metadata.LIMIT && !name.equals(TreeListing.FILE_NAME)) {
            throw new EntryRefusedException(source, name, "is longer than " + Metadata.LIMIT + " bytes");
        }
        return document;
    }

    private void remove(String name) {
        try {
            root.removeFile(name);
        } catch (PosixException e) {
            throw AxiomException.io("remove " + root.about(name), e);
        }
        entries.remove(name);
    }

    /** Moves everything from {@code root/root} one up; that folder is then empty and goes. */
    private void unwrap() {
        String prefix = ROOT + "/";
        for (String path : entries.keySet()) {
            if (!path.equals(ROOT) && !path.startsWith(prefix)) {
                throw new EntryRefusedException(
                        source,
                        path,
                        "lies beside '" + prefix + "', which holds all content of a package with a manifest");
            }
        }
        List<TreeEntry> inner = entries.values().stream()
                .filter(entry -> entry.path().startsWith(prefix))
                .toList();
        moveUp(inner.stream()
                .map(entry -> entry.path().substring(prefix.length()))
                .filter(path -> path.indexOf('/') < 0)
                .toList());
        entries.clear();
        for (TreeEntry entry : inner) {
            String path = entry.path().substring(prefix.length());
            entries.put(path, entry.at(path));
        }
        Map<String, Instant> times = new HashMap<>(folderTimes);
        folderTimes.clear();
        times.forEach((path, time) -> {
            if (path.startsWith(prefix)) {
                folderTimes.put(path.substring(prefix.length()), time);
            }
        });
    }

    /** The wrapper is renamed first, to a name that no entry below it has, because one may be called {@code root}. */
    private void moveUp(List<String> names) {
        String wrapper = ".axiom-root";
        while (names.contains(wrapper)) {
            wrapper += "-";
        }
        try {
            root.rename(ROOT, wrapper);
            for (String name : names) {
                root.rename(wrapper + "/" + name, name);
            }
            root.removeFolder(wrapper);
        } catch (PosixException e) {
            throw AxiomException.io("arrange " + root.about(ROOT), e);
        }
    }

    /** Checks all links, then gives every folder its final mode and time, the deepest first. */
    TreeListing seal() {
        LinkCheck links = new LinkCheck(source, entries);
        entries.values().stream().filter(TreeEntry::isLink).forEach(links::check);
        List<TreeEntry> folders = entries.values().stream()
                .filter(TreeEntry::isFolder)
                .sorted(Comparator.comparing(TreeEntry::path).reversed())
                .toList();
        try {
            for (TreeEntry folder : folders) {
                Instant time = folderTimes.get(folder.path());
                if (time != null) {
                    root.setModified(folder.path(), time);
                }
                root.setMode(folder.path(), folder.sealedMode());
            }
            root.setMode(TOP_MODE);
        } catch (PosixException e) {
            throw AxiomException.io("seal " + root.about(""), e);
        }
        return TreeListing.of(entries.values());
    }
}
