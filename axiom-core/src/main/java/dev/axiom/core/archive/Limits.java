package dev.axiom.core.archive;

/**
 * What one source may bring at most, so that a hostile archive fills neither disk nor memory.
 *
 * @param bytes of file content together
 * @param entries files, folders and links together
 * @param ratio how many times larger than the archive the unpacked stream may be; only looked at above
 *     {@link #RATIO_FLOOR} bytes, because small runs of zeros shrink well in honest archives too
 * @param pathBytes length of one path below the tree's top, in UTF-8 bytes
 * @param depth how many names one path may have
 */
public record Limits(long bytes, int entries, int ratio, int pathBytes, int depth) {
    /** 64 MiB: below this an archive may have any ratio. */
    public static final long RATIO_FLOOR = 64L << 20;

    /** No file system of Linux takes a longer name. */
    static final int NAME_BYTES = 255;

    /**
     * 32 GiB of content, 250,000 entries (their listing fits in 256 MiB of heap), 250 times, paths of 2,048 bytes (half
     * of what Linux takes, so that any store path fits before them) with 128 names.
     */
    public static final Limits DEFAULT = new Limits(32L << 30, 250_000, 250, 2048, 128);
}
