package dev.axiom.core.archive;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Something that a package's files can be taken from: a folder, a tar archive (plain, gzip, bzip2, xz, zstd), a zip
 * archive, or a package of Debian or FreeBSD, which says itself what it is.
 *
 * <p>If its top (after stripping) has a {@code manifest.yaml}, it is a packaged source: {@code manifest.yaml},
 * {@code deps.yaml} and {@code provenance.yaml} are its {@link Metadata}; a {@code files.mtree} is left out; and if there
 * is a folder {@code root} beside them, that has all the content, and nothing else may lie beside it. Otherwise
 * everything is content. The order of an archive's entries does not matter, except that a hard link comes behind its file.
 */
public sealed interface TreeSource permits FolderSource, TarSource, ZipSource, DebianSource, FreebsdSource {
    /** How the name of a FreeBSD package ends, which is a tar archive like others. */
    String FREEBSD = ".pkg";

    /**
     * Looks at the path; an archive's kind is told by its first bytes, not by its name; only a FreeBSD package must end in
     * {@code .pkg}.
     *
     * @throws AxiomException {@code NOT_FOUND} if nothing is there, {@code INVALID} if it is neither folder nor archive,
     *     {@code UNAVAILABLE} if it cannot be read
     */
    static TreeSource open(Path path) {
        if (Files.isDirectory(path)) {
            return new FolderSource(path);
        }
        if (!Files.exists(path)) {
            throw new AxiomException(ErrorCode.NOT_FOUND, "there is no file or folder '" + path + "'");
        }
        if (!Files.isRegularFile(path)) {
            throw new AxiomException(ErrorCode.INVALID, path + ": it is neither a file nor a folder");
        }
        ArchiveFormat format = ArchiveFormat.of(path);
        return switch (format) {
            case ZIP -> new ZipSource(path);
            case AR -> new DebianSource(path);
            default ->
                path.toString().endsWith(FREEBSD) ? new FreebsdSource(path, format) : new TarSource(path, format);
        };
    }

    /** As the user named it. */
    Path path();

    /**
     * Unpacks into {@code <target>/root}, sealed: no write bits, original times. One pass: what is written is digested
     * on the way.
     *
     * @param target an existing folder on which nobody else works, without {@code root}
     * @throws EntryRefusedException {@code INVALID}, naming an entry that is unsafe or unclear
     * @throws AxiomException {@code INVALID} if the source is damaged, unreadable or exceeds a limit; {@code UNAVAILABLE}
     *     if this user may not read it, or the target cannot be written. The target then holds remains; delete it with {@link dev.axiom.core.os.TreeRemoval}. Nothing
     *     outside of it was touched
     */
    Unpacked unpack(Path target, UnpackOptions options);
}
