package dev.axiom.core.format;

import dev.axiom.core.model.NearNames;
import dev.axiom.core.model.Texts;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A group of named values that holds no name but the known ones. */
final class Fields {
    private final Field group;
    private final Node.Entries entries;

    private Fields(Field group, Node.Entries entries) {
        this.group = group;
        this.entries = entries;
    }

    static Fields of(Field group, Node.Entries entries, List<String> known) {
        for (Map.Entry<String, Node.Entry> entry : entries.entries().entrySet()) {
            if (!known.contains(entry.getKey())) {
                throw group.wrong(
                        entry.getValue().place(), entry.getKey(), "unknown; " + advice(entry.getKey(), known));
            }
        }
        return new Fields(group, entries);
    }

    private static String advice(String name, List<String> known) {
        List<String> near = NearNames.of(name.substring(0, Math.min(name.length(), 100)), known);
        return near.isEmpty() ? "it may be " + Texts.join(known, "or") : "did you mean '" + near.get(0) + "'?";
    }

    boolean has(String name) {
        return entries.entries().containsKey(name);
    }

    /** @throws FormatException if it is missing */
    Field required(String name) {
        Field field = optional(name);
        if (field == null) {
            throw group.wrong(entries.place(), name, "missing");
        }
        return field;
    }

    @Nullable
    Field optional(String name) {
        Node.Entry entry = entries.entries().get(name);
        return entry == null ? null : group.child(name, entry.value());
    }

    /** What {@code read} makes of the field, or {@code fallback} if it is missing. */
    <T> T or(String name, Function<Field, T> read, T fallback) {
        Field field = optional(name);
        return field == null ? fallback : read.apply(field);
    }

    /** What {@code read} makes of the field, or null if it is missing. */
    <T> @Nullable T orNull(String name, Function<Field, T> read) {
        Field field = optional(name);
        return field == null ? null : read.apply(field);
    }
}
