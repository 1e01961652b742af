package dev.axiom.core.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Damages a document's bytes: cuts, flips, doubles, and puts in what means something in YAML. */
final class Damage {
    private static final String[] SPLINTERS = {
        "\n",
        " ",
        ":",
        "- ",
        "  ",
        "\t",
        "\"",
        "'",
        "#",
        "&a ",
        "*a",
        "!!int ",
        "? ",
        "[",
        "]",
        "{",
        "}",
        ",",
        "|",
        ">",
        "%",
        "\\",
        "\\x00",
        "\\uD800",
        "\\U00110000",
        "---\n",
        "...\n",
        "\0",
        "\u0085",
        "\u2028",
        "\uFEFF",
        "999999999999",
        "-1",
        "name: x\n",
        "<<: *a\n",
        "null",
        "~",
        "@",
        "0x",
        "🐚"
    };

    private Damage() {}

    static byte[] mutated(byte[] whole, Random random) {
        byte[] bytes = whole.clone();
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
            int at = random.nextInt(bytes.length + 1);
            int end = Math.min(bytes.length, at + random.nextInt(20));
            bytes = switch (random.nextInt(6)) {
                case 0 -> Arrays.copyOf(bytes, at);
                case 1 -> flipped(bytes, random);
                case 2 -> joined(bytes, at, new byte[0], end);
                case 3 -> joined(bytes, at, Arrays.copyOfRange(bytes, at, end), at);
                case 4 -> joined(bytes, at, new byte[] {(byte) random.nextInt()}, at);
                default ->
                    joined(bytes, at, SPLINTERS[random.nextInt(SPLINTERS.length)].getBytes(StandardCharsets.UTF_8), at);
            };
        }
        return bytes;
    }

    private static byte[] flipped(byte[] bytes, Random random) {
        if (bytes.length > 0) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    /** What is before {@code head}, then {@code middle}, then what is from {@code tail}. */
    private static byte[] joined(byte[] bytes, int head, byte[] middle, int tail) {
        byte[] joined = Arrays.copyOf(bytes, head + middle.length + bytes.length - tail);
        System.arraycopy(middle, 0, joined, head, middle.length);
        System.arraycopy(bytes, tail, joined, head + middle.length, bytes.length - tail);
        return joined;
    }
}
