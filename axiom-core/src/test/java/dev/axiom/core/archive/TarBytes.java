package dev.axiom.core.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Builds tar archives record by record, wrong ones too: no archiver would write what the tests need. */
final class TarBytes {
    private static final long TIME = 1_600_000_000L;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int mode = 0644;
    private Consumer<byte[]> patch = unchanged -> {};

    /** The mode of the entries that follow. */
    TarBytes mode(int newMode) {
        mode = newMode;
        return this;
    }

    /** Changes the next header before its checksum is made. */
    TarBytes patch(Consumer<byte[]> change) {
        patch = change;
        return this;
    }

    /** Puts these bytes at a place of the next header. */
    TarBytes patch(int at, String text) {
        return patch(header -> {
            byte[] raw = text.getBytes(StandardCharsets.ISO_8859_1);
            System.arraycopy(raw, 0, header, at, raw.length);
        });
    }

    TarBytes file(String name, String content) {
        return entry('0', name, "", content.getBytes(StandardCharsets.UTF_8));
    }

    TarBytes folder(String name) {
        int old = mode;
        mode = mode == 0644 ? 0755 : mode;
        entry('5', name, "", new byte[0]);
        mode = old;
        return this;
    }

    TarBytes link(String name, String target) {
        return entry('2', name, target, new byte[0]);
    }

    TarBytes hardLink(String name, String target) {
        return entry('1', name, target, new byte[0]);
    }

    /** An entry of any type; names longer than 100 bytes become GNU long names. */
    TarBytes entry(char type, String name, String target, byte[] content) {
        byte[] rawName = name.getBytes(StandardCharsets.UTF_8);
        if (rawName.length > 100) {
            raw('L', "././@LongLink".getBytes(StandardCharsets.UTF_8), "", withNul(rawName));
        }
        return raw(type, rawName, target, content);
    }

    /** An extended header before the next entry; each record is {@code key=value}. */
    TarBytes extended(String... records) {
        StringBuilder text = new StringBuilder();
        for (String record : records) {
            int rest = record.getBytes(StandardCharsets.UTF_8).length + 2;
            int length = rest + 1;
            while (length != rest + Integer.toString(length).length()) {
                length = rest + Integer.toString(length).length();
            }
            text.append(length).append(' ').append(record).append('\n');
        }
        return raw(
                'x',
                "PaxHeaders/x".getBytes(StandardCharsets.UTF_8),
                "",
                text.toString().getBytes(StandardCharsets.UTF_8));
    }

    TarBytes raw(char type, byte[] name, String target, byte[] content) {
        byte[] header = new byte[TarReader.RECORD];
        System.arraycopy(name, 0, header, 0, Math.min(100, name.length));
        put(header, 100, String.format("%07o", mode));
        put(header, 108, "0000000");
        put(header, 116, "0000000");
        put(header, 124, String.format("%011o", content.length));
        put(header, 136, String.format("%011o", TIME));
        header[156] = (byte) type;
        put(header, 157, target);
        put(header, 257, "ustar");
        put(header, 263, "00");
        patch.accept(header);
        patch = unchanged -> {};
        put(header, 148, "        ");
        int sum = 0;
        for (byte each : header) {
            sum += each & 0xff;
        }
        put(header, 148, String.format("%06o", sum));
        header[154] = 0;
        bytes.writeBytes(header);
        bytes.writeBytes(content);
        bytes.writeBytes(new byte[(TarReader.RECORD - content.length % TarReader.RECORD) % TarReader.RECORD]);
        return this;
    }

    /** The archive with its end mark. */
    byte[] finished() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(bytes.toByteArray());
        whole.writeBytes(new byte[2 * TarReader.RECORD]);
        return whole.toByteArray();
    }

    /** The archive without its end mark. */
    byte[] unfinished() {
        return bytes.toByteArray();
    }

    /** Writes the finished archive. */
    Path to(Path file) {
        try {
            return Files.write(file, finished());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] withNul(byte[] text) {
        return java.util.Arrays.copyOf(text, text.length + 1);
    }

    private static void put(byte[] header, int at, String text) {
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(raw, 0, header, at, Math.min(raw.length, 100));
    }
}
