package dev.axiom.core.archive;

import java.time.Instant;

/**
 * An entry of a tar archive, with its extended headers applied.
 *
 * @param name as written
 * @param target of a symbolic or hard link, as written; empty for the others
 * @param type the type flag; 0 for the oldest form of a file
 * @param size of its content, in bytes
 */
record TarHeader(String name, String target, char type, int mode, long size, Instant modified) {}
