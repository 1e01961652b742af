package dev.axiom.core.archive;

import java.io.IOException;

/** Where a file's content comes from: an archive's stream or an open file. */
interface Content {
    /**
     * Puts the next bytes into both of the workspace's buffers.
     *
     * @return how many; 0 at the end
     */
    int fill(Workspace workspace) throws IOException;
}
