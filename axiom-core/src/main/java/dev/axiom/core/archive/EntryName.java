package dev.axiom.core.archive;

import dev.axiom.core.model.AxiomException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes of an entry's name, as a source has it, a path below the tree's top, or refuses it. */
final class EntryName {
    private final String source;
    private final UnpackOptions options;

    EntryName(String source, UnpackOptions options) {
        this.source = source;
        this.options = options;
    }

    /**
     * A name as the archive's bytes have it, as text.
     *
     * @throws DamagedArchiveException if it is not UTF-8, so that another reader could take it for another name
     */
    static String decode(byte[] raw) throws DamagedArchiveException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(raw))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new DamagedArchiveException(new String(raw, StandardCharsets.UTF_8), "has a name that is not UTF-8");
        }
    }

    /**
     * The path after stripping, without {@code .} and empty names.
     *
     * @return null if nothing is left, as for {@code ./} or a folder that is stripped
     * @throws AxiomException {@code INVALID} for every name that does not lead to a place below the top
     */
    @Nullable
    String path(String raw) {
        if (isNormal(raw) && options.strip() == 0) {
            checkSizes(raw, raw);
            return raw;
        }
        if (raw.isEmpty()) {
            throw refuse(raw, "has no name");
        }
        if (raw.charAt(0) == '/') {
            throw refuse(raw, "has an absolute name");
        }
        List<String> names = names(raw);
        if (names.size() <= options.strip()) {
            return null;
        }
        String path = String.join("/", names.subList(options.strip(), names.size()));
        checkSizes(raw, path);
        return path;
    }

    private List<String> names(String raw) {
        List<String> names = new ArrayList<>();
        for (String name : raw.split("/", -1)) {
            if (name.equals("..")) {
                throw refuse(raw, "has '..' in its name");
            }
            if (!name.isEmpty() && !name.equals(".")) {
                names.add(name);
            }
        }
        return names;
    }

    /** Whether the name is its own path: the usual case, without a copy. */
    private static boolean isNormal(String raw) {
        int start = 0;
        for (int i = 0; i <= raw.length(); i++) {
            if (i == raw.length() || raw.charAt(i) == '/') {
                if (i == start || (raw.charAt(start) == '.' && i - start <= 2)) {
                    return false;
                }
                start = i + 1;
            }
        }
        return true;
    }

    private void checkSizes(String raw, String path) {
        int bytes = 0;
        int nameBytes = 0;
        int depth = 1;
        for (int i = 0; i < path.length(); i++) {
            char each = path.charAt(i);
            if (each == '\0') {
                throw refuse(raw, "has a NUL in its name");
            }
            int width = width(each);
            bytes += width;
            nameBytes = each == '/' ? 0 : nameBytes + width;
            depth += each == '/' ? 1 : 0;
            if (nameBytes > Limits.NAME_BYTES) {
                throw refuse(raw, "has a name of more than " + Limits.NAME_BYTES + " bytes");
            }
        }
        if (bytes > options.limits().pathBytes()) {
            throw refuse(raw, "has a path of more than " + options.limits().pathBytes() + " bytes");
        }
        if (depth > options.limits().depth()) {
            throw refuse(raw, "lies more than " + options.limits().depth() + " folders deep");
        }
    }

    /** How many UTF-8 bytes this char makes; two for each half of a surrogate pair. */
    private static int width(char each) {
        if (each < 0x80) {
            return 1;
        }
        return each < 0x800 || Character.isSurrogate(each) ? 2 : 3;
    }

    EntryRefusedException refuse(String raw, String reason) {
        return new EntryRefusedException(source, raw, reason);
    }
}
