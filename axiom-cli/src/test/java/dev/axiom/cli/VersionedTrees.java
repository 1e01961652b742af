package dev.axiom.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Sources to add, {@code tool0} to {@code tool3}, each time in a version that was not there before. */
final class VersionedTrees {
    private static final int TREES = 4;
    private static final int FILES = 40;

    private final Path folder;
    private int version;

    /** @param version the last one that was made */
    VersionedTrees(Path folder, int version) {
        this.folder = folder;
        this.version = version;
    }

    int version() {
        return version;
    }

    /** Makes the next version of each, of 40 files, and names the folders. */
    List<String> next() throws IOException {
        version++;
        List<String> trees = new ArrayList<>();
        for (int tool = 0; tool < TREES; tool++) {
            Path tree = folder.resolve("tool" + tool + "-" + version + ".0");
            for (int file = 0; file < FILES; file++) {
                Path path = tree.resolve("share/tool" + tool + "/" + file % 7 + "/file" + file);
                Files.createDirectories(path.getParent());
                Files.writeString(path, (tool + "." + version + "." + file + "\n").repeat(200));
            }
            trees.add(tree.toString());
        }
        return trees;
    }
}
