package dev.axiom.core.archive;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** A Debian package with a program, a link that is good in an environment only, and a maintainer script. */
final class DebianBytes {
    private DebianBytes() {}

    /** A part of the archive. */
    static final class Member {
        private final String name;
        private final byte[] bytes;

        Member(String name, byte[] bytes) {
            this.name = name;
            this.bytes = bytes.clone();
        }
    }

    /** The first part, with the version of the format. */
    static final Member FORMAT = new Member("debian-binary", "2.0\n".getBytes(StandardCharsets.US_ASCII));

    static byte[] of(String control, String content) throws IOException {
        return of(FORMAT, new Member("control.tar.gz", control(control)), new Member("data.tar.zst", data(content)));
    }

    static byte[] of(Member... members) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (ArArchiveOutputStream ar = new ArArchiveOutputStream(all)) {
            for (Member member : members) {
                ar.putArchiveEntry(new ArArchiveEntry(member.name, member.bytes.length));
                ar.write(member.bytes);
                ar.closeArchiveEntry();
            }
        }
        return all.toByteArray();
    }

    static byte[] control(String control) throws IOException {
        return control(tar -> {
            put(tar, "./control", control);
            put(tar, "./postinst", "#!/bin/sh\nexit 1\n");
            put(tar, "./md5sums", "");
        });
    }

    /** Puts entries into an archive. */
    interface Filling {
        void into(TarArchiveOutputStream tar) throws IOException;
    }

    static byte[] control(Filling filling) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            filling.into(tar);
        }
        return bytes.toByteArray();
    }

    static byte[] data(String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new ZstdOutputStream(bytes).setChecksum(true))) {
            put(tar, "./usr/bin/hello", content);
            TarArchiveEntry link = new TarArchiveEntry("./usr/bin/hi", TarConstants.LF_SYMLINK);
            link.setLinkName("/etc/alternatives/hi");
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }

    static void put(TarArchiveOutputStream tar, String name, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setSize(bytes.length);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }
}
