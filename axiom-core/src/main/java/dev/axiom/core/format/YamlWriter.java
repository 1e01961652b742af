package dev.axiom.core.format;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes canonical YAML: block style, two blanks of indent, one line per value, fields in the order of the calls. Only
 * texts that a YAML reader could take for something else are quoted, so that the same value always gives the same bytes
 * and every text comes back as it was.
 */
final class YamlWriter {
    /** What YAML 1.1 or 1.2 takes for null, a truth value, a number, a date, a merge or a default without quotes. */
    private static final Pattern NOT_TEXT = Pattern.compile("(?i:null|true|false|yes|no|on|off|y|n)|[~=]|<<|\\.\\.\\."
            + "|[-+]?[0-9][0-9_,]*(:[0-5]?[0-9])*(\\.[0-9_]*)?([eE][-+]?[0-9]+)?"
            + "|[-+]?\\.[0-9_]+([eE][-+]?[0-9]+)?|[-+]?\\.(?i:inf|nan)|[-+]?0[box][0-9a-fA-F_]+"
            + "|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}[0-9TtZz:. +-]*");

    /** Longer texts are quoted if they only look like a number: the pattern must not be run on them. */
    private static final int LONGEST_NUMBER = 64;

    /** With these no text begins that stands without quotes. */
    static final String INDICATORS = "-?:,[]{}#&*!|>'\"%@`";

    private final StringBuilder out = new StringBuilder();
    private int nodes = 1;
    private String indent = "";
    private @Nullable String firstIndent;

    YamlWriter text(String name, String value) {
        return line(name, quoted(value));
    }

    YamlWriter number(String name, int value) {
        return line(name, Integer.toString(value));
    }

    YamlWriter flag(String name, boolean value) {
        return line(name, Boolean.toString(value));
    }

    /** Leaves the field out if the value is null or its text empty. */
    YamlWriter textIfAny(String name, @Nullable Object value) {
        return value == null || value.toString().isEmpty() ? this : text(name, value.toString());
    }

    /** Leaves the field out if the value is null. */
    YamlWriter numberIfAny(String name, @Nullable Integer value) {
        return value == null ? this : number(name, value);
    }

    /** A list of texts. */
    YamlWriter texts(String name, Collection<?> values) {
        line(name, values.isEmpty() ? "[]" : "");
        nodes += values.size();
        for (Object value : values) {
            out.append(indent).append("  - ").append(quoted(value.toString())).append('\n');
        }
        return this;
    }

    /** Leaves the field out if the list is empty. */
    YamlWriter textsIfAny(String name, Collection<?> values) {
        return values.isEmpty() ? this : texts(name, values);
    }

    /** A list of groups, each of one field at least. */
    <T> YamlWriter groups(String name, Collection<T> values, BiConsumer<YamlWriter, T> writer) {
        line(name, values.isEmpty() ? "[]" : "");
        nodes += values.size();
        String outer = indent;
        indent = outer + "    ";
        for (T value : values) {
            firstIndent = outer + "  - ";
            writer.accept(this, value);
        }
        indent = outer;
        return this;
    }

    /** Leaves the field out if the list is empty. */
    <T> YamlWriter groupsIfAny(String name, Collection<T> values, BiConsumer<YamlWriter, T> writer) {
        return values.isEmpty() ? this : groups(name, values, writer);
    }

    /** A group of one field at least. */
    YamlWriter group(String name, Consumer<YamlWriter> writer) {
        line(name, "");
        String outer = indent;
        indent = outer + "  ";
        writer.accept(this);
        indent = outer;
        return this;
    }

    private YamlWriter line(String name, String value) {
        out.append(firstIndent == null ? indent : firstIndent).append(name).append(':');
        firstIndent = null;
        nodes += 2;
        if (!value.isEmpty()) {
            out.append(' ').append(value);
        }
        out.append('\n');
        return this;
    }

    /**
     * The document, for people to edit.
     *
     * @throws AxiomException {@code INVALID} if it is too large to be read again
     */
    String open() {
        return checked(out.isEmpty() ? "{}\n" : out.toString(), Source.USER_LIMIT);
    }

    /**
     * The document with its {@link EndLine}, as only Axiom writes it.
     *
     * @throws AxiomException {@code INVALID} if it is too large to be read again
     */
    String closed() {
        String text = out.toString();
        return checked(text + EndLine.of(text), Source.STORE_LIMIT);
    }

    private String checked(String text, int limit) {
        if (nodes > YamlReader.MAX_NODES || text.getBytes(StandardCharsets.UTF_8).length > limit) {
            throw new AxiomException(
                    ErrorCode.INVALID,
                    "the document would be too large: it may have " + (limit >> 20) + " MiB and " + YamlReader.MAX_NODES
                            + " values");
        }
        return text;
    }

    /** The text itself where it can stand alone, else in double quotes. */
    static String quoted(String text) {
        return isPlain(text) ? text : QuotedText.of(text);
    }

    private static boolean isPlain(String text) {
        if (text.isEmpty() || mayBeNoText(text) || INDICATORS.indexOf(text.charAt(0)) >= 0) {
            return false;
        }
        if (text.startsWith(" ") || text.endsWith(" ") || text.endsWith(":")) {
            return false;
        }
        return !text.contains(": ") && !text.contains(" #") && text.codePoints().allMatch(QuotedText::isClear);
    }

    private static boolean mayBeNoText(String text) {
        return text.length() > LONGEST_NUMBER
                ? "+.0123456789".indexOf(text.charAt(0)) >= 0
                : NOT_TEXT.matcher(text).matches();
    }
}
