package dev.axiom.core.archive;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveInputStream;
import org.apache.commons.io.input.CloseShieldInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The members of a Debian package in the one order that deb(5) has: {@code debian-binary}, {@code control.tar},
 * {@code data.tar}, each once. Between them may stand what starts with an underscore, behind them anything else. dpkg reads
 * as far as it must, so that what stands twice or elsewhere would be one package to it and another to Axiom.
 */
final class DebianMembers {
    private static final String VERSION = "debian-binary";
    private static final String CONTROL = "control.tar";
    private static final String DATA = "data.tar";
    private static final char PASSED_OVER = '_';

    private static final Pattern KNOWN_VERSION = Pattern.compile("2\\.[0-9]+\n.*", Pattern.DOTALL);
    private static final int LONGEST_VERSION = 16;

    private final String source;
    private final ArArchiveInputStream archive;
    private final UnpackOptions options;

    /** @param source the package's file name, for messages */
    DebianMembers(String source, ArArchiveInputStream archive, UnpackOptions options) {
        this.source = source;
        this.archive = archive;
        this.options = options;
    }

    /** Passes over the first member. @throws AxiomException {@code INVALID} if it does not say a known version */
    void readVersion() throws IOException {
        ArArchiveEntry member = archive.getNextEntry();
        if (!require(VERSION, member).equals(VERSION)) {
            throw misplaced(member, "where " + VERSION + " must");
        }
        String text = new String(archive.readNBytes(LONGEST_VERSION), StandardCharsets.ISO_8859_1);
        if (!KNOWN_VERSION.matcher(text).matches()) {
            throw refuse("Debian's package format '" + Vis.readable(text.strip()) + "' is not known");
        }
    }

    /** What says what the package is; the next member. */
    TarReader control() throws IOException {
        return tar(CONTROL);
    }

    /** The content; the member behind {@link #control}. */
    TarReader data() throws IOException {
        return tar(DATA);
    }

    private TarReader tar(String wanted) throws IOException {
        ArArchiveEntry member;
        do {
            member = archive.getNextEntry();
        } while (member != null
                && !member.getName().isEmpty()
                && member.getName().charAt(0) == PASSED_OVER);
        String name = require(wanted, member);
        InputStream content = CloseShieldInputStream.wrap(archive);
        return new TarReader(format(name.substring(wanted.length())), new MeteredStream(content), options);
    }

    /** What a member was packed with shows in its name. */
    private ArchiveFormat format(String ending) {
        return switch (ending) {
            case "" -> ArchiveFormat.TAR;
            case ".gz" -> ArchiveFormat.GZIP;
            case ".xz" -> ArchiveFormat.XZ;
            case ".zst" -> ArchiveFormat.ZSTD;
            case ".bz2" -> ArchiveFormat.BZIP2;
            default -> throw refuse("'" + Vis.readable(ending) + "' is no compression that Debian uses");
        };
    }

    /** Reads to the archive's end. @throws AxiomException {@code INVALID} if one of the three members comes again */
    void finish() throws IOException {
        ArArchiveEntry member;
        while ((member = archive.getNextEntry()) != null) {
            if (Stream.of(VERSION, CONTROL, DATA).anyMatch(member.getName()::startsWith)) {
                throw misplaced(member, "behind " + DATA);
            }
        }
    }

    private String require(String wanted, @Nullable ArArchiveEntry member) {
        if (member == null) {
            throw refuse("it is no Debian package: a part is missing");
        }
        if (!member.getName().startsWith(wanted)) {
            throw misplaced(member, "where " + wanted + " must");
        }
        return member.getName();
    }

    private AxiomException misplaced(ArArchiveEntry member, String place) {
        return refuse("it is no Debian package: its member '" + Vis.readable(member.getName()) + "' stands " + place);
    }

    private AxiomException refuse(String reason) {
        return new AxiomException(ErrorCode.INVALID, source + ": " + reason);
    }
}
