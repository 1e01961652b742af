package dev.axiom.core.archive;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A zip archive. The central directory says what it has; then the file is read once, from front to end, and every local
 * header must say the same, for a reader of the other kind must not see another tree.
 */
record ZipSource(Path path) implements TreeSource {
    /** A local header without its name and extra fields. */
    static final int LOCAL_LENGTH = 30;

    private static final int LOCAL_SIGNATURE = 0x04034b50;
    private static final int SIZES_FOLLOW = 0x0008;
    private static final int LINK_LIMIT = 4096;
    private static final int BUFFER = 64 * 1024;

    @Override
    public Unpacked unpack(Path target, UnpackOptions options) {
        String name = String.valueOf(path.getFileName());
        try (TreeWriter writer = new TreeWriter(name, target, options)) {
            try {
                return read(members(options.limits()), writer);
            } catch (IOException e) {
                throw Damage.of(name, e, writer.where());
            }
        }
    }

    private Unpacked read(List<ZipMember> members, TreeWriter writer) throws IOException {
        try (MeteredStream file = new MeteredStream(new BufferedInputStream(Files.newInputStream(path), BUFFER));
                ZipContent content = new ZipContent(file)) {
            for (ZipMember member : members) {
                writer.at(member.name());
                readLocal(member, file);
                content.read(member, unpacked -> write(member, unpacked, writer));
            }
            file.transferTo(OutputStream.nullOutputStream());
            return writer.finish(file.sha256());
        }
    }

    private List<ZipMember> members(Limits limits) throws IOException {
        try (FileChannel channel = FileChannel.open(path)) {
            List<ZipMember> members = ZipDirectory.read(channel, limits.entries());
            long unpacked = 0;
            for (ZipMember member : members) {
                unpacked = Math.addExact(unpacked, member.size());
                if (unpacked > Limits.RATIO_FLOOR && unpacked / limits.ratio() > channel.size()) {
                    throw new DamagedArchiveException(
                            member.name(), "makes it unpack to more than " + limits.ratio() + " times its size");
                }
            }
            return members;
        } catch (ArithmeticException e) {
            throw new DamagedArchiveException("its sizes are impossible");
        }
    }

    /** Passes over what lies before the header, then compares it to the central directory's entry. */
    private static void readLocal(ZipMember member, MeteredStream file) throws IOException {
        if (member.offset() < file.count()) {
            throw disagree(member, "overlaps another one");
        }
        file.skipNBytes(member.offset() - file.count());
        ByteBuffer local = ByteBuffer.wrap(file.readNBytes(LOCAL_LENGTH)).order(ByteOrder.LITTLE_ENDIAN);
        if (local.capacity() < LOCAL_LENGTH || local.getInt(0) != LOCAL_SIGNATURE) {
            throw disagree(member, "is not where the central directory says");
        }
        byte[] name = file.readNBytes(Short.toUnsignedInt(local.getShort(26)));
        file.skipNBytes(Short.toUnsignedInt(local.getShort(28)));
        boolean same = Arrays.equals(name, member.name().getBytes(StandardCharsets.UTF_8))
                && Short.toUnsignedInt(local.getShort(8)) == member.method()
                && (local.getShort(6) & 1) == 0;
        boolean sameSizes = (member.flags() & SIZES_FOLLOW) != 0
                || (Integer.toUnsignedLong(local.getInt(14)) == member.crc()
                        && isSize(local.getInt(18), member.packedSize())
                        && isSize(local.getInt(22), member.size()));
        if (!same || !sameSizes) {
            throw disagree(member, "is described in two ways that contradict each other");
        }
    }

    /** All ones stand for "see the zip64 field", which repeats what the central directory has. */
    private static boolean isSize(int written, long size) {
        return Integer.toUnsignedLong(written) == size || written == -1;
    }

    private static void write(ZipMember member, InputStream content, TreeWriter writer) throws IOException {
        String name = member.name();
        if (member.unixMode() == 0 && name.indexOf('\\') >= 0) {
            // APPNOTE.TXT 4.4.17.1 wants slashes; some programs on Windows write this for them.
            throw writer.refuse(name, "has a '\\' in its name, which may stand for a folder");
        }
        if (member.isFolder()) {
            if (member.size() != 0) {
                throw writer.refuse(name, "is a folder with content");
            }
            writer.folder(name, member.permissions(), member.modified());
        } else if (member.isLink()) {
            if (member.size() > LINK_LIMIT) {
                throw writer.refuse(name, "is a link with a target of " + member.size() + " bytes");
            }
            String target = utf8(content.readNBytes(LINK_LIMIT));
            if (target == null) {
                throw writer.refuse(name, "is a link whose target is not UTF-8");
            }
            writer.link(name, target, member.modified());
        } else if (member.isFile()) {
            writer.file(
                    name, member.permissions(), member.modified(), member.size(), workspace -> workspace.fill(content));
        } else {
            throw writer.refuse(name, "is neither file, folder nor link");
        }
    }

    private static @Nullable String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static DamagedArchiveException disagree(ZipMember member, String how) {
        return new DamagedArchiveException(member.name(), how);
    }
}
