package dev.axiom.core.format;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.Texts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A value of a document, with the name by which its author knows it: reads it as the type wanted, or says what is wrong. */
final class Field {
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,9}");

    private final Source source;
    private final @Nullable Field parent;
    private final @Nullable String name;
    private final int index;
    private final Node node;

    private Field(Source source, @Nullable Field parent, @Nullable String name, int index, Node node) {
        this.source = source;
        this.parent = parent;
        this.name = name;
        this.index = index;
        this.node = node;
    }

    /** The whole document. */
    static Field root(Source source, Node node) {
        return new Field(source, null, null, 0, node);
    }

    Field child(String name, Node value) {
        return new Field(source, this, name, 0, value);
    }

    /** A text of one line. */
    String line() {
        return built(() -> Texts.requireLine("the text", text()));
    }

    /** A text that may have several lines. */
    String prose() {
        return built(() -> Texts.requireProse("the text", text()));
    }

    private String text() {
        if (node instanceof Node.Text text && !text.isNothing()) {
            return text.value();
        }
        throw wrong("must be a text, not " + node.kind());
    }

    /** A text of one line made into a value by {@code parse}, whose complaint gets this field's place. */
    <T> T as(Function<String, T> parse) {
        String line = line();
        return built(() -> parse.apply(line));
    }

    /** As {@link #as(Function)}, but the value must be the one in whose place the document lies. */
    <T> T as(Function<String, T> parse, T owner) {
        T value = as(parse);
        if (!value.equals(owner)) {
            throw wrong("the document lies in the place of '" + owner + "', so this must be '" + owner + "', not '"
                    + value + "'");
        }
        return value;
    }

    /** A whole number without quotes. */
    int integer(int least, int most) {
        if (node instanceof Node.Text text
                && text.plain()
                && NUMBER.matcher(text.value()).matches()) {
            long value = Long.parseLong(text.value());
            if (value >= least && value <= most) {
                return (int) value;
            }
        }
        throw mustBe("a whole number from " + least + " to " + most);
    }

    /** The word true or false without quotes. */
    boolean flag() {
        String word = node instanceof Node.Text text && text.plain() ? text.value() : "";
        if (word.equals("true") || word.equals("false")) {
            return word.equals("true");
        }
        throw mustBe("true or false");
    }

    /** A list, each item read by {@code read}; {@code [0]} is the first in errors. */
    <T> List<T> list(Function<Field, T> read) {
        if (!(node instanceof Node.Items items)) {
            throw wrong("must be a list, not " + node.kind());
        }
        List<T> values = new ArrayList<>(items.items().size());
        for (Node item : items.items()) {
            values.add(read.apply(new Field(source, this, null, values.size(), item)));
        }
        return values;
    }

    /** A list whose items differ in what {@code key} says of them. */
    <T> List<T> distinct(Function<Field, T> read, Function<T, ?> key) {
        Map<Object, Integer> seen = new HashMap<>();
        return list(item -> {
            T value = read.apply(item);
            Integer before = seen.putIfAbsent(key.apply(value), item.index);
            if (before != null) {
                String twice = Words.shown(String.valueOf(key.apply(value)));
                throw item.wrong("'" + twice + "' stands in the list twice, first as [" + before + "]");
            }
            return value;
        });
    }

    /** Whether there is no value at all: a name with nothing behind it, or an empty document. */
    boolean isNothing() {
        return node instanceof Node.Text text && text.isNothing();
    }

    boolean isText() {
        return node instanceof Node.Text;
    }

    /**
     * A group of fields.
     *
     * @param known all names that may stand in it
     * @throws FormatException if there is another one; it suggests the nearest that is known
     */
    Fields fields(List<String> known) {
        if (parent == null && isNothing()) {
            throw wrong("the document is empty");
        }
        if (!(node instanceof Node.Entries entries)) {
            throw wrong("must be a group of fields, such as '" + known.get(0) + ": …', not " + node.kind());
        }
        return Fields.of(this, entries, known);
    }

    /**
     * Looks at the format's number before anything else, so that a document of a later Axiom is called just that.
     *
     * @throws FormatException if the number is missing or not the one understood, and as {@link #fields}
     */
    Fields fieldsOfFormat(String name, int understood, List<String> known) {
        Node.Entry entry =
                node instanceof Node.Entries entries ? entries.entries().get(name) : null;
        if (entry != null) {
            Field format = child(name, entry.value());
            int found = format.integer(1, Integer.MAX_VALUE);
            if (found != understood) {
                throw format.wrong("format " + found + " is not known; this Axiom reads format " + understood);
            }
        }
        Fields fields = fields(known);
        fields.required(name);
        return fields;
    }

    /** Makes a value whose constructor checks it; its complaint gets this field's place. */
    <T> T built(Supplier<T> make) {
        try {
            return make.get();
        } catch (FormatException e) {
            throw e;
        } catch (AxiomException e) {
            throw wrong(node.place(), path(), String.valueOf(e.getMessage()), e);
        }
    }

    FormatException wrong(String problem) {
        return wrong(node.place(), path(), problem, null);
    }

    /** A complaint about a part of this value that has a place of its own. */
    FormatException wrong(Place place, String part, String problem) {
        return wrong(place, child(Words.shown(part), node).path(), problem, null);
    }

    private FormatException wrong(Place place, @Nullable String path, String problem, @Nullable AxiomException cause) {
        return new FormatException(source, place, path, problem, cause);
    }

    private FormatException mustBe(String what) {
        return wrong("must be " + what + ", not " + found());
    }

    private String found() {
        if (!(node instanceof Node.Text text) || text.isNothing()) {
            return node.kind();
        }
        return text.plain() ? Words.shown(text.value()) : "the quoted text \"" + Words.shown(text.value()) + "\"";
    }

    /** Such as {@code resolved[3].version}; null for the whole document. Built only when something is wrong. */
    private @Nullable String path() {
        if (parent == null) {
            return null;
        }
        String before = parent.path();
        if (name == null) {
            return (before == null ? "" : before) + "[" + index + "]";
        }
        return before == null ? name : before + "." + name;
    }
}
